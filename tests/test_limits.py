"""Nothing that people write makes Broadsheet or a browser slow."""

from __future__ import annotations

import json
import resource
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from folders import write_files
from growth import lines_run
from hypothesis import example, given, settings
from hypothesis import strategies as st
from selecting import examples, mostly_slow
from waiting import bounded

from broadsheet.base import markup
from broadsheet.base.errors import Level
from broadsheet.base.formulas import MOST_FORMULAS, MOST_NESTED, to_mathml, to_plain
from broadsheet.citations.bibtex import escaped, protected
from broadsheet.content.check import load_and_check
from broadsheet.content.model import Collection, Issue, Paper
from broadsheet.content.parsing import papers_in_lines, value_in_yaml
from broadsheet.importers import IMPORTERS
from broadsheet.importers.damage import find_damage
from broadsheet.importers.repairs import repaired

MEGABYTES = 700


PIECES = (
    *("$x$ ", "$a ", "*", "_", "[", "![", "[a](", "](", "`", "a**b*", "\\", "$$", "{", "{}"),
    *("- a\n", "> ", "> > - ", "1. a\n", "!?*_[](){}<>`~#$&", "&lt", "http://a.b/", "a@", "``a"),
    *("''", "{\\it a", "\\textbf{", "111A", "††", " [email", "of", "a\n", "a\n\n", "(", ") "),
)
SHOWN: dict[str, Callable[[str], object]] = {
    "inline": markup.inline,
    "blocks": markup.blocks,
    "rich": markup.rich,
    "prose": markup.prose,
    "rich_html": markup.rich_html,
    "plain": markup.plain,
    "plain_rich": markup.plain_rich,
    "bibtex": escaped,
    "bibtex of a title": protected,
}


@pytest.mark.parametrize("piece", mostly_slow(PIECES, ("$x$ ", "*", "[a](", "> > - ", "a\n")))
def test_texts_that_repeat_a_sign_are_shown_in_time(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    with bounded():
        for shown in SHOWN.values():
            shown(text)


@pytest.mark.parametrize("piece", PIECES)
def test_sources_that_repeat_a_sign_are_read_in_time(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    with bounded():
        find_damage(repaired(text))
        for importer in IMPORTERS:
            importer.looks_like(text)


def _work(folder: Path, files: dict[str, str]) -> int:
    write_files(folder, files)
    return lines_run(lambda: load_and_check(folder, "content"))


MISTAKES: dict[str, Callable[[int], dict[str, str]]] = {
    "unknown topics": lambda n: {
        "topics.yml": "boats: {name: Boats}\n",
        "papers/a.yml": f"title: A\ntopics: [{', '.join(f'no-topic-{i}' for i in range(n))}]\n",
    },
    "unknown papers": lambda n: {
        "papers/a.yml": "title: A\n",
        "collections/c.yml": "title: C\nentries:\n"
        + "".join(f"  - {{paper: no-paper-{i}}}\n" for i in range(n)),
    },
    "unknown keys": lambda n: {
        "papers/a.yml": "title: A\n" + "".join(f"key{i}: x\n" for i in range(n)),
    },
    "unknown keys of topics": lambda n: {
        "topics.yml": "".join(f"t{i}: {{nam: x}}\n" for i in range(n)),
    },
    "wrong decisions": lambda n: {
        "merges.yml": "".join(f"- sam: [a{i}, b]\n" for i in range(n)),
    },
}


@pytest.mark.parametrize("kind", MISTAKES)
def test_four_times_the_mistakes_take_about_four_times_the_work(kind: str, tmp_path: Path) -> None:
    made = MISTAKES[kind]
    once, four_times = (_work(tmp_path / str(n), made(n)) for n in (50, 200))
    assert four_times < 7 * once


def _deepest(html: str) -> int:
    depth = most = 0
    for part in html.split("<")[1:]:
        depth += -1 if part[0] == "/" else 1
        most = max(most, depth)
    return most


@pytest.mark.parametrize(
    "formula",
    [
        "{" * 900 + "x" + "}" * 900,
        "x" + "^{x" * 40 + "}" * 40,
        "\\left(" * 100 + "x" + "\\right)" * 100,
        "\\frac" * 200 + "1" * 300,
        "\\sqrt" * 300 + "x",
        "\\begin{matrix}" * 50 + "x" + "\\end{matrix}" * 50,
    ],
)
def test_a_formula_that_nests_too_deep_is_shown_as_text(formula: str) -> None:
    assert to_mathml(formula) is None
    shown = str(markup.blocks(f"See ${formula}$."))
    assert "<math" not in shown
    assert f"${markup.text(formula)}$" in shown


def test_a_formula_that_nests_as_deep_as_it_may_is_shown() -> None:
    formula = "{" * MOST_NESTED + "x" + "}" * MOST_NESTED
    assert "<math" in markup.inline(f"${formula}$")


@given(st.text(st.sampled_from("{}^_\\x1 &frac()left"), max_size=300))
@settings(max_examples=examples(200))
def test_no_formula_nests_deeper_than_browsers_can_take(formula: str) -> None:
    with bounded():
        assert _deepest(to_mathml(formula) or "") <= 200


def _formulas(count: int, between: str) -> str:
    return between.join(f"$x_{{{n}}}$" for n in range(count))


@pytest.mark.parametrize("between", [" ", "\n\n", "\n- "])
def test_a_text_with_too_many_formulas_shows_them_as_text(between: str) -> None:
    for shown in (markup.blocks, markup.rich, markup.prose):
        assert str(shown(_formulas(MOST_FORMULAS, between))).count("<math") == MOST_FORMULAS
        assert "<math" not in str(shown(_formulas(MOST_FORMULAS + 1, between)))
    assert "x_{7}" in to_plain(_formulas(MOST_FORMULAS + 1, between))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (_formulas(201, " "), "has more than 200 formulas, so all of them are shown as text"),
        ("$" + "{" * 31 + "x" + "}" * 31 + "$", "has a formula that nests more than 30 deep"),
    ],
)
def test_formulas_that_are_shown_as_text_are_a_warning(
    text: str, expected: str, tmp_path: Path
) -> None:
    issue = {"title": "T", "week": "2025-W01", "start": "2024-12-30", "end": "2025-01-05"}
    files = {
        "papers/a.yml": {"title": "A", "abstract": text},
        "collections/c.yml": {"title": "C", "entries": [{"paper": "a", "text": text}]},
        "digests/d/2025-W01.yml": {**issue, "introduction": text},
    }
    write_files(tmp_path, {name: json.dumps(value) for name, value in files.items()})
    problems = load_and_check(tmp_path, "content").problems
    assert {problem.field for problem in problems} == {
        "abstract",
        "entries[0].text",
        "introduction",
    }
    assert all(problem.message.startswith(expected) for problem in problems)
    assert all(problem.level is Level.WARNING for problem in problems)


