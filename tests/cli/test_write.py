"""`broadsheet write`: drafts by a program, and what it never overwrites."""

from __future__ import annotations

import json
import shlex
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from folders import tree, write_files
from waiting import PATIENCE, until

from broadsheet.cli import main
from broadsheet.content.load import load
from broadsheet.content.model import Paper, Signature

TLDR = "Rafts of twelve logs carry 40% more people across rivers than boats do."
SUMMARY = (
    "People have crossed rivers on boats for long, although rafts are cheaper. The authors tie "
    "twelve logs together and measure how many people the result carries. It is 40% more than "
    "with boats, as long as the river is calm."
)
ABSTRACT = (
    "We tie twelve logs together. The raft carries 40% more people than a boat on calm rivers."
)
RAFTS = f"""\
# Somebody's own comment.
title: "Rafts: Boats of Logs"   # stays
topics: []
abstract: {ABSTRACT}

# The end.
"""
FILE = "content/papers/rafts.yml"
# A program that answers with the file `answer` and keeps what it was asked in `asked`.
PROGRAM = """\
import pathlib, sys
pathlib.Path("asked").write_bytes(sys.stdin.buffer.read())
sys.stdout.buffer.write(pathlib.Path("answer").read_bytes())
"""
COMMAND = shlex.join([sys.executable, "program.py"])


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_files(tmp_path, {FILE: RAFTS, "program.py": PROGRAM, "answer": f"{TLDR}\n\n{SUMMARY}\n"})
    monkeypatch.chdir(tmp_path)


def run(*arguments: str, code: int = 0) -> Result:
    result = CliRunner().invoke(main, ["write", *arguments])
    assert result.exit_code == code, result.output
    return result


def draft(*arguments: str, code: int = 0) -> Result:
    return run(*arguments, "--with", COMMAND, "--by", "log-7b", code=code)


def paper(slug: str = "rafts") -> Paper:
    loaded = load(Path("content"))
    assert loaded.problems == ()
    return loaded.corpus.papers[slug]


def answer(text: str) -> None:
    write_files(Path.cwd(), {"answer": text})


def test_a_draft_is_added_to_the_file_and_signed() -> None:
    output = draft("rafts").output
    found = paper()
    assert (found.tldr, found.summary) == (TLDR, SUMMARY)
    assert found.written
    assert (found.written.by, found.written.on) == ("log-7b", date.today())  # noqa: DTZ011
    assert found.unreviewed
    assert TLDR in output
    assert output.endswith("wrote 1 draft, 0 refused\n")


def test_all_other_lines_of_the_file_stay() -> None:
    draft("rafts")
    after = Path(FILE).read_text("utf-8").splitlines()
    assert [line for line in RAFTS.splitlines() if line not in after] == []
    order = ("topics", "tldr", "summary", "abstract", "written")
    starts = [line.partition(":")[0] for line in after if line.partition(":")[0] in order]
    assert starts == list(order)


def test_the_prompt_has_title_abstract_instructions_and_house_style() -> None:
    config = {"broadsheet": {"writer": COMMAND, "house_style": "Write “raft”, never „Floß“."}}
    write_files(Path.cwd(), {"mkdocs.yml": json.dumps({"site_name": "Boats", "extra": config})})
    run("rafts")
    asked = Path("asked").read_text("utf-8")
    for part in (
        "Rafts: Boats of Logs",
        ABSTRACT,
        "Write in English",
        "Write “raft”, never „Floß“.",
    ):
        assert part in asked
    assert paper().written == Signature(by=Path(sys.executable).name, on=date.today())  # noqa: DTZ011


def test_a_site_in_german_asks_for_german() -> None:
    config = {"site_name": "Boote", "theme": {"name": "material", "language": "de"}}
    write_files(Path.cwd(), {"mkdocs.yml": json.dumps(config)})
    draft("rafts")
    assert "Write in German" in Path("asked").read_text("utf-8")


@pytest.mark.parametrize(
    "printed",
    [
        f"```\n{TLDR}\n\n{SUMMARY}\n```\n",
        f"TL;DR: {TLDR}\n\nSummary: {SUMMARY}",
        f"**TL;DR:** {TLDR}\r\n\r\n**Longer summary:**\r\n{SUMMARY}\r\n",
        f"TLDR: {TLDR}\nSummary: {SUMMARY}",
        f"# One-line summary\n{TLDR}\n\n# Summary\n\n{SUMMARY}",
        f"<think>Let me\n\nthink.</think>\n{TLDR}\n\n{SUMMARY}",
        f"Here is what you asked for:\n\n{TLDR}\n\n{SUMMARY}",
        f'"{TLDR}"\n\n“{SUMMARY}”',
        f"\x1b[1m{TLDR}\x1b[0m\n\n\x07{SUMMARY}\x00\ufeff",
        f"1. {TLDR}\n\n2. {SUMMARY}".replace("1. ", "1. TLDR: ").replace("2. ", "2. Summary: "),
    ],
)
def test_wrapping_around_an_answer_is_removed(printed: str) -> None:
    answer(printed)
    draft("rafts")
    assert (paper().tldr, paper().summary) == (TLDR, SUMMARY)


