"""Writing everything that Broadsheet generates into the folder of a site."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils import get_relative_url

from broadsheet.base.addresses import Site, twin_url
from broadsheet.base.files import FolderWriter
from broadsheet.outputs.api.files import manifest
from broadsheet.outputs.datasets.files import MANIFEST, is_download, is_listed
from broadsheet.outputs.metadata import Head, head_html, twin_link
from broadsheet.outputs.metadata.heads import OtherPage, head_of_other
from broadsheet.outputs.pages import Page, Plan
from broadsheet.outputs.task import FilesByPath, Task
from broadsheet.outputs.twins import twin_of_html
from broadsheet.site.frames import Frames
from broadsheet.site.generate import Generated
from broadsheet.site.hooks import refuse_repeated
from broadsheet.site.kept import KeptSite
from broadsheet.site.pages import edit_url
from broadsheet.site.parallel import SPEED, Maker, Speed
from broadsheet.site.project import Project

# Pages about all papers, which change with each of them and take long.
_LATE = ("about", "data", "map")


@dataclass(frozen=True)
class SiteWriter:
    """Writes what a site consists of.

    Attributes:
        project: The project.
        made: What its site consists of.
        site: The site.
        config: The configuration of MkDocs, with the folder to write into.
        kept: What the last build has made.
        speed: How they are made.
        show_problems: Whether pages look for problems in the content and show them.
    """

    project: Project
    made: Generated
    site: Site
    config: MkDocsConfig
    kept: KeptSite
    speed: Speed = SPEED
    show_problems: bool = False

    def write_files(self, others: Collection[str] = ()) -> None:
        """Writes everything but pages, which show the sizes of some files.

        Args:
            others: The paths of files that MkDocs writes.
        """
        self._write(self.made.tasks, {task.name for task in self.made.tasks})
        if self.project.settings.hooks:
            pages = [plan.address for plan in self.made.plans.values()]
            known = (*(f"{address}index.html" for address in pages), *map(twin_url, pages))
            refuse_repeated(self.kept.tasks(), (*others, *known, MANIFEST, "llms.txt"))
        files = self.kept.files()
        # In the order of their numbers, whichever was written first.
        paths = sorted(filter(is_download, files), key=lambda path: (len(path), path))
        self.made.sizes.update({path: files[path][0] for path in paths})

    def write_pages(self, sources: Collection[str], frames: Frames | None) -> None:
        """Writes pages, if there are frames for them, and what belongs to them.

        Args:
            sources: The Markdown files of the generated pages to write.
            frames: The frames of pages, unless MkDocs writes them.
        """
        plans = self.made.plans
        pages = [self._page_task(plan, frames, source in sources) for source, plan in plans.items()]
        self._write(pages, {plan.name for plan in plans.values() if plan.kind in _LATE})
        files = self.kept.files()
        states = {path: (size, sha) for path, (size, _, sha) in files.items() if is_listed(path)}
        self._write_now({MANIFEST: manifest(states)})

    def _write(self, tasks: Iterable[Task], late: Collection[str]) -> None:
        """Makes and writes what isn't as in the last build. What is `late` may wait."""
        folder, kept = Path(self.config.site_dir), self.kept
        tasks = list(tasks)
        same = kept.keep(task.name for task in tasks)
        needed = [task for task in tasks if task.name not in same]
        if self.speed.pages_first:
            needed = [t for t in needed if t.name not in late or not kept.postpone(t.name)]
        maker = Maker(self.project, folder, self.made.sources.reads, self.speed)
        for made in maker.make(needed):
            self.kept.add(made)

    def _page_task(self, plan: Plan, frames: Frames | None, is_page: bool) -> Task:
        if not is_page:  # there's a hand-written page
            return Task(f"beside {plan.name}", plan.beside)
        return Task(plan.name, partial(self._page, plan, frames))

    def _page(self, plan: Plan, frames: Frames | None) -> FilesByPath:
        """Returns a page, its twin and its other files."""
        page = plan.make()
        files = {**self._twin(page), **plan.beside()}
        if frames:
            content, edit = self.made.html(page), edit_url(self.config, self.project, page)
            html = frames.html(page, content, self.head(page), edit)
            files[f"{page.address}index.html"] = html.encode()
        return files

    def _twin(self, page: Page) -> FilesByPath:
        """Returns the twin of a page. That of the front page is llms.txt, too."""
        path, content = twin_url(page.address), self.made.twin(page).encode()
        return {path: content} if page.address else {path: content, "llms.txt": content}

    def write_twin_of_other(self, address: str, title: str, html: str) -> None:
        """Writes the twin of a hand-written page."""
        text = twin_of_html(title, html, address, self.site)
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
        head = head_of_other(self.site, page, self.made.feeds.values(), self.made.pictures)
        return head + self._head_of_all(page.address)

    def _head_of_all(self, address: str) -> str:
        added = head_html(Head().with_links([twin_link(twin_url(address))]))
        if self.show_problems:
            assets = get_relative_url("assets/broadsheet/problems", address)
            added += f'<link rel="stylesheet" href="{assets}.css">'
            added += f'<script type="module" src="{assets}.js"></script>'
        return added
