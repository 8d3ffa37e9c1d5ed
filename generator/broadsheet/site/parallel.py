"""Generated pages are built by MkDocs on several cores."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import partial

import jinja2
from mkdocs.commands.build import _build_page
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files, InclusionLevel
from mkdocs.structure.nav import Navigation

from broadsheet.site.faults import owner_errors
from broadsheet.site.pages import GeneratedPage
from broadsheet.site.processes import can_fork, in_processes
from broadsheet.site.project import Project

# The template of pages that have been built already. It's empty, and MkDocs skips empty pages.
BUILT = "broadsheet-built.html"

# What MkDocs does for each page while it builds it. Plugins may collect something then, which
# would be lost in another process.
_EVENTS = ("page_content", "page_context", "post_page")

_Message = tuple[str, int, str]


def can_build(config: MkDocsConfig, plugin: BasePlugin) -> bool:  # type: ignore[type-arg]
    """Whether pages can be built in several processes, because `plugin` alone handles pages."""
    handlers = (handler for event in _EVENTS for handler in config.plugins.events[event])
    return can_fork() and all(getattr(h, "__self__", None) is plugin for h in handlers)


def build_pages(
    project: Project,
    config: MkDocsConfig,
    files: Files,
    nav: Navigation,
    env: jinja2.Environment,
    *,
    jobs: int,
) -> None:
    """Builds all generated pages, exactly as MkDocs would do it later, and makes it skip them."""
    documents = files.documentation_pages(inclusion=InclusionLevel.is_included)
    pages = [file.page for file in documents if isinstance(file.page, GeneratedPage)]

    def build(page: GeneratedPage) -> None:
        with owner_errors(project):  # an exception leaves its traceback in its process
            _build_page(page, config, documents, nav, env)

    tasks = [partial(_build_share, build, pages[number::jobs]) for number in range(jobs)]
    for messages in in_processes(tasks):
        for logger, level, message in messages:
            logging.getLogger(logger).log(level, "%s", message)
    for page in pages:
        page.is_built = True
        page.meta = {**page.meta, "template": BUILT}


def _build_share(
    build: Callable[[GeneratedPage], None], pages: Sequence[GeneratedPage]
) -> list[_Message]:
    """Builds some pages and returns what MkDocs logged."""
    collector = _Collector()
    logging.getLogger("mkdocs").addHandler(collector)
    for page in pages:
        build(page)
    return collector.messages


class _Collector(logging.Handler):
    """Keeps warnings and errors."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[_Message] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append((record.name, record.levelno, record.getMessage()))
