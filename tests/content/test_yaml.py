"""YAML as people write it: how it's read, and how mistakes are reported."""

from __future__ import annotations

import pytest

from broadsheet.base.encoding import decode
from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.content.yaml_text import MAX_BYTES, Lines, dump, parse


def _refused(text: str) -> Problem:
    with pytest.raises(BroadsheetError) as caught:
        parse(text, "a.yml")
    (problem,) = caught.value.problems
    return problem


def test_an_arxiv_id_without_quotes_keeps_its_last_zero() -> None:
    assert parse("arxiv: 2406.04520", "a.yml") == {"arxiv": "2406.04520"}


@pytest.mark.parametrize(
    "word", ["No", "yes", "on", "true", "1e3", "0x10", "12:30", "2024-03", "="]
)
def test_a_plain_word_is_text_whatever_yaml_makes_of_it(word: str) -> None:
    assert parse(f"title: {word}", "a.yml") == {"title": word}


def test_nothing_and_a_tilde_are_no_value() -> None:
    assert parse("venue:\ndoi: ~\n", "a.yml") == {"venue": None, "doi": None}


def test_null_is_a_word() -> None:
    assert parse("title: null", "a.yml") == {"title": "null"}


def test_an_empty_file_and_a_comment_are_nothing() -> None:
    assert parse("", "a.yml") is None
    assert parse("# later\n", "a.yml") is None


def test_a_repeated_key_is_refused_at_its_second_place() -> None:
    problem = _refused("title: A\nvenue: B\ntitle: C\n")
    assert (problem.line, problem.message) == (
        3,
        "invalid YAML: duplicate key 'title'",
    )


def test_a_repeated_key_deep_inside_is_refused() -> None:
    assert _refused("a:\n  - {b: 1, b: 2}\n").line == 2


def test_a_key_that_is_a_list_is_refused() -> None:
    assert "a key must be text" in _refused("? [a, b]\n: c\n").message


@pytest.mark.parametrize("text", ["a: &x 1\nb: *x\n", "a: 1\nb: &x [2]\n"])
def test_an_anchor_is_refused(text: str) -> None:
    problem = _refused(text)
    assert "anchors and aliases" in problem.message
    assert "quotes" in problem.advice


def test_an_alias_without_an_anchor_is_refused() -> None:
    assert _refused("a: 1\nb: *nothing\n").line == 2


def test_a_growing_bomb_of_aliases_is_refused_before_it_grows() -> None:
    lines = ["a0: &a0 [x]"] + [f"a{n}: &a{n} [{f'*a{n - 1},' * 9}]" for n in range(1, 12)]
    assert "anchors" in _refused("\n".join(lines)).message


@pytest.mark.parametrize("tag", ["!!python/object/apply:os.system [ls]", "!ENV HOME", "!x y"])
def test_a_tag_is_refused(tag: str) -> None:
    problem = _refused(f"title: A\nvenue: {tag}\n")
    assert problem.line == 2
    assert problem.advice == "remove the tag, or put the text in quotes"


def test_a_tab_as_indentation_is_refused_with_advice() -> None:
    problem = _refused("links:\n\tcode: https://code.example/\n")
    assert (problem.line, problem.advice) == (2, "indent with spaces, not tabs")


def test_two_documents_in_one_file_are_refused_with_advice() -> None:
    problem = _refused("title: A\n---\ntitle: B\n")
    assert problem.line == 2
    assert "one document" in problem.message + problem.advice


def test_a_colon_in_a_text_without_quotes_is_refused_with_advice() -> None:
    problem = _refused("title: RAFT: Boats\n")
    assert (problem.line, problem.advice) == (1, 'put text that contains ": " in quotes')


def test_a_quote_that_never_ends_is_refused() -> None:
    assert _refused('title: "RAFT\nvenue: X\n').line >= 1


def test_a_control_character_is_refused_at_its_line() -> None:
    assert _refused("title: A\nvenue: B\x07\n").line == 2


def test_a_file_that_is_too_large_is_refused() -> None:
    assert "larger than 4 MiB" in _refused("a: " + "x" * MAX_BYTES).message


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_nesting_without_end_is_refused(opening: str) -> None:
    assert "deep" in _refused(opening * 20_000).message


def test_bytes_that_are_not_utf_8_are_refused_at_their_line() -> None:
    with pytest.raises(BroadsheetError, match=r"^a.yml:2: .*UTF-8.*0xe9.*save the file as UTF-8"):
        decode(b"title: A\nvenue: caf\xe9\n", "a.yml")


def test_a_nul_is_refused_at_its_line() -> None:
    with pytest.raises(BroadsheetError, match=r"^a.yml:2: .*0x00"):
        decode(b"title: A\nvenue: \0\n", "a.yml")


def test_a_byte_order_mark_and_line_ends_of_windows_change_nothing() -> None:
    text = decode(b"\xef\xbb\xbftitle: A\r\nvenue: B\r\n", "a.yml")
    assert parse(text, "a.yml") == {"title": "A", "venue": "B"}


def test_the_line_of_a_value_is_found_by_its_path() -> None:
    text = (
        "title: A\nsections:\n  - heading: H\n    entries:\n      - {paper: p}\n      - paper: q\n"
    )
    line_of = Lines(text)
    assert line_of(("sections", 0, "entries", 1, "paper")) == 6
    assert line_of(("sections", 0, "entries", 9)) == 4
    assert line_of(("nothing",)) == 1
    assert line_of(()) == 1


def test_the_lines_of_an_empty_text_are_the_first() -> None:
    assert Lines("")(("title",)) == 1


def test_what_looks_like_a_number_is_written_in_quotes() -> None:
    assert dump({"arxiv": "2406.04520", "number": "1.10"}) == (
        'arxiv: "2406.04520"\nnumber: "1.10"\n'
    )


def test_a_text_of_lines_is_written_as_lines() -> None:
    assert dump({"summary": "One.\n\n- two\n- three"}) == (
        "summary: |-\n  One.\n\n  - two\n  - three\n"
    )
