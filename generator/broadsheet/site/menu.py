"""The menu: digests get a place in it, if there are several."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

_WEEKS = "weeks/index.md"


def sources_in(entries: Any) -> Iterator[str]:
    """Yields all paths in the `nav` of mkdocs.yml."""
    if isinstance(entries, str):
        yield entries
    elif isinstance(entries, list | dict):
        for entry in entries.values() if isinstance(entries, dict) else entries:
            yield from sources_in(entry)


def with_digests(nav: list[Any], digests: Mapping[str, str]) -> list[Any]:
    """Returns a menu with digests after the page of all weeks.

    Args:
        nav: The `nav` of mkdocs.yml. If it has the page of a digest already, it's the owner's
            choice which digests are in the menu.
        digests: The names of digests by the path of their page.
    """
    if any(source in digests for source in sources_in(nav)):
        return nav
    at = next((n for n, entry in enumerate(nav, 1) if _WEEKS in sources_in(entry)), len(nav))
    return [*nav[:at], *({name: source} for source, name in digests.items()), *nav[at:]]
