"""Importers and exporters of other packages, which register them as entry points.

See https://packaging.python.org/en/latest/specifications/entry-points/.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Protocol, TypeVar

from broadsheet.base.errors import BroadsheetError, Problem

IMPORTERS = "broadsheet.importers"
EXPORTERS = "broadsheet.exporters"


class _Named(Protocol):
    @property
    def name(self) -> str: ...


Extension = TypeVar("Extension", bound=_Named)


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


def _loaded(point: EntryPoint, kind: type[Extension]) -> Extension:
    try:
        value = point.load()
    except Exception as error:  # other people's code can raise anything
        raise _unusable(point, f"couldn't be loaded: {error}") from error
    if not isinstance(value, kind):
        raise _unusable(point, f"is {type(value).__name__} and not {kind.__name__}")
    return value


def _unusable(point: EntryPoint, message: str) -> BroadsheetError:
    package = point.dist.name if point.dist else point.module
    advice = f"upgrade or uninstall {package}"
    return BroadsheetError(Problem(package, 0, point.name, f"{point.group}: {message}", advice))
