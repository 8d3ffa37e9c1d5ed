"""Pages of topics, with papers from the newest to the oldest."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from markupsafe import Markup

from broadsheet.base.addresses import topic_url
from broadsheet.base.markup import NOTHING, plain_rich
from broadsheet.base.text import shortened
from broadsheet.edition import Edition
from broadsheet.outputs.charts import topic_picture
from broadsheet.outputs.pages.listed import listed, topic_line
from broadsheet.outputs.pages.materials import Materials
from broadsheet.outputs.pages.page import Page, Plan
from broadsheet.outputs.pages.parts import Part, parts
from broadsheet.outputs.pages.views import TopicsView, TopicView


def topics_pages(materials: Materials) -> Iterator[Plan]:
    """Yields the page of all topics and the pages of each."""
    edition = materials.edition
    yield Plan("topics/", "topics", partial(_all_topics, edition))
    for slug in edition.topics:
        found = edition.lists[topic_url(slug)]
        for part in parts(len(found.papers), edition.settings.papers_per_page, found.url):
            yield Plan(part.here, "topic", partial(_topic, materials, slug, part))


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


def _topic(materials: Materials, slug: str, part: Part) -> Page:
    edition, language = materials.edition, materials.edition.language
    topic, found = edition.topics[slug], edition.lists[part.base]
    about = plain_rich(topic.description) if topic.description else ""
    about = about or language.counted(
        len(found.papers),
        "%(number)s paper on %(topic)s.",
        "%(number)s papers on %(topic)s, newest first.",
        topic=topic.name,
    )
    return Page(
        address=part.here,
        title=part.title(topic.name, language),
        description=shortened(part.description(about, language)),
        view=TopicView(
            list=found,
            part=part,
            choices=materials.choices[part.base],
            takeaway=materials.takeaway(part.base),
            papers=tuple(listed(edition, edition.papers[slug]) for slug in part.of(found.papers)),
            topic=topic_line(edition, topic),
            aliases=topic.aliases,
            chart=_chart(edition, slug) if part.number == 1 else NOTHING,
        ),
        edit=edition.places["topic", slug].file,
    )


def _chart(edition: Edition, slug: str) -> Markup:
    all_papers = tuple(edition.counted.values())
    papers = [paper for paper in all_papers if slug in paper.topics]
    return topic_picture(edition.topics[slug].name, papers, all_papers, edition.language)
