"""The table of the index and the rows of its blocks, as the scripts of search read them.

The scripts get these types from the module `contract.js`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypedDict

# Scripts refuse an index with another format.
FORMAT = 7


class SearchAnalysis(TypedDict):
    """How to turn words of the site's language into terms.

    Attributes:
        stops: The stop words, separated by spaces.
        stemmer: The module with the stemmer, or "english", or "" for none.
        accents: Whether the stemmer needs words with their accents.
        bigrams: Whether writing without spaces is split into pairs of characters.
    """

    stops: str
    stemmer: str
    accents: bool
    bigrams: bool


class SearchedField(TypedDict):
    """A field to search.

    Attributes:
        asked: What readers write before a colon to search only this field.
        boost: The factor for its weight.
        total: The number of terms in all documents.
        lengths: The number of the file with its lengths, or -1 if they are in the shards.
    """

    asked: Sequence[str]
    boost: float
    total: int
    lengths: int


class SearchTable(TypedDict):
    """The table of an index, "table.json".

    Attributes:
        format: The version of the format, `FORMAT`.
        documents: The number of documents.
        years: Each year ("" if unknown) and the number of its first document.
        analysis: How to turn words into terms.
        fields: The fields of documents.
        terms: The first term of each shard, front-coded.
        forward: The first text of each block of terms that are spelled forward, front-coded.
        backward: The same for terms that are spelled backward.
        topics: Slugs and names.
        sources: Slugs and names of digests and collections.
        facets: The facets that have a column, in the order of their files.
        together: Documents in a block of `SearchResult` or of `SearchTexts` rows.
        feeds: The addresses of feeds, by the page that they belong to.
        series: For each kind of file, how many blocks each has (0 if its content isn't a block),
            how many files share a hash, and the hashes.
        unit: What sizes of blocks are multiples of, in bytes.
        sizes: For each kind of file with blocks, their sizes in units: text with a character for
            each, "0" for none, or the number of the file of sizes that has them.
    """

    format: int
    documents: int
    years: Sequence[tuple[str, int]]
    analysis: SearchAnalysis
    fields: Sequence[SearchedField]
    terms: str
    forward: str
    backward: str
    topics: Sequence[tuple[str, str]]
    sources: Sequence[tuple[str, str]]
    facets: Sequence[str]
    together: int
    feeds: Mapping[str, str]
    series: Mapping[str, tuple[int, int, Sequence[str]]]
    unit: int
    sizes: Mapping[str, str | int]


class SearchResult(NamedTuple):
    """A paper in the list of results.

    Attributes:
        title: The title.
        address: The slug of a paper, or "/" and an address relative to the site's root.
        published: A partial ISO date, or "".
        arxiv: The arXiv id, or "".
        authors: The first authors.
        others: The number of other authors.
        topics: Positions in the table's `topics`.
        weeks: The weeks of the issues that list it.
        code: 1 if there is code.
        withdrawn: 1 if the paper was withdrawn.
        lead: The start of the summary.
    """

    title: str
    address: str
    published: str
    arxiv: str
    authors: Sequence[str]
    others: int
    topics: Sequence[int]
    weeks: Sequence[str]
    code: int
    withdrawn: int
    lead: str


class SearchTexts(NamedTuple):
    """The texts for checking phrases. `topics` are positions in the table's `topics`."""

    title: str
    body: str
    authors: Sequence[str]
    topics: Sequence[int]
