"""Which scripts a page runs, and which modules those import.

A page names them all, so that a browser fetches them together instead of finding one in another.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from broadsheet.outputs.pages.kinds import KINDS

FOLDER = "assets/broadsheet"
EVERY_PAGE = ("tools", "visit", "keyboard", "header", "copy", "offline", "search/box")
# An import stands on lines of its own, at the beginning of a module.
_IMPORT = re.compile(r"""^(?:import|\})[^;("]*"(\.[^"]+)";$""", re.MULTILINE)


@dataclass(frozen=True)
class Scripts:
    """Paths in the site: scripts in the order in which they run, and what they import."""

    run: tuple[str, ...]
    imported: tuple[str, ...]


class Modules:
    """The modules in a folder of sources, and their imports."""

    def __init__(self, sources: Path) -> None:
        self.sources = sources
        self.known: dict[str, Sequence[str]] = {}

    def of_page(self, kind: str) -> Scripts:
        """The scripts of a page of a kind; "" for a page that is written by hand."""
        of_kind = KINDS[kind].scripts if kind in KINDS else ()
        run = [f"{name}.js" for name in (*EVERY_PAGE, *of_kind)]
        imported = dict.fromkeys(found for name in run for found in self._all_imports(name))
        return Scripts(
            tuple(f"{FOLDER}/{name}" for name in run),
            tuple(f"{FOLDER}/{name}" for name in imported if name not in run),
        )

    def _all_imports(self, name: str) -> Iterator[str]:
        """What a module imports, directly or not; modules never import in a circle."""
        for found in self._imports(name):
            yield found
            yield from self._all_imports(found)

    def _imports(self, name: str) -> Sequence[str]:
        if name not in self.known:
            path = self.sources / name
            text = path.read_text("utf-8") if path.is_file() else ""
            folder = posixpath.dirname(name)
            paths = _IMPORT.findall(text)
            self.known[name] = [posixpath.normpath(posixpath.join(folder, to)) for to in paths]
        return self.known[name]
