"""What commands print with --json, and the option. docs/reference/json.md is made from the shapes.

Those of commands that change content are in json_changes.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from typing import Any, Literal, TypeVar

import click
from pydantic import BaseModel, ConfigDict, RootModel

from broadsheet.base.errors import Level, Problem

Command = TypeVar("Command", bound=Callable[..., Any])


class JsonOption(click.Option):
    """The option --json, with the shapes of what the command then prints."""

    def __init__(self, *arguments: Any, shapes: tuple[type[BaseModel], ...], **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.shapes = shapes


def json_option(shown: str, *shapes: type[BaseModel]) -> Callable[[Command], Command]:
    """Adds the option --json to a command.

    Args:
        shown: The help text.
        shapes: What the command prints, the usual shape first.
    """
    return click.option(
        "--json", "as_json", is_flag=True, help=shown, cls=JsonOption, shapes=shapes
    )


class Shape(BaseModel):
    """What a command prints, or a part of it."""

    # Few commands print any of them.
    model_config = ConfigDict(
        frozen=True, extra="forbid", use_attribute_docstrings=True, defer_build=True
    )


class ShownProblem(Shape):
    """Something wrong with data, and where."""

    file: str
    """The file, or what else it's about."""
    line: int
    """The line, counted from 1. 0 means the whole file."""
    field: str
    """The path of keys inside the file, such as `sections[0].heading`."""
    message: str
    """What is wrong."""
    advice: str
    """How to fix it."""
    level: Level
    """`error` or `warning`."""


Problems = tuple[ShownProblem, ...]


def shown_problems(problems: Iterable[Problem]) -> Problems:
    """Returns problems as commands print them."""
    return tuple(ShownProblem(**asdict(problem)) for problem in problems)


class Checked(RootModel[Problems]):
    """The problems of a project. The list is empty if all is well."""


class CreatedSite(Shape):
    """The files of a new site."""

    written: tuple[str, ...]
    """The files that were written."""


class BuiltSite(Shape):
    """A site that was built."""

    folder: str
    """The folder of the site."""
    papers: int
    """How many papers it has."""
    pages: int
    """How many pages it has."""
    problems: Problems
    """Problems that didn't stop the build."""


class FileGroup(Shape):
    """Files of a kind that a site has."""

    name: str
    """What they are, such as `pages of papers`."""
    files: int
    """How many they are."""
    megabytes: float
    """Their size."""


class DeployedSite(Shape):
    """A site that was pushed to a branch."""

    remote: str
    """The Git remote."""
    branch: str
    """The branch."""
    dry_run: bool
    """Whether nothing was pushed."""
    papers: int
    """How many papers the site has."""
    pages: int
    """How many pages it has."""
    files: int
    """How many files it has."""
    megabytes: float
    """The size of all files."""
    largest_file: str
    """The path of the largest file."""
    groups: tuple[FileGroup, ...]
    """What the site is made of, from the largest to the smallest."""
    host: str | None
    """The host whose limits were compared with the site, or `null` if it isn't known."""
    problems: Problems
    """Problems that didn't stop the build, and what the host doesn't take."""


class NewsletterFiles(Shape):
    """The files of a newsletter."""

    files: tuple[str, ...]
    """The files that were written."""
    problems: Problems
    """What an import of the article would change."""


class NewsletterTried(Shape):
    """With `--send --dry-run`: who would get the newsletter."""

    dry_run: Literal[True]
    """Nothing was sent."""
    recipients: Mapping[str, int]
    """How many recipients are `pending`, `sent`, `refused` or `unconfirmed`."""


class NewsletterSent(Shape):
    """With `--send`: who has got the newsletter."""

    dry_run: Literal[False]
    """It was sent."""
    sent: int
    """How many recipients got it now."""
    sent_before: int
    """How many had got it already."""
    refused: tuple[tuple[str, str], ...]
    """Recipients that the mail server refused, each with its reason."""
    unconfirmed: tuple[str, ...]
    """Recipients that may or may not have got it."""
