"""The conductor: content in, a whole site out, or the old one stays."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from mkdocs.commands.build import build as build_with_mkdocs
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from broadsheet.base.errors import BroadsheetError, Level, Problem, warning
from broadsheet.content.check import load_and_check
from broadsheet.site.faults import owners_code
from broadsheet.site.generate import Generated, Report
from broadsheet.site.handwritten import check_texts
from broadsheet.site.loading import site_of
from broadsheet.site.lock import alone
from broadsheet.site.plugin import BroadsheetPlugin, generated
from broadsheet.site.project import Project, line_of_key, shown_path
from broadsheet.site.publish import publish, working_folder

# What Cloudflare Pages takes from who does not pay; others take more, or count bytes.
MOST_FILES = 20_000


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
    show_problems: bool = False,
) -> Built:
    """Builds and publishes the site of a project.

    Raises BroadsheetError for content with errors (with `strict`, for warnings too) and for
    whatever MkDocs refuses; what stood at the site's folder is untouched then.
    """
    with alone(project, report), owners_code(project):
        return _built(project, report, site_dir, strict=strict, show_problems=show_problems)


def _built(
    project: Project, report: Report, site_dir: Path | None, *, strict: bool, show_problems: bool
) -> Built:
    report("Reading content")
    loaded = load_and_check(project.content, shown_path(project.content))
    fatal = [p for p in loaded.problems if strict or p.level is Level.ERROR]
    if fatal:
        raise BroadsheetError(*fatal)
    target = _target(project, site_dir)
    with working_folder(target) as work, _mkdocs_log() as log:
        config = load_mkdocs(project, work)
        plugin = _plugin(config, project)
        check_texts(project, config)
        made = generated(project, loaded, site_of(project, config), report)
        plugin.use(project, made, show_problems=show_problems)
        report("Building with MkDocs")
        _build(config, project, log)
        problems = (*loaded.problems, *log.problems(project.config_file))
        if strict and len(problems) > len(loaded.problems):
            raise BroadsheetError(*problems)
        _check(work, made)
        problems += _too_many(work, target)
        report("Publishing")
        publish(work, target)
    return Built(target, len(made.docs), len(loaded.corpus.papers), problems)


def _target(project: Project, site_dir: Path | None) -> Path:
    """Where the site goes. A folder with anything else in it would be lost, so it is refused."""
    config = load_mkdocs(project, None)
    target = Path(site_dir or config.site_dir).resolve()
    for kept in (project.config_file, project.content, Path(config.docs_dir)):
        if kept.resolve().is_relative_to(target):
            message = f"would be in the place of {shown_path(kept)}"
            raise _unfit(target, message)
    if target.is_relative_to(Path(config.docs_dir).resolve()):
        raise _unfit(target, f"is inside {shown_path(Path(config.docs_dir))}, which is its source")
    if target.exists() and not target.is_dir():
        raise _unfit(target, "is a file")
    if (target / ".git").exists():
        raise _unfit(target, "is a repository of its own, which a new site would replace")
    if target.exists() and any(target.iterdir()) and not (target / "index.html").is_file():
        raise _unfit(target, "has something else in it than a site")
    return target


def _unfit(target: Path, message: str) -> BroadsheetError:
    advice = "name a folder for the site alone, with --site-dir or site_dir in mkdocs.yml"
    return BroadsheetError(Problem(shown_path(target), 0, "", message, advice))


def load_mkdocs(project: Project, site_dir: Path | None) -> MkDocsConfig:
    # Material prints a notice about MkDocs 2, which this project excludes by its requirements.
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    options = {"site_dir": str(site_dir)} if site_dir else {}
    with _mkdocs_log() as log:
        try:
            return load_config(str(project.config_file), **options)
        except MkDocsException as error:
            raise _refused(project, error, log) from error


def _plugin(config: MkDocsConfig, project: Project) -> BroadsheetPlugin:
    plugin = config.plugins.get("broadsheet")
    if not isinstance(plugin, BroadsheetPlugin):
        advice = "add `plugins: [broadsheet]`"
        message = "the plugin broadsheet is not switched on"
        raise BroadsheetError(
            Problem(shown_path(project.config_file), 0, "plugins", message, advice)
        )
    return plugin


def _build(config: MkDocsConfig, project: Project, log: _Collector) -> None:
    try:
        config.plugins.on_startup(command="build", dirty=False)
        build_with_mkdocs(config)
        config.plugins.on_shutdown()
    except (MkDocsException, SystemExit) as error:
        raise _refused(project, error, log) from error


def _refused(project: Project, error: BaseException, log: _Collector) -> BroadsheetError:
    """What MkDocs logged says more than the exception that follows it."""
    found = log.problems(project.config_file)
    errors = [problem for problem in found if problem.level is Level.ERROR]
    if errors:
        return BroadsheetError(*errors)
    message = " ".join(str(error).split()) or type(error).__name__
    why = Problem(shown_path(project.config_file), 0, "", f"MkDocs: {message}")
    return BroadsheetError(*found, why)  # with `strict: true` the warnings are the reason


def _check(work: Path, made: Generated) -> None:
    """Every page that was generated must be there before the old site goes."""
    for name in made.docs:
        stem = (work / name).with_suffix("")
        path = stem.with_suffix(".html") if stem.name == "index" else stem / "index.html"
        if not path.is_file() or not path.stat().st_size:
            message = "was not built; the old site is unchanged"
            raise BroadsheetError(Problem(name, 0, "", message, "is it in exclude_docs?"))


def _too_many(work: Path, target: Path) -> tuple[Problem, ...]:
    """A warning that no setting makes an error: only its owner knows which host a site is for."""
    count = sum(len(files) for _, _, files in os.walk(work))
    if count <= MOST_FILES:
        return ()
    message = f"has {count:,} files; a common host takes {MOST_FILES:,}"
    advice = "a higher `author_papers` under extra.broadsheet makes fewer pages of authors"
    return (warning(shown_path(target), 0, "", message, advice),)


# How MkDocs speaks of a setting.
_CONFIG_VALUE = re.compile(r"Config value '([^']+)': (.+)")
# It quotes the whole traceback of an extension that failed; its last line says what is wrong.
_TRACE = re.compile(r'\n\s*File ".*\n(?=\S)', re.DOTALL)


class _Collector(logging.Handler):
    """MkDocs' warnings, kept instead of printed."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[tuple[int, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append((record.levelno, record.getMessage()))

    def problems(self, file: Path) -> tuple[Problem, ...]:
        found: list[Problem] = []
        for number, message in dict.fromkeys(self.messages):
            text = " ".join(_TRACE.sub(" ", message).split())
            match = _CONFIG_VALUE.fullmatch(text)
            key, text = match.groups() if match else ("", f"MkDocs: {text}")
            level = Level.ERROR if number >= logging.ERROR else Level.WARNING
            line = line_of_key(file, key) if key else 0
            found.append(Problem(shown_path(file), line, key, text, level=level))
        return tuple(found)


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
