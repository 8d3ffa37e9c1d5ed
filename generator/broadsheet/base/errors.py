"""What can be wrong, as values and as exceptions.

Odd data is a `Problem`: a value that is collected, listed and, with ``--strict``, fatal.
A wrong set-up is a `BroadsheetError`: it ends the command with one line and exit code 1.
Anything else that is raised is a defect of this program and shows its traceback.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum


class Level(StrEnum):
    """How bad a problem is: an error stops a build, a warning only does with ``--strict``."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Problem:
    """A finding about data.

    `file` is the path as a person would type it, `line` counts from 1 (0: the whole file),
    `field` is the path of keys inside the file ("sections[0].heading"), `message` says what
    is wrong and `advice` what would be right.
    """

    file: str
    line: int
    field: str
    message: str
    advice: str = ""
    level: Level = Level.ERROR

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        field = f" {self.field}:" if self.field else ""
        advice = f" ({self.advice})" if self.advice else ""
        return f"{place}:{field} {self.message}{advice}"

    def as_warning(self) -> Problem:
        return replace(self, level=Level.WARNING)


def warning(file: str, line: int, field: str, message: str, advice: str = "") -> Problem:
    """A problem that does not stop the work."""
    return Problem(file, line, field, message, advice, Level.WARNING)


def sorted_problems(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems without repetitions, by file and line, so that a list reads like a file."""
    key = lambda p: (p.file, p.line, p.field, p.message)
    return tuple(sorted(dict.fromkeys(problems), key=key))


class BroadsheetError(Exception):
    """The set-up is wrong. Carries one or more problems, each with its place."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


def nearest(word: str, known: Iterable[str]) -> str:
    """Advice that names the known word most like `word`, or lists what is known."""
    choices = sorted(known)
    close = difflib.get_close_matches(word, choices, n=1, cutoff=0.6)
    if close:
        return f"did you mean {close[0]!r}?"
    return "known: " + ", ".join(choices) if choices else ""
