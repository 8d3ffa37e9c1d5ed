"""Dates, ids and links as reference managers and publishers write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.base.identifiers import parse_partial_date
from broadsheet.content.records import Record
from broadsheet.importers.bibliography import Entry, record_of
from broadsheet.importers.dates import combined_date, date_in


def record(**fields: object) -> Record:
    (found,) = record_of(Entry(1, title="Kites", **fields), "a.ris")  # type: ignore[arg-type]
    assert isinstance(found, Record)
    return found


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2024", "2024"),
        ("2024-03", "2024-03"),
        ("2024-3-8", "2024-03-08"),
        ("2024/03/18", "2024-03-18"),
        ("2024/03/18/", "2024-03-18"),
        ("2024/03//", "2024-03"),
        ("2024///", "2024"),
        ("2024///Spring", "2024"),
        ("2024.03.18", "2024-03-18"),
        ("20240318", "2024-03-18"),
        ("2024-03-18T10:30:00Z", "2024-03-18"),
        ("2024-03-18 10:30:00", "2024-03-18"),
        ("2024-03-18/2024-03-20", "2024-03-18"),
        ("2024/2025", "2024"),
        ("2024~", "2024"),
        ("03/2024", "2024-03"),
        ("March 2024", "2024-03"),
        ("Mar. 2024", "2024-03"),
        ("2024 Mar", "2024-03"),
        ("2024 Mar 18", "2024-03-18"),
        ("18 March 2024", "2024-03-18"),
        ("March 18, 2024", "2024-03-18"),
        ("March 18th, 2024", "2024-03-18"),
        ("Sept 2024", "2024-09"),
        # What doesn't exist is left out.
        ("2024-21", "2024"),
        ("2024-02-30", "2024-02"),
        # An American and a British reader read these differently.
        ("03/04/2024", None),
        ("Spring 2024", None),
        ("in press", None),
        ("", None),
    ],
)
def test_a_date_is_read_as_far_as_it_has_one_meaning(text: str, date: str | None) -> None:
    assert date_in(text) == date


def test_a_date_takes_its_day_from_another_one_that_agrees() -> None:
    assert combined_date(["2024", "2024/03/18/"]) == "2024-03-18"
    assert combined_date(["2024", "2023/12/05", "2024/03"]) == "2024-03"
    assert combined_date(["soon", "2024"]) == "2024"
    assert combined_date([]) is None


@given(st.text(st.sampled_from("0123456789-/. ~MarchT:,thSept"), max_size=20))
def test_any_date_that_is_read_exists(text: str) -> None:
    found = date_in(text)
    assert found is None or parse_partial_date(found) == found


@pytest.mark.parametrize(
    "fields",
    [
        {"arxiv": ("2403.01234v2",)},
        {"arxiv": ("http://arxiv.org/abs/2403.01234",)},
        {"dois": ("10.48550/arXiv.2403.01234",)},
        {"urls": ("https://arxiv.org/pdf/2403.01234v1?download=1",)},
        {"mentions": ("arXiv preprint arXiv:2403.01234",)},
        {"mentions": ("ArXiv, abs/2403.01234",)},
        {"mentions": ("CoRR abs/2403.01234",)},
        {"mentions": ("arXiv.2403.01234",)},
        {"notes": ("Zotero says:\narXiv:2403.01234 [cs.CL]",)},
        {"notes": ("arXiv preprint arXiv:2403.01234",)},
    ],
)
def test_an_arxiv_id_is_found_wherever_programs_put_it(fields: dict[str, tuple[str, ...]]) -> None:
    found = record(**fields)
    assert (found.arxiv, found.doi, found.links) == ("2403.01234", None, {})


def test_an_id_that_a_note_only_mentions_is_that_of_another_paper() -> None:
    assert record(notes=("Comment: extends arXiv:2403.01234",)).arxiv is None
    assert record(abstract="It extends arXiv:2403.01234.").arxiv is None


@pytest.mark.parametrize(
    ("given", "doi"),
    [
        ({"dois": ("doi:10.1000/A.b",)}, "10.1000/A.b"),
        ({"dois": ("https://doi.org/10.1000/A.b",)}, "10.1000/A.b"),
        ({"dois": ("none",), "urls": ("http://dx.doi.org/10.1000/A.b",)}, "10.1000/A.b"),
        ({"notes": ("DOI: 10.1000/A.b",)}, "10.1000/A.b"),
    ],
)
def test_a_doi_keeps_the_spelling_of_its_publisher(
    given: dict[str, tuple[str, ...]], doi: str
) -> None:
    assert record(**given).doi == doi


def test_addresses_are_links_if_they_say_what_they_are_or_nothing_else_leads_to_the_paper() -> None:
    urls = (
        "https://publisher.example/abs/1",
        "https://github.com/example/kites",
        "https://example.github.io/kites",
        "https://publisher.example/1.PDF",
        "file:///home/ada/kites.pdf",
        "C:\\kites.pdf",
        "https://[::1/x",
    )
    links = {
        "code": "https://github.com/example/kites",
        "project": "https://example.github.io/kites",
        "pdf": "https://publisher.example/1.PDF",
    }
    assert record(urls=urls, dois=("10.1000/a",)).links == links
    assert record(urls=urls).links == {**links, "project": urls[0]}
