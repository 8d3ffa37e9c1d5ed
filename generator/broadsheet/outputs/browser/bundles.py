"""Modules that pages need together, put into one file each.

A file compresses better than its parts, and needs one request instead of twenty. Modules stay small
for those who write them: each keeps its own imports and exports, and a bundle has what remains of
them, in the order in which a browser would run them. Names at the top of the modules of a bundle
must therefore differ; a test checks that.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

_IMPORT = re.compile(
    r"""^import (?:(?:\{(?P<names>[^}]*)\}|\* as (?P<all>\w+)) from )?"(?P<path>\.[^"]+)";\n""",
    re.MULTILINE,
)
_LATER = re.compile(r'\bimport\("(?P<path>\.[^"]+)"\)')
_EXPORT = re.compile(r"^export (?=(?:async |const|let|function|class)\b)", re.MULTILINE)
_EXPORTED = re.compile(
    r"^export (?:async )?(?:const|let|function\*?|class) ?(?P<name>\w+)", re.MULTILINE
)
_PASSED_ON = re.compile(r'^(export \{[^}]*\} from )"(?P<path>\.[^"]+)";', re.MULTILINE)


@dataclass(frozen=True)
class Bundle:
    """A file with several modules.

    Attributes:
        name: Its path, relative to the folder of modules.
        modules: The paths of the modules in it. Each comes after those that it imports.
    """

    name: str
    modules: tuple[str, ...]


def bundled(texts: Mapping[str, str], bundles: Sequence[Bundle]) -> dict[str, str]:
    """Returns all modules by path, with bundles in place of the modules in them.

    Args:
        texts: The source of each module by path. Imports are on lines of their own.
        bundles: Modules that aren't in `texts` are skipped.
    """
    places = {module: bundle.name for bundle in bundles for module in bundle.modules}
    whole = _Modules(texts, places)
    wanted = whole.wanted()
    alone = {name: whole.moved(name, name) for name in texts if name not in places}
    return alone | {one.name: whole.joined(one, wanted.get(one.name, set())) for one in bundles}


@dataclass(frozen=True)
class _Modules:
    """Modules, and the bundles that some of them are in (`places`)."""

    texts: Mapping[str, str]
    places: Mapping[str, str]

    def joined(self, bundle: Bundle, wanted: set[str]) -> str:
        """Returns the text of a bundle, which exports the `wanted` names."""
        modules = [name for name in bundle.modules if name in self.texts]
        names = ", ".join(sorted(wanted))
        exported = f"export {{ {names} }};\n" if wanted else ""
        bodies = (self._body(name, bundle.name) for name in modules)
        return "".join([*self._imports(bundle, modules), *bodies, exported])

    def _imports(self, bundle: Bundle, modules: Sequence[str]) -> Iterator[str]:
        """Yields the imports of a bundle, one for each file."""
        imported: dict[str, dict[str, None]] = {}
        for name in modules:
            for found in _IMPORT.finditer(self.texts[name]):
                target = self._target(name, found)
                if target != bundle.name:
                    names = imported.setdefault(_from(bundle.name, target), {})
                    names |= dict.fromkeys(_names(found))
        for path, names in imported.items():
            yield _import(path, list(names))

    def _body(self, name: str, to: str) -> str:
        """Returns a module of a bundle without its imports and exports."""
        return _EXPORT.sub("", self._moved_later(_IMPORT.sub("", self.texts[name]), name, to))

    def moved(self, name: str, to: str) -> str:
        """Returns the text of a module whose imports name bundles."""

        def named(found: re.Match[str]) -> str:
            return found[0].replace(found["path"], _from(to, self._target(name, found)))

        return self._moved_later(
            _PASSED_ON.sub(named, _IMPORT.sub(named, self.texts[name])), name, to
        )

    def wanted(self) -> Mapping[str, set[str]]:
        """Returns the names that other files import from each bundle."""
        wanted: dict[str, set[str]] = {}
        for name in self.texts:
            for pattern in (_IMPORT, _PASSED_ON):
                for found in pattern.finditer(self.texts[name]):
                    target = self._target(name, found)
                    if target != self.places.get(name, name):
                        wanted.setdefault(target, set()).update(self._taken(name, found))
        return wanted

    def _taken(self, name: str, found: re.Match[str]) -> Iterator[str]:
        if found.re is _IMPORT and found["all"]:
            yield from _EXPORTED.findall(self.texts[_resolved(name, found)])
        else:
            yield from _names(found)

    def _moved_later(self, text: str, name: str, to: str) -> str:
        def named(found: re.Match[str]) -> str:
            return f'import("{_from(to, self._target(name, found))}")'

        return _LATER.sub(named, text)

    def _target(self, name: str, found: re.Match[str]) -> str:
        path = _resolved(name, found)
        return self.places.get(path, path)


def _resolved(name: str, found: re.Match[str]) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), found["path"]))


def _names(found: re.Match[str]) -> list[str]:
    listed = found["names"] if found.re is _IMPORT else re.findall(r"\{([^}]*)\}", found[0])[0]
    return re.findall(r"\w+", listed or "")


def _from(file: str, target: str) -> str:
    path = posixpath.relpath(target, posixpath.dirname(file) or ".")
    return path if path.startswith(".") else f"./{path}"


def _import(path: str, names: Sequence[str]) -> str:
    return f'import {{ {", ".join(names)} }} from "{path}";\n' if names else f'import "{path}";\n'
