"""The scripts of each kind of page, and the modules that they import.

A page loads one module, which imports the scripts of its kind and everything that they import. So
browsers find all modules at once, and pages don't repeat long lists of them.
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
# Imports are on lines of their own at the start of a module.
_IMPORT = re.compile(r"""^(?:import|\})[^;("]*"(\.[^"]+)";$""", re.MULTILINE)


@dataclass(frozen=True)
class Scripts:
    """Paths in the site of the scripts of a page.

    Attributes:
        run: Those that run, in this order.
        imported: All modules that they import.
    """

    run: tuple[str, ...]
    imported: tuple[str, ...]

    @property
    def start(self) -> str:
        """The text of the module that imports all of them."""
        names = (posixpath.relpath(path, f"{FOLDER}/start") for path in (*self.imported, *self.run))
        return "".join(f'import "{name}";\n' for name in names)


def start_path(kind: str) -> str:
    """Returns the path of the module of a kind of page, or of hand-written pages."""
    return f"{FOLDER}/start/{kind or 'own'}.js"


class Modules:
    """The modules in a folder of sources, and their imports."""

    def __init__(self, sources: Path) -> None:
        self.sources = sources
        self.known: dict[str, Sequence[str]] = {}

    def of_page(self, kind: str) -> Scripts:
        """Returns the scripts of a kind of page, or of hand-written pages if `kind` is ""."""
        of_kind = KINDS[kind].scripts if kind in KINDS else ()
        run = [f"{name}.js" for name in (*EVERY_PAGE, *of_kind)]
        imported = dict.fromkeys(found for name in run for found in self._all_imports(name))
        others = [name for name in imported if name not in run]
        return Scripts(
            tuple(f"{FOLDER}/{name}" for name in run),
            tuple(f"{FOLDER}/{name}" for name in others),
        )

    def _all_imports(self, name: str) -> Iterator[str]:
        """Yields all imports of a module and of its imports. Modules have no circular imports."""
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
