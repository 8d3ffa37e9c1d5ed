"""What MkDocs or ProperDocs log, as problems."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from broadsheet.base.errors import Level, Problem
from broadsheet.site.engine import library
from broadsheet.site.project import line_of_key, shown_path

# How MkDocs reports problems with settings.
_CONFIG_VALUE = re.compile(r"Config value '([^']+)': (.+)")
# If an extension fails, MkDocs logs its traceback; only the last line is of interest.
_TRACE = re.compile(r'\n\s*File ".*\n(?=\S)', re.DOTALL)


class Collector(logging.Handler):
    """Collects warnings and errors instead of printing them."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[tuple[int, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Collects a message."""
        self.messages.append((record.levelno, record.getMessage()))

    def problems(self, file: Path) -> tuple[Problem, ...]:
        """Returns the collected messages as problems of the configuration `file`."""
        found: list[Problem] = []
        for number, message in dict.fromkeys(self.messages):
            text = " ".join(_TRACE.sub(" ", message).split())
            match = _CONFIG_VALUE.fullmatch(text)
            key, text = match.groups() if match else ("", f"{library().title}: {text}")
            level = Level.ERROR if number >= logging.ERROR else Level.WARNING
            line = line_of_key(file, key) if key else 0
            found.append(Problem(shown_path(file), line, key, text, level=level))
        return tuple(found)


@contextmanager
def engine_log() -> Iterator[Collector]:
    """Yields what collects the warnings and errors of MkDocs, or of what takes its place."""
    logger = logging.getLogger(library().name)
    collector = Collector()
    before = logger.propagate, logger.level
    logger.addHandler(collector)
    logger.propagate = False
    logger.setLevel(logging.WARNING)
    try:
        yield collector
    finally:
        logger.removeHandler(collector)
        logger.propagate, logger.level = before
