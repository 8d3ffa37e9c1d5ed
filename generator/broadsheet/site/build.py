"""Building and publishing a site, completely or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from mkdocs.commands.build import build as build_with_mkdocs
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from broadsheet.base.errors import BroadsheetError, Level, Problem, warning
from broadsheet.base.files import fixed_modes
from broadsheet.content.check import load_and_check
from broadsheet.content.model import Corpus
from broadsheet.site.alive import confirm_removals, lost_problems
from broadsheet.site.dead_links import dead_links
from broadsheet.site.engine import current, library
from broadsheet.site.engine_log import Collector, engine_log
from broadsheet.site.faults import owner_errors
from broadsheet.site.generate import Generated, Report
from broadsheet.site.handwritten import address_collisions, check_handwritten
from broadsheet.site.hooks import finish, with_hooks
from broadsheet.site.hosts import HOSTS, Measure
from broadsheet.site.kept import KeptSite
from broadsheet.site.loading import plan_site, published, site_of
from broadsheet.site.lock import build_lock, content_lock
from broadsheet.site.other_hosts import outgoing, site_policy, unallowed
from broadsheet.site.parallel import Speed
from broadsheet.site.plugin import BroadsheetPlugin
from broadsheet.site.processes import cores
from broadsheet.site.project import Project, shown_path
from broadsheet.site.publish import publish, working_folder
from broadsheet.site.trees import completed, keep_spare
from broadsheet.site.unchanged import Result, Stamp

# What the strictest host takes. Others allow more, or limit the size instead.
MAX_FILES = min(
    limit.most for host in HOSTS.values() for limit in host.limits if limit.measure == Measure.FILES
)


@dataclass(frozen=True)
class Built:
    """A finished site: where it is, how many pages and papers it has, and warnings.

    Some files of a site that isn't complete are those of the site before.
    """

    folder: Path
    pages: int
    papers: int
    problems: tuple[Problem, ...]
    is_complete: bool = True


@dataclass(frozen=True)
class _Options:
    """Arguments of `build`."""

    strict: bool
    show_problems: bool
    drafts: bool
    jobs: int
    allow_shrink: bool
    pages_first: bool
    stop: Callable[[], bool]


def build(
    project: Project,
    report: Report,
    site_dir: Path | None = None,
    *,
    strict: bool = False,
    show_problems: bool = False,
    drafts: bool = False,
    jobs: int | None = None,
    allow_shrink: bool = False,
    pages_first: bool = False,
    stop: Callable[[], bool] = lambda: False,
) -> Built:
    """Builds and publishes the site of a project. If that fails, the old site stays unchanged.

    Args:
        project: The project.
        report: Called with each stage of the build.
        site_dir: Where to publish; by default the `site_dir` in mkdocs.yml.
        strict: Whether to treat warnings as errors.
        show_problems: Whether pages look for problems in the content and show them.
        drafts: Whether the site has drafts, which are for previews only.
        jobs: The number of pages to build at the same time; by default one for each core.
        allow_shrink: Whether the site may lose many papers and addresses, on purpose. The content
            then keeps that.
        pages_first: Whether files that readers of pages don't see may be those of the last site
            for now. The next build makes them.
        stop: Asked after each file whether to stop.

    Raises:
        BroadsheetError: The content, the settings or the project's own code have errors, or the
            target isn't suitable.
    """
    with build_lock(project, report), owner_errors(project), fixed_modes():
        options = _Options(
            strict, show_problems, drafts, jobs or cores(), allow_shrink, pages_first, stop
        )
        return _built(project, report, site_dir, options)


def _built(project: Project, report: Report, site_dir: Path | None, options: _Options) -> Built:
    preview = (options.show_problems, options.drafts)
    stamp = Stamp(project, (site_dir, options.strict, *preview, Path.cwd(), current()))
    with content_lock(project.content, report, to_write=False):
        if same := stamp.same():
            folder, result = same
            return Built(folder, result.pages, result.papers, result.problems)
        report("Reading content")
        loaded = load_and_check(project.content, shown_path(project.content), project.kept)
    fatal = [p for p in loaded.problems if options.strict or p.level is Level.ERROR]
    if fatal:
        raise BroadsheetError(*fatal)
    loaded = with_hooks(project, loaded if options.drafts else published(loaded))
    target = _target(project, site_dir)
    with working_folder(target) as work, engine_log() as log:
        config = load_mkdocs(project, work)
        plugin = _plugin(config, project)
        check_handwritten(project, config)
        policy = site_policy(project, config)
        made = plan_site(project, loaded, site_of(project, config), report, policy)
        if taken := tuple(address_collisions(config, made.plans)):
            raise BroadsheetError(*taken)
        _require_alive(project, loaded.corpus, made, target, options)
        plugin.use(
            project,
            made,
            target,
            show_problems=options.show_problems,
            speed=Speed(options.jobs, options.pages_first, options.stop),
        )
        report(f"Building with {current().title}")
        _build(config, project, log)
        foreign = unallowed(project, outgoing(project, config))
        problems = (*loaded.problems, *foreign, *log.problems(project.config_file))
        kept = plugin.writer.kept
        written = kept.files()
        problems += (*plugin.problems, *_dead_links(config, plugin, work, written))
        if options.strict and len(problems) > len(loaded.problems):
            raise BroadsheetError(*problems)
        _check_pages(work, made, written)
        problems += _too_many_files(work, target, len(kept.shared))
        report("Publishing")
        _publish(project, work, target, kept)
        kept.save()
    result = Result(len(made.plans), len(loaded.corpus.papers), problems)
    if not kept.is_late:
        stamp.keep(config, target, result)
    return Built(target, result.pages, result.papers, problems, not kept.is_late)


def _require_alive(
    project: Project, corpus: Corpus, made: Generated, target: Path, options: _Options
) -> None:
    """Refuses a site that has lost far too much, unless it's a preview."""
    if options.show_problems or options.drafts:
        return
    if options.allow_shrink:
        with content_lock(project.content, lambda _: None):
            confirm_removals(project, corpus)
        return
    addresses = [plan.address for plan in made.plans.values()]
    if lost := tuple(lost_problems(project, corpus, addresses, target)):
        raise BroadsheetError(*lost)


