"""Tasks: files that can be made on their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

# The content of files by their path in the site.
FilesByPath = Mapping[str, bytes]


@dataclass(frozen=True)
class Task:
    """Files of a site that are made together, when the site is written.

    Attributes:
        name: What they are. No other task of a site has the same name.
        make: Returns the files by path.
    """

    name: str
    make: Callable[[], FilesByPath]
