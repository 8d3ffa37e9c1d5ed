"""Importing a changed article: its changes come in, and what people wrote stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from folders import tree, write_files

from broadsheet.cli import main
from broadsheet.content.check import load_and_check

ARTICLE = """\
Papers on Boats from 18/03/2024 to 24/03/2024
Two papers and a raft, in the first week of spring.
1. Rafts
1.1. Rafts of Logs
Logs float, and a raft of logs floats, too. It carries a cat.
1.2. Rafts of Reed
Reed is lighter than logs, but it rots.
2. Rivers
2.1. Rivers Remember
A river has a memory of all its banks.
"""
ISSUE = Path("content/digests/weekly/2024-W12.yml")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site with an issue that was imported and has got notes since then."""
    write_files(tmp_path, {"mkdocs.yml": "site_name: Toys\n", "content/topics.yml": ""})
    monkeypatch.chdir(tmp_path)
    _import()
    text = ISSUE.read_text("utf-8")
    text = text.replace("sections:\n", "# In order.\nsections:\n")
    ISSUE.write_text(text.replace("  - heading: Rivers\n", "  # Wet.\n  - heading: Rivers # two\n"))
    return tmp_path


def _import(
    *changes: tuple[str, str], options: str = "", code: int = 0, name: str = "week.txt"
) -> str:
    text = ARTICLE
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    write_files(Path(), {name: text})
    arguments = ["import", name, *options.split()]
    result = CliRunner().invoke(main, arguments, prog_name="broadsheet")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == code, result.output
    assert load_and_check(Path("content")).problems == ()
    return result.output


def _edit(old: str, new: str) -> None:
    text = ISSUE.read_text("utf-8")
    assert old in text
    ISSUE.write_text(text.replace(old, new), "utf-8")


def _diff(before: str) -> list[str]:
    """The lines that the issue has got, and those that it has lost."""
    old, new = before.splitlines(), ISSUE.read_text("utf-8").splitlines()
    lost = [f"-{line.strip()}" for line in old if line not in new]
    return [*lost, *(f"+{line.strip()}" for line in new if line not in old)]


REED_ENTRY = (
    "- {paper: rafts-of-reed, number: \"1.2\", text: 'Reed is lighter than logs, but it rots.'}"
)
REED = ("Reed is lighter than logs, but it rots.", "Reed is lighter than logs and never rots.")
IVORY = ("2. Rivers", "1.3. Rafts of Ivory\nIvory sinks.\n2. Rivers")
CANAL = ("2. Rivers", "2. Canals\n2.1. Canals of Mars\nThey are dry.\n3. Rivers")


def test_a_new_paper_comes_in_at_its_place_with_its_text() -> None:
    before = ISSUE.read_text("utf-8")
    output = _import(
        ("1.2. Rafts of Reed", "1.2. Rafts of Ivory\nIvory sinks.\n1.3. Rafts of Reed")
    )
    assert "issue weekly/2024-W12: 1 new paper\n" in output
    assert "changed weekly/2024-W12 sections[0].entries[1].number\n" in output
    assert _diff(before) == [
        f"-{REED_ENTRY}",
        '+- {paper: rafts-of-ivory, number: "1.2", text: Ivory sinks.}',
        "+" + REED_ENTRY.replace("1.2", "1.3"),
    ]
    papers = [entry.paper for entry in load_and_check(Path("content")).corpus.issues[0].entries()]
    assert papers == ["rafts-of-logs", "rafts-of-ivory", "rafts-of-reed", "rivers-remember"]


def test_a_new_section_comes_in_between() -> None:
    before = ISSUE.read_text("utf-8")
    _import(CANAL, ("2.1. Rivers", "3.1. Rivers"))
    canals = (
        "  - heading: Canals\n    entries:\n"
        '      - {paper: canals-of-mars, number: "2.1", text: They are dry.}\n'
    )
    after = before.replace("  # Wet.\n", f"{canals}  # Wet.\n").replace(
        'rivers-remember, number: "2.1"', 'rivers-remember, number: "3.1"'
    )
    assert ISSUE.read_text("utf-8") == after


def test_a_text_that_nobody_has_edited_is_replaced() -> None:
    before = ISSUE.read_text("utf-8")
    assert "changed weekly/2024-W12 sections[0].entries[1].text\n" in _import(REED)
    assert ISSUE.read_text("utf-8") == before.replace(
        "'Reed is lighter than logs, but it rots.'", "Reed is lighter than logs and never rots."
    )
    before = ISSUE.read_text("utf-8")
    assert "wrote 0 files" in _import(REED)
    _import()
    assert "but it rots" in ISSUE.read_text("utf-8")


def test_headings_introductions_and_days_are_replaced_too() -> None:
    before = ISSUE.read_text("utf-8")
    _import(
        ("1. Rafts\n", "1. Rafts & Logs\n"), ("raft, in", "raft or two, in"), ("24/03", "25/03")
    )
    assert _diff(before) == [
        *("-end: 2024-03-24", "-introduction: Two papers and a raft, in the first week of spring."),
        *("-- heading: Rafts", "+end: 2024-03-25"),
        "+introduction: Two papers and a raft or two, in the first week of spring.",
        "+- heading: Rafts & Logs",
    ]


