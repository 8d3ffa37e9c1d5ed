"""The MkDocs plugin: it adds the generated files to the hand-written ones.

MkDocs finds it by its name (``plugins: [broadsheet]``), so ``mkdocs build`` and ``mkdocs serve``
work, too. Then the plugin generates the files itself; otherwise `build` has done so.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Literal

import jinja2
from mkdocs.config.base import Config as ConfigBase
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.outputs.browser import FOLDER, published_style
from broadsheet.outputs.metadata.heads import OtherPage
from broadsheet.outputs.pages import Plan
from broadsheet.outputs.templates import compiled
from broadsheet.site.engine import ZENSICAL, current, library
from broadsheet.site.faults import owner_errors
from broadsheet.site.frames import Frames, can_write_pages
from broadsheet.site.generate import Generated
from broadsheet.site.handwritten import check_handwritten
from broadsheet.site.hooks import finish
from broadsheet.site.icons import color_icons
from broadsheet.site.kept import KeptSite
from broadsheet.site.loading import load_project, plan_site, site_of, world_of
from broadsheet.site.lock import build_lock
from broadsheet.site.menu import with_digests, without_missing
from broadsheet.site.other_hosts import outgoing, site_policy, unallowed
from broadsheet.site.pages import FilesOnDemand, GeneratedPage, edit_url, source_text
from broadsheet.site.parallel import SPEED, Speed
from broadsheet.site.pictures import pictures_to_files
from broadsheet.site.project import Project, find_project
from broadsheet.site.shown_settings import plain_title, shown_page, shown_settings
from broadsheet.site.theme import fill_theme, is_needless, use_theme, watched
from broadsheet.site.writer import SiteWriter
from broadsheet.site.zensical import Zensical, ZensicalPage

log = logging.getLogger(f"{library().name}.plugins.broadsheet")

# The name of this plugin in MkDocs: its entry point in pyproject.toml.
NAME = "broadsheet"


class _NoOptions(ConfigBase):  # type: ignore[no-untyped-call]
    """No options: all settings are under `extra.broadsheet`, where commands read them, too."""


class BroadsheetPlugin(BasePlugin[_NoOptions]):  # type: ignore[no-untyped-call]
    """Adds generated pages and files to a site while MkDocs builds it.

    If no other plugin wants to see the pages, it also writes them, and MkDocs only makes frames.
    """

    prepared: tuple[Project, Generated] | None = None
    last: Path | None = None
    show_problems: bool = False
    drafts: bool = False
    speed: Speed = SPEED
    writer: SiteWriter
    plans: Mapping[str, Plan]
    files: Files
    nav: Navigation
    writes_pages: bool
    problems: tuple[Problem, ...] = ()

    def __init__(self) -> None:
        self.lock = ExitStack()

    def use(
        self, project: Project, made: Generated, last: Path, *, show_problems: bool, speed: Speed
    ) -> None:
        """Uses what has been planned already.

        Args:
            project: The project.
            made: What its site consists of.
            last: The folder of the site that the last build has published, if any.
            show_problems: Whether pages look for problems in the content and show them.
            speed: How files are made.
        """
        self.prepared, self.last = (project, made), last
        self.show_problems, self.speed = show_problems, speed

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Shows drafts if MkDocs serves the site."""
        self.drafts = command == "serve"

    @event_priority(100)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Adds our theme. Requires URLs that end with "/"."""
        if not config.use_directory_urls:
            raise PluginError("use_directory_urls must be true, because page URLs end with /")
        use_theme(config)
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Plans the whole site, unless that has been done already."""
        with self._plugin_errors():
            if not self.prepared:
                project = find_project(Path(config.config_file_path))
                self.lock.enter_context(build_lock(project, log.info))
                with owner_errors(project):
                    made = _planned(project, config, drafts=self.drafts)
            else:  # the lock is held already
                project, made = self.prepared
            site = site_of(project, config)
        self.writes_pages = bool(self.prepared) and can_write_pages(config, self)
        last = self.last if self.writes_pages else None
        world = world_of(project, site, config) + str(self.show_problems)
        world += site_policy(project, config)
        kept = KeptSite(project.kept.below("sites"), last, world, made.sources)
        self.writer = SiteWriter(project, made, site, config, kept, self.speed, self.show_problems)

    def on_build_error(self, *, error: Exception) -> None:
        """Releases the lock."""
        self.lock.close()

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Adds generated pages, unless there's a hand-written one, and makes assets smaller."""
        made = self.writer.made
        self.plans = {
            source: plan
            for source, plan in made.plans.items()
            if files.get_file_from_path(source) is None
        }
        if config.nav is not None:
            exists = lambda name: name in self.plans or name in files.src_uris
            config.nav = with_digests(without_missing(config.nav, exists), made.digests)
        for file in [file for file in files if is_needless(file, config)]:
            files.remove(file)
        color_icons(files, self.writer.site.brand)
        for file in files.css_files():
            if file.src_uri.startswith(f"{FOLDER}/"):
                file.content_string = published_style(file.content_string)
        pictures_to_files(files, config)
        with self._plugin_errors():
            self.writer.write_files([file.dest_uri for file in files])
        if self.writes_pages:
            files = FilesOnDemand(files, config, self.plans, made.html)
        else:
            for source, plan in sorted(self.plans.items()):
                page = plan.make()
                text = source_text(page, made.twin(page))
                files.append(File.generated(config, source, content=text))
        self.files = files
        return files

    @contextmanager
    def _plugin_errors(self) -> Iterator[None]:
        try:
            yield
        except BroadsheetError as error:
            if self.prepared:  # `broadsheet build` prints the error itself
                raise
            raise PluginError(str(error)) from error

    @event_priority(100)
    def on_pre_page(self, page: Page, *, config: MkDocsConfig, files: Files) -> Page:
        """Turns pages of MkDocs into generated pages."""
        plan = self.plans.get(page.file.src_uri)
        if plan and page.file.generated_by == NAME:
            html = self.writer.made.html
            GeneratedPage.take_over(page, plan, html, is_written=self.writes_pages)
        elif current() == ZENSICAL:
            page.__class__ = ZensicalPage
        return page

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Keeps the navigation, which frames are made with."""
        self.nav = nav
        return nav

    def _fill_theme(
        self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files
    ) -> jinja2.Environment:
        project, site = self.writer.project, self.writer.site
        env.bytecode_cache = compiled(project.kept, "of the theme", site.words)
        fill_theme(env, site, config, site_policy(project, config))
        return env

    def _convert_pages(
        self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files
    ) -> jinja2.Environment:
        if current() == ZENSICAL:
            with self._plugin_errors():
                html = self.writer.made.html
                self.problems = Zensical(config, files, self.plans, html).convert()
        return env

    @event_priority(-100)
    def _write_pages(
        self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files
    ) -> jinja2.Environment:
        sources = self.writer.made.sources
        frames = Frames(config, files, self.nav, env, sources) if self.writes_pages else None
        with self._plugin_errors():
            self.writer.write_pages(self.plans, frames)
        return env

    # Templates get the words and colors of the site. When they're complete, pages are written.
    on_env = CombinedEvent(_fill_theme, _convert_pages, _write_pages)

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
        if isinstance(page, GeneratedPage) and not page.is_written:
            page.edit_url = edit_url(config, self.writer.project, page.page) or page.edit_url
        return markdown

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Writes the Markdown twin of a hand-written page, which is made from its HTML."""
        is_later = isinstance(page, ZensicalPage) and not page.is_converted
        if not isinstance(page, GeneratedPage) and not is_later:
            page.title = plain_title(page)
            self.writer.write_twin_of_other(page.url, str(page.title), html)
        return html

    @event_priority(100)
    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Sets the content of generated pages that MkDocs writes. Escapes what themes don't."""
        context["config"] = shown_settings(config)
        if not isinstance(page, GeneratedPage):
            context["page"] = shown_page(page)
        elif not page.is_written:
            with self._plugin_errors(), owner_errors(self.writer.project):
                page.fill(config, self.files)
        return context

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Escapes settings in pages that are templates, such as 404.html."""
        if template_name.endswith(".html"):
            context["config"] = shown_settings(config)
        return context

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Adds metadata to the head of a page, and a script that shows problems if needed."""
        if isinstance(page, GeneratedPage):
            if page.is_written:
                return ""
            page.content = ""
            added = self.writer.head(page.page)
        else:
            added = self.writer.head_of_other(OtherPage(page.url, str(page.title)))
        return output.replace("</head>", f"{added}</head>", 1)

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Shows the site to hooks, unless it isn't complete yet. Releases the lock."""
        if not self.prepared:
            with self._plugin_errors():
                finish(self.writer.project, Path(config.site_dir))
        self.lock.close()

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any
    ) -> LiveReloadServer:
        """Makes `mkdocs serve` watch the content and templates."""
        for folder in watched(self.writer.project, config):
            server.watch(str(folder))
        return server


def _planned(project: Project, config: MkDocsConfig, *, drafts: bool) -> Generated:
    """Loads the content and plans its site. Warnings go to MkDocs' log."""
    check_handwritten(project, config)
    loaded = load_project(project, drafts=drafts)
    for problem in loaded.problems:
        log.warning(str(problem))
    for problem in unallowed(project, outgoing(project, config)):
        log.warning(str(problem))
    return plan_site(
        project, loaded, site_of(project, config), log.info, site_policy(project, config)
    )
