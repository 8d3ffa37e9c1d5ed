"""Whatever an article contains, none of its lines is lost silently."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import event, given, settings
from hypothesis import strategies as st
from selecting import examples

from broadsheet.importers import Reading, read
from broadsheet.importers.article_texts import article_text
from broadsheet.importers.lines import repaired_lines

TOP = [
    "Papers for the Week from 11/03 to 17/03",
    "Papers of the Second Week of March 2024 are here.",
]
BODY = [
    "",
    "Table of Contents:",
    "One",
    "Two",
    "1. One",
    "2. Two",
    "3. Three",
    "1. first of a list",
    "2. second of a list",
    "1.1. Alpha",
    "1.2. Beta",
    "1.2 Beta",
    "2.1. Gamma",
    "3.1. Delta",
    "7.5. Epsilon",
    "1.3.",
    "2.5 million of them are red.",
    "1.1.1. Not a paper",
    "We name two:",
    "We list these:",
    "An item without an end",
    "An item with an end.",
    "Two sentences. On one line.",
    "• a bullet",
    "We go on.",
    "My newsletter is free",
    "Would you like some?",
    "Some: https://lnkd.in/abc",
    "Code: https://example.org/abc",
]
_RANGE = re.compile(r"\bskipped .*\blines? (\d+)(?: to (\d+))?")


@settings(max_examples=examples(300))
@given(st.lists(st.sampled_from(BODY), max_size=16))
def test_no_line_of_an_article_is_lost_silently(body: list[str]) -> None:
    text = "\n".join([*TOP, "1. One", "1.1. Alpha", *body])
    reading = read(text, "any.txt", "weekly-article")
    event(f"read with {min(len(reading.records), 3)} papers or more")
    assert len(reading.issues) == 1
    lost = [line for line in repaired_lines(text) if line.number not in _accounted(reading, text)]
    assert [line.text for line in lost if not _is_kept(line.text, reading)] == []


@settings(max_examples=examples(200))
@given(st.lists(st.sampled_from(BODY), max_size=12))
def test_entries_stand_in_the_order_of_their_lines(body: list[str]) -> None:
    text = "\n".join([*TOP, "1. One", "1.1. Alpha", *body])
    reading = read(text, "any.txt", "weekly-article")
    lines = [record.line for record in reading.records]
    assert lines == sorted(set(lines))
    (issue,) = reading.issues
    headings = [section.line for section in issue.sections]
    assert headings == sorted(set(headings))


def _accounted(reading: Reading, text: str) -> set[int]:
    """The lines that are the title or a heading, or that a problem names."""
    numbers = {1, *(record.line for record in reading.records)}
    numbers |= {section.line for issue in reading.issues for section in issue.sections}
    for problem in reading.problems:
        numbers.add(problem.line)
        found = _RANGE.search(problem.message)
        numbers |= set(range(int(found[1]), int(found[2] or found[1]) + 1)) if found else set()
    return numbers


def _is_kept(text: str, reading: Reading) -> bool:
    """Whether a line is in a text, or is a heading or the mark of the table of contents."""
    (issue,) = reading.issues
    texts = [issue.introduction or "", *(section.commentary or "" for section in issue.sections)]
    texts += [record.text or "" for record in reading.records]
    kept = {line.removeprefix("- ") for part in texts for line in part.split("\n")}
    headings = {section.heading for section in issue.sections}
    plain = text.removeprefix("• ")
    return plain in kept or plain in headings or plain == "Table of Contents:"


class _Uncut(list[str]):
    """Lines of which nobody takes a part, because that copies it."""

    def __getitem__(self, place: Any) -> Any:
        assert not isinstance(place, slice)
        return super().__getitem__(place)


def test_the_rest_of_a_text_is_not_copied_for_each_list() -> None:
    lines = _Uncut(["It has two parts:", "one", "and another.", "We see:", "One. Two.", "Ends."])
    assert article_text(lines).items == {"one", "and another."}
