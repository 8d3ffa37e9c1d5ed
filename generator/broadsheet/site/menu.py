"""The menu: `nav` in mkdocs.yml, with digests, and without pages that need more content."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

_WEEKS = "weeks/index.md"
# Generated pages that exist only with some content, such as the map of all papers.
SOMETIMES = frozenset(
    {
        "authors/index.md",
        "collections/index.md",
        "corrections.md",
        "data/index.md",
        "feeds/index.md",
        "map.md",
        "trends.md",
    }
)


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


def without_missing(nav: Any, exists: Callable[[str], bool]) -> Any:
    """Returns the value of `nav` without the pages in `SOMETIMES` that don't exist.

    So a new site can have all pages in its menu before it has papers.

    Args:
        nav: The value in mkdocs.yml.
        exists: Whether there's a page, by its path in MkDocs.
    """
    if isinstance(nav, list):
        return [without_missing(item, exists) for item in nav if not _is_missing(item, exists)]
    if isinstance(nav, dict):
        kept = {key: item for key, item in nav.items() if not _is_missing(item, exists)}
        return {key: without_missing(item, exists) for key, item in kept.items()}
    return nav


def _is_missing(item: Any, exists: Callable[[str], bool]) -> bool:
    if isinstance(item, dict):  # `- Map: map.md` is a mapping with one key
        return bool(item) and all(_is_missing(inner, exists) for inner in item.values())
    return isinstance(item, str) and item in SOMETIMES and not exists(item)
