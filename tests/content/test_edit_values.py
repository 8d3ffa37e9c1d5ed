"""Single values change inside a file, and every other byte of it stays."""

from __future__ import annotations

from datetime import date

import pytest

from broadsheet.base.errors import BroadsheetError
from broadsheet.content import yaml_text
from broadsheet.content.edit_paper import edited_paper
from broadsheet.content.edit_values import Edit, append_item, edited
from broadsheet.content.model import Cited, Facts, Paper

TEXT = """\
# A list. 🚣
title: "A: 🚣"   # the title
sections:
  - heading: One
    entries:
      # about a
      - {paper: a, number: "1.1"}  # first
      -   paper: 'b'
          text: >-
            Printed [[a]]
            there.

      - paper: c # last
  - {heading: Two, entries: [{paper: d}, {paper: e}, {paper: f}]}
topics: [x, y , z] # three
links:
  # where the code is
  code: https://a.example/
  data: https://b.example/ # large
# The end.
"""
ENTRIES = ("sections", 0, "entries")


def _edited(*edits: Edit) -> str:
    return edited(TEXT, "a.yml", edits)


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ((*ENTRIES, 0, "paper"), "{paper: a,", "{paper: new,"),
        ((*ENTRIES, 1, "paper"), "'b'", "'new'"),
        ((*ENTRIES, 2, "paper"), "paper: c", "paper: new"),
        (("topics", 1), "y", "new"),
    ],
)
def test_a_value_changes_where_it_stands(path: tuple[str | int, ...], old: str, new: str) -> None:
    name = old.strip("'").rpartition(" ")[2].strip(",")
    assert _edited(Edit(path, lambda text: text.replace(name, "new"))) == TEXT.replace(old, new)


def test_a_word_changes_inside_a_folded_text() -> None:
    edit = Edit((*ENTRIES, 1, "text"), lambda text: text.replace("[[a]]", "[[longer]]"))
    assert _edited(edit) == TEXT.replace("[[a]]", "[[longer]]")


@pytest.mark.parametrize(
    ("path", "lines"),
    [
        ((*ENTRIES, 0), '      - {paper: a, number: "1.1"}  # first\n'),
        (
            (*ENTRIES, 1),
            """\
      -   paper: 'b'
          text: >-
            Printed [[a]]
            there.
""",
        ),
        ((*ENTRIES, 2), "      - paper: c # last\n"),
        (("sections", 1, "entries", 0), "{paper: d}, "),
        (("sections", 1, "entries", 2), ", {paper: f}"),
        (("topics", 1), "y , "),
        (("topics",), "topics: [x, y , z] # three\n"),
        (("links", "data"), "  data: https://b.example/ # large\n"),
    ],
)
def test_what_is_removed_takes_its_remark_along(path: tuple[str | int, ...], lines: str) -> None:
    assert _edited(Edit(path)) == TEXT.replace(lines, "")


def test_several_edits_have_the_paths_of_before() -> None:
    change = lambda _: "new"
    after = _edited(*(Edit((*ENTRIES, n)) for n in (0, 1)), Edit((*ENTRIES, 2, "paper"), change))
    assert "paper: new # last" in after
    assert "'b'" not in after
    assert 'number: "1.1"' not in after


def test_a_list_may_lose_all_its_items() -> None:
    after = _edited(
        *(Edit((*ENTRIES, n)) for n in range(3)), *(Edit(("topics", n)) for n in range(3))
    )
    assert "      # about a\n\n  - {heading: Two" in after
    assert "topics: [] # three\n" in after


def test_what_cannot_be_edited_safely_is_refused() -> None:
    with pytest.raises(BroadsheetError, match="can't be edited automatically"):
        edited("topics:\n  - - a\n    - b\n", "a.yml", [Edit(("topics", 0, 0))])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "- same: [a, b]\n"),
        ("# Decisions.\n", "# Decisions.\n- same: [a, b]\n"),
        ("# Decisions.\n[]\n", "# Decisions.\n- same: [a, b]\n"),
        ("- same: [c, d] # c\n# end\n", "- same: [c, d] # c\n- same: [a, b]\n# end\n"),
        ("  - same:\n    - c\n    - d", "  - same:\n    - c\n    - d\n  - same: [a, b]\n"),
    ],
)
def test_a_list_gets_one_more_item(before: str, after: str) -> None:
    assert append_item(before, "merges.yml", {"same": ["a", "b"]}) == after


def test_a_list_in_brackets_is_for_people_to_edit() -> None:
    with pytest.raises(BroadsheetError, match="line of its own"):
        append_item("[{same: [c, d]}]", "merges.yml", {"same": ["a", "b"]})


def test_new_values_of_nested_mappings_are_written_in_their_place() -> None:
    text = (
        "title: Rafts\n"
        "links:  # ours\n"
        "  code: https://example.org/old  # moved?\n"
        "  demo: https://example.org/demo\n"
        "facts: {version: 1, cited: {count: 3, read: 2024-03-25}}\n"
        "aliases: [a]\n"
    )
    before = Paper.model_validate({"slug": "rafts", **yaml_text.parse(text, "")})
    links = before.links.model_copy(update={"code": "https://example.org/new", "data": None})
    cited = Cited(count=4, read=date(2024, 4, 1), by="Index")
    facts = Facts(categories=("cs.CL",), version=2, cited=cited)
    after = before.model_copy(update={"links": links, "facts": facts})
    assert edited_paper(text, "rafts.yml", before, after) == (
        "title: Rafts\n"
        "links:  # ours\n"
        "  code: https://example.org/new  # moved?\n"
        "  demo: https://example.org/demo\n"
        "facts:\n"
        "  version: 2\n"
        "  cited: {count: 4, read: 2024-04-01, by: Index}\n"
        "  categories: [cs.CL]\n"
        "aliases: [a]\n"
    )
    block = "title: Rafts\nfacts:\n  version: 1  # first\n  cited: {count: 3, read: 2024-03-25}\n"
    before = Paper.model_validate({"slug": "rafts", **yaml_text.parse(block, "")})
    after = before.model_copy(update={"facts": facts})
    assert edited_paper(block, "rafts.yml", before, after) == (
        "title: Rafts\nfacts:\n  version: 2  # first\n"
        "  cited: {count: 4, read: 2024-04-01, by: Index}\n  categories: [cs.CL]\n"
    )
