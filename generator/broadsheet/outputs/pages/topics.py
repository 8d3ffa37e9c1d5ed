"""All topics, and each with its papers, the newest first."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from broadsheet.base.addresses import topic_url
from broadsheet.base.markup import plain_rich
from broadsheet.base.text import counted, shortened
from broadsheet.content.model import Topic
from broadsheet.edition.chronology import newest_first
from broadsheet.outputs.charts import topic_picture
from broadsheet.outputs.pages.catalog import Catalog
from broadsheet.outputs.pages.listed import added_on, card_of, choices_of
from broadsheet.outputs.pages.page import Page, parts


def topics_pages(catalog: Catalog) -> Iterator[Page]:
    """The page of all topics and the pages of each topic."""
    yield _all_topics(catalog)
    for topic in catalog.corpus.topics.values():
        yield from _topic(catalog, topic)


def topic_line(catalog: Catalog, topic: Topic) -> dict[str, object]:
    """A topic in a list of topics."""
    return {
        "slug": topic.slug,
        "name": topic.name,
        "address": topic_url(topic.slug),
        "count": len(catalog.by_topic.get(topic.slug, ())),
        "added": added_on(catalog, (p.slug for p in catalog.by_topic.get(topic.slug, ()))),
        "description": topic.description or "",
    }


def _all_topics(catalog: Catalog) -> Page:
    topics = sorted(catalog.corpus.topics.values(), key=lambda topic: topic.name.casefold())
    return Page(
        address="topics/",
        kind="topics",
        title="Topics",
        description=f"{counted(len(topics), 'topic')} that the papers of "
        f"{catalog.site.name} are about.",
        values={"topics": [topic_line(catalog, topic) for topic in topics]},
        edit="topics.yml" if topics else None,
    )


def _topic(catalog: Catalog, topic: Topic) -> Iterator[Page]:
    papers = newest_first(catalog.by_topic.get(topic.slug, ()))
    about = plain_rich(topic.description) if topic.description else ""
    size = catalog.config.papers_per_page
    for part, shown in parts(papers, size, topic_url(topic.slug)):
        page = f", page {part.number}" if part.number > 1 else ""
        fallback = f"{counted(len(papers), 'paper')} about {topic.name}"
        yield Page(
            address=part.address(part.number),
            kind="topic",
            title=f"{topic.name}{page}",
            description=shortened(
                (about or f"{fallback}, the newest first.")
                + (page and f" {page[2:].capitalize()}.")
            ),
            values={
                "topic": topic_line(catalog, topic),
                "aliases": topic.aliases,
                "part": part,
                "choices": choices_of(catalog.corpus, papers),
                "outgoing": catalog.outgoing(topic_url(topic.slug)),
                "cards": [card_of(catalog, paper) for paper in shown],
                "picture": _picture(catalog, topic) if part.number == 1 else "",
            },
            edit=catalog.corpus.places["topic", topic.slug].file,
        )


def _picture(catalog: Catalog, topic: Topic) -> Markup:
    papers = catalog.by_topic.get(topic.slug, ())
    return topic_picture(topic.name, papers, tuple(catalog.corpus.papers.values()))
