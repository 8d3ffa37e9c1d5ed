"""The scripts of each kind of page, and the modules that they import.

A page loads one module, which imports the scripts of its kind and everything that they import. So
browsers find all modules at once, and pages don't repeat long lists of them. What every page needs
is one file, and so is what answers queries.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from broadsheet.outputs.browser.bundles import Bundle
from broadsheet.outputs.pages.kinds import KINDS

FOLDER = "assets/broadsheet"
EVERY_PAGE = ("tools", "visit", "keyboard", "header", "copy", "offline", "search/box")
# Small modules that several kinds of pages need, which go with the scripts of every page.
SMALL = ("authors",)
# The page of search runs in a module of its own, as the box of other pages shares what it imports.
SEARCH_PAGE = "search/page.js"
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

    @cached_property
    def bundles(self) -> Sequence[Bundle]:
        """The files with several modules."""
        every = self._with_imports(f"{name}.js" for name in (*EVERY_PAGE, *SMALL))
        search = [
            name
            for name in self._with_imports(self._imports(SEARCH_PAGE))
            if name not in every and posixpath.dirname(name) == posixpath.dirname(SEARCH_PAGE)
        ]
        return Bundle("every.js", tuple(every)), Bundle("search/all.js", tuple(search))

    def of_page(self, kind: str) -> Scripts:
        """Returns the scripts of a kind of page, or of hand-written pages if `kind` is ""."""
        of_kind = KINDS[kind].scripts if kind in KINDS else ()
        names = [f"{name}.js" for name in (*EVERY_PAGE, *of_kind)]
        run = self._published(names)
        others = [name for name in self._published(self._with_imports(names)) if name not in run]
        return Scripts(
            tuple(f"{FOLDER}/{name}" for name in run),
            tuple(f"{FOLDER}/{name}" for name in others),
        )

    def _published(self, names: Iterable[str]) -> Sequence[str]:
        places = {module: bundle.name for bundle in self.bundles for module in bundle.modules}
        return list(dict.fromkeys(places.get(name, name) for name in names))

    def _with_imports(self, names: Iterable[str]) -> Sequence[str]:
        """Returns modules and all that they import, in the order in which browsers run them."""
        found: dict[str, None] = {}
        for name in names:
            if name not in found:
                found |= dict.fromkeys([*self._with_imports(self._imports(name)), name])
        return list(found)

    def _imports(self, name: str) -> Sequence[str]:
        if name not in self.known:
            path = self.sources / name
            text = path.read_text("utf-8") if path.is_file() else ""
            folder = posixpath.dirname(name)
            paths = _IMPORT.findall(text)
            self.known[name] = [posixpath.normpath(posixpath.join(folder, to)) for to in paths]
        return self.known[name]
