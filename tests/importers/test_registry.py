from __future__ import annotations

import pytest
from hypothesis import event, example, given, settings
from hypothesis import strategies as st
from selecting import examples

from broadsheet.base import encoding
from broadsheet.base.errors import BroadsheetError
from broadsheet.importers import IMPORTERS, decode, detect, read

NAMES = [importer.name for importer in IMPORTERS]

LINES = [
    "",
    "Papers for the Week from 11/03 to 17/03",
    "from 0/0 to 99/99",
    "from 31/12/9999 to 06/01",
    "Papers of a Week of March 2024 are here.",
    "May 0000",
    "Table of Contents:",
    "1. One",
    "2. Two",
    "1.1. A Title",
    "1.1.",
    "1.2 A Title",
    "2.1. \\emph{}",
    "We list these:",
    "A line without an end",
    "A line with an end.",
    "- bullet",
    "•",
    "My e-book is out",
    "Are you there?",
    "Get trending papers in your email inbox!",
    "Subscribe",
    "SubscribeA Title",
    "An abstract. " * 30,
    "arxiv_id",
    "| abstract",
    "---|---|",
    "|",
    "2403.00001 | text |",
    "2403.00001 | text",
    "2403.0001 | text |",
    "word | text |",
    '{"title": "A", "authors": [1, null], "links": {"code": 5}}',
    '{"arxiv": 2403.00001, "published": true}',
    '{"title": ' + "[" * 3000,
    '{"published": ' + "9" * 5000 + "}",
    "[]",
    '[{"type": "article", "title": "A", "author": [1, {"family": 2}], "issued": {"date-parts": 3}}',
    ', {"type": "book", "note": ["arXiv:1"], "issued": {"date-parts": [[], 1]}}]',
    '{"items": [{"itemType": "book", "creators": [{}], "tags": [{}]}], "collections": {"a": 1}}',
    "TY  - JOUR",
    "ER  - ",
    "TI  - A",
    "DO  - 10/",
    "PY  - 9999//99",
    '{"results": [{"authorships": [null], "title": "A", "publication_year": 2024}]}',
    '[{"paperId": "1", "title": "A", "externalIds": {"ArXiv": 5}}, null',
    '{"DOI": "10.1000/a", "title": ["A"], "issued": {"date-parts": [[true, 99]]}}',
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>arXiv Query</title>',
    "<rss><channel><title>A</title>",
    "<item><title>A</title><link>https://arxiv.org/abs/2403.00001?x</link></item>",
    "<item><dc:creator>A, B</dc:creator><pubDate>0</pubDate></item></channel></rss>",
    '<opml><outline xmlUrl="https://example.org"/></opml>',
    '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><record><metadata>',
    '<arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>2403.00001</id></arXiv></metadata></record>',
    "</OAI-PMH>",
    '<dblp><article key="a"><title>A.</title><year>1</year></article></dblp>',
    '{"id": "2403.00001", "authors_parsed": [[], ["A"]], "versions": [{"version": "v1"}]}',
    "<entry><id>http://arxiv.org/abs/2403.00001v1</id><title>A</title></entry></feed>",
    "title,authors,year,arxiv",
    '"A,""b""",Ada; Bob,2024.0,2406.0452',
    '"unclosed,cell',
    "Titel;Rating",
    "sep=;",
    "a\tb\tc",
    '{"paper_title": "A", "x": {"y": {"z": [1, {"a": null}]}}, "b": 1, "c": 2}',
    '[{"paper": {"id": "2403.00010", "title": "A", "upvotes": 1}},',
    '{"2024-03-18": [{"paper": "x", "publishedAt": 5}], "2024-03-19": {"error": "x"}}',
    '[{"paper_title": "A", "repo_url": "x", "is_official": true}]',
    '{"slug": "a", "key": "", "title": 5, "authors": 1, "arxiv": [], "listed": "", "weeks": {}}',
    "slug,key,title,authors,arxiv,listed,weeks",
    "a,b,'=c,,arXiv:2403.00010,,",
    "\u200b\ufeff",
]
TEXTS = st.lists(st.one_of(st.sampled_from(LINES), st.text(max_size=20)), max_size=14).map(
    "\n".join
)


@settings(max_examples=examples(300))
@given(text=TEXTS, importer=st.sampled_from([None, *NAMES]))
@example(text="", importer="weekly-article")
@example(text="\n".join(LINES), importer="weekly-article")
def test_any_text_is_read_or_refused_and_never_breaks_an_importer(
    text: str, importer: str | None
) -> None:
    try:
        reading = read(text, "any.txt", importer)
    except BroadsheetError as refusal:
        event(f"refused as {importer}: {refusal.problems[0].message[:20]}")
        return
    event(f"read as {reading.importer}")
    assert reading == read(text, "any.txt", importer)
    last = text.count("\n") + text.count("\r") + 1
    assert all(0 < record.line <= last for record in reading.records)
    assert all(0 <= problem.line <= last for problem in reading.problems)
    assert all(record.title or record.arxiv or record.doi for record in reading.records)


@given(st.binary(max_size=40))
def test_any_bytes_are_text_or_refused(raw: bytes) -> None:
    try:
        text = decode(raw, "any.txt")
    except BroadsheetError:
        event("refused")
        return
    event("decoded")
    assert "\r" not in text
    assert "\0" not in text


def test_more_bytes_than_the_limit_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoding, "SIZE_LIMIT", 3)
    assert decode(b"abc", "any.txt") == "abc"
    with pytest.raises(BroadsheetError, match="is 4 bytes long; the limit is 3 bytes"):
        decode(b"abcd", "any.txt")


def test_an_unknown_shape_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(BroadsheetError, match="did you mean 'weekly-article'"):
        read("text", "any.txt", "weekly-articles")


def test_a_named_importer_needs_no_detection() -> None:
    text = f"Kites: A Survey\n{'Kites fly in the wind. ' * 12}"
    with pytest.raises(BroadsheetError, match="no importer recognizes this text"):
        detect(text, "any.txt")
    (record,) = read(text, "any.txt", "papers-page").records
    assert record.title == "Kites: A Survey"


def test_names_and_descriptions_fit_into_a_help_text() -> None:
    assert len(set(NAMES)) == len(NAMES)
    assert all(name == name.casefold() and " " not in name for name in NAMES)
    assert all(i.description and "\n" not in i.description for i in IMPORTERS)
