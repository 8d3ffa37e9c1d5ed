"""Merging, splitting and renaming papers: what the files say afterwards."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from folders import tree, write_files

from broadsheet.cli import main
from broadsheet.content.check import load_and_check
from broadsheet.site.citation_keys import published_keys
from broadsheet.site.project import find_project

ISSUE = """\
title: Issue # of boats
week: 2024-W12
start: 2024-03-18
end: 2024-03-24
source: {name: One, file: one.txt}
lead: boats
introduction: >-
  See [[boats]], [[ boats|the boats]] and
  [Boats](../papers/boats.md), not [[boats-2]].
sections:
  - heading: Boats
    entries:
      # The best one.
      - {paper: boats, number: "1.1"} # best
      - paper: rafts
        text: Rafts float.
        commentary: Unlike [[boats]].
"""
FILES = {
    "digests/d/2024-W12.yml": ISSUE,
    "collections/c.yml": "title: C\nentries:\n  - paper: rafts\n  - paper: kites\n",
    "papers/boats.yml": (
        "# Boats.\ntitle: Boats # they float\narxiv: '2403.00001'\ntopics: [boats]\n"
        "provenance:\n  - {source: one.txt, line: 3, gave: [title, arxiv]}\n"
    ),
    "papers/rafts.yml": (
        "title: Rafts\narxiv: '2403.00002'\nvenue: EXAMPLE\ntopics: [rivers]\n"
        "links: {code: 'https://r.example/'}\ntldr: They float.\n"
        "provenance:\n  - {source: one.txt, line: 5, gave: [title, venue]}\n"
    ),
    "papers/more.jsonl": (
        '{"slug": "kites", "title": "Kites"}\n\n{"slug": "boats-2", "title": "Boats 2"}\n'
    ),
    "topics.yml": "boats: {name: Boats}\nrivers: {name: Rivers}\n",
    "citation.keys": "boats: anon-2024-boats\nkites: anon-nd-kites\nrafts: anon-2024-rafts\n",
}


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A content folder in the current folder."""
    monkeypatch.chdir(tmp_path)
    return write_files(tmp_path / "content", FILES)


def _run(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(main, list(arguments), prog_name="broadsheet")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == code, result.output
    return result.output


def _text(content: Path, name: str) -> str:
    return (content / name).read_bytes().decode()


def _checked(content: Path) -> list[str]:
    loaded = load_and_check(content, "content")
    return [str(problem) for problem in loaded.problems]


def test_a_renamed_paper_takes_its_references_along(content: Path) -> None:
    output = _run("rename", "boats", "ships")
    assert output == (
        "renamed 'boats' to 'ships'; the old address redirects to the new one\n"
        "changed 4 references in digests/d/2024-W12.yml\n"
        "wrote 3 files, removed 1 file\n"
    )
    assert not (content / "papers/boats.yml").exists()
    before = FILES["papers/boats.yml"]
    assert _text(content, "papers/ships.yml") == before.replace(
        "provenance:", "aliases: [boats]\nprovenance:"
    )
    issue = ISSUE.replace("[[boats]]", "[[ships]]").replace("[[ boats|", "[[ ships|")
    issue = issue.replace("papers/boats.md", "papers/ships.md").replace(
        "paper: boats,", "paper: ships,"
    )
    issue = issue.replace("lead: boats", "lead: ships")
    assert _text(content, "digests/d/2024-W12.yml") == issue
    assert published_keys(content)["ships"] == "anon-2024-boats"
    assert not _checked(content)


def test_a_renamed_paper_keeps_its_line_ends(content: Path) -> None:
    before = FILES["papers/boats.yml"].replace("\n", "\r\n")
    write_files(content, {"papers/boats.yml": "\ufeff" + before})
    _run("rename", "boats", "ships")
    assert _text(content, "papers/ships.yml").startswith("\ufeff# Boats.\r\ntitle: Boats # they")


def test_a_paper_in_a_line_of_json_is_renamed_there(content: Path) -> None:
    _run("rename", "kites", "flying-kites")
    lines = _text(content, "papers/more.jsonl").split("\n")
    assert json.loads(lines[0]) == {
        "slug": "flying-kites",
        "title": "Kites",
        "aliases": ["kites"],
    }
    assert lines[1:] == FILES["papers/more.jsonl"].split("\n")[1:]
    assert "paper: flying-kites" in _text(content, "collections/c.yml")
    assert not _checked(content)


def test_renaming_a_paper_back_restores_its_address(content: Path) -> None:
    _run("rename", "boats", "ships")
    _run("rename", "ships", "boats")
    paper = load_and_check(content).corpus.papers["boats"]
    assert paper.aliases == ("ships",)
    assert published_keys(content)["boats"] == "anon-2024-boats"
    assert _text(content, "digests/d/2024-W12.yml") == ISSUE


def test_a_paper_that_takes_the_address_of_one_merged_into_it_keeps_its_key(content: Path) -> None:
    _run("merge", "boats", "rafts")
    _run("rename", "boats", "rafts")
    keys = published_keys(content)
    assert keys["rafts"] == "anon-2024-boats"
    assert keys["boats"] == "anon-2024-rafts", "no other paper may get this key"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("boats", "Ships!", "can't be part of a URL"),
        ("boats", "rafts", "already the address of 'rafts'"),
        ("boats", "boats", "already the address of 'boats'"),
        ("boatz", "ships", "there is no paper 'boatz' (did you mean 'boats'?)"),
    ],
)
def test_a_name_that_is_wrong_or_taken_is_refused(
    content: Path, old: str, new: str, message: str
) -> None:
    assert message in _run("rename", old, new, code=1)
    assert (content / "papers/boats.yml").exists()


