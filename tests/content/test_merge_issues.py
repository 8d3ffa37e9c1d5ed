"""A source may have the issues of many weeks, or only a day of one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from folders import tree, write_files

from broadsheet.content.changes import Changes, ImportOptions
from broadsheet.content.check import load_and_check
from broadsheet.content.merge import merge
from broadsheet.content.model import Issue
from broadsheet.content.records import ListedRecord, Reading, ReadIssue, ReadSection, Record
from broadsheet.content.save import changed_files, printed_in, write

MONDAY = date(2024, 3, 18)
SOURCE = "README.md"


def _week(number: int, *papers: str, heading: str = "", text: str = "About {}.") -> ReadIssue:
    start = MONDAY + timedelta(weeks=number)
    return ReadIssue(start, start + timedelta(days=6), (_section(heading, papers, text),))


def _day(number: int, *papers: str, text: str = "About {}.") -> ReadIssue:
    day = MONDAY + timedelta(days=number)
    return ReadIssue(day, day, (_section(day.isoformat(), papers, text),), is_part=True)


def _commented(commentary: str | None) -> Reading:
    section = _section("Vessels", ("Boats",), "About {}.")
    issue = replace(_week(0), sections=(replace(section, commentary=commentary),))
    return _reading(issue)


def _section(heading: str, papers: tuple[str, ...], text: str) -> ReadSection:
    records = (Record(SOURCE, 1, title=title, text=text.format(title)) for title in papers)
    return ReadSection(heading, 1, tuple(ListedRecord(record) for record in records))


def _reading(*issues: ReadIssue, source: str = SOURCE) -> Reading:
    sections = (section for issue in issues for section in issue.sections)
    records = tuple(listed.record for section in sections for listed in section.entries)
    return Reading("digest", source, issues, records=records)


def _import(folder: Path, *readings: Reading) -> Changes:
    loaded = load_and_check(folder, "content")
    assert loaded.problems == ()
    options = ImportOptions(date(2025, 1, 10), "weekly", printed=printed_in(folder))
    changes = merge(loaded.corpus, loaded.decisions, readings, options)
    write(changed_files(changes, loaded.corpus, folder), folder)
    return changes


def _issues(folder: Path) -> dict[str, Issue]:
    loaded = load_and_check(folder, "content")
    assert loaded.problems == ()
    return {issue.name: issue for issue in loaded.corpus.issues}


def _papers(issue: Issue) -> list[tuple[str, list[str]]]:
    return [(s.heading, [entry.paper for entry in s.entries]) for s in issue.sections]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_files(tmp_path, {"topics.yml": ""})
    return tmp_path


def test_each_week_of_a_source_becomes_an_issue_and_again_changes_nothing(folder: Path) -> None:
    source = _reading(*(_week(n, f"Paper {n}", f"Other {n}") for n in range(130)))
    changes = _import(folder, source)
    assert len(changes.issues) == len(_issues(folder)) == 130
    assert len(changes.new) == 260
    before = tree(folder)
    assert changed_files(_import(folder, source), load_and_check(folder).corpus, folder) == {}
    assert tree(folder) == before


def test_a_source_that_has_grown_adds_its_new_weeks_and_changes_only_those_that_differ(
    folder: Path,
) -> None:
    _import(folder, _reading(_week(0, "Kites"), _week(1, "Boats"), _week(2, "Rafts")))
    kept = {name: tree(folder)[f"digests/weekly/{name}.yml"] for name in ("2024-W12", "2024-W14")}
    changes = _import(
        folder,
        _reading(
            _week(0, "Kites"),
            _week(1, "Boats", "Oars", text="More about {}."),
            _week(2, "Rafts"),
            _week(3, "Sails"),
        ),
    )
    assert [issue.name for issue in changes.issues] == ["2024-W15"]
    assert [after.name for _, after in changes.edited] == ["2024-W13"]
    assert changes.replaced == ("weekly/2024-W13 sections[0].entries[0].text",)
    assert kept == {name: tree(folder)[f"digests/weekly/{name}.yml"] for name in kept}
    assert _papers(_issues(folder)["2024-W13"]) == [("Papers", ["boats", "oars"])]


def test_what_a_person_has_written_in_one_of_many_issues_stays(folder: Path) -> None:
    weeks = [_week(n, f"Paper {n}") for n in range(3)]
    _import(folder, _reading(*weeks))
    path = folder / "digests/weekly/2024-W13.yml"
    path.write_text(path.read_text("utf-8").replace("About Paper 1.", "Mine."), "utf-8")
    before = tree(folder)
    assert not _import(folder, _reading(*weeks)).findings
    assert tree(folder) == before
    weeks[1] = _week(1, "Paper 1", text="Changed there, too.")
    (finding,) = _import(folder, _reading(*weeks)).findings
    assert (finding.issue, finding.message) == (
        "weekly/2024-W13",
        "edited here, but changed in README.md:1",
    )


def test_papers_without_a_heading_get_one_that_is_no_topic(folder: Path) -> None:
    assert _import(folder, _reading(_week(0, "Kites"))).topics == ()
    (topic,) = _import(folder, _reading(_week(1, "Boats", heading="Vessels"))).topics
    assert topic.name == "Vessels"


def test_days_become_sections_of_their_week_in_order(folder: Path) -> None:
    days = [_reading(_day(n, f"Paper {n}"), source=f"day-{n}.md") for n in (0, 2, 7)]
    _import(folder, *days)
    changes = _import(folder, _reading(_day(1, "Paper 1", "Paper 0"), source="day-1.md"))
    assert (changes.topics, changes.findings) == ((), ())
    first, second = _issues(folder).values()
    assert (first.start, first.end) == (MONDAY, date(2024, 3, 24))
    assert _papers(first) == [
        ("2024-03-18", ["paper-0"]),
        ("2024-03-19", ["paper-1"]),
        ("2024-03-20", ["paper-2"]),
    ]
    assert _papers(second) == [("2024-03-25", ["paper-7"])]
    before = tree(folder)
    _import(folder, *days)
    assert tree(folder) == before


def test_a_day_that_has_changed_updates_its_section_only(folder: Path) -> None:
    _import(folder, *(_reading(_day(n, f"Paper {n}"), source=f"day-{n}.md") for n in range(3)))
    changed = _reading(_day(1, "Paper 1", "Kites", text="New about {}."), source="day-1.md")
    assert _import(folder, changed).findings == ()
    (issue,) = _issues(folder).values()
    texts = [[entry.text for entry in section.entries] for section in issue.sections]
    assert texts == [
        ["About Paper 0."],
        ["New about Paper 1.", "New about Kites."],
        ["About Paper 2."],
    ]


def _commentary(folder: Path) -> str | None:
    (issue,) = _issues(folder).values()
    return issue.sections[0].commentary


def test_what_a_source_says_about_a_section_is_its_commentary(folder: Path) -> None:
    _import(folder, _commented("They float."))
    assert _commentary(folder) == "They float."
    before = tree(folder)
    assert _import(folder, _commented("They float.")).replaced == ()
    assert tree(folder) == before
    changes = _import(folder, _commented("They sink."))
    assert changes.replaced == ("weekly/2024-W12 sections[0].commentary",)
    assert _commentary(folder) == "They sink."


def test_a_section_gets_the_commentary_that_its_source_did_not_have(folder: Path) -> None:
    _import(folder, _commented(None))
    changes = _import(folder, _commented("They float."))
    assert (changes.findings, _commentary(folder)) == ((), "They float.")


@pytest.mark.parametrize("edited", ["    commentary: Mine.\n", ""])
def test_commentary_that_a_person_has_changed_or_removed_stays(folder: Path, edited: str) -> None:
    _import(folder, _commented("They float."))
    path = folder / "digests/weekly/2024-W12.yml"
    printed = "    commentary: They float.\n"
    assert printed in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace(printed, edited), "utf-8")
    before = tree(folder)
    assert not _import(folder, _commented("They float.")).findings
    (finding,) = _import(folder, _commented("They sink.")).findings
    assert finding.message == "edited here, but changed in README.md:1"
    assert tree(folder)["digests/weekly/2024-W12.yml"] == before["digests/weekly/2024-W12.yml"]