@pytest.mark.parametrize(
    "printed, message",
    [
        ("", "the answer is empty"),
        ("``` \n\n```", "the answer is empty"),
        (TLDR, "the answer has only one paragraph"),
        ("x " * 20_000, "the answer has more than 20,000 characters"),
    ],
)
def test_a_malformed_answer_changes_nothing_and_the_next_paper_follows(
    printed: str, message: str
) -> None:
    write_files(Path.cwd(), {"content/papers/boats.yml": RAFTS})
    answer(printed)
    before = tree(Path("content"))
    output = draft("rafts", "boats", code=1).output
    assert output.count(message) == 2
    assert "[2/2] boats: refused" in output
    assert tree(Path("content")) == before


def test_a_paper_that_cannot_be_written_does_not_stop_the_others() -> None:
    write_files(Path.cwd(), {"content/papers/bare.yml": "title: Bare\n"})
    output = draft("bare", "raft", "rafts", code=1).output
    assert "error: content/papers/bare.yml:1: it has no abstract to summarize (add" in output
    assert "there is no paper 'raft' (did you mean 'rafts'?)" in output
    assert "[3/3] rafts: written" in output
    assert "wrote 1 draft, 2 refused" in output


@pytest.mark.parametrize(
    "lines",
    [
        "tldr: By a person.\n",
        "summary: By a person.\n",
        "tldr: By a person.\nsummary: By a person.\n",
        "tldr: By a program.\nwritten: log-7b\nreviewed: Ada\n",
        "summary: Changed by a person.\nwritten: log-7b\n",
        "reviewed: Ada\n",
    ],
)
@pytest.mark.parametrize("again", [False, True])
def test_nothing_a_person_wrote_or_may_have_changed_is_overwritten(lines: str, again: bool) -> None:
    write_files(Path.cwd(), {FILE: RAFTS + lines})
    before = Path(FILE).read_bytes()
    draft("rafts", *(["--again"] if again else []), code=1)
    assert Path(FILE).read_bytes() == before
    assert not Path("asked").exists()


def test_a_draft_is_only_replaced_on_demand() -> None:
    draft("rafts")
    before = Path(FILE).read_bytes()
    answer(f"Another {TLDR}\n\nAnother {SUMMARY}")
    assert "it already has a draft (review it, or replace it with --again)" in (
        draft("rafts", code=1).output
    )
    assert Path(FILE).read_bytes() == before
    draft("rafts", "--again")
    assert (paper().tldr, paper().summary) == (f"Another {TLDR}", f"Another {SUMMARY}")
    draft("rafts", "--again")


@pytest.mark.parametrize("change", [("twelve", "ten"), ("summary: >-", "summary: >-  # ok: yes")])
def test_a_draft_that_a_person_has_changed_is_not_replaced(change: tuple[str, str]) -> None:
    draft("rafts")
    text = Path(FILE).read_text("utf-8").replace(*change)
    write_files(Path.cwd(), {FILE: text})
    assert "isn't known to be as the program wrote it" in draft("rafts", "--again", code=1).output
    assert Path(FILE).read_text("utf-8") == text


def test_a_file_that_changes_while_the_program_is_busy_is_not_overwritten() -> None:
    program = f"{PROGRAM}open({FILE!r}, 'a').write('tldr: By a person.\\n')\n"
    write_files(Path.cwd(), {"program.py": program})
    assert "has changed since the content was read" in draft("rafts", code=1).output
    assert (paper().tldr, paper().written) == ("By a person.", None)


def test_papers_in_lines_of_json_get_drafts() -> None:
    first = {"slug": "a", "title": "A", "abstract": ABSTRACT, "arxiv": "2403.01230"}
    second = {"slug": "b", "title": "B", "tldr": "By a person.", "abstract": ABSTRACT}
    text = "".join(json.dumps(line) + "\n" for line in (first, second))
    write_files(Path.cwd(), {"content/papers/all.jsonl": text})
    assert "1 draft, 1 refused" in draft("a", "b", code=1).output
    lines = Path("content/papers/all.jsonl").read_text("utf-8").splitlines()
    assert json.loads(lines[0]).items() > first.items()
    assert json.loads(lines[1]) == second
    assert paper("a").unreviewed
    draft("a", "--again")


