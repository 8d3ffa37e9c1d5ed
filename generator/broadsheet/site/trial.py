"""Building a site on trial: only that tells whether the code of its owner works."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from broadsheet.base.change import WORK_FOLDER
from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.site.build import build
from broadsheet.site.mkdocs_config import load_mkdocs
from broadsheet.site.project import Project, shown_path
from broadsheet.site.publish import discard


def trial_problems(project: Project) -> Iterator[Problem]:
    """Yields what a build would refuse or warn about, if settings and content can't tell.

    Args:
        project: The project, whose content and settings have no errors.
    """
    if not _can_fail(project, load_mkdocs(project, None)):
        return
    folder = project.root / WORK_FOLDER / "trial"
    try:
        # Like a preview, it may be of any size.
        problems = build(project, lambda _: None, folder, show_problems=True).problems
    except BroadsheetError as error:
        problems = error.problems
    finally:
        discard(folder)
    yield from (found for found in problems if found.file != shown_path(folder))


def _can_fail(project: Project, config: MkDocsConfig) -> bool:
    """Whether the project has code of its own, or settings that MkDocs only reads as it builds."""
    language = str(config.theme.get("language") or "en")
    words = (Path(folder, f"partials/languages/{language}.html") for folder in config.theme.dirs)
    return bool(
        project.template_overrides
        or config.theme.custom_dir
        or config.hooks
        or project.settings.hooks
        or config.strict
        or config.exclude_docs
        or not config.use_directory_urls
        or set(config.plugins) != {"broadsheet"}
        or not any(path.is_file() for path in words)
    )
