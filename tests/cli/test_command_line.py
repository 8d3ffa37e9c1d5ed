"""The commands as people type them: what they print and write, and how they exit."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from folders import expect, tree, write_files

from broadsheet.cli import group, main

HELP = Path(__file__).parent / "help"
COMMANDS = [
    *sorted(main.commands),
    *(
        f"{name} {inner}"
        for name, command in main.commands.items()
        if isinstance(command, click.Group)
        for inner in command.commands
    ),
]
FACTS = (
    '{"title": "Boats", "arxiv": 2403.01230, "authors": ["Ada Example"]}\n'
    '{"title": "Rafts", "published": "2024-03"}\n'
)


def _run(*arguments: str, code: int = 0) -> Result:
    result = CliRunner().invoke(main, list(arguments), prog_name="broadsheet")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == code, result.output
    return result


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The empty folder that the commands run in."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return Path.cwd()


@pytest.fixture
def first_site(here: Path, with_fonts: Callable[[Path], Path]) -> Path:
    """What `broadsheet new` makes without sample content."""
    _run("new", "--bare")
    return Path(with_fonts(here))


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_reads_as_it_was_agreed(command: str) -> None:
    text = _run(*command.split(), "--help").output
    lines = [line for line in text.splitlines() if not line.startswith("    BROADSHEET_")]
    assert max(map(len, lines)) <= 80
    assert "..." not in text.partition("Commands:")[2]
    expect(HELP / f"{command.replace(' ', '-') or 'broadsheet'}.txt", text)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_ends_with_an_example(command: str) -> None:
    command_lines = _run(*command.split(), "--help").output.partition("Example")[2].splitlines()
    assert any(line.startswith(f"    broadsheet {command}") for line in command_lines)


def test_the_version_is_told() -> None:
    assert _run("--version").output == f"broadsheet, version {version('broadsheet')}\n"


def test_no_command_shows_the_help() -> None:
    assert "Commands:" in _run(code=2).output


def test_a_command_that_is_interrupted_before_it_begins_says_so() -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    commands = group.InOrder("broadsheet")
    commands.add_command(click.Command("pull", callback=interrupted))
    result = CliRunner().invoke(commands, ["pull"])
    assert (result.exit_code, result.output) == (130, "interrupted\n")


def test_a_first_site_is_built_filled_and_built_again(first_site: Path) -> None:
    here = first_site
    assert _run("build", "--strict").output.startswith("site: 0 papers on ")
    write_files(here, {"facts.jsonl": FACTS})
    output = _run("import", "facts.jsonl").output
    assert output == (
        "facts.jsonl: records, 2 papers\nnew collection facts: 2 papers\n"
        "2 new papers, 0 merged, 0 changed, 0 unchanged; wrote 3 files\n"
    )
    assert _run("build", "--strict").output.startswith("site: 2 papers on ")
    page = (here / "site/papers/boats/index.html").read_text("utf-8")
    assert "arxiv.org/abs/2403.01230" in page
    again = _run("import", "facts.jsonl").output
    assert "0 new papers, 0 merged, 0 changed, 2 unchanged; wrote 0 files" in again


def test_a_first_site_names_what_it_writes(here: Path) -> None:
    names = [line.removeprefix("wrote ") for line in _run("new").output.splitlines()[:-1]]
    assert sorted(names) == sorted(tree(here))
    assert "mkdocs.yml" in names


def test_a_first_site_overwrites_nothing(here: Path) -> None:
    write_files(here, {"content/topics.yml": "boats: {name: Boats}\n", ".gitignore": "mine\n"})
    output = _run("new").output
    assert "topics.yml" not in output
    assert (here / "content/topics.yml").read_text() == "boats: {name: Boats}\n"
    assert (here / ".gitignore").read_text() == "mine\n"


def test_a_first_site_may_be_begun_elsewhere(here: Path) -> None:
    _run("new", "my/site")
    assert (here / "my/site/mkdocs.yml").is_file()
    assert [path.name for path in here.iterdir()] == ["my"]


def test_a_dry_run_of_an_import_writes_nothing(here: Path) -> None:
    write_files(here, {"facts.jsonl": FACTS, "content/topics.yml": ""})
    before = tree(here)
    output = _run("import", "--dry-run", "facts.jsonl").output
    assert output.endswith("would write 3 files\n")
    assert tree(here) == before


def test_an_import_leaves_line_ends_as_they_are(here: Path) -> None:
    paper = b"\xef\xbb\xbftitle: Boats # they float\r\ntldr: 'They float.'\r\n"
    keys = b"# Keys.\r\nboats: boats\r\n"
    write_files(here, {"content/papers/boats.yml": paper, "content/citation.keys": keys})
    write_files(here, {"facts.jsonl": FACTS.replace("\n", "\r\n")})
    assert "1 new paper, 1 merged, 1 changed" in _run("import", "facts.jsonl").output
    after = (here / "content/papers/boats.yml").read_bytes()
    assert after.startswith(b"\xef\xbb\xbftitle: Boats # they float\r\n")
    assert b"\r\ntldr: 'They float.'\r\n" in after
    for name in ("papers/boats.yml", "citation.keys"):
        text = (here / "content" / name).read_bytes()
        assert text.count(b"\n") == text.count(b"\r\n") > 2, name
    assert "0 new papers, 0 merged, 0 changed" in _run("import", "facts.jsonl").output


def test_an_import_outside_of_a_site_is_refused_like_every_command(here: Path) -> None:
    write_files(here, {"facts.jsonl": FACTS})
    for command in (("import", "facts.jsonl"), ("check",), ("build",)):
        output = _run(*command, code=1).output
        assert output.startswith("error: mkdocs.yml: no such file (run `broadsheet new`"), command
    assert [path.name for path in here.iterdir()] == ["facts.jsonl"]


def test_a_list_without_a_week_is_a_collection_and_grows_with_its_file(here: Path) -> None:
    write_files(here, {"content/topics.yml": "", "facts.jsonl": FACTS})
    assert (
        "new collection to-read: 2 papers\n"
        in _run("import", "facts.jsonl", "--collection", "To read").output
    )
    assert (here / "content/collections/to-read.yml").read_text().startswith("title: To read\n")
    again = FACTS + FACTS + '{"title": "Oars"}\n'
    write_files(here, {"facts.jsonl": again})
    output = _run("import", "facts.jsonl", "--collection", "to-read").output
    assert "facts.jsonl: records, 3 papers (2 duplicates merged)\n" in output
    assert "\ncollection to-read: 1 new paper\n" in output
    before = tree(here)
    assert "wrote 0 files" in _run("import", "facts.jsonl", "--collection", "To Read").output
    assert tree(here) == before


def test_an_issue_is_not_imported_as_a_collection(here: Path) -> None:
    article = "Papers from 18/03/2024 to 24/03/2024\n1. Boats\n1.1. Rafts\nThey float.\n"
    write_files(here, {"content/topics.yml": "", "week.txt": article})
    output = _run("import", "week.txt", "--collection", "c", code=1).output
    assert "week.txt: is an issue, of 2024-W12, and not a collection" in output
    assert not (here / "content/digests").exists()


def test_a_title_that_is_no_title_is_skipped_with_its_line(here: Path) -> None:
    entries = f"@misc{{a, title = {{A}}}}\n@misc{{b, title = {{{'long ' * 300}}}}}\n"
    write_files(here, {"content/topics.yml": "", "papers.bib": entries})
    output = _run("import", "papers.bib", code=1).output
    assert "error: papers.bib:2: title: has 1,499 characters (the entry was skipped)\n" in output
    assert [path.name for path in (here / "content/papers").iterdir()] == ["a.yml"]


def test_an_import_goes_where_it_is_told(here: Path) -> None:
    write_files(here, {"facts.jsonl": FACTS})
    _run("import", "facts.jsonl", "--into", "elsewhere")
    assert {path.name for path in here.iterdir()} == {".broadsheet", "elsewhere", "facts.jsonl"}
    assert (here / ".broadsheet/.gitignore").read_text() == "*\n"  # it has only a lock
    assert (here / "elsewhere/papers/boats.yml").is_file()


def test_an_import_tells_each_merge_when_it_is_asked_to(here: Path) -> None:
    write_files(
        here,
        {"facts.jsonl": FACTS, "content/papers/boats.yml": "title: Boats\ntldr: They float.\n"},
    )
    output = _run("import", "facts.jsonl", "--verbose", "--dry-run").output
    assert "merged facts.jsonl:1 into boats (by title)\n" in output
    assert "merged facts" not in _run("import", "facts.jsonl").output


def test_an_import_goes_on_past_what_it_cannot_read_and_takes_it_once_it_is_mended(
    here: Path,
) -> None:
    broken = '{"title": "Kites", "arxiv": "x"}\n'
    Path("facts.jsonl").write_text(broken + FACTS)
    told = _run("import", "facts.jsonl", "--into", "content", code=1).output
    assert "error: facts.jsonl:1: arxiv: 'x' isn't an arXiv id" in told
    assert sorted(path.stem for path in Path("content/papers").iterdir()) == ["boats", "rafts"]
    Path("facts.jsonl").write_text(broken.replace('"x"', '"2403.01239"') + FACTS)
    told = _run("import", "facts.jsonl", "--into", "content").output
    assert "1 new paper, 0 merged, 0 changed, 2 unchanged" in told


def test_programs_learn_what_an_import_changes(here: Path) -> None:
    Path("facts.jsonl").write_text(FACTS)
    tried = json.loads(_run("import", "facts.jsonl", "--into", "content", "-n", "--json").stdout)
    assert (tried["new"], tried["dry_run"]) == (["boats", "rafts"], True)
    assert "papers/boats.yml" in tried["files"]
    assert not Path("content").exists()
    done = json.loads(_run("import", "facts.jsonl", "--into", "content", "--json").stdout)
    assert done["files"] == tried["files"]
    again = json.loads(_run("import", "facts.jsonl", "--into", "content", "--json").stdout)
    assert (again["new"], again["unchanged"], again["files"]) == ([], 2, [])


def test_an_import_with_many_problems_shows_a_screenful_unless_it_is_asked_for_all(
    here: Path,
) -> None:
    Path("facts.jsonl").write_text('{"title": "Boats", "doi": "eleven"}\n' * 70 + FACTS)
    some = _run("import", "facts.jsonl", "--into", "content", code=1).output
    assert some.count("isn't a DOI") == 60
    assert "10 more; run `broadsheet import --verbose` to see all" in some
    assert _run("import", "facts.jsonl", "-v", "-n", code=1).output.count("isn't a DOI") == 70


def test_the_place_of_a_source_on_this_machine_is_not_kept(here: Path, tmp_path: Path) -> None:
    write_files(tmp_path, {"far/facts.jsonl": FACTS, "here/content/topics.yml": ""})
    _run("import", str(tmp_path / "far/facts.jsonl"))
    assert str(tmp_path) not in (here / "content/papers/boats.yml").read_text()


def test_content_without_problems_is_counted(here: Path, toy_site: Path) -> None:
    shutil.copytree(toy_site / "content", here / "content")
    assert _run("check", "--strict").output == (
        "content: 6 papers, 2 issues, 2 topics, 1 collection; 0 errors, 0 warnings\n"
    )
    assert json.loads(_run("check", "--format", "json").output) == []
    assert _run("check", "--format", "github").output == ""


def test_a_warning_alone_does_not_fail(here: Path) -> None:
    write_files(here, {"content/papers/a.yml": 'arxiv: "2403.01230"\n'})
    assert "0 errors, 1 warning\n" in _run("check").output
    (problem,) = json.loads(_run("check", "--format", "json").stdout)
    assert [problem] == json.loads(_run("check", "--json").stdout)
    assert (problem["level"], problem["line"]) == ("warning", 1)


def test_line_ends_in_annotations_are_escaped(here: Path) -> None:
    write_files(here, {"content/papers/a,b.yml": '"100%\\n::error::x": 1\n'})
    lines = _run("check", "--format", "github", code=1).output.splitlines()
    assert all(line.startswith("::error file=content/papers/a%2Cb.yml") for line in lines)


def test_gitlab_gets_a_report_of_its_own_form(here: Path) -> None:
    write_files(here, {"content/papers/a.yml": 'arxiv: "2403.01230"\ntitel: A\n'})
    report = json.loads(_run("check", "--format", "gitlab", code=1).stdout)
    (found,) = [one for one in report if one["severity"] == "major"]
    assert found["description"].startswith("titel: unknown key 'titel' (did you mean")
    assert found["location"] == {"path": "content/papers/a.yml", "lines": {"begin": 2}}
    prints = [one["fingerprint"] for one in report]
    assert len(set(prints)) == len(prints)
    assert all(len(one) == 32 for one in prints)
    write_files(here, {"content/papers/a.yml": "title: A\nabstract: B.\n"})
    assert json.loads(_run("check", "--format", "gitlab").stdout) == []


def test_scripts_read_what_a_build_has_made(first_site: Path) -> None:
    found = json.loads(_run("build", "--json").stdout)
    assert found.keys() == {"folder", "papers", "pages", "problems"}
    assert (found["folder"], found["papers"]) == ("site", 0)
    assert found["pages"] == len(list((first_site / "site").rglob("index.html")))


def test_a_quiet_build_says_nothing(first_site: Path) -> None:
    assert _run("build", "--quiet").output == ""


def test_a_build_goes_where_it_is_told(first_site: Path) -> None:
    _run("build", "--site-dir", "out/public")
    assert (first_site / "out/public/index.html").is_file()
    assert not (first_site / "site").exists()


def test_a_project_may_be_elsewhere(here: Path, with_fonts: Callable[[Path], Path]) -> None:
    _run("new", "far", "--bare")
    with_fonts(here / "far")
    _run("build", "--config-file", "far/mkdocs.yml")
    assert (here / "far/site/index.html").is_file()
    assert "far/content: 0 papers" in _run("check", "-f", "far").output


def test_commands_import_only_what_they_need() -> None:
    # A build finds out that nothing has changed before it imports what would build the site.
    later = ("broadsheet.edition", "broadsheet.importers", "broadsheet.outputs.pages", "lunr")
    code = f"import sys, broadsheet.cli.building; print(*set({later!r}).intersection(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
