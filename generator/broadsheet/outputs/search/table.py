"""What the index tells the scripts of search: its table, and the rows of its blocks.

The scripts get the types of these from the module `contract.js`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypedDict

# Scripts read only an index of their own format.
FORMAT = 4


class SearchAnalysis(TypedDict):
    """How the words of the site's language become terms.

    Attributes:
        stops: Words that are no terms, parted by spaces.
        stemmer: The module with the stemmer, "english", or "" for none.
        accents: Whether the stemmer wants words with their accents.
        bigrams: Whether writing without spaces is cut into pairs of characters.
    """

    stops: str
    stemmer: str
    accents: bool
    bigrams: bool


class SearchedField(TypedDict):
    """A field in which words are looked up.

    Attributes:
        asked: What readers write before a colon to search this field only.
        boost: What its weights are multiplied with.
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
        years: Each year, "" for none, and the number of its first document.
        terms: The first term of each shard, front-coded.
        forward: The first text of each block of terms that are spelled forward, front-coded.
        backward: The same for terms that are spelled backward.
        topics: Slugs and names.
        sources: Slugs and names of digests and collections.
        facets: The facets that have a column, in the order of their files.
        results: Documents in a block of `SearchResult` rows.
        texts: Documents in a block of `SearchTexts` rows.
        feeds: The addresses of feeds, by the page that they belong to.
        series: For each kind of file, how many share a hash, and the hashes.
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
    results: int
    texts: int
    feeds: Mapping[str, str]
    series: Mapping[str, tuple[int, Sequence[str]]]


class SearchResult(NamedTuple):
    """What a result shows.

    Attributes:
        address: The slug of a paper, or "/" and an address relative to the site's root.
        published: An ISO date, as precise as it is known, or "".
        authors: The first authors.
        others: How many more authors there are.
        topics: Places in the table's `topics`.
        code: 1 if there is code.
        lead: The beginning of the summary.
    """

    title: str
    address: str
    published: str
    authors: Sequence[str]
    others: int
    topics: Sequence[int]
    weeks: Sequence[str]
    code: int
    lead: str


class SearchTexts(NamedTuple):
    """What phrases are looked up in. `topics` are places in the table's `topics`."""

    title: str
    body: str
    authors: Sequence[str]
    topics: Sequence[int]