@pytest.mark.parametrize(
    "command",
    [("rename", "boats", "ships"), ("merge", "boats", "rafts")],
)
def test_a_dry_run_changes_nothing_and_says_the_same(content: Path, command: list[str]) -> None:
    before = tree(content.parent)
    planned = json.loads(_run(*command, "--dry-run", "--json"))
    assert tree(content.parent) == before
    done = json.loads(_run(*command, "--json"))
    assert done == {**planned, "dry_run": False}
    after = tree(content)
    assert {name for name in after if after[name] != tree_of(before).get(name)} == {
        *done["written"]
    }
    assert tree_of(before).keys() - after.keys() == {*done["removed"]}


def tree_of(found: dict[str, str]) -> dict[str, str]:
    """The content folder in a tree of the folder above it."""
    return {name.removeprefix("content/"): known for name, known in found.items()}


def test_a_merged_paper_fills_what_is_empty_and_overwrites_nothing(content: Path) -> None:
    output = _run("merge", "boats", "rafts")
    assert "lost arxiv: '2403.00002'; kept '2403.00001'\n" in output
    assert "note: digests/d/2024-W12.yml listed both papers; removed 'rafts' from it\n" in output
    assert "lost digests/d/2024-W12.yml: text: 'Rafts float.'\n" in output
    assert _text(content, "papers/boats.yml") == (
        "# Boats.\ntitle: Boats # they float\narxiv: '2403.00001'\nvenue: EXAMPLE\n"
        "links: {code: 'https://r.example/'}\ntopics: [boats, rivers]\ntldr: They float.\n"
        "other_titles: [Rafts]\naliases: [rafts]\n"
        "provenance:\n  - {source: one.txt, line: 3, gave: [title, arxiv]}\n"
        "  - {source: one.txt, line: 5, gave: [venue]}\n"
    )
    assert _text(content, "merges.yml") == '- same: [boats, rafts, "2403.00002"]\n'
    assert "paper: boats\n" in _text(content, "collections/c.yml")
    assert "rafts" not in _text(content, "digests/d/2024-W12.yml")
    assert set(FILES["citation.keys"].split()) <= set(_text(content, "citation.keys").split())
    assert not _checked(content)


def test_other_facts_are_merged_by_name(content: Path) -> None:
    facts = {"boats": "extra: {Task: Float, Year: '1'}\n", "rafts": "extra: {Task: Sail, Age: 9}\n"}
    for slug, more in facts.items():
        write_files(content, {f"papers/{slug}.yml": FILES[f"papers/{slug}.yml"] + more})
    output = _run("merge", "boats", "rafts")
    assert "lost extra.Task: 'Sail'; kept 'Float'\n" in output
    merged = load_and_check(content).corpus.papers["boats"]
    assert merged.extra == {"Task": "Float", "Year": "1", "Age": "9"}


def test_a_paper_that_was_merged_is_split_again(content: Path) -> None:
    write_files(content, {"digests/d/2024-W12.yml": ISSUE.replace("[[boats]]", "boats")})
    write_files(
        content, {"papers/rafts.yml": FILES["papers/rafts.yml"].replace("one.txt", "b.txt")}
    )
    write_files(
        content, {"collections/c.yml": "source: {name: b.txt}\n" + FILES["collections/c.yml"]}
    )
    _run("merge", "boats", "rafts")
    output = _run("split", "boats", "rafts", "--source", "b.txt:5")
    assert output.startswith("made 'rafts' out of 'boats' with its title, venue")
    papers = load_and_check(content).corpus.papers
    assert papers["boats"].aliases == papers["boats"].other_titles == ()
    assert papers["boats"].venue is None
    assert papers["rafts"].title == "Rafts"
    assert papers["rafts"].venue == "EXAMPLE"
    assert _text(content, "collections/c.yml").count("paper: rafts") == 1
    assert _text(content, "merges.yml") == "- different: [boats, rafts]\n"
    assert published_keys(content)["rafts"] == "anon-2024-rafts"
    assert not [problem for problem in _checked(content) if "merges.yml" in problem]


