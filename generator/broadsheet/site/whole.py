"""Building a whole site: with MkDocs, into a folder beside the site, which it then replaces."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from pathlib import Path

from mkdocs.commands.build import build as build_with_mkdocs
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from broadsheet.base.errors import BroadsheetError, Level, Problem, warning
from broadsheet.content.check import load_and_check
from broadsheet.content.model import Corpus
from broadsheet.site.alive import confirm_removals, lost_problems
from broadsheet.site.build import Built, Options
from broadsheet.site.dead_links import dead_links
from broadsheet.site.engine import current, library
from broadsheet.site.engine_log import Collector, engine_log
from broadsheet.site.generate import Generated
from broadsheet.site.handwritten import address_collisions, check_handwritten
from broadsheet.site.hooks import finish, with_hooks
from broadsheet.site.hosts import HOSTS, Measure
from broadsheet.site.kept import KeptSite
from broadsheet.site.loading import plan_site, published, site_of
from broadsheet.site.lock import content_lock
from broadsheet.site.mkdocs_config import load_mkdocs, mkdocs_error
from broadsheet.site.other_hosts import outgoing, site_policy, unallowed
from broadsheet.site.parallel import Speed
from broadsheet.site.plugin import BroadsheetPlugin
from broadsheet.site.project import Project, Report, shown_path
from broadsheet.site.publish import publish, working_folder
from broadsheet.site.trees import change, completed, keep_spare, paths_in
from broadsheet.site.unchanged import Result, Stamp

# What the strictest host takes. Others allow more, or limit the size instead.
MAX_FILES = min(
    limit.most for host in HOSTS.values() for limit in host.limits if limit.measure == Measure.FILES
)


def build_whole(
    project: Project, report: Report, site_dir: Path | None, options: Options, stamp: Stamp
) -> Built:
    """Builds and publishes a site of which something has changed.

    Args:
        project: The project.
        report: Called with each stage of the build.
        site_dir: Where to publish; by default the `site_dir` in mkdocs.yml.
        options: The other arguments of `broadsheet.site.build.build`.
        stamp: Keeps the state of everything that is read and written.

    Raises:
        BroadsheetError: The content, the settings or the project's own code have errors, or the
            target isn't suitable.
    """
    with content_lock(project.content, report, to_write=False):
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
    project: Project, corpus: Corpus, made: Generated, target: Path, options: Options
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
        raise mkdocs_error(project, error, log) from error


def _dead_links(
    config: MkDocsConfig, plugin: BroadsheetPlugin, work: Path, written: Collection[str]
) -> Iterator[Problem]:
    exists = lambda path: path in written or (work / path).is_file()
    return dead_links(config, plugin.files, exists)


def _publish(project: Project, work: Path, target: Path, kept: KeptSite) -> None:
    kept.has_written(paths_in(work))
    if kept.is_live and not project.settings.hooks:  # hooks see the whole site first
        kept.forget()  # if this fails, nobody knows what the site has
        change(target, work, kept.written, kept.gone())
        return
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
