"""What one page is, before anyone writes a word of Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

# Addresses that have pages below them, so their source is an index file in that folder.
_FOLDERS = ("", "weeks/", "topics/", "papers/", "collections/", "authors/", "feeds/", "data/")

Element = TypeVar("Element")


@dataclass(frozen=True)
class Page:
    """A page's values: `kind` names its template, `values` is what the template prints.

    `address` is relative to the site's root and ends in "/". `title` and `description` are
    plain text. `edit` is the content file that the page is made from, relative to the content
    folder.
    """

    address: str
    kind: str
    title: str
    description: str
    values: Mapping[str, object] = field(default_factory=dict)
    edit: str | None = None
    hide: tuple[str, ...] = ("navigation", "toc")

    @property
    def source(self) -> str:
        return source_of(self.address)


def source_of(address: str) -> str:
    """The Markdown file that MkDocs makes the page at `address` from."""
    return f"{address}index.md" if address in _FOLDERS else f"{address.rstrip('/')}.md"


@dataclass(frozen=True)
class Part:
    """One of the pages that a long list is cut into. `number` counts from 1, `total` is how much
    all of them list together."""

    number: int
    count: int
    base: str
    total: int

    def address(self, number: int) -> str:
        return self.base if number == 1 else f"{self.base}page-{number}/"

    @property
    def previous(self) -> str | None:
        return self.address(self.number - 1) if self.number > 1 else None

    @property
    def next(self) -> str | None:
        return self.address(self.number + 1) if self.number < self.count else None


def parts(
    elements: Sequence[Element], size: int, base: str
) -> list[tuple[Part, Sequence[Element]]]:
    """A list cut into pages of `size`; an empty list is one empty page."""
    count = max(1, -(-len(elements) // size))
    return [
        (Part(n, count, base, len(elements)), elements[(n - 1) * size : n * size])
        for n in range(1, count + 1)
    ]
