"""The page of each paper, and the archive by year and month."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from broadsheet.base.addresses import author_url, paper_url, search_url
from broadsheet.base.markup import plain, plain_rich
from broadsheet.base.text import counted, shortened, shown_authors, shown_date
from broadsheet.content.model import Paper
from broadsheet.edition.lists import author_key
from broadsheet.outputs.pages.catalog import Catalog
from broadsheet.outputs.pages.listed import (
    Link,
    card_of,
    choices_of,
    links_of,
    topic_links,
)
from broadsheet.outputs.pages.page import Page, parts


def papers_pages(catalog: Catalog) -> Iterator[Page]:
    """The archive, its months, and every paper."""
    yield _archive(catalog)
    for month in catalog.by_month:
        yield from _month(catalog, month)
    for paper in catalog.corpus.papers.values():
        yield _paper(catalog, paper)


def month_url(month: str) -> str:
    """The address of a month ("2024-03"), of a year's papers without one, or of "undated"."""
    return f"archive/{month}/"


def _archive(catalog: Catalog) -> Page:
    months = sorted(catalog.by_month, key=lambda m: "" if m == "undated" else m, reverse=True)
    years = [
        {
            "year": "Undated" if year == "unda" else year,
            "count": sum(len(catalog.by_month[month]) for month in group),
            "months": [
                {
                    "name": _month_name(month),
                    "address": month_url(month),
                    "count": len(catalog.by_month[month]),
                }
                for month in group
            ],
        }
        for year, group in ((y, list(g)) for y, g in groupby(months, key=lambda m: m[:4]))
    ]
    total = len(catalog.corpus.papers)
    return Page(
        address="papers/",
        kind="papers",
        title="Papers",
        description=f"All {total} papers of {catalog.site.name} by year and month.",
        values={"years": years, "count": total},
    )


def _month_name(month: str) -> str:
    return shown_date(month) if month != "undated" else "Without a date"


def _month(catalog: Catalog, month: str) -> Iterator[Page]:
    papers = catalog.by_month[month]
    name = _month_name(month)
    when = "without a date" if month == "undated" else f"first published in {name}"
    for part, shown in parts(papers, catalog.config.papers_per_page, month_url(month)):
        page = f", page {part.number}" if part.number > 1 else ""
        yield Page(
            address=part.address(part.number),
            kind="month",
            title=f"Papers of {name}{page}"
            if month != "undated"
            else f"Papers {name.lower()}{page}",
            description=f"{counted(len(papers), 'paper')} {when}{page}.",
            values={
                "name": name,
                "count": len(papers),
                "part": part,
                "choices": choices_of(catalog.corpus, papers),
                "cards": [card_of(catalog, paper) for paper in shown],
            },
        )


def _paper(catalog: Catalog, paper: Paper) -> Page:
    title = plain(paper.name)
    return Page(
        address=paper_url(paper.slug),
        kind="paper",
        title=title,
        description=_description(paper, title, catalog.site.name),
        values={
            "paper": paper,
            "card": card_of(catalog, paper),
            "date": shown_date(paper.published or ""),
            "links": links_of(paper),
            "topics": topic_links(catalog.corpus, paper),
            "appearances": catalog.appearances.get(paper.slug, ()),
            "related": [
                {
                    "link": Link(catalog.corpus.papers[other.slug].name, paper_url(other.slug)),
                    "tldr": catalog.corpus.papers[other.slug].tldr or "",
                    "shared": other.shared,
                }
                for other in catalog.related.get(paper.slug, ())
            ],
            "citation": catalog.citations[paper.slug],
            "authors": [_author(catalog, name) for name in paper.authors],
        },
        edit=catalog.corpus.places["paper", paper.slug].file,
    )


def _description(paper: Paper, title: str, site_name: str) -> str:
    """What previews show. Reference managers take it for the abstract where they find none, so
    it says whose words it is."""
    if paper.tldr or paper.summary:
        words = shortened(plain_rich(paper.tldr or paper.summary or ""))
        return f"{words} (Summary by {site_name})"
    if paper.abstract:
        return shortened(plain(paper.abstract))
    by = f" by {shown_authors(paper.authors)}" if paper.authors else ""
    return shortened(f"{title}{by}")


def _author(catalog: Catalog, name: str) -> Link:
    """An author's page, or a search for those who have none."""
    slug = catalog.author_slugs.get(author_key(name))
    return Link(name, author_url(slug) if slug else search_url(f'author:"{name}"'))
