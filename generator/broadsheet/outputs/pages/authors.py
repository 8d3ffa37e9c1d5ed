"""Pages of authors with several papers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from broadsheet.edition import Edition, Kind, PaperList
from broadsheet.outputs.pages.listed import choices_of, listed
from broadsheet.outputs.pages.materials import Materials
from broadsheet.outputs.pages.page import Page
from broadsheet.outputs.pages.parts import parts
from broadsheet.outputs.pages.rows import CountedLink
from broadsheet.outputs.pages.views import AuthorsView, AuthorView

# About 40 KB.
_AUTHORS_PER_PAGE = 500


def authors_pages(materials: Materials) -> Iterator[Page]:
    """Yields the pages of the list of authors with enough papers, and the pages of each."""
    authors = materials.edition.lists_of(Kind.AUTHOR)
    if not authors:
        return
    yield from _all_authors(materials.edition, authors)
    for author in authors:
        yield from _author(materials, author)


def _all_authors(edition: Edition, authors: Sequence[PaperList]) -> Iterator[Page]:
    language, at_least = edition.language, edition.authors_at_least
    by_family = sorted(authors, key=lambda author: (author.name.split()[-1], author.name))
    about = language.counted(
        len(authors),
        "%(number)s author of at least %(papers)s papers.",
        "%(number)s authors of at least %(papers)s papers.",
        papers=at_least,
    )
    for part, shown in parts(by_family, _AUTHORS_PER_PAGE, "authors/"):
        links = tuple(CountedLink(a.name, a.url, len(a.papers)) for a in shown)
        yield Page(
            address=part.here,
            title=part.title(language.text("Authors"), language),
            description=part.description(about, language),
            view=AuthorsView(part, at_least, links),
        )


def _author(materials: Materials, author: PaperList) -> Iterator[Page]:
    edition, language = materials.edition, materials.edition.language
    papers = edition.papers_of(author)
    about = language.counted(
        len(papers),
        "%(number)s paper by %(author)s.",
        "%(number)s papers by %(author)s, newest first.",
        author=author.name,
    )
    choices, takeaway = choices_of(edition, papers), materials.takeaway(author.url)
    for part, shown in parts(papers, edition.settings.papers_per_page, author.url):
        yield Page(
            address=part.here,
            title=part.title(author.name, language),
            description=part.description(about, language),
            view=AuthorView(
                list=author,
                part=part,
                choices=choices,
                takeaway=takeaway,
                papers=tuple(listed(edition, paper) for paper in shown),
            ),
        )
