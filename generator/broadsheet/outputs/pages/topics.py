"""Pages of topics, with papers from the newest to the oldest."""

from __future__ import annotations

from collections.abc import Iterator

from broadsheet.base.addresses import topic_url
from broadsheet.base.markup import NOTHING, plain_rich
from broadsheet.base.text import shortened
from broadsheet.content.model import Topic
from broadsheet.edition import Edition
from broadsheet.outputs.charts import topic_picture
from broadsheet.outputs.pages.listed import choices_of, listed, topic_line
from broadsheet.outputs.pages.materials import Materials
from broadsheet.outputs.pages.page import Page
from broadsheet.outputs.pages.parts import parts
from broadsheet.outputs.pages.views import TopicsView, TopicView


def topics_pages(materials: Materials) -> Iterator[Page]:
    """Yields the page of all topics and the pages of each."""
    yield _all_topics(materials.edition)
    for topic in materials.edition.topics.values():
        yield from _topic(materials, topic)


def _all_topics(edition: Edition) -> Page:
    language = edition.language
    topics = sorted(edition.topics.values(), key=lambda topic: topic.name.casefold())
    return Page(
        address="topics/",
        title=language.text("Topics"),
        description=language.counted(
            len(topics),
            "%(number)s topic of %(site)s.",
            "%(number)s topics of %(site)s.",
            site=edition.site.name,
        ),
        view=TopicsView(tuple(topic_line(edition, topic) for topic in topics)),
        edit="topics.yml" if topics else None,
    )


def _topic(materials: Materials, topic: Topic) -> Iterator[Page]:
    edition, language = materials.edition, materials.edition.language
    found = edition.lists[topic_url(topic.slug)]
    papers = edition.papers_of(found)
    about = plain_rich(topic.description) if topic.description else ""
    about = about or language.counted(
        len(papers),
        "%(number)s paper on %(topic)s.",
        "%(number)s papers on %(topic)s, newest first.",
        topic=topic.name,
    )
    choices, takeaway = choices_of(edition, papers), materials.takeaway(found.url)
    chart = topic_picture(topic.name, papers, tuple(edition.papers.values()), language)
    for part, shown in parts(papers, edition.settings.papers_per_page, found.url):
        yield Page(
            address=part.here,
            title=part.title(topic.name, language),
            description=shortened(part.description(about, language)),
            view=TopicView(
                list=found,
                part=part,
                choices=choices,
                takeaway=takeaway,
                papers=tuple(listed(edition, paper) for paper in shown),
                topic=topic_line(edition, topic),
                aliases=topic.aliases,
                chart=chart if part.number == 1 else NOTHING,
            ),
            edit=edition.places["topic", topic.slug].file,
        )
