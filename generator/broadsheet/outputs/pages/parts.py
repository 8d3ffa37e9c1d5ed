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
        size: The number of elements on each page but the last.
    """

    number: int
    count: int
    base: str
    total: int
    size: int

    def of(self, elements: Sequence[Element]) -> Sequence[Element]:
        """Returns the elements on this page."""
        return elements[(self.number - 1) * self.size : self.number * self.size]

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


def parts(total: int, size: int, base: str) -> list[Part]:
    """Splits a list of `total` elements into pages of `size`. An empty list has one empty page."""
    count = max(1, -(-total // size))
    return [Part(number, count, base, total, size) for number in range(1, count + 1)]
