"""Examples in the documentation, which tests run as a reader would.

- A block of the language `console` has commands after "$ ", each followed by what it prints.
- A block with a title is a file. "at the end of FILE" adds to one.
- Blocks of other languages, such as `sh`, are only to read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_BLOCK = re.compile(
    r'^```(?P<language>\w+)(?: title="(?P<title>[^"]+)")?\n(?P<text>.*?)^```$',
    re.MULTILINE | re.DOTALL,
)
_ADDED = "at the end of "


@dataclass(frozen=True)
class Command:
    """A command with what it prints. "…" stands for any text."""

    line: str
    output: str

    def prints(self, output: str) -> bool:
        """Whether an output is the expected one."""
        parts = map(re.escape, self.output.split("…"))
        return re.fullmatch(".*".join(parts), output, re.DOTALL) is not None


@dataclass(frozen=True)
class Written:
    """A file that readers write, or add to."""

    path: str
    text: str
    added: bool


def examples(page: str) -> Iterator[Command | Written]:
    """Yields the commands and files of a page, in order."""
    for block in _BLOCK.finditer(page):
        if title := block["title"]:
            added = title.startswith(_ADDED)
            yield Written(title.removeprefix(_ADDED), block["text"], added=added)
        elif block["language"] == "console":
            for part in block["text"].split("$ ")[1:]:
                line, _, output = part.replace("\\\n", "").partition("\n")
                yield Command(line, output)
