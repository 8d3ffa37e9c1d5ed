"""Loading the configuration of MkDocs."""

from __future__ import annotations

import os
from pathlib import Path

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from broadsheet.base.errors import BroadsheetError, Level, Problem
from broadsheet.site.engine import library
from broadsheet.site.engine_log import Collector, engine_log
from broadsheet.site.project import Project, shown_path


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
            raise mkdocs_error(project, error, log) from error


def mkdocs_error(project: Project, error: BaseException, log: Collector) -> BroadsheetError:
    """Returns the errors that MkDocs logged, which say more than its exception."""
    found = log.problems(project.config_file)
    errors = [problem for problem in found if problem.level is Level.ERROR]
    if errors:
        return BroadsheetError(*errors)
    message = " ".join(str(error).split()) or type(error).__name__
    reason = Problem(shown_path(project.config_file), 0, "", f"{library().title}: {message}")
    return BroadsheetError(*found, reason)  # with `strict: true`, the warnings are the reason
