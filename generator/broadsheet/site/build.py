"""The conductor: content in, a whole site out, or the old one stays."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from mkdocs.commands.build import build as build_with_mkdocs
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from broadsheet.corpus.check import load_and_check
from broadsheet.errors import BroadsheetError, Level, Problem
from broadsheet.site.generate import Generated, Report
from broadsheet.site.plugin import BroadsheetPlugin, generated, site_of
from broadsheet.site.project import Project, shown_path
from broadsheet.site.writer import publish, working_folder


@dataclass(frozen=True)
class Built:
    """A finished site: where it is, how many pages it has, what was odd on the way."""

    folder: Path
    pages: int
    papers: int
    problems: tuple[Problem, ...]


def build(
    project: Project,
    report: Report,
    site_dir: Path | None = None,
    *,
    strict: bool = False,
    preview: bool = False,
) -> Built:
    """Builds and publishes the site of a project.

    Raises BroadsheetError for content with errors (with `strict`, for warnings too) and for
    whatever MkDocs refuses; what stood at the site's folder is untouched then.
    """
    report("Reading content")
    loaded = load_and_check(project.content, shown_path(project.content))
    fatal = [p for p in loaded.problems if strict or p.level is Level.ERROR]
    if fatal:
        raise BroadsheetError(*fatal)
    target = (site_dir or _target(project)).resolve()
    with working_folder(target) as work, _mkdocs_log() as log:
        config = _load(project, work)
        made = generated(project, loaded.corpus, site_of(config), report)
        _plugin(config, project).use(project, made, preview=preview)
        report("Building with MkDocs")
        _build(config, project)
        problems = (*loaded.problems, *log.problems(shown_path(project.config_file)))
        if strict and len(problems) > len(loaded.problems):
            raise BroadsheetError(*problems)
        _check(work, made)
        report("Publishing")
        publish(work, target)
    return Built(target, len(made.docs), len(loaded.corpus.papers), problems)


def _target(project: Project) -> Path:
    with _mkdocs_log():
        return Path(_load(project, None).site_dir)


def _load(project: Project, site_dir: Path | None) -> MkDocsConfig:
    # Material prints a notice about MkDocs 2, which this project excludes by its requirements.
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    options = {"site_dir": str(site_dir)} if site_dir else {}
    try:
        return load_config(str(project.config_file), **options)
    except MkDocsException as error:
        raise _refused(project, error) from error


def _plugin(config: MkDocsConfig, project: Project) -> BroadsheetPlugin:
    plugin = config.plugins.get("broadsheet")
    if not isinstance(plugin, BroadsheetPlugin):
        advice = "add `plugins: [broadsheet]`"
        message = "the plugin broadsheet is not switched on"
        raise BroadsheetError(
            Problem(shown_path(project.config_file), 0, "plugins", message, advice)
        )
    return plugin


def _build(config: MkDocsConfig, project: Project) -> None:
    try:
        config.plugins.on_startup(command="build", dirty=False)
        build_with_mkdocs(config)
        config.plugins.on_shutdown()
    except (MkDocsException, SystemExit) as error:
        raise _refused(project, error) from error


def _refused(project: Project, error: BaseException) -> BroadsheetError:
    message = " ".join(str(error).split()) or type(error).__name__
    return BroadsheetError(Problem(shown_path(project.config_file), 0, "", f"MkDocs: {message}"))


def _check(work: Path, made: Generated) -> None:
    """Every page that was generated must be there before the old site goes."""
    for name in made.docs:
        stem = (work / name).with_suffix("")
        path = stem.with_suffix(".html") if stem.name == "index" else stem / "index.html"
        if not path.is_file() or not path.stat().st_size:
            message = "was not built; the old site is unchanged"
            raise BroadsheetError(Problem(name, 0, "", message, "is it in exclude_docs?"))


class _Collector(logging.Handler):
    """MkDocs' warnings, kept instead of printed."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[tuple[int, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append((record.levelno, record.getMessage()))

    def problems(self, file: str) -> tuple[Problem, ...]:
        return tuple(
            Problem(
                file,
                0,
                "",
                f"MkDocs: {' '.join(message.split())}",
                level=Level.ERROR if level >= logging.ERROR else Level.WARNING,
            )
            for level, message in dict.fromkeys(self.messages)
        )


@contextmanager
def _mkdocs_log() -> Iterator[_Collector]:
    logger = logging.getLogger("mkdocs")
    collector = _Collector()
    before = logger.propagate, logger.level
    logger.addHandler(collector)
    logger.propagate = False
    logger.setLevel(logging.WARNING)
    try:
        yield collector
    finally:
        logger.removeHandler(collector)
        logger.propagate, logger.level = before
