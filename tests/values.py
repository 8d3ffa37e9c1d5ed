"""Random papers, issues, collections and topics, as odd as the schema allows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TypeVar

from hypothesis import strategies as st

from broadsheet.base.identifiers import week_of
from broadsheet.content.model import (
    Cited,
    Collection,
    Entry,
    Facts,
    Issue,
    Links,
    Paper,
    Provenance,
    Section,
    Source,
    Topic,
)

Value = TypeVar("Value")

# Texts that are special in YAML.
_WORDS = """
No ~ null 2406.04520 2024-01-01 &c *d !e %f @g `h 'i "j [k {l | > ? --- ... 1e3 0x1 = << - a:
"""
_LINES = (
    *_WORDS.split(),
    *("- a", "# b", "a: b", "m #n", "a\u2028b", "a\x85b", "\ufeff", "\\"),
    *("long words " * 12, "x" * 200),
)
AWKWARD = st.sampled_from(_LINES)
# Content with these is refused.
_HARMFUL = tuple(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
_CHARS = st.characters(exclude_categories=["Cs", "Cc", "Cn"], exclude_characters=_HARMFUL)
line = (AWKWARD | st.text(_CHARS, min_size=1, max_size=40)).filter(str.strip)
text = (
    (line | st.lists(line | st.just(""), min_size=1, max_size=5).map("\n".join))
    .map(str.strip)
    .filter(bool)
)
slug = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True).filter(
    lambda s: s not in {"index", "con", "prn", "aux", "nul"}
)
url = st.sampled_from(["https://code.example/a?b=1&c=2#d", "http://x.example/~a/(b)_c"])
day = st.dates(date(1990, 1, 1), date(2100, 1, 1))
partial_date = day.map(str) | day.map(lambda d: f"{d:%Y-%m}") | day.map(lambda d: f"{d:%Y}")
arxiv = st.sampled_from(["2406.04520", "2501.00010", "0704.1000", "math.ag/0112010", "cs/0112017"])
lines = st.lists(line, max_size=3).map(tuple)
slugs = st.lists(slug, max_size=3, unique=True).map(tuple)


def _maybe(strategy: st.SearchStrategy[Value]) -> st.SearchStrategy[Value | None]:
    return st.none() | strategy


links = st.builds(Links, code=_maybe(url), project=_maybe(url), video=_maybe(url))
provenances = st.builds(
    Provenance,
    source=line,
    line=_maybe(st.integers(1, 10_000)),
    url=_maybe(url),
    retrieved=_maybe(day),
    gave=lines,
)
facts = st.builds(
    Facts,
    categories=lines,
    version=st.integers(1, 99),
    cited=_maybe(st.builds(Cited, count=st.integers(1, 9999), read=day, by=_maybe(line))),
)
papers = st.builds(
    Paper,
    slug=slug,
    title=_maybe(line),
    authors=lines,
    arxiv=_maybe(arxiv),
    doi=_maybe(st.sampled_from(["10.1000/Ex.1", "10.1234/a#b:c"])),
    published=_maybe(partial_date),
    venue=_maybe(line),
    links=links,
    topics=slugs,
    tldr=_maybe(line),
    summary=_maybe(text),
    abstract=_maybe(text),
    extra=st.dictionaries(line.filter(lambda name: len(name) <= 100), text, max_size=3),
    facts=_maybe(facts),
    other_titles=lines,
    aliases=slugs,
    provenance=st.lists(provenances, max_size=2).map(tuple),
)
sources = st.builds(Source, name=line, file=_maybe(line), url=_maybe(url), retrieved=_maybe(day))
entries = st.lists(
    st.builds(Entry, paper=slug, number=_maybe(line), text=_maybe(text)), max_size=3
).map(tuple)
sections = st.lists(st.builds(Section, heading=line, entries=entries), max_size=3).map(tuple)
collections = st.builds(
    Collection,
    slug=slug,
    title=line,
    description=_maybe(text),
    source=_maybe(sources),
    entries=entries,
)
topics = st.builds(
    Topic, slug=slug, name=line, description=_maybe(text), aliases=lines, terms=lines
)


@st.composite
def issues(draw: st.DrawFn) -> Issue:
    start = draw(day)
    return Issue(
        digest=draw(slug),
        name=week_of(start),
        title=draw(line),
        week=week_of(start),
        start=start,
        end=start + timedelta(days=draw(st.integers(0, 8))),
        source=draw(_maybe(sources)),
        introduction=draw(_maybe(text)),
        sections=draw(sections),
    )
