"""What content must not contain, wherever it is: each is one problem with file, line and field."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from folders import write_files

from broadsheet.base.characters import harmful_in, visibly, without_harmful
from broadsheet.content.check import load_and_check
from broadsheet.content.fields import LINE_LENGTH, MOST_AUTHORS, TEXT_LENGTH

HARMFUL = "\0\x01\x07\x08\x0b\x0c\x1b\x1f\x7f\x80\x9f\ud800\udfff\ufdd0\ufffe\uffff\U0001ffff"
REVERSING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
# Scripts and emoji need these.
HARMLESS = "\t\n\u200c\u200d\u200e\u200f\u00ad\ufeff\U0001f6a3\U000e0067\ue000é中"

# Where a text of a stranger can be, by file. "§" stands for the text.
ISSUE = {
    "title": "T",
    "week": "2025-W01",
    "start": "2024-12-30",
    "end": "2025-01-05",
    "sections": [{"heading": "Boats", "entries": [{"paper": "a"}]}],
}
PLACES: dict[str, tuple[str, dict[str, Any]]] = {
    "title": ("papers/b.yml", {"title": "§"}),
    "authors[1]": ("papers/b.yml", {"title": "B", "authors": ["A", "§"]}),
    "venue": ("papers/b.yml", {"title": "B", "venue": "§"}),
    "doi": ("papers/b.yml", {"title": "B", "doi": "10.1000/§"}),
    "links.code": ("papers/b.yml", {"title": "B", "links": {"code": "https://x.example/§"}}),
    "tldr": ("papers/b.yml", {"title": "B", "tldr": "§"}),
    "summary": ("papers/b.yml", {"title": "B", "summary": "§"}),
    "abstract": ("papers/b.yml", {"title": "B", "abstract": "§"}),
    "extra.Task": ("papers/b.yml", {"title": "B", "extra": {"Task": "§"}}),
    "other_titles[0]": ("papers/b.yml", {"title": "B", "other_titles": ["§"]}),
    "provenance[0].source": ("papers/b.yml", {"title": "B", "provenance": [{"source": "§"}]}),
    "withdrawn.reason": (
        "papers/b.yml",
        {"title": "B", "withdrawn": {"on": "2024-05-01", "reason": "§"}},
    ),
    "introduction": ("digests/d/2025-W01.yml", {**ISSUE, "introduction": "§"}),
    "sections[0].heading": ("digests/d/2025-W01.yml", {**ISSUE, "sections": [{"heading": "§"}]}),
    "source.name": ("digests/d/2025-W01.yml", {**ISSUE, "source": {"name": "§"}}),
    "description": ("collections/c.yml", {"title": "C", "description": "§"}),
    "boats.name": ("topics.yml", {"boats": {"name": "§"}}),
}


def _problems(folder: Path, file: str, value: Any) -> list[str]:
    # JSON is YAML, too, and escapes everything that YAML must not have as it is.
    write_files(folder, {"topics.yml": "boats: {name: Boats}\n", "papers/a.yml": "title: A\n"})
    write_files(folder, {file: json.dumps(value)})
    return [str(problem) for problem in load_and_check(folder, "content").problems]


def _with(value: Any, text: str) -> Any:
    if isinstance(value, dict):
        return {key: _with(inner, text) for key, inner in value.items()}
    if isinstance(value, list):
        return [_with(inner, text) for inner in value]
    return value.replace("§", text)


def _full(digits: str) -> str:
    """Digits as wide as Chinese characters, which Python also takes for digits."""
    return "".join(chr(ord(digit) + 0xFEE0) for digit in digits)


@pytest.mark.parametrize("character", HARMFUL + REVERSING, ids=lambda c: f"U+{ord(c):04X}")
def test_harmful_characters_are_found_removed_and_escaped(character: str) -> None:
    assert f"U+{ord(character):04X}" in harmful_in(f"a{character}b")
    assert without_harmful(f"a{character}b") == "ab"
    assert visibly(f"a{character}b").isprintable()


@pytest.mark.parametrize("character", HARMLESS)
def test_characters_that_texts_need_stay(character: str) -> None:
    assert not harmful_in(f"a{character}b")
    assert without_harmful(f"a{character}b") == f"a{character}b"


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("character", ["\x07", "\u202e", "\ufffe"], ids=["BEL", "RLO", "FFFE"])
def test_a_harmful_character_is_refused_wherever_it_is(
    place: str, character: str, tmp_path: Path
) -> None:
    file, value = PLACES[place]
    field = place.removeprefix("boats.")
    (problem, *_) = _problems(tmp_path, file, _with(value, f"x{character}x"))
    assert problem.startswith(f"content/{file}:1: {field}: contains "), problem
    assert problem.endswith(f"U+{ord(character):04X} (remove it)"), problem


@pytest.mark.parametrize("character", ["\0", "\ud800", "\u202e"], ids=["NUL", "half", "RLO"])
def test_a_harmful_character_in_json_lines_is_refused_and_other_lines_are_read(
    character: str, tmp_path: Path
) -> None:
    lines = [{"slug": "b", "title": f"x{character}"}, {"slug": "c", "title": "Fine"}]
    text = "\n".join(map(json.dumps, lines))
    write_files(tmp_path, {"papers/all.jsonl": text})
    loaded = load_and_check(tmp_path, "content")
    assert [str(problem)[:40] for problem in loaded.problems] == [
        "content/papers/all.jsonl:1: title: contains "[:40]
    ]
    assert list(loaded.corpus.papers) == ["c"]


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("https://user:secret@x.example/", "has a user name or password"),
        ("https://arxiv.org@evil.example/", "has a user name or password"),
        ("https://[::1", "isn't a URL"),
        ("https://x.example:port/", "isn't a URL"),
        ("https://:80/", "isn't a URL"),
        ("javascript:alert(1)", "isn't a URL"),
        ("data:text/html,x", "isn't a URL"),
        ("//evil.example/", "isn't a URL"),
        ("https://x.example/" + "a" * 2000, "has 2,018 characters"),
    ],
)
def test_a_url_that_misleads_or_runs_is_refused(url: str, why: str, tmp_path: Path) -> None:
    (problem,) = _problems(tmp_path, "papers/b.yml", {"title": "B", "links": {"code": url}})
    assert problem.startswith("content/papers/b.yml:1: links.code: ")
    assert why in problem
    assert "secret" not in problem


def test_a_fact_of_a_source_has_no_password(tmp_path: Path) -> None:
    extra = {"mail": "https://x.example/@a", "tweet": "See https://user:secret@x.example/"}
    (problem,) = _problems(tmp_path, "papers/b.yml", {"title": "B", "extra": extra})
    assert "extra.tweet: the URL has a user name or password" in problem
    assert "secret" not in problem


@pytest.mark.parametrize(
    ("file", "value", "field"),
    [
        ("papers/b.yml", {"title": "B", "published": _full("2024")}, "published"),
        ("papers/b.yml", {"title": "B", "arxiv": _full("2403") + ".01234"}, "arxiv"),
        ("papers/b.yml", {"title": "B", "doi": f"10.{_full('1000')}/x"}, "doi"),
        ("digests/d/2025-W01.yml", {**ISSUE, "week": _full("2025") + "-W01"}, "week"),
        ("digests/d/2025-W01.yml", {**ISSUE, "start": _full("2024") + "-12-30"}, "start"),
        ("digests/d/2025-W01.yml", {**ISSUE, "start": "2024-W52-1"}, "start"),
        ("digests/d/2025-W01.yml", {**ISSUE, "start": "1735516800"}, "start"),
        ("digests/d/2025-W01.yml", {**ISSUE, "start": "0"}, "start"),
    ],
)
def test_digits_and_days_that_other_programs_do_not_know_are_refused(
    file: str, value: Any, field: str, tmp_path: Path
) -> None:
    (problem, *_) = _problems(tmp_path, file, value)
    assert problem.startswith(f"content/{file}:1: {field}: "), problem


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"title": "x" * (LINE_LENGTH + 1)}, "title: has 1,001 characters"),
        ({"title": "B", "abstract": "x" * (TEXT_LENGTH + 1)}, "abstract: has 100,001 characters"),
        ({"title": "B", "authors": ["A"] * (MOST_AUTHORS + 1)}, "authors: has 5,001 values"),
    ],
)
def test_what_is_too_long_is_refused(value: Any, expected: str, tmp_path: Path) -> None:
    (problem,) = _problems(tmp_path, "papers/b.yml", value)
    assert problem.startswith(f"content/papers/b.yml:1: {expected} (shorten it to at most ")


def test_what_is_just_short_enough_is_read(tmp_path: Path) -> None:
    longest = {"title": "x" * LINE_LENGTH, "abstract": "x" * TEXT_LENGTH, "authors": ["A"] * 5000}
    assert _problems(tmp_path, "papers/b.yml", longest) == []


def test_a_key_can_not_forge_a_line_of_a_log(tmp_path: Path) -> None:
    key = "x\n::warning file=a.yml::forged\r\x1b[2J"
    (problem,) = _problems(tmp_path, "papers/b.yml", {"title": "B", key: "y"})
    assert problem.isprintable()
    assert "\\n::warning" in problem
