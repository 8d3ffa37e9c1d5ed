"""A generated page, before it's rendered as HTML."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from broadsheet.outputs.pages.kinds import kind_of
from broadsheet.outputs.pages.parts import Part
from broadsheet.outputs.pages.views import View
from broadsheet.outputs.task import FilesByPath

# Addresses with other pages below them, whose source is an index file in that folder.
_FOLDERS = ("", "weeks/", "topics/", "papers/", "collections/", "authors/", "feeds/", "data/")


@dataclass(frozen=True)
class Page:
    """A generated page.

    Attributes:
        address: Its address relative to the site's root, ending with a slash.
        title: Its title as plain text.
        description: What it's about as plain text, for search engines and link previews.
        view: Everything that its template prints.
        edit: The content file for its edit button, relative to the content folder.
    """

    address: str
    title: str
    description: str
    view: View
    edit: str | None = None

    @property
    def kind(self) -> str:
        """The name of its kind, a key of `KINDS`."""
        return kind_of(self.view)

    @property
    def source(self) -> str:
        """Its Markdown file."""
        return source_of(self.address)


@dataclass(frozen=True)
class Plan:
    """A page that isn't made yet, so that not all pages are in memory together.

    Attributes:
        address: Its address.
        kind: The name of its kind.
        make: Makes the page.
        beside: Makes the other files of what the page is about.
    """

    address: str
    kind: str
    make: Callable[[], Page]
    beside: Callable[[], FilesByPath] = dict

    @property
    def source(self) -> str:
        """Its Markdown file."""
        return source_of(self.address)

    @property
    def name(self) -> str:
        """Its address, and everything else that it's planned with."""
        given = self.make.args if isinstance(self.make, partial) else ()
        plain = [repr(value) for value in given if isinstance(value, str | int | Part)]
        return " ".join([self.address, *plain])


def source_of(address: str) -> str:
    """Returns the path of the Markdown file of a page, relative to MkDocs' docs folder."""
    return f"{address}index.md" if address in _FOLDERS else f"{address.rstrip('/')}.md"
