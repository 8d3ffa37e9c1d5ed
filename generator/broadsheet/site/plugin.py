"""The MkDocs plugin: it adds the generated files to the hand-written ones.

MkDocs finds it by its name (``plugins: [broadsheet]``), so ``mkdocs build`` and ``mkdocs serve``
work, too. Then the plugin generates the files itself; otherwise `build` has done so.
"""

from __future__ import annotations

import logging
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import jinja2
from mkdocs.config.base import Config as ConfigBase
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url
from mkdocs.utils.templates import TemplateContext

from broadsheet.base.addresses import Site
from broadsheet.base.cache import Cache
from broadsheet.base.errors import BroadsheetError
from broadsheet.base.files import write_files
from broadsheet.content.load import Loaded
from broadsheet.outputs.browser import FOLDER, browser_files, published_style
from broadsheet.outputs.browser.words import words_file
from broadsheet.outputs.fonts import font_files
from broadsheet.outputs.metadata import Head, head_html, twin_link
from broadsheet.outputs.metadata.heads import OtherPage, head_of_other
from broadsheet.outputs.pages.render import renderer
from broadsheet.outputs.templates import templates_folder
from broadsheet.outputs.twins.from_html import page_text
from broadsheet.site.faults import owner_errors
from broadsheet.site.generate import Generated, Report, generate
from broadsheet.site.handwritten import check_handwritten
from broadsheet.site.loading import edition_of, load_project, site_of
from broadsheet.site.lock import build_lock
from broadsheet.site.pages import GeneratedPage
from broadsheet.site.parallel import build_pages, can_build
from broadsheet.site.project import Project, find_project
from broadsheet.site.theme import fill_theme, use_theme

log = logging.getLogger("mkdocs.plugins.broadsheet")

# The name of this plugin in MkDocs: its entry point in pyproject.toml.
NAME = "broadsheet"
_OF_MATERIAL = ("assets/javascripts/", "assets/stylesheets/")


class _NoOptions(ConfigBase):  # type: ignore[no-untyped-call]
    """No options: all settings are under `extra.broadsheet`, where commands read them, too."""


