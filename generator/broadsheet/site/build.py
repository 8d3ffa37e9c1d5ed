"""Building and publishing a site, completely or not at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from broadsheet.base.errors import Problem
from broadsheet.base.files import fixed_modes
from broadsheet.site.engine import current
from broadsheet.site.faults import owner_errors
from broadsheet.site.lock import build_lock, content_lock
from broadsheet.site.processes import cores
from broadsheet.site.project import Project, Report
from broadsheet.site.unchanged import Stamp


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
class Options:
    """Arguments of `build`, which describes them."""

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
        options = Options(
            strict, show_problems, drafts, jobs or cores(), allow_shrink, pages_first, stop
        )
        return _built(project, report, site_dir, options)


def _built(project: Project, report: Report, site_dir: Path | None, options: Options) -> Built:
    preview = (options.show_problems, options.drafts)
    stamp = Stamp(project, (site_dir, options.strict, *preview, Path.cwd(), current()))
    with content_lock(project.content, report, to_write=False):
        if same := stamp.same():
            folder, result = same
            return Built(folder, result.pages, result.papers, result.problems)
    # To import what builds a site takes longer than to find out that nothing has changed.
    from broadsheet.site.whole import build_whole  # noqa: PLC0415

    return build_whole(project, report, site_dir, options, stamp)
