"""What Broadsheet exports, it imports again with the same facts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import values
from hypothesis import given, settings
from hypothesis import strategies as st
from made import api_files
from selecting import examples
from toy import SITE, edition_of

from broadsheet.base.errors import BroadsheetError
from broadsheet.citations.styles import STYLES
from broadsheet.content.check import load_and_check
from broadsheet.content.model import Corpus, Paper
from broadsheet.content.records import Record
from broadsheet.edition import Edition
from broadsheet.importers import read
from broadsheet.importers.files import text_of_file
from broadsheet.outputs.datasets.selection import FORMATS, export
from broadsheet.outputs.datasets.table import LIST_MARK, rows_of

FACTS = ("title", "authors", "arxiv", "doi", "published", "venue", "topics", "extra")
FORMS = ("json", "jsonl", "csv", "parquet", "sqlite")
# These have lists in one cell.
FLAT = ("csv", "sqlite")
every_form = pytest.mark.parametrize("form", FORMS)


def _identified(paper: Paper) -> bool:
    return bool(paper.title or paper.arxiv or paper.doi)


def _exact_in_cells(paper: Paper) -> bool:
    """Whether a list of the paper can be told from a list with more values in one cell."""
    return not any(LIST_MARK in name for name in (*paper.authors, *paper.topics))


def _expected(edition: Edition, *, with_abstract: bool) -> list[dict[str, Any]]:
    """The facts of papers. Tables have our own texts without markup."""
    plain = {row["slug"]: row for row in rows_of(edition)}
    return [
        {
            **{name: getattr(paper, name) for name in FACTS},
            "links": paper.links.named(),
            "abstract": paper.abstract if with_abstract else None,
            **{name: _cleaned(name, plain[slug][name]) for name in ("tldr", "summary")},
        }
        for slug, paper in edition.papers.items()
        if _identified(paper)
    ]


def _cleaned(name: str, text: str | None) -> str | None:
    """A text as the schema has it. Without its marks, there may be nothing left."""
    if not text or not text.strip():
        return None
    found: str = getattr(Paper.model_validate({"slug": "a", name: text}), name)
    return found


def _found(records: tuple[Record, ...]) -> list[dict[str, Any]]:
    names = (*FACTS, "links", "abstract", "tldr", "summary")
    return [{name: getattr(record, name) for name in names} for record in records]


def _imported(form: str, edition: Edition) -> list[dict[str, Any]]:
    text = text_of_file(export(form, edition), f"papers.{form}")
    reading = read(text, f"papers.{form}")
    assert reading.importer == "broadsheet-export"
    assert [p for p in reading.problems if "identify" not in p.message] == []
    return _found(reading.records)


@every_form
@settings(max_examples=examples(60), deadline=None)
@given(data=st.data())
def test_any_papers_are_exported_and_imported_with_the_same_facts(
    form: str, data: st.DataObject
) -> None:
    papers: Mapping[str, Paper] = {
        paper.slug: paper
        for paper in data.draw(st.lists(values.papers, min_size=1, max_size=4))
        if form not in FLAT or _exact_in_cells(paper)
    }
    edition = edition_of(Corpus(papers=dict(sorted(papers.items()))), related=0)
    if edition.papers:
        assert _imported(form, edition) == _expected(edition, with_abstract=form != "csv")


def test_every_export_is_imported_again_unless_it_is_a_text_for_people() -> None:
    papers = {"a": Paper(slug="a", title="Some Rafts", authors=("Ada Example",), doi="10.1000/a")}
    edition = edition_of(Corpus(papers=papers), related=0)
    texts = {style.lower() for style in STYLES}
    for form in FORMATS:
        text = text_of_file(export(form, edition), "papers")
        if form in texts:
            with pytest.raises(BroadsheetError, match="no importer recognizes"):
                read(text, "papers")
        else:
            (record,) = read(text, "papers").records
            assert (record.title, record.authors) == ("Some Rafts", ("Ada Example",)), form


@every_form
def test_the_bundled_papers_are_exported_and_imported_with_the_same_facts(form: str) -> None:
    content = Path(__file__).parents[2] / "content"
    edition = edition_of(load_and_check(content).corpus, related=0)
    expected = _expected(edition, with_abstract=form != "csv")
    assert len(expected) > 300
    assert _imported(form, edition) == expected


def test_a_file_of_the_api_is_imported_with_the_same_facts() -> None:
    paper = Paper(
        slug="rafts",
        arxiv="2403.00010",
        authors=("Ada; Example", "Bob Sample"),
        topics=("boats",),
        links={"code": "https://code.example/"},  # type: ignore[arg-type]
        extra={"Rating": "5"},
    )
    edition = edition_of(Corpus(papers={"rafts": paper}), related=0)
    text = api_files(edition)["api/v1/papers/rafts.json"].decode()
    reading = read(text, "rafts.json")
    assert reading.problems == ()
    assert _found(reading.records) == [
        {**found, "topics": ()} for found in _expected(edition, with_abstract=True)
    ]


@pytest.mark.parametrize("language", ["en", "de", "zh"])
def test_texts_that_nobody_has_reviewed_are_left_out(language: str) -> None:
    paper = Paper.model_validate(
        {"slug": "a", "title": "A", "tldr": "B.", "summary": "- c", "written": "model"}
    )
    site = replace(SITE, language=language)
    text = export("jsonl", edition_of(Corpus(papers={"a": paper}), site, related=0)).decode()
    reading = read(text, "a.jsonl")
    (record,) = reading.records
    assert (record.title, record.tldr, record.summary) == ("A", None, None)
    assert [p.field for p in reading.problems] == ["summary", "tldr"]


def test_values_of_another_kind_are_left_out_of_an_export() -> None:
    row = json.loads(export("jsonl", edition_of(Corpus(papers={"a": Paper(slug="a", title="A")}))))
    odd = {"authors": 5, "venue": ["x"], "topics": {"a": 1}, "extra": "[1]", "code": {"a": 1}}
    reading = read(json.dumps({**row, **odd}), "a.jsonl")
    assert [record.title for record in reading.records] == ["A"]
    assert [str(problem) for problem in reading.problems] == [
        "a.jsonl:1: code: must be text; left out",
        "a.jsonl:1: extra: isn't a JSON object; left out",
        "a.jsonl:1: topics: isn't a list; left out",
        "a.jsonl:1: venue: must be text; left out",
    ]