class BroadsheetPlugin(BasePlugin[_NoOptions]):  # type: ignore[no-untyped-call]
    """Adds generated pages and files to a site while MkDocs builds it."""

    project: Project | None = None
    prepared: Generated | None = None
    made: Generated | None = None
    site: Site
    twins: dict[str, bytes]
    files: Files
    nav: Navigation
    show_problems: bool = False
    jobs: int = 1

    def __init__(self) -> None:
        self.lock = ExitStack()

    def use(self, project: Project, made: Generated, *, show_problems: bool, jobs: int) -> None:
        """Uses files that have been generated already.

        Args:
            project: The project.
            made: Its generated files.
            show_problems: Whether pages look for problems in the content and show them.
            jobs: The number of pages that are built at the same time.
        """
        self.jobs = jobs
        self.project, self.prepared, self.show_problems = project, made, show_problems

    @event_priority(100)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Adds our theme. Requires URLs that end with "/"."""
        if not config.use_directory_urls:
            raise PluginError("use_directory_urls must be true, because page URLs end with /")
        use_theme(config)
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Generates all files, unless that has been done already."""
        try:
            project = self.project or find_project(Path(config.config_file_path), needs_config=True)
            if not self.prepared:  # otherwise, the lock is held already
                self.lock.enter_context(build_lock(project, log.info))
            self.site = site_of(project, config)
            with owner_errors(project):
                made = self.prepared or _generated(project, config, self.site)
        except BroadsheetError as error:
            raise PluginError(str(error)) from error
        self.project, self.made, self.twins = project, made, {}

    def on_build_error(self, *, error: Exception) -> None:
        """Releases the lock."""
        self.lock.close()

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Adds generated pages, unless there's a hand-written one, and makes assets smaller.

        Material's source maps, which only its developers need, are larger than all other assets.
        """
        assert self.made is not None
        for name, document in sorted(self.made.docs.items()):
            if files.get_file_from_path(name) is None:
                files.append(File.generated(config, name, content=document.source))
        for file in files.css_files():
            if file.src_uri.startswith(f"{FOLDER}/"):
                file.content_string = published_style(file.content_string)
        for file in list(files):
            if file.src_uri.startswith(_OF_MATERIAL) and file.src_uri.endswith(".map"):
                files.remove(file)
        self.files = files
        return files

    @event_priority(100)
    def on_pre_page(self, page: Page, *, config: MkDocsConfig, files: Files) -> Page:
        """Turns pages of MkDocs into generated pages."""
        assert self.made is not None
        document = self.made.docs.get(page.file.src_uri)
        if document and page.file.generated_by == NAME:
            GeneratedPage.take_over(page, document, self.made.html)
        return page

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Keeps the navigation, which pages are built with."""
        self.nav = nav
        return nav

    def _fill_theme(
        self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files
    ) -> jinja2.Environment:
        fill_theme(env, self.site)
        return env

    @event_priority(-100)
    def _build_pages(
        self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files
    ) -> jinja2.Environment:
        assert self.project is not None
        if self.jobs > 1 and can_build(config, self):
            build_pages(self.project, config, files, self.nav, env, jobs=self.jobs)
        return env

    # Templates get the words and colors of the site. When they're complete, pages are built.
    on_env = CombinedEvent(_fill_theme, _build_pages)

    def on_post_template(
        self, output_content: str, /, *, template_name: str, config: MkDocsConfig
    ) -> str:
        """Minifies the style sheet that is a template."""
        is_style = template_name.endswith(".css")
        return published_style(output_content) if is_style else output_content

    def on_page_markdown(
        self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        """Links the edit button of a generated page to the file of its content."""
        assert self.project is not None
        content = page.meta.get("content")
        if content and isinstance(page, GeneratedPage):
            page.edit_url = _edit_url(config, self.project, content)
        return markdown

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Makes the Markdown twin of a hand-written page from its HTML."""
        if not isinstance(page, GeneratedPage):
            text = page_text(str(page.title), html, page.url, self.site)
            self.twins[_twin_name(page)] = text.encode()
        return html

    @event_priority(100)
    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Sets the content of a generated page."""
        if isinstance(page, GeneratedPage) and not page.is_built:
            assert self.project is not None
            try:
                with owner_errors(self.project):
                    page.fill(config, self.files)
            except BroadsheetError as error:
                if self.prepared:  # `broadsheet build` prints the error itself
                    raise
                raise PluginError(str(error)) from error
        return context

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Adds metadata to the head of a page, and a script that shows problems if needed."""
        assert self.made is not None
        if isinstance(page, GeneratedPage):
            if page.is_built:
                return ""
            page.content = ""
            added = self.made.head(page.document.page)
        else:
            description = str(page.meta.get("description") or "")
            other = OtherPage(page.url, str(page.title), description)
            added = head_of_other(self.site, other, self.made.feeds, self.made.beside)
        added += head_html(Head().with_links([twin_link(_twin_name(page))]))
        if self.show_problems:
            assets = get_relative_url("assets/broadsheet/problems", page.url)
            added += f'<link rel="stylesheet" href="{assets}.css">'
            added += f'<script type="module" src="{assets}.js"></script>'
        return output.replace("</head>", f"{added}</head>", 1)

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Writes all other generated files and releases the lock."""
        assert self.made is not None
        write_files(Path(config.site_dir), {**self.made.beside, **self.twins})
        self.lock.close()

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any
    ) -> LiveReloadServer:
        """Makes `mkdocs serve` watch the content and templates."""
        assert self.project is not None
        for folder in watched(self.project, config):
            server.watch(str(folder))
        return server


def _twin_name(page: Page) -> str:
    """Returns the path of a page's Markdown twin in the site, such as "about/index.md"."""
    return f"{page.file.dest_uri.removesuffix('.html')}.md"


def _edit_url(config: MkDocsConfig, project: Project, content: str) -> str | None:
    if not config.repo_url or not config.edit_uri:
        return None
    base = urljoin(config.repo_url.rstrip("/") + "/", config.edit_uri.rsplit("/docs", 1)[0])
    return urljoin(base.rstrip("/") + "/", f"{project.settings.content}/{content}")


def watched(project: Project, config: MkDocsConfig) -> list[Path]:
    """Returns the folders to watch for changes."""
    own = config.theme.custom_dir
    folders = [project.content, templates_folder(), project.template_overrides, own and Path(own)]
    return [folder for folder in folders if folder and folder.is_dir()]


def generated(project: Project, loaded: Loaded, site: Site, report: Report) -> Generated:
    """Generates all files of a site.

    Args:
        project: The project, with its templates and settings.
        loaded: Its content.
        site: The site.
        report: Called with each stage.
    """
    report("Citing and relating papers")
    edition = edition_of(project, loaded, site)
    render = renderer(templates_folder(), project.template_overrides, site.words)
    cache = Cache(project.cache)
    made = generate(edition, render, report, cache.below("cards"))
    fonts = font_files(cache.below("fonts"))
    scripts = browser_files(templates_folder() / "browser")
    words = words_file(site.words)
    return replace(made, beside={**made.beside, **fonts, **scripts, **words})


def _generated(project: Project, config: MkDocsConfig, site: Site) -> Generated:
    """Loads the content and generates all files. Warnings go to MkDocs' log."""
    check_handwritten(project, config)
    loaded = load_project(project)
    for problem in loaded.problems:
        log.warning(str(problem))
    return generated(project, loaded, site, log.info)
