"""Where a project's things are: ``mkdocs.yml``, the content folder, the working folder."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from mkdocs.exceptions import ConfigurationError
from mkdocs.utils.yaml import yaml_load

from broadsheet.base.encoding import decode
from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.content.settings import Settings, read_settings

CONFIG_FILE = "mkdocs.yml"
WORK_FOLDER = ".broadsheet"


@dataclass(frozen=True)
class Project:
    """A folder with a site's configuration and content.

    `config_file` may not exist yet. `language` is what it sets as `theme.language`.
    """

    root: Path
    config_file: Path
    settings: Settings
    language: str = "en"

    @property
    def content(self) -> Path:
        return self.root / self.settings.content

    @property
    def cache(self) -> Path:
        """What earlier builds worked out; it can be removed at any time."""
        return self.root / WORK_FOLDER / "cache"

    @property
    def lock_file(self) -> Path:
        """Held by the process that builds."""
        return self.root / WORK_FOLDER / "lock"

    @property
    def template_overrides(self) -> Path | None:
        """The project's own templates, which come before those of the package."""
        folder = self.root / "site_templates" / "pages"
        return folder if folder.is_dir() else None

    def shown(self, path: Path) -> str:
        return shown_path(path)


def shown_path(path: Path) -> str:
    """A path as a person would type it here: relative when it is below this folder."""
    here = Path.cwd()
    # A link is shown as what it is called, not as what it leads to.
    for found in (Path(os.path.normpath(path.absolute())), path.resolve()):
        if found.is_relative_to(here):
            return found.relative_to(here).as_posix()
    return path.as_posix()


def find_project(config_file: Path | None, *, needs_config: bool) -> Project:
    """The project of a configuration file, by default that of this folder.

    Without one, and where none is needed, everything has its default. Raises BroadsheetError
    when the file is needed and missing, or is not right.
    """
    file = config_file or Path(CONFIG_FILE)
    if file.is_dir():
        file = file / CONFIG_FILE
    if not file.is_file():
        if needs_config or config_file:
            advice = "run `broadsheet new` here for a first one, or name it with --config-file"
            raise BroadsheetError(Problem(shown_path(file), 0, "", "there is no such file", advice))
        return Project(Path.cwd(), file, Settings())
    found = _configuration(file)
    settings = read_settings(_below(found, "extra", "broadsheet"), file, shown_path(file))
    language = _below(found, "theme", "language")
    # As MkDocs has it: beside the file, also where the file is a link to one elsewhere.
    return Project(file.absolute().parent, file, settings, str(language or "en"))


def line_of_key(file: Path, key: str) -> int:
    """The line (from 1) of a setting in mkdocs.yml, 0 when it is not there."""
    lines = file.read_text("utf-8", errors="replace").splitlines()
    return next((n for n, line in enumerate(lines, start=1) if line.startswith(f"{key}:")), 0)


def _unreadable(file: Path, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None)
    what = getattr(error, "problem", None) or getattr(error, "reason", None) or error
    line = mark.line + 1 if mark else 0
    return Problem(shown_path(file), line, "", f"not readable as YAML: {what}")


def _configuration(file: Path) -> Mapping[str, Any]:
    """What mkdocs.yml says, with what it inherits."""
    decode(file.read_bytes(), shown_path(file))  # what is no text is named with its line
    try:
        with file.open("rb") as stream:  # by its name MkDocs finds the file that this INHERITs
            found = yaml_load(stream)
    except yaml.YAMLError as error:
        raise BroadsheetError(_unreadable(file, error)) from error
    except ConfigurationError as error:
        cause = error.__cause__ or error.__context__
        if isinstance(cause, yaml.YAMLError):
            raise BroadsheetError(_unreadable(file, cause)) from error
        message = " ".join(str(error).split())
        raise BroadsheetError(Problem(shown_path(file), 0, "", message)) from error
    if not isinstance(found, dict | None):
        advice = "write `site_name: …` and other settings, each on a line of its own"
        raise BroadsheetError(Problem(shown_path(file), 1, "", "must be a mapping", advice))
    return found or {}


def _below(found: Mapping[str, Any], key: str, inner: str) -> Any:
    """The value of a setting below another, None if there's no such setting."""
    outer = found.get(key)
    return outer.get(inner) if isinstance(outer, dict) else None
