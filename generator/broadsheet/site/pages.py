"""Generated pages in MkDocs: it neither reads files for them nor converts Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import get_toc

from broadsheet.base.markup import escaped_fields, front_matter
from broadsheet.outputs.pages import Page

_ID = re.compile(r'<[^>]*\sid="([^"]+)"')


@dataclass(frozen=True)
class Document:
    """A generated page and its Markdown twin."""

    page: Page
    markdown: str

    @property
    def fields(self) -> Mapping[str, Any]:
        """The front matter. Generated pages have no sidebars."""
        page = self.page
        fields = {"title": page.title, "description": page.description, "kind": page.kind}
        edit = {"content": page.edit} if page.edit else {}
        return {**fields, **edit, "hide": ["navigation", "toc"]}

    @property
    def source(self) -> str:
        """The content of the Markdown file."""
        return f"{front_matter(self.fields)}\n{self.markdown}"


class GeneratedPage(MkDocsPage):
    """A page of MkDocs that gets its content just before its template is rendered.

    If pages had their content from the start, as in MkDocs, that of all pages would be in memory
    at the same time.
    """

    document: Document
    html: Callable[[Page], str]
    is_built = False

    @classmethod
    def take_over(cls, page: MkDocsPage, document: Document, html: Callable[[Page], str]) -> None:
        """Turns a page of MkDocs, which may be in the menu already, into a generated page.

        Args:
            page: The page of MkDocs.
            document: The generated page.
            html: Returns the content of a page.
        """
        page.__class__ = cls
        vars(page).update(document=document, html=html)

    def read_source(self, config: MkDocsConfig) -> None:  # noqa: ARG002
        """Sets the Markdown and metadata of the document."""
        self.markdown = self.document.markdown
        self.meta = escaped_fields(self.document.fields)

    def render(self, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002
        """Leaves the content empty until `fill`."""
        self.content = ""
        self.toc = get_toc([])

    def fill(self, config: MkDocsConfig, files: Files) -> None:
        """Sets the content, which other plugins may change."""
        html = self.html(self.document.page)
        self.content = config.plugins.on_page_content(html, page=self, config=config, files=files)

    @property
    def present_anchor_ids(self) -> set[str]:  # type: ignore[override]
        """The anchors of the page. MkDocs only uses them if a hand-written page links to one."""
        return set(_ID.findall(self.html(self.document.page)))
