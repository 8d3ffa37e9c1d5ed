"""Tasks: files that can be made on their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

# The content of files by their path in the site.
FilesByPath = Mapping[str, bytes]
# Returns the content of a file of a site by its path, or None if there's no such file.
ReadFile = Callable[[str], bytes | None]


@dataclass(frozen=True)
class Task:
    """Files of a site that are made together, when the site is written.

    Attributes:
        name: What they are. No other task of a site has the same name.
        make: Returns the files by path.
    """

    name: str
    make: Callable[[], FilesByPath]
