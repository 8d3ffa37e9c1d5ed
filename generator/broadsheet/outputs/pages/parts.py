"""Splitting long lists into pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from broadsheet.base.language import Language

Element = TypeVar("Element")


@dataclass(frozen=True)
class Part:
    """A page of a long list.

    Attributes:
        number: The number of the page, counted from 1.
        count: The number of pages.
        base: The address of the first page.
        total: The number of elements on all pages.
    """

    number: int
    count: int
    base: str
    total: int

    def title(self, title: str, language: Language) -> str:
        """Returns the title of this page, given that of the list."""
        if self.number == 1:
            return title
        return language.text("%(title)s, page %(number)s", title=title, number=self.number)

    def description(self, about: str, language: Language) -> str:
        """Returns the description of this page, given a sentence about the list."""
        if self.number == 1:
            return about
        return language.text("%(about)s Page %(number)s.", about=about, number=self.number)

    def address(self, number: int) -> str:
        """Returns the address of another page of the list."""
        return self.base if number == 1 else f"{self.base}page-{number}/"

    @property
    def here(self) -> str:
        """The address of this page."""
        return self.address(self.number)

    @property
    def previous(self) -> str | None:
        """The address of the previous page, if any."""
        return self.address(self.number - 1) if self.number > 1 else None

    @property
    def next(self) -> str | None:
        """The address of the next page, if any."""
        return self.address(self.number + 1) if self.number < self.count else None


def parts(
    elements: Sequence[Element], size: int, base: str
) -> list[tuple[Part, Sequence[Element]]]:
    """Splits a list into pages of `size` elements. An empty list has one empty page."""
    count = max(1, -(-len(elements) // size))
    return [
        (Part(n, count, base, len(elements)), elements[(n - 1) * size : n * size])
        for n in range(1, count + 1)
    ]