def _target(project: Project, site_dir: Path | None) -> Path:
    """Returns where to publish. Refuses a folder with other files, which would be lost."""
    config = load_mkdocs(project, None)
    target = Path(site_dir or config.site_dir).resolve()
    for kept in (project.config_file, project.content, Path(config.docs_dir)):
        if kept.resolve().is_relative_to(target):
            raise _unsuitable(target, f"would replace {shown_path(kept)}")
    if target.is_relative_to(Path(config.docs_dir).resolve()):
        docs = shown_path(Path(config.docs_dir))
        raise _unsuitable(target, f"is inside {docs}, the source of the site")
    if target.exists() and not target.is_dir():
        raise _unsuitable(target, "is a file")
    if (target / ".git").exists():
        raise _unsuitable(target, "is a Git repository, which the site would replace")
    if target.exists() and any(target.iterdir()) and not (target / "index.html").is_file():
        raise _unsuitable(target, "contains files that are not a built site")
    return target


def _unsuitable(target: Path, message: str) -> BroadsheetError:
    advice = "choose a folder only for the site, with --site-dir or site_dir in mkdocs.yml"
    return BroadsheetError(Problem(shown_path(target), 0, "", message, advice))


def load_mkdocs(project: Project, site_dir: Path | None) -> MkDocsConfig:
    """Loads the configuration of MkDocs.

    Args:
        project: The project.
        site_dir: Replaces the `site_dir` in mkdocs.yml.

    Raises:
        BroadsheetError: MkDocs rejects the configuration.
    """
    # Material prints a notice about MkDocs 2, which our requirements exclude.
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    options = {"site_dir": str(site_dir)} if site_dir else {}
    with engine_log() as log:
        try:
            return load_config(str(project.config_file), **options)
        except MkDocsException as error:
            raise _mkdocs_error(project, error, log) from error


def _plugin(config: MkDocsConfig, project: Project) -> BroadsheetPlugin:
    plugin = config.plugins.get("broadsheet")
    if not isinstance(plugin, BroadsheetPlugin):
        advice = "add `plugins: [broadsheet]`"
        message = "the plugin 'broadsheet' isn't enabled"
        raise BroadsheetError(
            Problem(shown_path(project.config_file), 0, "plugins", message, advice)
        )
    return plugin


def _build(config: MkDocsConfig, project: Project, log: Collector) -> None:
    try:
        config.plugins.on_startup(command="build", dirty=False)
        build_with_mkdocs(config)
        config.plugins.on_shutdown()
    except (MkDocsException, SystemExit) as error:
        raise _mkdocs_error(project, error, log) from error


def _mkdocs_error(project: Project, error: BaseException, log: Collector) -> BroadsheetError:
    """Returns the errors that MkDocs logged, which say more than its exception."""
    found = log.problems(project.config_file)
    errors = [problem for problem in found if problem.level is Level.ERROR]
    if errors:
        return BroadsheetError(*errors)
    message = " ".join(str(error).split()) or type(error).__name__
    reason = Problem(shown_path(project.config_file), 0, "", f"{library().title}: {message}")
    return BroadsheetError(*found, reason)  # with `strict: true`, the warnings are the reason


def _dead_links(
    config: MkDocsConfig, plugin: BroadsheetPlugin, work: Path, written: Collection[str]
) -> Iterator[Problem]:
    exists = lambda path: path in written or (work / path).is_file()
    return dead_links(config, plugin.files, exists)


def _publish(project: Project, work: Path, target: Path, kept: KeptSite) -> None:
    spare = project.spare / kept.name
    tree = completed(work, target, spare, kept.shared)
    finish(project, tree)
    publish(tree, target)
    keep_spare(tree, spare, kept.shared)


def _check_pages(work: Path, made: Generated, written: Collection[str]) -> None:
    """Makes sure that MkDocs built every page that isn't `written` by Broadsheet itself."""
    for name, plan in made.plans.items():
        path = f"{plan.address}index.html"
        if path not in written and not (work / path).is_file():
            message = f"{library().title} didn't build this page; the old site is unchanged"
            advice = "check that `exclude_docs` in mkdocs.yml doesn't exclude it"
            raise BroadsheetError(Problem(name, 0, "", message, advice))


def _too_many_files(work: Path, target: Path, others: int) -> tuple[Problem, ...]:
    """Warns about too many files, even with --strict: only the owner knows the host's limit."""
    count = sum(len(files) for _, _, files in os.walk(work)) + others
    if count <= MAX_FILES:
        return ()
    message = f"has {count:,} files; some hosts allow only {MAX_FILES:,}"
    advice = "run `broadsheet deploy --dry-run` to see what your host takes, and what saves files"
    return (warning(shown_path(target), 0, "", message, advice),)
