"""Generated pages in MkDocs: it neither reads files for them nor converts Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any
from urllib.parse import urljoin

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import get_toc

from broadsheet.base.markup import escaped_fields, front_matter
from broadsheet.outputs.pages import Page, Plan
from broadsheet.site.menu import sources_in
from broadsheet.site.project import Project

# The template of pages that Broadsheet writes. It's empty, and MkDocs skips empty pages.
_WRITTEN = "broadsheet-built.html"
_ID = re.compile(r'<[^>]*\sid="([^"]+)"')

Html = Callable[[Page], str]


def fields_of(page: Page) -> Mapping[str, Any]:
    """Returns the front matter of a generated page. It has no sidebars."""
    fields = {"title": page.title, "description": page.description, "kind": page.kind}
    edit = {"content": page.edit} if page.edit else {}
    return {**fields, **edit, "hide": ["navigation", "toc"]}


def source_text(page: Page, markdown: str) -> str:
    """Returns the content of the Markdown file of a page."""
    return f"{front_matter(fields_of(page))}\n{markdown}"


def edit_url(config: MkDocsConfig, project: Project, page: Page) -> str | None:
    """Returns the address where the content of a page can be edited, if any."""
    if not page.edit or not config.repo_url or not config.edit_uri:
        return None
    base = urljoin(config.repo_url.rstrip("/") + "/", config.edit_uri.rsplit("/docs", 1)[0])
    return urljoin(base.rstrip("/") + "/", f"{project.settings.content}/{page.edit}")


def anchors(html: str) -> set[str]:
    """Returns the names that links to parts of some HTML can use."""
    return set(_ID.findall(html))


class GeneratedPage(MkDocsPage):
    """A page of MkDocs that gets its content just before its template is rendered.

    If pages had their content from the start, as in MkDocs, that of all pages would be in memory
    at the same time.
    """

    plan: Plan
    html: Html
    is_written: bool

    @classmethod
    def take_over(cls, page: MkDocsPage, plan: Plan, html: Html, *, is_written: bool) -> None:
        """Turns a page of MkDocs, which may be in the menu already, into a generated page.

        Args:
            page: The page of MkDocs.
            plan: The generated page.
            html: Returns the content of a page.
            is_written: Whether Broadsheet writes it, so that MkDocs skips it.
        """
        page.__class__ = cls
        vars(page).update(plan=plan, html=html, is_written=is_written)

    @cached_property
    def page(self) -> Page:
        """The page, made when it's needed first."""
        return self.plan.make()

    def read_source(self, config: MkDocsConfig) -> None:
        """Sets the metadata, and the Markdown if MkDocs writes the page."""
        if not self.is_written:
            super().read_source(config)
            self.meta = escaped_fields(fields_of(self.page))
            return
        self.markdown, self.meta = "", {"template": _WRITTEN}
        if "title" not in vars(self):  # the menu doesn't name it
            self.meta["title"] = escaped_fields(fields_of(self.page))["title"]

    def render(self, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002
        """Leaves the content empty until `fill`."""
        self.content = ""
        self.toc = get_toc([])

    def fill(self, config: MkDocsConfig, files: Files) -> None:
        """Sets the content, which other plugins may change."""
        html = self.html(self.page)
        self.content = config.plugins.on_page_content(html, page=self, config=config, files=files)

    @property
    def present_anchor_ids(self) -> set[str]:  # type: ignore[override]
        """The anchors of the page. MkDocs only uses them if a hand-written page links to one."""
        return anchors(self.html(self.page))


class FilesOnDemand(Files):
    """The files of MkDocs, and generated pages that it doesn't write.

    MkDocs only sees those in its menu, and others when a hand-written page links to them.
    """

    def __init__(
        self, files: Files, config: MkDocsConfig, plans: Mapping[str, Plan], html: Html
    ) -> None:
        """Takes over the files of MkDocs, which win over generated pages of the same name."""
        super().__init__(files)
        self._config, self._plans, self._html = config, plans, html
        self._found: dict[str, File] = {}
        for source in sources_in(config.nav):
            if source in plans and super().get_file_from_path(source) is None:
                self.append(File.generated(config, source, content=""))

    def get_file_from_path(self, path: str) -> File | None:
        """Returns a file, which may be that of a generated page."""
        file = super().get_file_from_path(path)
        plan = None if file else self._plans.get(path)
        if plan is None:
            return file
        if path not in self._found:
            made = File.generated(self._config, path, content="")
            page = MkDocsPage(None, made, self._config)
            GeneratedPage.take_over(page, plan, self._html, is_written=True)
            self._found[path] = made
        return self._found[path]
