"""Documents of the search index and their fields."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class SearchDocument:
    """A paper in the search index. Texts are plain, and "" if missing.

    Attributes:
        ref: The slug of the paper.
        url: The address of its page, relative to the site's root.
        title: The title.
        authors: The names of the authors.
        topics: The slugs and names of its topics.
        weeks: The weeks of the issues that list it.
        published: 2024, 2024-03, 2024-03-18 or None.
        ids: The arXiv id and the DOI.
        code: Whether there is code.
        sources: The slugs and names of the digests and collections that list it.
        tldr: Our summary in one sentence.
        summary: Our summary in a paragraph.
        abstract: The paper's own abstract.
        also: Other words that should find it, such as the meanings of its abbreviations.
        printed: Texts that digests printed about it, and titles of other versions.
        lead: What results show of it, instead of the first of its texts. It isn't searched.
        withdrawn: Whether the paper was withdrawn.
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
    lead: str = ""
    also: str = ""
    withdrawn: bool = False


@dataclass(frozen=True)
class SearchField:
    """A field of documents with its own weight.

    Attributes:
        name: The name of the field.
        boost: The factor for its weight.
        asked: What readers write before a colon to search only this field.
        long: Whether texts of this field are long, so that all their lengths are in one file. The
            lengths of short fields are next to each posting.
    """

    name: str
    boost: float
    asked: tuple[str, ...] = ()
    long: bool = False


# Chosen by benchmarks/search: a high boost for titles finds partly remembered titles and papers of
# an author better, but with an even higher one, paraphrases find less.
FIELDS = (
    SearchField("title", 5, ("title",)),
    SearchField("authors", 3, ("author", "authors")),
    SearchField("topics", 0.5, ("topic", "topics")),
    SearchField("ids", 3, ("id",)),
    SearchField("year", 1),
    SearchField("text", 1, long=True),
)


def field_texts(document: SearchDocument) -> tuple[str, ...]:
    """Returns the text of a document for each of `FIELDS`."""
    return (
        document.title,
        " ".join(document.authors),
        " ".join(name for _, name in document.topics),
        " ".join(document.ids),
        (document.published or "")[:4],
        f"{body_text(document)}\n{document.also}" if document.also else body_text(document),
    )


def body_text(document: SearchDocument) -> str:
    """Returns all texts of a document except for its title, one per line."""
    return "\n".join(filter(None, texts_of(document)))


def texts_of(document: SearchDocument) -> tuple[str, ...]:
    """Returns the texts of a document, some of which may be empty, the shortest first."""
    return document.tldr, document.summary, document.abstract, document.printed


def in_search_order(documents: Iterable[SearchDocument]) -> tuple[SearchDocument, ...]:
    """Sorts documents by date, oldest first, then by ref. Their positions are their numbers.

    New papers usually come last, so that the files of older ones don't change.
    """
    return tuple(sorted(documents, key=lambda document: (document.published or "", document.ref)))
