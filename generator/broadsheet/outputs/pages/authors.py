"""Pages of authors with several papers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby
from unicodedata import combining, normalize

from broadsheet.edition import Edition, Kind, Link, PaperList
from broadsheet.outputs.pages.listed import listed
from broadsheet.outputs.pages.materials import Materials
from broadsheet.outputs.pages.page import Page, Plan
from broadsheet.outputs.pages.parts import Part, parts
from broadsheet.outputs.pages.rows import CountedLink, LetterOfAuthors
from broadsheet.outputs.pages.views import AuthorsView, AuthorView

# About 40 KB.
_AUTHORS_PER_PAGE = 500
# The heading of names that start with no Latin letter.
_OTHER = "#"


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
    by_family = sorted(authors, key=_family_first)
    about = language.counted(
        len(authors),
        "%(number)s author of at least %(papers)s papers.",
        "%(number)s authors of at least %(papers)s papers.",
        papers=at_least,
    )
    here = part.of(by_family)
    return Page(
        address=part.here,
        title=part.title(language.text("Authors"), language),
        description=part.description(about, language),
        view=AuthorsView(
            part=part,
            at_least=at_least,
            authors=_links(here),
            letters=tuple(
                LetterOfAuthors(letter, _anchor(letter), _links(tuple(found)))
                for letter, found in groupby(here, key=_letter)
            ),
            all_letters=tuple(_all_letters(by_family, part)),
        ),
    )


def _links(authors: Iterable[PaperList]) -> tuple[CountedLink, ...]:
    return tuple(CountedLink(a.name, a.url, len(a.papers)) for a in authors)


def _all_letters(authors: Sequence[PaperList], part: Part) -> Iterator[Link]:
    """Yields the letters, with the address of the first author of each."""
    places = {_letter(author): place for place, author in reversed(list(enumerate(authors)))}
    for letter, place in sorted(places.items(), key=lambda found: found[1]):
        yield Link(letter, f"{part.address(place // part.size + 1)}#{_anchor(letter)}")


def _family_first(author: PaperList) -> tuple[bool, str, str]:
    """Returns the key by which authors are sorted: accents and capitals make no difference."""
    family = _plain(author.name.split()[-1])
    return _letter(author) == _OTHER, family, author.name


def _letter(author: PaperList) -> str:
    first = _plain(author.name.split()[-1])[:1].upper()
    return first if "A" <= first <= "Z" else _OTHER


def _anchor(letter: str) -> str:
    return "others" if letter == _OTHER else letter.lower()


def _plain(name: str) -> str:
    return "".join(c for c in normalize("NFKD", name.casefold()) if not combining(c))


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
