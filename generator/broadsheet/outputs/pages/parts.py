"""Long lists, cut into pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from broadsheet.base.language import Language

Element = TypeVar("Element")


@dataclass(frozen=True)
class Part:
    """One of the pages that a long list is cut into.

    Attributes:
        number: Which one, from 1.
        count: How many there are.
        base: The address of the first.
        total: How many elements all of them list together.
    """

    number: int
    count: int
    base: str
    total: int

    def title(self, title: str, language: Language) -> str:
        """The title of this page, from that of the list."""
        if self.number == 1:
            return title
        return language.text("%(title)s, page %(number)s", title=title, number=self.number)

    def description(self, about: str, language: Language) -> str:
        """The description of this page, from a sentence about the list."""
        if self.number == 1:
            return about
        return language.text("%(about)s Page %(number)s.", about=about, number=self.number)

    def address(self, number: int) -> str:
        """The address of another page of the same list."""
        return self.base if number == 1 else f"{self.base}page-{number}/"

    @property
    def here(self) -> str:
        """The address of this page."""
        return self.address(self.number)

    @property
    def previous(self) -> str | None:
        """The address of the page before this one."""
        return self.address(self.number - 1) if self.number > 1 else None

    @property
    def next(self) -> str | None:
        """The address of the page after this one."""
        return self.address(self.number + 1) if self.number < self.count else None


def parts(
    elements: Sequence[Element], size: int, base: str
) -> list[tuple[Part, Sequence[Element]]]:
    """A list cut into pages of `size` elements; an empty list is one empty page."""
    count = max(1, -(-len(elements) // size))
    return [
        (Part(n, count, base, len(elements)), elements[(n - 1) * size : n * size])
        for n in range(1, count + 1)
    ]
