"""Warning about texts with formulas that pages show as text, because browsers couldn't cope."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from broadsheet.base.errors import Level, Problem
from broadsheet.base.formulas import FORMULA, MOST_FORMULAS, MOST_NESTED, has_too_many, nesting_of
from broadsheet.content.finding import Finder
from broadsheet.content.model import Collection, Issue, Paper
from broadsheet.content.yaml_text import Path as KeyPath

_Texts = Iterable[tuple[KeyPath, str | None]]


def formula_problems(value: Paper | Issue | Collection, problem: Finder) -> Iterator[Problem]:
    """Yields warnings about the texts of a paper, an issue or a collection."""
    for keys, text in _texts_of(value):
        if text and "$" in text and (message := _what_is_shown_as_text(text)):
            yield problem(keys, message, "simplify it, or leave it as text", Level.WARNING)


def _what_is_shown_as_text(text: str) -> str:
    if has_too_many(text):
        return f"has more than {MOST_FORMULAS} formulas, so all of them are shown as text"
    if any(nesting_of(match[1]) > MOST_NESTED for match in FORMULA.finditer(text)):
        return f"has a formula that nests more than {MOST_NESTED} deep, so it's shown as text"
    return ""


def _texts_of(value: Paper | Issue | Collection) -> _Texts:
    if isinstance(value, Paper):
        yield ("title",), value.title
        yield ("tldr",), value.tldr
        yield ("summary",), value.summary
        yield ("abstract",), value.abstract
    elif isinstance(value, Issue):
        yield ("introduction",), value.introduction
        for i, section in enumerate(value.sections):
            yield ("sections", i, "commentary"), section.commentary
            for j, entry in enumerate(section.entries):
                yield ("sections", i, "entries", j, "text"), entry.text
                yield ("sections", i, "entries", j, "commentary"), entry.commentary
    else:
        yield ("description",), value.description
        for i, entry in enumerate(value.entries):
            yield ("entries", i, "text"), entry.text
            yield ("entries", i, "commentary"), entry.commentary
