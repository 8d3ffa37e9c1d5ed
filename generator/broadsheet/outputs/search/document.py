"""What the search knows of a paper, and the fields in which it looks for words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class SearchDocument:
    """A paper as the search sees it. Texts are plain and "" when there is none.

    `ref` is the paper's slug, `url` its address relative to the site's root. `topics` and
    `sources` (the digests and collections it appears in) are pairs of slug and name. `weeks`
    are those of the issues it appears in, `published` is 2024, 2024-03, 2024-03-18 or None.
    Titles of other versions belong to `printed`.
    """

    ref: str
    url: str
    title: str
    authors: tuple[str, ...] = ()
    topics: tuple[tuple[str, str], ...] = ()
    weeks: tuple[str, ...] = ()
    published: str | None = None
    ids: tuple[str, ...] = ()
    code: bool = False
    sources: tuple[tuple[str, str], ...] = ()
    tldr: str = ""
    summary: str = ""
    abstract: str = ""
    printed: str = ""


@dataclass(frozen=True)
class SearchField:
    """A part of a document that is weighed by itself.

    Attributes:
        boost: Multiplies the field's weight.
        asked: What readers write before a colon to search this field only.
        long: Whether the lengths of the field, which vary, are one file. Those of a short field
            stand beside each posting, where a query for few papers reads them for those only.
    """

    name: str
    boost: float
    asked: tuple[str, ...] = ()
    long: bool = False


# Chosen by benchmarks/search: a heavy title finds half-remembered titles and papers of an author
# better, a still heavier one paraphrases worse.
FIELDS = (
    SearchField("title", 5, ("title",)),
    SearchField("authors", 3, ("author", "authors")),
    SearchField("topics", 0.5, ("topic", "topics")),
    SearchField("ids", 3, ("id",)),
    SearchField("year", 1),
    SearchField("text", 1, long=True),
)


def field_texts(document: SearchDocument) -> tuple[str, ...]:
    """The texts of a document, one for each of `FIELDS`."""
    return (
        document.title,
        " ".join(document.authors),
        " ".join(name for _, name in document.topics),
        " ".join(document.ids),
        (document.published or "")[:4],
        body_text(document),
    )


def body_text(document: SearchDocument) -> str:
    """All texts of a document apart from its title, one a line."""
    texts = (document.tldr, document.summary, document.abstract, document.printed)
    return "\n".join(text for text in texts if text)


def in_search_order(documents: Iterable[SearchDocument]) -> tuple[SearchDocument, ...]:
    """Documents, oldest first, then by ref: a document's place here is its number.

    A new paper usually comes last, so the blocks of older ones keep their bytes and names.
    """
    return tuple(sorted(documents, key=lambda document: (document.published or "", document.ref)))
