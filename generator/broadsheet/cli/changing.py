"""Shared by commands that change the content: loading it, options and saving."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from broadsheet.base.errors import BroadsheetError, Level
from broadsheet.base.language import language_of
from broadsheet.cli.shared import load_all
from broadsheet.content.check import load_and_check
from broadsheet.content.load import Loaded
from broadsheet.content.merge_lists import ImportOptions
from broadsheet.content.model import Corpus
from broadsheet.content.overrides import MergeDecisions
from broadsheet.content.save import write
from broadsheet.site.citation_keys import keep_keys
from broadsheet.site.project import Project, shown_path


def content_to_change(folder: Path) -> Loaded:
    """Loads the content, which must not have errors: every known paper must be recognized.

    Raises:
        BroadsheetError: The content has errors.
    """
    if not folder.exists():
        return Loaded(Corpus(), MergeDecisions(), ())
    loaded = load_all(folder)
    errors = [problem for problem in loaded.problems if problem.level is Level.ERROR]
    if errors:
        raise BroadsheetError(*errors)
    return loaded


def import_options(
    project: Project,
    digest: str | None = None,
    *,
    texts: bool = True,
    collection: str | None = None,
) -> ImportOptions:
    """Returns how to import into a project today."""
    return ImportOptions(
        today=today(),
        digest=digest or project.settings.digest,
        texts=texts,
        collection=collection,
        settings=project.settings,
        language=language_of(project.language),
    )


def today() -> date:
    """Returns the date in the user's time zone."""
    return date.today()  # noqa: DTZ011


def save(files: Mapping[str, str], folder: Path) -> None:
    """Writes files of content, and then the citation keys of new papers."""
    write(files, folder)
    keep_keys(folder, load_and_check(folder, shown_path(folder)).corpus)
