"""What arXiv and Crossref answer, as records; and what people type to name a paper.

``replies/<name>.xml`` and ``.json`` are replies, ``<name>.read`` is what is read from them.
"""

from __future__ import annotations

import contextlib
import json
from dataclasses import asdict
from pathlib import Path

import pytest
from folders import expect
from hypothesis import example, given
from hypothesis import strategies as st

from broadsheet.base.errors import BroadsheetError
from broadsheet.importers.lookup_replies import arxiv_records, crossref_records
from broadsheet.importers.references import reference
from broadsheet.importers.services import hugging_face

REPLIES = sorted(
    path for path in (Path(__file__).parent / "replies").iterdir() if path.suffix != ".read"
)


@pytest.mark.parametrize("path", REPLIES, ids=[path.stem for path in REPLIES])
def test_a_reply_is_read(path: Path) -> None:
    read = arxiv_records if path.suffix == ".xml" else crossref_records
    try:
        found = read(path.read_text("utf-8"))
        shown = [{k: v for k, v in asdict(record).items() if v} for record in found]
        text = json.dumps(shown, ensure_ascii=False, indent=1)
    except BroadsheetError as error:
        text = str(error)
    expect(path.with_suffix(".read"), text + "\n")


@given(st.text() | st.recursive(st.none() | st.text(), st.lists).map(json.dumps))
@example('{"id": "2403.00001", "title": 3, "githubRepo": ["https://a.org/"]}')
@example('{"id": 2403.00001}')
@example("[" * 10_000)
def test_any_reply_of_hugging_face_is_read_or_refused(reply: str) -> None:
    with contextlib.suppress(BroadsheetError):
        (work,) = hugging_face.works(reply)
        assert (work.record.arxiv, dict(work.record.links)) == ("2403.00001", {})


@given(st.text() | st.recursive(st.none() | st.text() | st.integers(), st.lists).map(json.dumps))
def test_any_reply_is_read_or_refused(reply: str) -> None:
    for read in (arxiv_records, crossref_records):
        with contextlib.suppress(BroadsheetError):
            assert read(reply) == read(reply)


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("2403.10131", "arxiv", "2403.10131"),
        ("arXiv:2403.10131v2", "arxiv", "2403.10131"),
        ("https://arxiv.org/abs/2403.10131v1", "arxiv", "2403.10131"),
        ("http://www.arxiv.org/pdf/2403.10131.pdf", "arxiv", "2403.10131"),
        ("arxiv.org/html/2403.10131/", "arxiv", "2403.10131"),
        ("https://huggingface.co/papers/2403.10131?ref=home", "arxiv", "2403.10131"),
        ("https://arxiv.org/abs/math/0112017", "arxiv", "math/0112017"),
        ("https://doi.org/10.48550/arXiv.2403.10131", "arxiv", "2403.10131"),
        ("10.1000/Example(1)", "doi", "10.1000/example(1)"),
        ("https://dx.doi.org/10.1000/example", "doi", "10.1000/example"),
        ("doi:10.1000/example", "doi", "10.1000/example"),
        (" Rafts  of Logs ", "title", "Rafts of Logs"),
    ],
)
def test_a_paper_is_named_by_an_id_an_address_or_a_title(text: str, kind: str, value: str) -> None:
    record = reference(text)
    assert getattr(record, kind) == value
    assert sum(bool(x) for x in (record.arxiv, record.doi, record.title)) == 1


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("2403.1013", "is missing a digit"),
        ("https://example.org/paper", "isn't the address of a paper"),
        ("Rafts", "is neither an arXiv id nor a DOI nor a title"),
        ("", "is neither"),
    ],
)
def test_what_names_no_paper_is_refused(text: str, problem: str) -> None:
    with pytest.raises(BroadsheetError, match=problem):
        reference(text)
