"""Writing everything that Broadsheet generates into the folder of a site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils import get_relative_url

from broadsheet.base.addresses import Site, twin_url
from broadsheet.base.files import FolderWriter
from broadsheet.outputs.metadata import Head, head_html, twin_link
from broadsheet.outputs.metadata.heads import OtherPage, head_of_other
from broadsheet.outputs.pages import Page, Plan
from broadsheet.outputs.twins.from_html import page_text
from broadsheet.site.frames import Frames
from broadsheet.site.generate import FilesByPath, Generated, Task
from broadsheet.site.pages import edit_url
from broadsheet.site.parallel import write_tasks
from broadsheet.site.project import Project


@dataclass(frozen=True)
class SiteWriter:
    """Writes what a site consists of.

    Attributes:
        project: The project.
        made: What its site consists of.
        site: The site.
        config: The configuration of MkDocs, with the folder to write into.
        jobs: The number of processes.
        show_problems: Whether pages look for problems in the content and show them.
    """

    project: Project
    made: Generated
    site: Site
    config: MkDocsConfig
    jobs: int = 1
    show_problems: bool = False

    def write_downloads(self) -> None:
        """Writes the files whose sizes pages show."""
        for written in self._write(self.made.downloads):
            self.made.sizes.update(written)

    def write_rest(self, plans: Iterable[Plan], frames: Frames | None) -> None:
        """Writes all other files, and pages if there are frames for them."""
        tasks = list(self.made.tasks)
        if frames:
            tasks += [Task(plan.address, partial(self._page, plan, frames)) for plan in plans]
        for _ in self._write(tasks):
            pass

    def _write(self, tasks: Iterable[Task]) -> Iterator[Mapping[str, int]]:
        written = write_tasks(tuple(tasks), Path(self.config.site_dir), self.project, self.jobs)
        return (found.sizes for found in written)

    def _page(self, plan: Plan, frames: Frames) -> FilesByPath:
        """Returns a page and its twin."""
        page = plan.make()
        content, edit = self.made.html(page), edit_url(self.config, self.project, page)
        html = frames.html(page, content, self.head(page), edit)
        return {f"{page.address}index.html": html.encode(), **self._twin(page)}

    def _twin(self, page: Page) -> FilesByPath:
        """Returns the twin of a page. That of the front page is llms.txt, too."""
        path, content = twin_url(page.address), self.made.twin(page).encode()
        return {path: content} if page.address else {path: content, "llms.txt": content}

    def write_twin(self, page: Page) -> None:
        """Writes the twin of a page."""
        self._write_now(self._twin(page))

    def write_twin_of_other(self, address: str, title: str, html: str) -> None:
        """Writes the twin of a hand-written page."""
        text = page_text(title, html, address, self.site)
        self._write_now({twin_url(address): text.encode()})

    def _write_now(self, files: FilesByPath) -> None:
        writer = FolderWriter(Path(self.config.site_dir))
        for path, content in files.items():
            writer.write(path, content)

    def head(self, page: Page) -> str:
        """Returns what is added to the head of a page."""
        return self.made.head(page) + self._head_of_all(page.address)

    def head_of_other(self, page: OtherPage) -> str:
        """Returns what is added to the head of a hand-written page."""
        head = head_of_other(self.site, page, self.made.feeds, self.made.pictures)
        return head + self._head_of_all(page.address)

    def _head_of_all(self, address: str) -> str:
        added = head_html(Head().with_links([twin_link(twin_url(address))]))
        if self.show_problems:
            assets = get_relative_url("assets/broadsheet/problems", address)
            added += f'<link rel="stylesheet" href="{assets}.css">'
            added += f'<script type="module" src="{assets}.js"></script>'
        return added
