"""Authors of several papers, and each with them."""

from __future__ import annotations

from collections.abc import Iterator

from broadsheet.base.addresses import author_url
from broadsheet.base.text import counted
from broadsheet.outputs.pages.catalog import Catalog
from broadsheet.outputs.pages.listed import Link, card_of, choices_of
from broadsheet.outputs.pages.page import Page, parts


def authors_pages(catalog: Catalog) -> Iterator[Page]:
    """The page of all authors with enough papers, and their own pages."""
    if not catalog.authors:
        return
    at_least = catalog.config.author_papers
    names = sorted(catalog.authors.items(), key=lambda pair: (pair[1][0].split()[-1], pair[1][0]))
    yield Page(
        address="authors/",
        kind="authors",
        title="Authors",
        description=f"The {len(names)} authors of at least {at_least} papers here.",
        values={
            "at_least": at_least,
            "authors": [
                {"link": Link(name, author_url(slug)), "count": len(papers)}
                for slug, (name, papers) in names
            ],
        },
    )
    for slug, (name, papers) in catalog.authors.items():
        yield from _author(catalog, slug, name, papers)


def _author(catalog: Catalog, slug: str, name: str, slugs: tuple[str, ...]) -> Iterator[Page]:
    papers = [catalog.corpus.papers[paper] for paper in slugs]
    for part, shown in parts(papers, catalog.config.papers_per_page, author_url(slug)):
        page = f", page {part.number}" if part.number > 1 else ""
        yield Page(
            address=part.address(part.number),
            kind="author",
            title=f"{name}{page}",
            description=f"{counted(len(papers), 'paper')} by {name}, the newest first{page}.",
            values={
                "name": name,
                "count": len(papers),
                "part": part,
                "choices": choices_of(catalog.corpus, papers),
                "outgoing": catalog.outgoing(author_url(slug)),
                "cards": [card_of(catalog, paper) for paper in shown],
            },
        )