def test_a_split_moves_only_the_entries_of_the_source(content: Path) -> None:
    paper = FILES["papers/boats.yml"] + "  - {source: c.txt, line: 9, gave: [published]}\n"
    collection = "title: C\nsource: {name: C, file: c.txt}\nentries: [{paper: boats}]\n"
    write_files(content, {"papers/boats.yml": paper + "published: 2024\n"})
    write_files(content, {"collections/c.yml": collection})
    output = _run("split", "boats", "ships", "--source", "c.txt")
    assert "changed 1 reference in collections/c.yml\n" in output
    assert "note: 'ships' has no title; add it to papers/ships.yml\n" in output
    assert _text(content, "papers/ships.yml") == (
        "published: '2024'\nprovenance:\n  - {source: c.txt, line: 9, gave: [published]}\n"
    ).replace("'2024'", '"2024"')
    assert _text(content, "papers/boats.yml") == FILES["papers/boats.yml"]
    assert _text(content, "digests/d/2024-W12.yml") == ISSUE


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("one.txt", "these are all sources of 'boats'"),
        ("two.txt", "'boats' has no source 'two.txt' (its sources are: one.txt:3)"),
    ],
)
def test_a_split_needs_a_source_and_something_that_stays(
    content: Path, source: str, message: str
) -> None:
    before = tree(content)
    assert message in _run("split", "boats", "ships", "--source", source, code=1)
    assert tree(content) == before


def test_papers_that_are_decided_to_be_different_are_not_merged(content: Path) -> None:
    write_files(content, {"merges.yml": "# Mine.\n- different: [rafts, boats]\n"})
    output = _run("merge", "boats", "rafts", code=1)
    assert "content/merges.yml:2: 'boats' and 'rafts' are listed as different papers" in output


def test_a_draft_does_not_swallow_a_published_paper(content: Path) -> None:
    write_files(content, {"papers/boats.yml": FILES["papers/boats.yml"] + "draft: true\n"})
    assert "run `broadsheet merge rafts boats`" in _run("merge", "boats", "rafts", code=1)
    _run("merge", "rafts", "boats")
    assert "draft" not in _text(content, "papers/rafts.yml")


def test_a_text_by_a_program_keeps_its_signature(content: Path) -> None:
    write_files(content, {"papers/rafts.yml": FILES["papers/rafts.yml"] + "written: a-model\n"})
    _run("merge", "boats", "rafts")
    paper = load_and_check(content).corpus.papers["boats"]
    assert paper.tldr == "They float."
    assert paper.unreviewed


def test_a_text_by_a_program_gives_way_to_that_of_a_person(content: Path) -> None:
    guess = f"A program guessed {'at some length ' * 12}that they sink."
    signed = f"tldr: {guess}\nwritten: a-model\n"
    write_files(content, {"papers/boats.yml": FILES["papers/boats.yml"] + signed})
    output = _run("merge", "boats", "rafts")
    assert f"lost tldr: '{guess}'; kept 'They float.'\n" in output
    paper = load_and_check(content).corpus.papers["boats"]
    assert (paper.tldr, paper.written) == ("They float.", None)


def test_a_reviewed_text_by_a_program_stays(content: Path) -> None:
    signed = "tldr: They are safe.\nwritten: a-model\nreviewed: Ada\n"
    write_files(content, {"papers/boats.yml": FILES["papers/boats.yml"] + signed})
    assert "lost tldr: 'They float.'; kept 'They are safe.'\n" in _run("merge", "boats", "rafts")


def test_a_decision_about_papers_that_both_exist_says_what_to_run(content: Path) -> None:
    write_files(content, {"merges.yml": "- same: [kites, nothing]\n- same: [boats, 2403.00002]\n"})
    (problem,) = _checked(content)
    assert problem == (
        "content/merges.yml:2: 'boats' and 'rafts' are listed as the same, but both exist "
        "(run `broadsheet merge boats rafts`)"
    )


def test_an_unreadable_file_stops_every_edit(content: Path) -> None:
    write_files(content, {"collections/c.yml": "title: [\n"})
    assert "invalid YAML" in _run("merge", "boats", "rafts", code=1)
    assert find_project(None, needs_config=False).content.is_dir()
    assert (content / "papers/rafts.yml").exists()
