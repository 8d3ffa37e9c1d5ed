"""What terms can't tell: years and weeks, phrases, names of people, and exact titles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from broadsheet.outputs.search.analysis import Analyzer
from broadsheet.outputs.search.asking.index import SearchIndex, Term
from broadsheet.outputs.search.asking.query import Filter, Phrase, Query
from broadsheet.outputs.search.asking.words import compounds, has_phrase, phrase_words
from broadsheet.outputs.search.table import SearchResult, SearchTexts

# How many papers are read to see whose names they have.
_CHECKED_NAMES = 40
_FEWEST_WORDS = 2


def passing(index: SearchIndex, wanted: Filter) -> set[int]:
    """Returns the documents that a filter lets pass."""
    holders = _of_years(index) if wanted.kind == "year" else index.weeks()
    within = {
        number
        for value, documents in holders
        if value and value >= wanted.first and (not wanted.last or value <= wanted.last)
        for number in documents
    }
    return set(range(index.table["documents"])) - within if wanted.excluded else within


def _of_years(index: SearchIndex) -> Iterator[tuple[str, Sequence[int]]]:
    """Yields each year and its documents, from the numbers at which years begin."""
    years = index.table["years"]
    ends = [*(start for _, start in years[1:]), index.table["documents"]]
    for (year, start), end in zip(years, ends, strict=True):
        yield year, range(start, end)


def with_phrases(index: SearchIndex, query: Query, documents: Sequence[int]) -> list[int]:
    """Returns the documents that have every phrase and no excluded one."""
    rows = index.texts(documents)
    return [
        number
        for number, texts in zip(documents, rows, strict=True)
        if all(_is_in(index, phrase, texts) != phrase.excluded for phrase in query.phrases)
    ]


def _is_in(index: SearchIndex, phrase: Phrase, texts: SearchTexts) -> bool:
    names = [index.table["topics"][place][1] for place in texts.topics]
    fields: dict[str, Sequence[str]] = {
        "title": [texts.title],
        "author": texts.authors,
        "topic": names,
        "id": [],
    }
    everything = [texts.title, texts.body, *texts.authors, *names]
    looked = fields.get(phrase.field.removesuffix("s"), everything)
    return any(has_phrase(index.analyzer, text, phrase.words) for text in looked)


def of_one_person(
    index: SearchIndex, query: Query, instead: Sequence[str], documents: Sequence[int]
) -> Sequence[int]:
    """Returns the documents where a corrected name belongs to the person that is asked for.

    Who asks for "Yoshua Bengio" doesn't mean a Joshua who wrote with another Bengio.

    Args:
        index: The index.
        query: The query.
        instead: Terms used for misspelled words.
        documents: The best documents, best first.
    """
    asked = [group for word in query.wanted for group in word.groups]
    names = [*instead, *(term for group in asked for term in group)]
    terms = index.terms(list(dict.fromkeys(names)))
    fields = index.table["fields"]
    field = next(n for n, one in enumerate(fields) if "author" in one["asked"])
    corrected = [name for name in instead if _is_mostly_in(terms.get(name), field)]
    others = [g for g in asked if any(_is_mostly_in(terms.get(name), field) for name in g)]
    if not corrected or not others:
        return documents
    checked = documents[:_CHECKED_NAMES]
    return [
        number
        for number, texts in zip(checked, index.texts(checked), strict=True)
        if any(
            not known.isdisjoint(corrected) and all(not known.isdisjoint(g) for g in others)
            for known in (set(index.analyzer.terms(author)) for author in texts.authors)
        )
    ]


def _is_mostly_in(term: Term | None, field: int) -> bool:
    return bool(term and field in term.of and len(term.of[field].counts) * 2 > term.documents)


def exact_first(rows: Sequence[SearchResult], query: Query, analyzer: Analyzer) -> list[int]:
    """Returns the places of rows, those whose title has every word as it's spelled first."""
    places = range(len(rows))
    wanted = [group for word in query.wanted for group in word.spelled]
    if len(wanted) < _FEWEST_WORDS or query.phrases:
        return list(places)
    titles = [_words_of(row.title, analyzer) for row in rows]
    return sorted(places, key=lambda n: any(titles[n].isdisjoint(forms) for forms in wanted))


def _words_of(title: str, analyzer: Analyzer) -> set[str]:
    """Returns the words of a title, and the joined forms of its compounds."""
    joined = ("".join(parts) for parts in compounds(analyzer, title))
    return {*phrase_words(analyzer, title).split(" "), *joined}
