"""Loading a project for a command."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from broadsheet.base.errors import BroadsheetError, sorted_problems
from broadsheet.cli.shared import tell_waiting
from broadsheet.content.check import load_and_check
from broadsheet.content.load import Loaded
from broadsheet.edition import Edition
from broadsheet.site.citation_keys import published_keys
from broadsheet.site.loading import edition_of, load_project, site_of
from broadsheet.site.lock import content_lock
from broadsheet.site.mkdocs_config import load_mkdocs
from broadsheet.site.project import Project, shown_path


def edition_without_related(project: Project, *, drafts: bool = False) -> Edition:
    """Returns the edition of a project without related papers, which only pages need.

    Args:
        project: The project.
        drafts: Whether it has drafts.
    """
    settings = project.settings.model_copy(update={"related": 0})
    project = replace(project, settings=settings)
    site = site_of(project, load_mkdocs(project, None))
    loaded = load_project(project, drafts=drafts, report=tell_waiting)
    return edition_of(project, loaded, site)


def load_all(folder: Path) -> Loaded:
    """Loads the content and checks it, including the file of citation keys."""
    with content_lock(folder, tell_waiting, to_write=False):
        loaded = load_and_check(folder, shown_path(folder))
        try:
            published_keys(folder)
        except BroadsheetError as error:
            problems = sorted_problems((*loaded.problems, *error.problems))
            return replace(loaded, problems=problems)
        return loaded
