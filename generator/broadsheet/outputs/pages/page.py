"""What one page is, before any HTML is written."""

from __future__ import annotations

from dataclasses import dataclass

from broadsheet.outputs.pages.kinds import kind_of
from broadsheet.outputs.pages.views import View

# Addresses that have pages below them, so their source is an index file in that folder.
_FOLDERS = ("", "weeks/", "topics/", "papers/", "collections/", "authors/", "feeds/", "data/")


@dataclass(frozen=True)
class Page:
    """A generated page.

    Attributes:
        address: Relative to the site's root, with a slash at its end.
        title: Plain text.
        description: Plain text, for search engines and links to the page.
        view: What its template prints.
        edit: The content file it's made from, relative to the content folder.
    """

    address: str
    title: str
    description: str
    view: View
    edit: str | None = None

    @property
    def kind(self) -> str:
        """The name of its kind, which is a key of `KINDS`."""
        return kind_of(self.view)

    @property
    def source(self) -> str:
        """Its Markdown file."""
        return source_of(self.address)


def source_of(address: str) -> str:
    """The Markdown file that MkDocs makes the page at `address` from."""
    return f"{address}index.md" if address in _FOLDERS else f"{address.rstrip('/')}.md"
