"""What services say besides records, and files of services that were made to do harm."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

import pytest
from growth import lines_run
from hypothesis import example, given
from hypothesis import strategies as st

from broadsheet.base.characters import without_harmful
from broadsheet.base.errors import BroadsheetError
from broadsheet.importers import IMPORTERS, detect, read
from broadsheet.importers.repairs import repaired, visible
from broadsheet.importers.services import arxiv_api, crossref, openalex, semantic_scholar
from broadsheet.importers.services.plain import line
from broadsheet.importers.services.work import Work
from broadsheet.importers.services.xml_elements import parsed

GOLDEN = Path(__file__).parent / "golden"
READERS: dict[str, Callable[[str], tuple[Work, ...]]] = {
    "works_of_openalex_are_papers": openalex.works,
    "papers_of_semantic_scholar_are_papers": semantic_scholar.works,
    "works_of_crossref_are_papers": crossref.works,
    "papers_of_arxivs_api_are_papers": arxiv_api.works,
}


def of(name: str) -> str:
    return (GOLDEN / f"{name}.txt").read_text("utf-8")


def facts(name: str) -> dict[str, Work]:
    return {work.record.title or "": work for work in READERS[name](of(name))}


def test_openalex_says_how_often_a_paper_was_cited_and_what_it_is_about() -> None:
    works = facts("works_of_openalex_are_papers")
    kite = works["SKYLARK: Kites for CO₂ & Calm Days"]
    assert kite.citations == 12
    assert kite.categories == ("Kite Flight", "Kite")
    assert kite.published_doi == "10.1000/kites.7"
    assert kite.withdrawn is None
    assert works["Knots without a Journal"].withdrawn == "OpenAlex marks it as retracted"


def test_semantic_scholar_says_how_often_a_paper_was_cited_but_its_summaries_are_left_out() -> None:
    kite = facts("papers_of_semantic_scholar_are_papers")["SKYLARK: A Kite for $n^2$ Calm Days"]
    assert kite.citations == 3
    assert kite.categories == ("Computer Science", "Engineering")
    assert kite.record.tldr is None


def test_crossref_knows_retractions_and_where_preprints_were_published() -> None:
    works = facts("works_of_crossref_are_papers")
    assert works["SKYLARK: A Kite: For Calm Days"].withdrawn
    assert works["Knots: A Preprint"].published_doi == "10.1000/knots.1"


def test_arxiv_knows_versions_categories_and_remarks() -> None:
    works = facts("papers_of_arxivs_api_are_papers")
    kite = works["Straßen und Häuser: A Kite for $n^2$ Calm Days & Nights"]
    assert (kite.version, kite.categories) == (3, ("cs.CL", "cs.LG"))
    assert kite.comment == "12 pages; accepted at EXAMPLE 2024"
    assert works["Knots That Slip"].withdrawn == "Withdrawn due to an error in Lemma 2"


@pytest.mark.parametrize("name", READERS)
def test_records_of_replies_name_the_service_and_no_line(name: str) -> None:
    works = READERS[name](of(name))
    assert {work.record.line for work in works} == {0}
    assert len({work.record.source for work in works}) == 1


@pytest.mark.parametrize("name", [name for name in READERS if "arxiv" not in name])
def test_the_order_of_keys_and_unknown_keys_change_nothing(name: str) -> None:
    value = json.loads(of(name))
    reordered = json.dumps(changed(value), ensure_ascii=False)
    expected, found = read(of(name), "a.json"), read(reordered, "a.json")
    assert [kept(record) for record in found.records] == [kept(r) for r in expected.records]
    assert len(found.problems) == len(expected.problems)


def changed(value: Any, *, is_text_index: bool = False) -> Any:
    """Returns a value with its keys in reverse and one more in each object."""
    if isinstance(value, list):
        return [changed(item) for item in value]
    if not isinstance(value, dict):
        return value
    pairs = [
        (key, changed(item, is_text_index=key == "abstract_inverted_index"))
        for key, item in reversed(value.items())
    ]
    return dict(pairs if is_text_index else [("new_key", [1]), *pairs])


def kept(record: Any) -> Any:
    return {name: value for name, value in vars(record).items() if name != "line"}


ENVELOPES = ["results", "data", "message", "items"]
FIELDS = ["id", "title", "DOI", "authorships", "paperId", "externalIds", "author", "issued"]
KEYS = st.sampled_from([*ENVELOPES, *FIELDS, "abstract_inverted_index"])
VALUES = st.recursive(
    st.none() | st.text() | st.integers(),
    lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner),
)


@given(st.text() | VALUES.map(json.dumps))
def test_any_reply_of_a_service_is_read_or_refused(reply: str) -> None:
    for works in READERS.values():
        with contextlib.suppress(BroadsheetError):
            assert works(reply) == works(reply)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("<a>" * 200 + "</a>" * 200, "nested too deeply"),
        ('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "declares an entity"),
        (
            '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://a.example"> %x;]><a/>',
            "declares an entity",
        ),
        ("<a>&unknown;</a>", "invalid XML"),
        ("<a><b></a>", "invalid XML: mismatched tag"),
        ("", "invalid XML: no element found"),
        ("<rss>" + "<a b='" + "x" * 1_000_000, "invalid XML"),
        ("<a>\x01</a>", "invalid XML: not well-formed"),
    ],
)
def test_harmful_or_broken_xml_is_refused_with_one_message(text: str, problem: str) -> None:
    with pytest.raises(BroadsheetError, match=problem) as refusal:
        parsed(text, "a.xml")
    assert len(refusal.value.problems) == 1


@given(st.text(st.sampled_from("aB 1.,:;()[]{}\\`'\"*/$%&_#\n-é\u200b\x07")))
@example("see [a] ) . b")
@example("at:github.com/a")
def test_a_text_without_damage_is_as_it_would_be_after_repairs(text: str) -> None:
    assert line(text) == repaired(visible(without_harmful(" ".join(text.split()))))


def test_the_first_work_tells_whose_works_a_long_list_has() -> None:
    work = '{"id": "https://openalex.org/W1", "title": "A", "authorships": []}'
    lists = ['{"results": [' + ", ".join([work] * count) + "]}" for count in (10, 1000)]
    few, many = (lines_run(lambda text=text: detect(text, "a.json")) for text in lists)  # type: ignore[misc]
    assert many < few + 100


HOSTILE = [
    "\\documentclass ",
    "\\begin{document}",
    "@",
    "$a ",
    "\\' ",
    "<a ",
    "<!--",
    "&#",
    "(arXiv:",
]


@pytest.mark.parametrize("part", [*HOSTILE, "\n ", "a, ", "10.1000/"])
def test_no_text_takes_more_than_its_share_of_time(part: str) -> None:
    text = escape(part * (300_000 // len(part)))
    feed = f"<rss><item><title>A</title><author>{text} x</author><description>{text}</description>"
    before = time.process_time()
    with contextlib.suppress(BroadsheetError):
        read(f"{feed}</item></rss>", "feed.xml")
    assert time.process_time() - before < 10  # about 0.2; if each part looked at all others, hours


@pytest.mark.parametrize("reply", ['{"total": 0, "offset": 0}', '{"data": []}', "[null]"])
def test_a_reply_without_papers_has_none(reply: str) -> None:
    assert semantic_scholar.works(reply) == ()


@pytest.mark.parametrize(
    "reply", ['{"error": "No paper"}', '{"message": "Too Many Requests"}', "x"]
)
def test_a_reply_that_reports_an_error_is_refused(reply: str) -> None:
    advised = r"^Semantic Scholar: sent an unreadable reply: .* \(run the command again later"
    with pytest.raises(BroadsheetError, match=advised):
        semantic_scholar.works(reply)


def test_xml_may_lie_about_its_encoding_and_use_names_of_characters() -> None:
    root = parsed(
        '<?xml version="1.0" encoding="UTF-16"?><a b="&uuml;">Bl&auml;tter ä</a>', "a.xml"
    )
    assert (root.text, root.attrib) == ("Blätter ä", {"b": "ü"})


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.txt")), ids=lambda path: path.stem)
def test_exactly_one_importer_recognizes_a_source(path: Path) -> None:
    text = path.read_text("utf-8")
    found = [importer for importer in IMPORTERS if importer.looks_like(text)]
    # Importers of tables read what no other one recognizes.
    found = [importer for importer in found if not importer.read_columns] or found
    assert [importer.name for importer in found] == [detect(text, path.name).name]
