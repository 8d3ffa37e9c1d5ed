from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.importers.damage import find_damage
from broadsheet.importers.repairs import CONVERTED, PROSE, repaired

DEBRIS = st.lists(
    st.sampled_from(
        [
            *"`'’\"*$\\{}()[].,: -\n\u200b\u00a0aZ1",
            *("``", "''", "**", "111", "††", "http://", "https://", "url{", "\\url{", "\\emph{"),
            *("[email protected]", "github.com/", "at", "{\\it ", ") ,", "—–", "\\%", "e\u0301"),
            "ohttps://info.arxiv.org/help/prep#abstractsf",
        ]
    ),
    max_size=14,
).map("".join)


@pytest.mark.parametrize("repairs", [PROSE, CONVERTED], ids=["prose", "converted"])
@given(text=st.one_of(st.text(max_size=60), DEBRIS))
def test_repairing_a_repaired_text_changes_nothing(
    repairs: tuple[Callable[[str], str], ...], text: str
) -> None:
    once = repaired(text, repairs)
    assert repaired(once, repairs) == once


@given(st.from_regex(r"(?:[A-Za-z]{1,8}[,;]? ){0,8}[A-Za-z]{1,8}[.?!]", fullmatch=True))
def test_plain_prose_is_never_changed(text: str) -> None:
    assert repaired(text, CONVERTED) == text


@pytest.mark.parametrize(
    "text, expected",
    [
        ("a ``b'' c", "a “b” c"),
        ("a ``b’’ c", "a “b” c"),
        ('a ``b" c', "a “b” c"),
        ("a \"b'' c", "a “b” c"),
        ("a ``b $f''$ c'' d", "a “b $f''$ c” d"),
        ("a `b’ c", "a ‘b’ c"),
        ("5\\% of R\\&D", "5% of R&D"),
        ("see \\url{https://example.org/x}.", "see https://example.org/x."),
        ("at url{https://example.org/x}.", "at https://example.org/x."),
        ("Name\\url{https://example.org}, too", "Name https://example.org, too"),
        ("the {\\it very} \\textbf{best}", "the very best"),
        ("code athttps://example.org/x", "code at https://example.org/x"),
        ("code:https://example.org/x", "code: https://example.org/x"),
        ("code atgithub.com/a/b", "code at github.com/a/b"),
        ("ohttps://info.arxiv.org/help/prep#abstractsf it", "of it"),
        ("kites (K) , too (T) .", "kites (K), too (T)."),
        ("a—–b", "a—b"),
        ("a\u00a0b\u200bc\x07 \t d", "a bc d"),
        ("Jose\u0301", "José"),
    ],
)
def test_what_is_certain_is_repaired(text: str, expected: str) -> None:
    assert repaired(text) == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        ("of **bold** and *thin* words", "of bold and thin words"),
        ("**code**-nested", "code-nested"),
        ("the data.111Code is free", "the data. Code is free"),
        ("the data111Code is free", "the data. Code is free"),
        ("ends††Write to us,[email protected]", "ends. Write to us"),
        ("ends. ††Write to us", "ends. Write to us"),
    ],
)
def test_debris_of_a_converted_page_is_repaired(text: str, expected: str) -> None:
    assert repaired(text, CONVERTED) == expected


@pytest.mark.parametrize(
    "text",
    [
        "V*Bench and A*",
        "2 * 3 * 4 = 24 and 5*6*7",
        "$a \\% b ``c''$ and $x^*y^*$",
        "n^{1+o(1)} and S_1^{-alpha}",
        "https://example.org/a_b*c*(d),e?to=https://example.net/",
        "the function f() , as is",
        "it's the users' own `code` and `more code`",
        "GPT-4 111B parameters, 222 of them",
        "version 1.5.2 of .NET",
        "costs \\$5 and \\$6",
        "\\ours is lost",
        "metabench -- A Benchmark",
    ],
)
def test_good_or_questionable_text_stays_as_it_is(text: str) -> None:
    kept = text.replace("f() ,", "f(),")
    assert repaired(text, CONVERTED) == kept


@pytest.mark.parametrize(
    "text, what",
    [
        ("rises fromto in a year", "a number seems to be missing: 'fromto'"),
        ("less thanM parameters", "a number seems to be missing: 'thanM parameters'"),
        ("a size of ()", "a number seems to be missing: '()'"),
        ("13fewer steps", "a number seems to be missing: '13fewer'"),
        ("we proposeKITE", "a space seems to be missing: 'proposeKITE'"),
        ("as smith2020kites say", "a citation is only a BibTeX key: 'smith2020kites'"),
        ("so \\ours wins", "a LaTeX command is left over: '\\\\ours'"),
        ("a \ufffd b", "a character was lost: '\ufffd'"),
        ("at https://github.com/ada/ Kites", "a URL seems to be broken by a space: "),
        ("at https://example.org/kiteand our video", "a space seems to be missing after a URL: "),
        ("a ``b c", "a quotation mark has no counterpart: '``b c'"),
    ],
)
def test_what_was_lost_is_reported(text: str, what: str) -> None:
    (found,) = find_damage(text)
    assert found.startswith(what)


@pytest.mark.parametrize(
    "glued",
    [
        *(
            "aKITE",
            "anOwl",
            "asOwl",
            "ofOwl",
            "onOwl",
            "toOwl",
            "inOwl",
            "isOwl",
            "andOwl",
            "ourOwl",
        ),
        *("theOwl", "forOwl", "thanOwl", "thatOwl", "withOwl", "namedOwl", "trainOwl", "usingOwl"),
        *("calledOwl", "namelyOwl", "termedOwl", "presentOwl", "presentsOwl", "proposesOwl"),
        *("introduceOwl", "introducingOwl", "models,such", "owls;they", "end.Then", "owls:They"),
        *(
            "studiesof",
            "trainedfrom",
            "showingwith",
            "probedfor",
            "eitherowls",
            "suchowls",
            "isfor",
        ),
        *("asfor", "ofowl-4"),
    ],
)
def test_words_without_a_space_between_them_are_found(glued: str) -> None:
    (found,) = find_damage(f"So {glued} here")
    assert found == f"a space seems to be missing: '{glued}'"


@pytest.mark.parametrize(
    "lost",
    [
        *(
            "betweenand",
            "ofM owls",
            "toB owls",
            "withK owls",
            "byM owls",
            "overM owls",
            "fromM owls",
        ),
        *("1fewer", "1less", "1more", "1faster", "1slower", "1smaller", "1larger", "1lower"),
        *("1higher", "1better"),
    ],
)
def test_numbers_that_are_missing_are_found(lost: str) -> None:
    (found,) = find_damage(f"So {lost} here")
    assert found.startswith(f"a number seems to be missing: '{lost}")


@pytest.mark.parametrize(
    "text",
    [
        "LLaMA-3 and ShiftAddLLM with V*Bench at 70B, e.g., in PyTorch or iOS.",
        "The function print() is called in $\\alpha$ steps, see https://a.org/b,C.D",
        "Seven times faster, 13 fewer steps, from 2 to 3M parameters.",
    ],
)
def test_good_text_has_no_damage(text: str) -> None:
    assert find_damage(text) == ()
