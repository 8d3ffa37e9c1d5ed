"""Lists of papers by week, as people keep them in Markdown and on web pages."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner
from folders import tree, write_files
from growth import lines_run
from hypothesis import given, settings
from hypothesis import strategies as st
from selecting import examples

from broadsheet.base.errors import BroadsheetError
from broadsheet.cli import main
from broadsheet.importers import Reading, read

HEADER = "| **Paper** | **Links** |\n|---|---|\n"


def _week(number: int) -> str:
    start = date(2023, 1, 2) + timedelta(weeks=number)
    end = start + timedelta(days=6)
    rows = "".join(
        f"| {n}) **Paper {number} of Kite {n}** - Kite {n} flies in week {number}. "
        f"| [Paper](https://arxiv.org/abs/2301.{number:03d}{n:02d}) |\n"
        for n in range(1, 4)
    )
    days = f"{start:%B} {start.day} - {end:%B} {end.day}"
    return f"## Kites of the Week ({days}) - {start.year}\n{HEADER}{rows}\n"


def _readme(weeks: int) -> str:
    return "# Kites of the Week\n\n" + "".join(_week(n) for n in reversed(range(weeks)))


def _import(*names: str) -> str:
    result = CliRunner().invoke(main, ["import", *names], prog_name="broadsheet")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty project."""
    write_files(tmp_path, {"mkdocs.yml": "site_name: Toys\n"})
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_readme_of_130_weeks_becomes_130_issues_and_again_changes_nothing(project: Path) -> None:
    write_files(project, {"README.md": _readme(130)})
    output = _import("README.md")
    assert "README.md: markdown, 130 issues (2023-W01 to 2025-W26), 390 papers" in output
    assert "… and 125 more like this" in output
    assert len(list(project.glob("content/digests/*/*.yml"))) == 130
    before = tree(project / "content")
    assert "wrote 0 files" in _import("README.md")
    assert tree(project / "content") == before


def test_a_readme_that_has_grown_adds_the_new_weeks_only(project: Path) -> None:
    write_files(project, {"README.md": _readme(3)})
    _import("README.md")
    write_files(project, {"README.md": _readme(4).replace("Kite 1 flies in week 0", "It falls")})
    output = _import("README.md")
    assert "new issue weekly/2023-W04: 3 papers\n" in output
    assert "changed weekly/2023-W01 sections[0].entries[0].text\n" in output
    assert output.count("issue weekly/") == 2


def test_daily_files_have_their_date_in_their_path(project: Path) -> None:
    paper = "## [Kites {0}](https://arxiv.org/abs/2411.000{0})\n\nThey fly.\n"
    names = [f"archive/2024/11/{day}.md" for day in (26, 25)]
    write_files(project, {name: paper.format(name[-5:-3]) for name in names})
    assert "new issue weekly/2024-W48: 2 papers\n" in _import(*names)
    write_files(project, {"2024-11-28-kites.md": paper.format(28)})
    _import("2024-11-28-kites.md")
    text = (project / "content/digests/weekly/2024-W48.yml").read_text("utf-8")
    days = [line for line in text.splitlines() if "heading" in line]
    assert days == [f"  - heading: 2024-11-{day}" for day in (25, 26, 28)]


@pytest.mark.parametrize("name", ["2024-W12.md", "weeks/2024/12_week.md", "2024/week-12/list.md"])
def test_a_week_in_the_name_of_a_file_is_an_issue(name: str) -> None:
    (issue,) = read("- [Kites](https://arxiv.org/abs/2411.00001)\n", name).issues
    assert (issue.start, issue.end, issue.is_part) == (date(2024, 3, 18), date(2024, 3, 24), False)


PAPERS = (
    "- [Kites](https://arxiv.org/abs/2403.00001)\n",
    "* **Boats** (ICLR 2024) [[paper]](https://arxiv.org/abs/2403.00002)\n",
    f"\n{HEADER}| 1) **Rafts** - float | [Paper](https://arxiv.org/abs/2403.00003) |\n\n",
    "\n### Logs\n\n[Paper](https://arxiv.org/abs/2403.00004)\n\n",
    "\n**Reeds** [arXiv](https://arxiv.org/abs/2403.00005): rot.\n\n",
)
PROSE = (
    "\nSome words about nothing.\n\n",
    "\nSee [this](https://kites.example.org) and *that*.\n\n",
    "\n---\n\n",
    "\n> A quotation.\n\n",
    "\n![a kite](kite.png)\n\n",
    "\n| a | b |\n|---|---|\n| c | d |\n\n",
    "\n```\n- [No](https://arxiv.org/abs/2403.99999)\n```\n\n",
    "\n<details><summary>More</summary>\n\n",
    "\n</details>\n\n",
    "\n## More Papers\n\n",
    "\n## 2024-W13\n\n",
)