def test_a_dry_run_shows_prompt_and_answer_and_writes_nothing() -> None:
    before = tree(Path("content"))
    output = draft("rafts", "--dry-run").output
    assert ABSTRACT in output
    assert TLDR in output
    assert output.endswith("would write 1 draft, 0 refused\n")
    assert tree(Path("content")) == before
    assert not Path(".broadsheet").exists()


def test_a_dry_run_without_a_program_shows_the_prompt() -> None:
    assert ABSTRACT in run("rafts", "--dry-run").output


def test_without_a_program_the_settings_are_named() -> None:
    assert "set `extra.broadsheet.writer` in mkdocs.yml" in run("rafts", code=1).output


def test_all_missing_means_papers_with_an_abstract_and_without_texts() -> None:
    papers = {
        "content/papers/bare.yml": "title: Bare\n",
        "content/papers/done.yml": f"tldr: By a person.\nabstract: {ABSTRACT}\n",
        "content/papers/withdrawn.yml": (
            f"abstract: {ABSTRACT}\nwithdrawn: {{on: 2024-01-01, reason: Wrong.}}\n"
        ),
        "content/papers/boats.yml": RAFTS,
    }
    write_files(Path.cwd(), papers)
    output = draft("--all-missing").output
    assert "[1/2] boats: written" in output
    assert "[2/2] rafts: written" in output


def test_papers_and_all_missing_exclude_each_other() -> None:
    run(code=2)
    run("rafts", "--all-missing", code=2)


def test_the_findings_about_a_draft_are_printed() -> None:
    answer(f"{TLDR}\n\n{SUMMARY.replace('40%', '41%')}")
    output = draft("rafts").output
    line = next(n for n, t in enumerate(Path(FILE).read_text().splitlines(), 1) if "41%" in t)
    assert f"warning: {FILE}:{line}: summary: the number '41%' isn't in the abstract" in output


def test_results_are_printed_for_programs() -> None:
    found = json.loads(draft("rafts", "--json").stdout)
    assert [(f["slug"], f["status"], f["tldr"], f["by"]) for f in found] == [
        ("rafts", "written", TLDR, "log-7b")
    ]
    (refused,) = json.loads(draft("rafts", "--json", code=1).stdout)
    assert refused["problems"][0]["message"] == "it already has a draft"


@pytest.mark.parametrize(
    "program, message",
    [
        ("import sys; sys.exit('no more money')", "failed with exit code 1: no more money"),
        ("import sys; sys.stdout.buffer.write(b'\\xff')", "printed text that isn't UTF-8"),
        ("import threading; threading.Event().wait(60)", "took more than 0.5 seconds"),
    ],
)
def test_a_program_that_fails_changes_nothing(program: str, message: str) -> None:
    write_files(Path.cwd(), {"program.py": program})
    output = draft("rafts", "--timeout", "0.5", code=1).output
    assert message in output
    assert Path(FILE).read_text("utf-8") == RAFTS


@pytest.mark.parametrize(
    "command, message",
    [
        ("no-such-program-here -x", "there is no program 'no-such-program-here'"),
        ("./program-that-is-not-there", "there is no program './program-that-is-not-there'"),
        ("", "there is no program ''"),
        ("'open", "can't be read as a command: no closing quotation"),
    ],
)
def test_a_command_that_cannot_be_run_is_refused(command: str, message: str) -> None:
    assert f"error: --with: {message}" in run("rafts", "--with", command, code=1).output


def test_the_command_is_not_given_to_a_shell() -> None:
    run("rafts", "--with", f"{COMMAND} ; touch owned")
    assert not Path("owned").exists()


@pytest.mark.usefixtures("interruptible")
def test_an_interruption_keeps_what_is_finished() -> None:
    write_files(Path.cwd(), {"content/papers/a.yml": RAFTS, "content/papers/b.yml": RAFTS})
    busy = (
        f"{PROGRAM}if pathlib.Path('first').exists():\n"
        "    pathlib.Path('second').touch()\n    import threading; threading.Event().wait(60)\n"
        "pathlib.Path('first').touch()\n"
    )
    write_files(Path.cwd(), {"program.py": busy})
    command = [sys.executable, "-m", "broadsheet", "write", "a", "b", "--with", COMMAND]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    until(Path("second").exists)
    process.send_signal(signal.SIGINT)
    output, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    assert "[1/2] a: written" in output
    assert "wrote 1 draft" in output
    assert paper("a").unreviewed
    assert paper("b").tldr is None
