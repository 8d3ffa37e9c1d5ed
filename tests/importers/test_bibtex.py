"""BibTeX is read as other programs read it, and no text in it breaks the importer."""

from __future__ import annotations

import pytest
from bibtexparser.middlewares import RemoveEnclosingMiddleware, ResolveStringReferencesMiddleware
from bibtexparser.splitter import Splitter
from growth import lines_run
from hypothesis import example, given
from hypothesis import strategies as st

from broadsheet.base.errors import BroadsheetError, Level, Problem
from broadsheet.content.fields import MOST_AUTHORS
from broadsheet.importers.bibtex import read
from broadsheet.importers.bibtex_entries import BibtexEntry, entries_of

WORDS = st.text(st.sampled_from("ab 1-.,:=#%()~@é"), max_size=12)
BRACED = st.recursive(WORDS, lambda inner: st.builds("{}{{{}}}{}".format, WORDS, inner, WORDS))
QUOTED = BRACED.map('"{}"'.format)
PARTS = BRACED.map("{{{}}}".format) | QUOTED | st.sampled_from(["2024", "mar", "kites", "7"])
NAMES = st.from_regex(r"[a-z][a-z0-9_-]{0,8}", fullmatch=True).filter(
    lambda name: name not in {"mar", "kites"}
)
FIELDS = st.dictionaries(NAMES, PARTS, max_size=5)
BLANKS = st.sampled_from(["", " ", "\n", "\t"])
LATEX = st.text(st.sampled_from("\\{}$%#&_^~\"'`-[]() aemphtextbfbegin\nü,="), max_size=40)


@given(st.lists(st.tuples(FIELDS, BLANKS), max_size=4))
def test_well_formed_entries_have_the_fields_that_bibtexparser_finds(
    entries: list[tuple[dict[str, str], str]],
) -> None:
    text = '@string{kites = "Proceedings of KITES"}\n@string{mar = {March}}\n'
    for number, (fields, blank) in enumerate(entries):
        body = "".join(f"{name}{blank}={blank}{value},{blank}" for name, value in fields.items())
        text += f"@misc{{key-{number},{blank}{body}}}\n"
    library = Splitter(text).split()
    for middleware in (ResolveStringReferencesMiddleware(), RemoveEnclosingMiddleware()):
        library = middleware.transform(library)
    assert not library.failed_blocks
    ours = [entry for entry in entries_of(text, "a.bib") if isinstance(entry, BibtexEntry)]
    assert [entry.key for entry in ours] == [entry.key for entry in library.entries]
    for entry, theirs in zip(ours, library.entries, strict=True):
        assert {name: value.strip() for name, value in entry.fields.items()} == {
            field.key: str(field.value).strip() for field in theirs.fields
        }


@given(LATEX, LATEX, LATEX)
@example("\\begin{", '{\\"', "$")
@example("\\begin{a}" * 5_000, "\\sqrt[" * 5_000, "{" * 5_000 + "}" * 5_000)
def test_any_latex_is_read(title: str, author: str, note: str) -> None:
    text = f"@misc{{a, title = {{{title}}}, author = {{{author}}}, note = {{{note}}}}}\n"
    text += "@misc{b, title = {B}}"
    reading = read(text, "a.bib")
    assert reading == read(text, "a.bib")
    assert reading.records or reading.problems


def test_a_broken_entry_is_one_problem_wherever_it_is_and_all_others_are_read() -> None:
    entries = [f"@misc{{k{n}, title = {{Title {n}}}}}" for n in range(9)]
    for broken in (
        "@misc{x, title = {Never closed",
        '@misc{x, title = "Never closed',
        "@misc{x, title = {A} and more}",
        "@misc{x, title}",
        "@string{x",
    ):
        for place in range(10):
            text = "\n".join([*entries[:place], broken, *entries[place:]])
            reading = read(text, "a.bib")
            assert [record.title for record in reading.records] == [f"Title {n}" for n in range(9)]
            (problem,) = reading.problems
            assert (problem.line, problem.level) == (place + 1, Level.ERROR)


def test_macros_cannot_grow_without_end() -> None:
    macros = ["@string{a0 = {long text}}"]
    macros += [f"@string{{a{n} = a{n - 1} # a{n - 1}}}" for n in range(1, 99)]
    reading = read("\n".join([*macros, "@misc{b, title = a98}", "@misc{c, title = {C}}"]), "a.bib")
    assert [record.title for record in reading.records][-1] == "C"
    of_macros, of_title = reading.problems
    assert "has a value that is too long" in of_macros.message
    assert "doesn't identify a paper" in of_title.message


@pytest.mark.parametrize(
    "use",
    [
        "@string{{b{n} = a # {{ }}}}",
        "@misc{{b{n}, title = a, note = a}}",
        "@misc{{b{n}, title = {{T}}, f{n} = a}}",
    ],
)
def test_a_long_macro_cannot_be_used_without_end(use: str) -> None:
    uses = "\n".join(use.format(n=n) for n in range(1_000))
    with pytest.raises(BroadsheetError, match="stand for far more text than the file has") as error:
        read(f"@string{{a = {{{'x' * 90_000}}}}}\n@misc{{a, title = {{A}}}}\n{uses}", "a.bib")
    assert len(error.value.problems) == 1


def test_a_value_of_many_parts_is_refused_in_one_message() -> None:
    text = f"@misc{{a, title = {' # '.join(['{}'] * 200_000)}}}\n@misc{{b, title = {{B}}}}"
    (problem,) = read(text, "a.bib").problems
    assert "has a value that is too long" in problem.message


def test_more_authors_than_a_paper_can_have_are_left_out_without_reading_all() -> None:
    names = ["Ada Example"] * MOST_AUTHORS
    text = "@misc{{b, title = {{B}}, author = {{{}}}}}"
    most = read(text.format(" and ".join([*names, "others"])), "a.bib")
    assert (len(most.records[0].authors), most.problems) == (MOST_AUTHORS, ())
    more = " and ".join([*names, "Bob Sample"])
    few = lines_run(lambda: read(text.format(more), "a.bib"))
    many = read(text.format(" and ".join([more] * 100)), "a.bib")
    assert many.records[0].authors == ()
    assert [problem.message for problem in many.problems] == [
        "has more than 5,000 values; left out"
    ]
    assert lines_run(lambda: read(text.format(" and ".join([more] * 10)), "a.bib")) < 2 * few


def test_the_first_of_many_unknown_fields_are_named() -> None:
    fields = ", ".join(f"f{n} = {{x}}" for n in range(1_000))
    problems = read(f"@misc{{a, title = {{A}}, {fields}}}", "a.bib").problems
    assert len(problems) == 101
    assert "900 more unknown fields, ignored" in [problem.message for problem in problems]


@pytest.mark.parametrize(
    "broken", ["@misc{x, title = {a\n", '@misc{x, title = "a\n', "@misc{x, t\n", "@", "@a{"]
)
def test_broken_entries_take_no_longer_the_more_there_are(broken: str) -> None:
    few = lines_run(lambda: _problems(broken * 100))
    assert lines_run(lambda: _problems(broken * 1_000)) < 15 * few


def _problems(text: str) -> int:
    return sum(isinstance(found, Problem) for found in entries_of(text, "a.bib"))