def _parsed(raw: bytes) -> None:
    for model, given_fields in (
        (Paper, {"slug": "a"}),
        (Issue, {"digest": "d", "name": "2025-W01"}),
        (Collection, {"slug": "c"}),
    ):
        found: Any = value_in_yaml(raw, "a.yml", model, given_fields)
        problems = found if isinstance(found, tuple) else ()
        assert all(problem.file == "a.yml" and str(problem).isprintable() for problem in problems)
    papers_in_lines(raw, "a.jsonl", 1)


YAML = st.text(
    st.sampled_from("abtitle: authors[]{}-&*!|>'\"\\#%@`?,\n\t ~=<$0\u202e\x07\x85\u2028é\ufeff"),
    max_size=200,
)


@given(YAML | YAML.map(lambda text: f"title: A\nauthors: {text}") | st.text(max_size=100))
@settings(max_examples=examples(500))
@example("authors: [Who? Me]")
@example("title: a\tb")
@example("? a")
@example("title: !!int abc")
@example("{" * 5000)
@example("- " * 5000)
@example("a: &a [*a]")
@example('{"title": "\\ud800"}')
@example('{"\\ud800": "x"}')
@example('"\\ud800": x')
@example("%YAML 9.9\n---\na: b")
@example("title: \uff12\uff10")
def test_no_file_of_content_ends_in_a_traceback(text: str) -> None:
    with bounded():
        _parsed(text.encode("utf-8", "replace"))


@given(st.binary(max_size=200))
def test_no_bytes_end_in_a_traceback(raw: bytes) -> None:
    with bounded():
        _parsed(raw)


def test_a_file_that_can_not_be_read_hides_no_other(tmp_path: Path) -> None:
    files = {"a.yml": b"title: \x07\n", "b.yml": b"titel: B\n", "c.yml": b"\xff"}
    write_files(tmp_path / "papers", files)
    problems = load_and_check(tmp_path, "content").problems
    assert {problem.file for problem in problems} == {f"content/papers/{name}" for name in files}


def test_a_file_of_endless_values_is_refused_in_time(tmp_path: Path) -> None:
    write_files(tmp_path, {"papers/a.yml": "title: A\nauthors: [" + "[]," * 1_300_000 + "]\n"})
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with bounded():
        (problem,) = load_and_check(tmp_path, "content").problems
    assert problem.message == "invalid YAML: more than 300,000 values"
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert used < MEGABYTES * 1024
