"""Finding a project: ``mkdocs.yml``, the content folder and the working folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from mkdocs.exceptions import ConfigurationError
from mkdocs.utils.yaml import yaml_load

from broadsheet.base.cache import Cache
from broadsheet.base.change import WORK_FOLDER
from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.content.settings import Settings, read_settings
from broadsheet.content.yaml_text import Lines
from broadsheet.site.settings_file import check_settings_file
from broadsheet.site.settings_values import value_problems

CONFIG_FILE = "mkdocs.yml"

# Is called with each stage of long work.
Report = Callable[[str], None]


@dataclass(frozen=True)
class Project:
    """A folder with the configuration and content of a site.

    Attributes:
        root: The folder.
        config_file: The path of mkdocs.yml, which may not exist yet.
        settings: Its `extra.broadsheet`.
        language: Its `theme.language`.
        url: Its `site_url`.
        memory: What this process remembers of earlier builds, if it builds several times.
    """

    root: Path
    config_file: Path
    settings: Settings
    language: str = "en"
    url: str = ""
    memory: dict[Path, Any] | None = field(default=None, repr=False, compare=False)

    @property
    def content(self) -> Path:
        """The content folder."""
        return self.root / self.settings.content

    @property
    def cache(self) -> Path:
        """The folder with results of earlier builds. It can be deleted at any time."""
        return self.root / WORK_FOLDER / "cache"

    @property
    def kept(self) -> Cache:
        """The results of earlier builds."""
        return Cache(self.cache, self.memory)

    @property
    def spare(self) -> Path:
        """The folder of earlier sites, which new ones are made from."""
        return self.root / WORK_FOLDER / "spare"

    @property
    def lock_file(self) -> Path:
        """The file of the lock that a build holds."""
        return self.root / WORK_FOLDER / "lock"

    @property
    def template_overrides(self) -> Path | None:
        """The folder with the project's own page templates, if any."""
        folder = self.root / "site_templates" / "pages"
        return folder if folder.is_dir() else None


def shown_path(path: Path) -> str:
    """Returns a path as a person would type it, relative if it's inside the current folder."""
    here = Path.cwd()
    # Show the name of a link, not its target.
    for found in (Path(os.path.normpath(path.absolute())), path.resolve()):
        if found.is_relative_to(here):
            return found.relative_to(here).as_posix()
    return path.as_posix()


def find_project(config_file: Path | None, *, needs_config: bool = True) -> Project:
    """Finds a project and reads its settings.

    Args:
        config_file: The configuration file or its folder. By default, mkdocs.yml in the current
            folder.
        needs_config: Whether the default file must exist. If not, a folder `content` is enough, and
            all settings have defaults.

    Raises:
        BroadsheetError: The file is missing or invalid.
    """
    file = config_file or Path(CONFIG_FILE)
    if file.is_dir():
        file = file / CONFIG_FILE
    if not file.exists():
        if needs_config or config_file or not Path(Settings().content).is_dir():
            advice = "run `broadsheet new` to create a site, or choose one with --config-file"
            raise BroadsheetError(Problem(shown_path(file), 0, "", "no such file", advice))
        return Project(Path.cwd(), file, Settings())
    found = _configuration(file)
    _check_values(found, file)
    settings = read_settings(_nested(found, "extra", "broadsheet"), file, shown_path(file))
    language = _nested(found, "theme", "language")
    # Like MkDocs, use the folder of the file, even if the file is a link to another folder.
    url = str(found.get("site_url") or "")
    return Project(file.absolute().parent, file, settings, str(language or "en"), url)


def line_of_key(file: Path, key: str) -> int:
    """Returns the line (from 1) of a top-level setting in mkdocs.yml, or 0 if it isn't set."""
    lines = file.read_text("utf-8", errors="replace").splitlines()
    return next((n for n, line in enumerate(lines, start=1) if line.startswith(f"{key}:")), 0)


def _configuration(file: Path) -> Mapping[str, Any]:
    """Reads mkdocs.yml and the file that it inherits from, if any."""
    check_settings_file(file, shown_path(file))
    try:
        with file.open("rb") as stream:  # MkDocs needs the name to find the file of INHERIT
            found: Mapping[str, Any] = yaml_load(stream)
    except (ConfigurationError, yaml.YAMLError) as error:
        message = " ".join(str(error).split())
        raise BroadsheetError(Problem(shown_path(file), 0, "", message)) from error
    return found


def _check_values(found: Mapping[str, Any], file: Path) -> None:
    lines = Lines(file.read_text("utf-8"))
    if problems := tuple(value_problems(found, shown_path(file), lines)):
        raise BroadsheetError(*problems)


def _nested(found: Mapping[str, Any], key: str, inner: str) -> Any:
    """Returns the value of a setting under another one, or None if it isn't set."""
    outer = found.get(key)
    return outer.get(inner) if isinstance(outer, dict) else None
