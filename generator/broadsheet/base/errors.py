"""Problems in data, and the exception for everything that stops a command.

Questionable data is a `Problem`: a value that is collected, listed and, with ``--strict``, fatal.
Whatever stops a command is a `BroadsheetError`, printed as one line per problem with exit code 1.
Any other exception is a bug in Broadsheet and shows its traceback.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from broadsheet.base.characters import visibly


class Level(StrEnum):
    """How bad a problem is: errors stop a build, warnings only do with ``--strict``."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Problem:
    """Something wrong with data, and where.

    Attributes:
        file: The path as a person would type it.
        line: The line number, counted from 1. 0 means the whole file.
        field: The path of keys inside the file, such as "sections[0].heading".
        message: What is wrong.
        advice: How to fix it.
        level: Whether it stops a build.
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
        # Keys and names come from files. They could act on a terminal, or forge lines of a log.
        return visibly(f"{place}:{field} {self.message}{advice}")

    def as_warning(self) -> Problem:
        """Returns the same problem as a warning."""
        return replace(self, level=Level.WARNING)


def warning(file: str, line: int, field: str, message: str, advice: str = "") -> Problem:
    """Returns a problem that doesn't stop a build."""
    return Problem(file, line, field, message, advice, Level.WARNING)


def sorted_problems(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Returns problems without duplicates, sorted by file and line."""
    key = lambda p: (p.file, p.line, p.field, p.message)
    return tuple(sorted(dict.fromkeys(problems), key=key))


class BroadsheetError(Exception):
    """A command can't continue. Carries one or more problems, each with its file and line."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))

    def __reduce__(self) -> tuple[type[BroadsheetError], tuple[Problem, ...]]:
        return BroadsheetError, self.problems  # so that another process can send it


def suggest(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """Returns advice for an unknown word.

    The advice is the most similar known word, or else `otherwise`, or else all known words.
    """
    choices = sorted(known)
    close = difflib.get_close_matches(word, choices, n=1)
    if close:
        return f"did you mean {close[0]!r}?"
    return otherwise or ("expected one of: " + ", ".join(choices) if choices else "")