@settings(max_examples=examples(200))
@given(st.permutations(PAPERS), st.lists(st.sampled_from(PROSE), max_size=6), st.randoms())
def test_unknown_prose_at_any_place_loses_no_paper(
    papers: list[str], prose: list[str], random: Random
) -> None:
    blocks = ["# Kites\n\n## 2024-W12\n\n", *papers]
    for block in prose:
        blocks.insert(random.randint(0, len(blocks)), block)
    reading = read("".join(blocks), "any.md", "markdown")
    ids = sorted(record.arxiv or "" for record in reading.records)
    assert ids == [f"2403.0000{n}" for n in range(1, 6)]
    titles = sorted(record.title or "" for record in reading.records)
    assert titles == ["Boats", "Kites", "Logs", "Rafts", "Reeds"]


FRONT = '---\ntitle: "Our reading"\n---\n\n'
LIST = "- [Kites](https://arxiv.org/abs/2403.00001)\n"


def test_a_post_with_its_day_in_its_name_is_an_issue_with_title_and_introduction() -> None:
    text = f"{FRONT}We read one paper this week.\n\n{LIST}"
    (issue,) = read(text, "_posts/2024-03-18-our-reading.md").issues
    assert (issue.title, issue.start, issue.is_part) == ("Our reading", date(2024, 3, 18), False)
    assert issue.introduction == "We read one paper this week."


def test_the_prose_of_a_day_that_is_part_of_a_week_is_reported() -> None:
    reading = read(f"# Kites\n\nWe read one paper today.\n\n{LIST}", "2024-03-18.md")
    assert [(issue.is_part, issue.introduction) for issue in reading.issues] == [(True, None)]
    assert ["We read one paper today." in str(problem) for problem in reading.problems] == [True]


def test_an_introduction_keeps_no_link_that_may_be_personal() -> None:
    links = (
        "[a](https://kites.example.org/a) [b](https://kites.example.org/off?reader=7) "
        "[c](https://me:secret@kites.example.org/c) [d](mailto:me@example.org)"
    )
    text = f"---\ntitle: Our week\ndate: 2024-03-18\n---\n\nLinks of ours: {links}\n\n{LIST}"
    (issue,) = read(text, "any.md").issues
    assert issue.introduction == "Links of ours: [a](https://kites.example.org/a) b c d"


START = "# Kites\n- [Kites](https://arxiv.org/abs/2401.00001)\n"
HOSTILE = (
    *("|", "|\n", "> ", "[", "*", "**a", "![", "<", "<a ", "<!--", "<b>", "# a\n", "- **T**\n"),
    *("`", "(", "[a](b ", "[[", "$a", "&", "{{<", "3-", "2024-01-01 ", "## 2024-01-01\n", '"a '),
    *("((ICLR 2024)", "( , ", "|  ", "<table>", "<ul><li>", "<svg>", "https://a ", "- a\n  - b\n"),
)


@pytest.mark.parametrize("importer", ["markdown", "html"])
@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_takes_time_in_proportion_to_its_length(piece: str, importer: str) -> None:
    def work(times: int) -> int:
        text = START + piece * (times * 400 // len(piece))
        return lines_run(lambda: _read_or_refuse(text, importer))

    few, many = work(2), work(8)
    assert many < 6 * few


def _read_or_refuse(text: str, importer: str) -> Reading | None:
    try:
        return read(text, "any.md", importer)
    except BroadsheetError:
        return None


@pytest.mark.slow
@pytest.mark.parametrize("piece", ["|", ">", "[", "*", "<div>", "<p"])
def test_megabytes_of_signs_and_deep_nesting_are_read(piece: str) -> None:
    text = START + "\n" + piece * 100_000
    (record,) = read(text, "any.md").records
    assert record.title == "Kites"
