from __future__ import annotations

import pytest

from broadsheet.edition.textlinks import relinked, seen_from

WEEK = "weeks/2024-W12/"


def from_root(address: str) -> str:
    return f"/{address}"


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("../papers/knots.md", "/papers/knots/"),
        ("2024-W13.md", "/weeks/2024-W13/"),
        ("../topics/index.md", "/topics/"),
        ("../index.md", "/"),
    ],
)
def test_a_link_to_a_markdown_file_becomes_the_address_of_its_page(
    written: str, address: str
) -> None:
    text = f"On [knots]({written}), and no more."

    assert relinked(text, WEEK, from_root) == f"On [knots]({address}), and no more."


@pytest.mark.parametrize(
    "target",
    ["https://example.org/a.md", "mailto:ada@example.org", "/rooted.md", "#below", "../../out.md"],
)
def test_any_other_link_stays_as_it_was_written(target: str) -> None:
    text = f"See [there]({target})."

    assert relinked(text, WEEK, from_root) == text


def test_a_file_name_that_is_no_link_stays_as_it_was_written() -> None:
    assert relinked("Open knots.md (or ropes.md).", WEEK, from_root) == (
        "Open knots.md (or ropes.md)."
    )


def test_the_same_link_leads_to_the_paper_from_the_week_and_from_the_first_page() -> None:
    text = "[knots](../papers/knots.md)"

    assert relinked(text, WEEK, seen_from(WEEK)) == "[knots](../../papers/knots/)"
    assert relinked(text, WEEK, seen_from("")) == "[knots](papers/knots/)"
    assert relinked("[home](../index.md)", WEEK, seen_from(WEEK)) == "[home](../../)"
