"""Importers, exporters and more of other packages, which register them as entry points.

See https://packaging.python.org/en/latest/specifications/entry-points/.
"""

from __future__ import annotations

import hashlib
import traceback
from collections.abc import Callable, Collection, Iterator
from functools import cache, wraps
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import ParamSpec, Protocol, TypeVar

from broadsheet.base.errors import BroadsheetError, Problem

IMPORTERS = "broadsheet.importers"
EXPORTERS = "broadsheet.exporters"
ENRICHERS = "broadsheet.enrichers"
HOOKS = "broadsheet.hooks"


class _Named(Protocol):
    @property
    def name(self) -> str: ...


Extension = TypeVar("Extension", bound=_Named)
Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


@cache
def extensions(group: str, kind: type[Extension], taken: Collection[str]) -> tuple[Extension, ...]:
    """Returns what installed packages register in a group, sorted by name.

    Args:
        group: The group of entry points.
        kind: The type that they must have.
        taken: The names that Broadsheet's own have.

    Raises:
        BroadsheetError: One of them can't be loaded, has another type, or has a name that is taken.
    """
    found: dict[str, Extension] = {}
    for point in entry_points(group=group):
        value = _loaded(point, kind)
        if value.name in found or value.name in taken:
            raise _unusable(point, f"the name {value.name!r} is taken")
        found[value.name] = value
    return tuple(found[name] for name in sorted(found))


def guarded(
    group: str, name: str, function: Callable[Arguments, Result], called: str = ""
) -> Callable[Arguments, Result]:
    """Returns a function of another package, whose exceptions become errors that name the package.

    Args:
        group: The group of entry points.
        name: The name of the extension.
        function: The function.
        called: What errors call it.
    """

    @wraps(function)
    def call(*arguments: Arguments.args, **named: Arguments.kwargs) -> Result:
        try:
            return function(*arguments, **named)
        except BroadsheetError:
            raise
        except Exception as error:  # other people's code can raise anything
            raise failure(group, name, f"{called} failed: {_described(error)}".lstrip()) from error

    return call


def failure(group: str, name: str, message: str) -> BroadsheetError:
    """Returns an error about an extension, which names the package that registers it."""
    points = (point for point in entry_points(group=group) if _name_of(point) == name)
    package = next(map(_package_of, points), name)
    advice = f"tell the authors of {package}, or uninstall it"
    return BroadsheetError(Problem(package, 0, name, f"{group}: {message}", advice))


def code_of(group: str, name: str) -> str:
    """Returns a hash of all files of the package that registers an extension."""
    found = hashlib.sha256()
    for point in entry_points(group=group):
        if _name_of(point) == name:
            for path in _code_files(point.module.partition(".")[0]):
                found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


def _code_files(module: str) -> Iterator[Path]:
    spec = find_spec(module)
    if spec is None or spec.origin is None:
        return
    if not spec.submodule_search_locations:
        yield Path(spec.origin)
    for folder in spec.submodule_search_locations or ():
        files = (path for path in sorted(Path(folder).rglob("*")) if path.is_file())
        yield from (path for path in files if path.suffix != ".pyc")


def _name_of(point: EntryPoint) -> str:
    try:
        return str(getattr(point.load(), "name", ""))
    except Exception:  # noqa: BLE001 - another one, which is reported where it's needed
        return ""


def _described(error: Exception) -> str:
    """Returns an exception in one line, with where it comes from."""
    text = " ".join(f"{type(error).__name__}: {error}".split())
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{text} ({frame.filename}:{frame.lineno})"


def _loaded(point: EntryPoint, kind: type[Extension]) -> Extension:
    try:
        value = point.load()
    except Exception as error:  # other people's code can raise anything
        raise _unusable(point, f"couldn't be loaded: {error}") from error
    if not isinstance(value, kind):
        raise _unusable(point, f"is {type(value).__name__} and not {kind.__name__}")
    return value


def _unusable(point: EntryPoint, message: str) -> BroadsheetError:
    package = _package_of(point)
    advice = f"upgrade or uninstall {package}"
    return BroadsheetError(Problem(package, 0, point.name, f"{point.group}: {message}", advice))


def _package_of(point: EntryPoint) -> str:
    return point.dist.name if point.dist else point.module