def test_a_text_that_a_person_has_edited_stays() -> None:
    _edit("but it rots", "but it smells")
    before = ISSUE.read_text("utf-8")
    assert "wrote 0 files" in _import()
    assert "1 new paper" in _import(IVORY)
    assert "but it smells" in ISSUE.read_text("utf-8")
    assert _diff(before) == ['+- {paper: rafts-of-ivory, number: "1.3", text: Ivory sinks.}']


def test_nothing_is_written_if_both_have_changed_a_text() -> None:
    _edit("but it rots", "but it smells")
    lines = ISSUE.read_text("utf-8").splitlines()
    (line,) = [number for number, text in enumerate(lines, start=1) if "smells" in text]
    before = tree(Path("content"))
    output = _import(REED, IVORY, code=1)
    assert output == (
        f"error: {ISSUE}:{line}: sections[0].entries[1].text: edited here, but changed in "
        "week.txt:6 (keep it with --take mine, or replace it with --take source)\n"
    )
    assert tree(Path("content")) == before


@pytest.mark.parametrize(("side", "kept"), [("mine", "but it smells"), ("source", "never rots")])
def test_a_person_decides_who_is_right(side: str, kept: str) -> None:
    _edit("but it rots", "but it smells")
    _import(REED, IVORY, options=f"--take {side}")
    assert kept in ISSUE.read_text("utf-8")
    assert "rafts-of-ivory" in ISSUE.read_text("utf-8")
    assert "wrote 0 files" in _import(REED, IVORY)


def test_a_paper_that_the_source_no_longer_has_is_kept_and_reported() -> None:
    reed = "1.2. Rafts of Reed\nReed is lighter than logs, but it rots.\n"
    before = ISSUE.read_text("utf-8")
    output = _import((reed, ""))
    assert "sections[0].entries[1]: rafts-of-reed isn't in week.txt; kept (remove the" in output
    assert ISSUE.read_text("utf-8") == before


def test_a_paper_that_a_person_has_removed_stays_removed() -> None:
    text = ISSUE.read_text("utf-8")
    ISSUE.write_text("".join(x for x in text.splitlines(True) if "rafts-of-reed" not in x))
    before = ISSUE.read_text("utf-8")
    assert "wrote 0 files" in _import()
    assert ISSUE.read_text("utf-8") == before


def test_a_paper_that_a_person_has_moved_or_added_stays_there() -> None:
    text = ISSUE.read_text("utf-8")
    (line,) = [x for x in text.splitlines(True) if "rafts-of-reed" in x]
    write_files(Path(), {"content/papers/wind.yml": "title: Wind\n"})
    ISSUE.write_text(text.replace(line, "") + line + "      - {paper: wind}\n")
    before = ISSUE.read_text("utf-8")
    assert _import().count("warning") == 0
    assert ISSUE.read_text("utf-8") == before


def test_a_paper_that_the_source_has_moved_is_reported() -> None:
    reed = "1.2. Rafts of Reed\nReed is lighter than logs, but it rots.\n"
    text = ARTICLE.replace(reed, "") + reed.replace("1.2", "2.2")
    before = ISSUE.read_text("utf-8")
    output = _import((ARTICLE, text))
    assert "week.txt:9 has it under 'Rivers'; kept its place" in output
    assert _diff(before)[1:] == ["+" + REED_ENTRY.replace("1.2", "2.2")]


def test_the_same_article_under_another_name_is_recognized() -> None:
    before = tree(Path("content"))
    assert "wrote 0 files" in _import(name="copy of week.txt")
    assert tree(Path("content")) == before
    assert "1 new paper" in _import(IVORY, name="copy of week.txt")


def test_another_article_of_the_same_week_is_refused() -> None:
    before = tree(Path("content"))
    output = _import(
        ("Rafts of Logs", "Kites"),
        ("Rafts of Reed", "Kites of Silk"),
        ("Rivers Remember", "Wind"),
        ("Logs float, and a raft of logs floats, too.", "Silk."),
        code=1,
    )
    assert f"week.txt: has the same week as {ISSUE}, but no paper of it" in output
    assert tree(Path("content")) == before


def test_without_a_memory_nothing_is_known_to_be_unedited() -> None:
    Path("content/imported.hashes").unlink()
    before = tree(Path("content"))
    assert "wrote 0 files" in _import()
    output = _import(REED, code=1)
    assert "entries[1].text: differs from week.txt:6 (keep it with --take mine" in output
    assert tree(Path("content")) == before
    _import(REED, options="--take mine")
    assert "but it rots" in ISSUE.read_text("utf-8")
    assert "wrote 0 files" in _import(REED)


def test_texts_that_were_left_out_come_in_later() -> None:
    for path in Path("content").rglob("*.yml"):
        path.unlink()
    write_files(Path(), {"content/topics.yml": ""})
    _import(options="--no-text")
    assert "rots" not in ISSUE.read_text("utf-8")
    assert "wrote 0 files" in _import(options="--no-text")
    _import()
    assert "rots" in ISSUE.read_text("utf-8")
    before = tree(Path("content"))
    assert "wrote 0 files" in _import(options="--no-text")
    assert tree(Path("content")) == before


def test_a_memory_that_is_broken_is_refused() -> None:
    write_files(Path(), {"content/imported.hashes": "weekly/2024-W12: x\n"})
    arguments = ["import", "week.txt"]
    result = CliRunner().invoke(main, arguments, prog_name="broadsheet")
    assert "error: content/imported.hashes:1: isn't a line of hashes" in result.output
    assert result.exit_code == 1
