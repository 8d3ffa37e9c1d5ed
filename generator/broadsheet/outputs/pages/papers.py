"""The page of each paper, and the archive by year and month."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from broadsheet.base.addresses import month_url, paper_api, paper_url
from broadsheet.base.identifiers import arxiv_url, doi_url
from broadsheet.base.markup import plain, plain_rich
from broadsheet.base.text import counted, shortened, shown_authors, shown_date
from broadsheet.content.model import Paper
from broadsheet.edition import Appearance, Edition, Kind, Link, PaperList
from broadsheet.edition.lists import UNDATED
from broadsheet.outputs.pages.listed import choices_of, listed
from broadsheet.outputs.pages.materials import Materials
from broadsheet.outputs.pages.page import Page
from broadsheet.outputs.pages.parts import parts
from broadsheet.outputs.pages.views import (
    CountedLink,
    MonthView,
    PapersView,
    PaperView,
    PlaceView,
    RelatedPaper,
    Takeaway,
    YearOfPapers,
)


def papers_pages(materials: Materials) -> Iterator[Page]:
    """The archive, its months, and every paper."""
    edition = materials.edition
    months = edition.lists_of(Kind.MONTH)
    yield _archive(edition, months)
    for month in months:
        yield from _month(edition, month)
    for paper in edition.papers.values():
        yield _paper(edition, paper)


def _archive(edition: Edition, months: tuple[PaperList, ...]) -> Page:
    newest = sorted(months, key=lambda m: "" if m.slug == UNDATED else m.slug, reverse=True)
    total = len(edition.papers)
    return Page(
        address="papers/",
        title="Papers",
        description=f"All {total} papers of {edition.site.name} by year and month.",
        view=PapersView(
            tuple(_year(year, tuple(group)) for year, group in groupby(newest, key=_year_name)),
            total,
        ),
    )


def _year_name(month: PaperList) -> str:
    return "Undated" if month.slug == UNDATED else month.slug[:4]


def _year(year: str, months: tuple[PaperList, ...]) -> YearOfPapers:
    links = tuple(CountedLink(_month_name(m), m.url, len(m.papers)) for m in months)
    return YearOfPapers(year, sum(link.count for link in links), links)


def _month_name(month: PaperList) -> str:
    return "Without a date" if month.slug == UNDATED else shown_date(month.slug)


def _month(edition: Edition, month: PaperList) -> Iterator[Page]:
    papers, name = edition.papers_of(month), _month_name(month)
    title = "Papers without a date" if month.slug == UNDATED else f"Papers from {name}"
    when = "without a date" if month.slug == UNDATED else f"first published in {name}"
    choices = choices_of(edition, papers)
    for part, shown in parts(papers, edition.settings.papers_per_page, month_url(month.slug)):
        page = f", page {part.number}" if part.number > 1 else ""
        yield Page(
            address=part.here,
            title=f"{title}{page}",
            description=f"{counted(len(papers), 'paper')} {when}{page}.",
            view=MonthView(
                list=month,
                part=part,
                choices=choices,
                takeaway=Takeaway(),
                papers=tuple(listed(edition, paper) for paper in shown),
                name=name,
            ),
        )


def _paper(edition: Edition, paper: Paper) -> Page:
    title = plain(paper.name)
    return Page(
        address=paper_url(paper.slug),
        title=title,
        description=_description(paper, title, edition.site.name),
        view=PaperView(
            paper=paper,
            listed=listed(edition, paper),
            authors=tuple(Link(name, edition.author_address(name)) for name in paper.authors),
            arxiv=arxiv_url(paper.arxiv) if paper.arxiv else "",
            doi=doi_url(paper.doi) if paper.doi else "",
            appearances=tuple(_place(edition, place) for place in edition.appearances_of(paper)),
            related=tuple(_related(edition, paper)),
            citation=edition.citations[paper.slug],
            download=paper_api(paper.slug),
        ),
        edit=edition.places["paper", paper.slug].file,
    )


def _place(edition: Edition, place: Appearance) -> PlaceView:
    name = f"{edition.digest_name(place)}, {place.week}" if place.week else place.title
    return PlaceView(name, place.url, place.section, place.number, place.text)


def _related(edition: Edition, paper: Paper) -> Iterator[RelatedPaper]:
    for found in edition.related.get(paper.slug, ()):
        other = edition.papers[found.slug]
        yield RelatedPaper(other.name, paper_url(other.slug), found.shared)


def _description(paper: Paper, title: str, site_name: str) -> str:
    """What link previews show. Reference managers that find no abstract take it for one, so it
    says whose words it is."""
    if paper.tldr or paper.summary:
        words = shortened(plain_rich(paper.tldr or paper.summary or ""))
        return f"{words} (Summary by {site_name})"
    if paper.abstract:
        return shortened(plain(paper.abstract))
    by = f" by {shown_authors(paper.authors)}" if paper.authors else ""
    return shortened(f"{title}{by}")
