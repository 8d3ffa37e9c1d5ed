"""Finding the file and line of what's wrong with a value of the corpus."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from broadsheet.base.errors import Level, Problem
from broadsheet.content.model import Corpus
from broadsheet.content.validation import key_path_text
from broadsheet.content.yaml_text import Lines
from broadsheet.content.yaml_text import Path as KeyPath

# Makes a problem with a value from the path of a key in it, the message, the advice and the level.
Finder = Callable[[KeyPath, str, str, Level], Problem]


def problem_finder(corpus: Corpus, folder: Path, shown: str) -> Callable[[str, str], Finder]:
    """Returns a function that takes the kind and key of a value, as in `Corpus.places`.

    Args:
        corpus: The corpus.
        folder: The content folder, which is read again to find lines.
        shown: The folder's path as problems print it.
    """

    # The problems of a file come one after the other, so it isn't parsed again for each.
    @lru_cache(maxsize=4)
    def lines(file: str) -> Lines:
        return Lines((folder / file).read_text(encoding="utf-8"))

    def finder(kind: str, key: str) -> Finder:
        place = corpus.places[kind, key]

        def problem(path: KeyPath, message: str, advice: str, level: Level) -> Problem:
            line = place.line
            if place.file.endswith(".yml"):
                prefix = (key,) if kind == "topic" else ()
                line = lines(place.file)((*prefix, *path))
            field = key_path_text(path)
            return Problem(f"{shown}/{place.file}", line, field, message, advice, level)

        return problem

    return finder
