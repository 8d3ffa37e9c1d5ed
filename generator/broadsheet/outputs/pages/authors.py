"""Pages of authors with several papers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from broadsheet.edition import Edition, Kind
from broadsheet.outputs.pages.listed import listed
from broadsheet.outputs.pages.materials import Materials
from broadsheet.outputs.pages.page import Page, Plan
from broadsheet.outputs.pages.parts import Part, parts
from broadsheet.outputs.pages.rows import CountedLink
from broadsheet.outputs.pages.views import AuthorsView, AuthorView

# About 40 KB.
_AUTHORS_PER_PAGE = 500


def authors_pages(materials: Materials) -> Iterator[Plan]:
    """Yields the pages of the list of authors with enough papers, and the pages of each."""
    edition = materials.edition
    authors = edition.lists_of(Kind.AUTHOR)
    if not authors:
        return
    for part in parts(len(authors), _AUTHORS_PER_PAGE, "authors/"):
        yield Plan(part.here, "authors", partial(_all_authors, edition, part))
    for author in authors:
        for part in parts(len(author.papers), edition.settings.papers_per_page, author.url):
            yield Plan(part.here, "author", partial(_author, materials, part))


def _all_authors(edition: Edition, part: Part) -> Page:
    authors = edition.lists_of(Kind.AUTHOR)
    language, at_least = edition.language, edition.authors_at_least
    by_family = sorted(authors, key=lambda author: (author.name.split()[-1], author.name))
    about = language.counted(
        len(authors),
        "%(number)s author of at least %(papers)s papers.",
        "%(number)s authors of at least %(papers)s papers.",
        papers=at_least,
    )
    links = tuple(CountedLink(a.name, a.url, len(a.papers)) for a in part.of(by_family))
    return Page(
        address=part.here,
        title=part.title(language.text("Authors"), language),
        description=part.description(about, language),
        view=AuthorsView(part, at_least, links),
    )


def _author(materials: Materials, part: Part) -> Page:
    edition, language = materials.edition, materials.edition.language
    author = edition.lists[part.base]
    about = language.counted(
        len(author.papers),
        "%(number)s paper by %(author)s.",
        "%(number)s papers by %(author)s, newest first.",
        author=author.name,
    )
    return Page(
        address=part.here,
        title=part.title(author.name, language),
        description=part.description(about, language),
        view=AuthorView(
            list=author,
            part=part,
            choices=materials.choices[part.base],
            takeaway=materials.takeaway(part.base),
            papers=tuple(listed(edition, edition.papers[slug]) for slug in part.of(author.papers)),
        ),
    )
