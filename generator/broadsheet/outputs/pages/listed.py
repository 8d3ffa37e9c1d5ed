"""A paper as it stands in a list: what a reader needs to go on or to go by."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from broadsheet.base.addresses import paper_url, topic_url
from broadsheet.base.text import shown_authors, shown_date
from broadsheet.content.model import Corpus, Paper
from broadsheet.edition.chronology import UNDATED
from broadsheet.outputs.metadata.highwire import context_object
from broadsheet.outputs.pages.catalog import Catalog


@dataclass(frozen=True)
class Link:
    """A named address; `address` is of this site when it does not begin with a scheme."""

    name: str
    address: str


@dataclass(frozen=True)
class Card:
    """One paper in a list.

    `text` is what the list itself printed about it, `added` the day since which the site knows
    the paper ("2026-11-21", or ""), `coins` what a reference manager finds it by.
    """

    slug: str
    address: str
    title: str
    authors: str
    published: str
    year: str
    date: str
    tldr: str
    summary: str
    text: str
    number: str
    added: str
    code: bool
    links: tuple[Link, ...]
    topics: tuple[Link, ...]
    topic_slugs: tuple[str, ...]
    coins: str


def card_of(catalog: Catalog, paper: Paper, number: str = "", text: str = "") -> Card:
    """The card of a paper, with the number and the text that a list printed for it."""
    published = paper.published or ""
    return Card(
        slug=paper.slug,
        address=paper_url(paper.slug),
        title=paper.name,
        authors=shown_authors(paper.authors),
        published=published,
        year=published[:4],
        date=shown_date(published),
        tldr=paper.tldr or "",
        summary=paper.summary or "",
        text=text,
        number=number,
        added=added_on(catalog, [paper.slug]),
        code=paper.links.code is not None,
        links=links_of(paper),
        topics=topic_links(catalog.corpus, paper),
        topic_slugs=paper.topics,
        coins=context_object(catalog.citations[paper.slug].csl),
    )


def choices_of(corpus: Corpus, papers: Sequence[Paper]) -> str:
    """The topics and years of a list's papers as JSON, for the browser to choose among.

    A page of a long list holds some of its papers only, so it cannot work them out itself.
    """
    slugs = {slug for paper in papers for slug in paper.topics if slug in corpus.topics}
    topics = sorted(((slug, corpus.topics[slug].name) for slug in slugs), key=lambda t: t[1])
    years = sorted({paper.published[:4] for paper in papers if paper.published}, reverse=True)
    found = {"topics": topics, "years": years}
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))


def added_on(catalog: Catalog, slugs: Iterable[str]) -> str:
    """The last day on which one of some papers came to the site, "" when none is dated."""
    days = [catalog.chronology.first[slug] for slug in slugs]
    newest = max(days, default=UNDATED)
    return "" if newest == UNDATED else newest.isoformat()


def links_of(paper: Paper) -> tuple[Link, ...]:
    """Where to get a paper, the most asked for first."""
    found: list[Link] = []
    if paper.arxiv:
        found.append(Link("arXiv", f"https://arxiv.org/abs/{paper.arxiv}"))
        found.append(Link("PDF", f"https://arxiv.org/pdf/{paper.arxiv}"))
    named = dict(paper.links.named())
    if "pdf" in named and paper.arxiv:
        del named["pdf"]
    found += [Link(_NAMES[name], url) for name, url in named.items()]
    if paper.doi:
        found.append(Link("DOI", f"https://doi.org/{paper.doi}"))
    return tuple(found)


_NAMES = {
    "code": "Code",
    "project": "Project",
    "pdf": "PDF",
    "data": "Data",
    "demo": "Demo",
    "video": "Video",
}


def topic_links(corpus: Corpus, paper: Paper) -> tuple[Link, ...]:
    """The paper's topics, most fitting first."""
    return tuple(
        Link(corpus.topics[slug].name, topic_url(slug))
        for slug in paper.topics
        if slug in corpus.topics
    )
