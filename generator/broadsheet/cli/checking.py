"""The command `check`."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click

from broadsheet.base.errors import BroadsheetError, Level, Problem, sorted_problems
from broadsheet.base.language import language_of
from broadsheet.base.text import counted
from broadsheet.cli.json_shapes import Checked, json_option, shown_problems
from broadsheet.cli.loading import load_all
from broadsheet.cli.shared import (
    allow_shrink_option,
    config_option,
    errors,
    say,
    show,
    show_json,
    strict_option,
)
from broadsheet.content.load import Loaded
from broadsheet.content.settings import Settings
from broadsheet.content.texts.problems import text_problems
from broadsheet.site.project import CONFIG_FILE, Project, find_project, shown_path
from broadsheet.site.readiness import page_problems, readiness_problems
from broadsheet.site.translation import language_problems
from broadsheet.site.trial import trial_problems

FORMATS = ("text", "json", "github", "gitlab")


@click.command(epilog="\b\nExample:\n  broadsheet check --texts --strict")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="How to print problems: for people, for programs, as annotations of GitHub, or as a "
    "code quality report of GitLab.",
)
@json_option("Same as --format json.", Checked)
@click.option(
    "--published",
    metavar="ADDRESS",
    help="The published site, as a URL or folder, to compare the number of papers with "
    "(default: the folder of the last build).",
)
@allow_shrink_option
@click.option(
    "--texts",
    is_flag=True,
    help="Also compare each summary with its abstract: numbers, names, copied words, length, "
    "praise.",
)
@config_option
@strict_option
def check(
    form: str,
    as_json: bool,
    published: str | None,
    allow_shrink: bool,
    texts: bool,
    config_file: Path | None,
    strict: bool,
) -> None:
    """Check the content and settings without building the site.

    If the project has templates, hooks or plugins of its own, builds it aside to see if they work.

    Problems name the file, line and field, and say how to fix them. The exit code is 1 if there
    are errors.

    Warnings also tell what readers would stumble over: papers in no list or without texts, topics
    without papers, gaps in numbering, and letters without a way to unsubscribe. It's an error if
    more than a tenth of the published papers are missing.

    A comment accepts what --texts finds about a text, on the line of its key or above it:
    `tldr: …  # ok: 175B is from table 1`.
    """
    form = "json" if as_json else form
    with errors(), _errors_as(form):
        project = _project(config_file)
        loaded = load_all(project.content)
        problems = (*language_problems(project), *loaded.problems)
        if project.config_file.is_file() and _has_errors(problems):
            problems += sorted_problems(page_problems(project))
        elif project.config_file.is_file():
            problems += sorted_problems(
                readiness_problems(
                    project, loaded, os.environ, published, allow_shrink=allow_shrink
                )
            )
        if project.config_file.is_file() and not _has_errors(problems):
            problems = sorted_problems((*problems, *trial_problems(project)))
        if texts:
            problems = sorted_problems((*problems, *_text_problems(project, loaded)))
        loaded = replace(loaded, problems=problems)
    if form in _FOR_PROGRAMS:
        _FOR_PROGRAMS[form](loaded.problems)
    else:
        _show(project, loaded)
    if _has_errors(loaded.problems) or (strict and loaded.problems):
        sys.exit(1)


def _project(config_file: Path | None) -> Project:
    """Finds the project. If its settings are wrong, problems with its content are told, too."""
    try:
        return find_project(config_file, needs_config=False)
    except BroadsheetError as error:
        file = config_file or Path(CONFIG_FILE)
        folder = (file if file.is_dir() else file.parent) / Settings().content
        found = load_all(folder).problems if folder.is_dir() else ()
        raise BroadsheetError(*error.problems, *found) from error


def _has_errors(problems: Iterable[Problem]) -> bool:
    return any(problem.level is Level.ERROR for problem in problems)


def _text_problems(project: Project, loaded: Loaded) -> Iterator[Problem]:
    english = language_of(project.language).is_english
    shown = shown_path(project.content)
    return text_problems(loaded.corpus, project.content, shown, english=english)


def _show(project: Project, loaded: Loaded) -> None:
    show(loaded.problems, len(loaded.problems))
    errors = sum(problem.level is Level.ERROR for problem in loaded.problems)
    warnings = len(loaded.problems) - errors
    corpus = loaded.corpus
    click.echo(
        f"{shown_path(project.content)}: {counted(len(corpus.papers), 'paper')}, "
        f"{counted(len(corpus.issues), 'issue')}, {counted(len(corpus.topics), 'topic')}, "
        f"{counted(len(corpus.collections), 'collection')}; "
        f"{counted(errors, 'error')}, {counted(warnings, 'warning')}"
    )


def _as_json(problems: Iterable[Problem]) -> None:
    show_json(Checked(shown_problems(problems)))


def _as_github(problems: Iterable[Problem]) -> None:
    """Prints workflow commands, which GitHub shows next to lines of a pull request."""
    for problem in problems:
        line = f",line={problem.line}" if problem.line else ""
        file = _escaped(problem.file).replace(":", "%3A").replace(",", "%2C")
        say(f"::{problem.level} file={file}{line}::{_escaped(_message(problem))}")


def _as_gitlab(problems: Iterable[Problem]) -> None:
    """Prints a report, which GitLab shows next to lines of a merge request."""
    report = [
        {
            "description": _message(problem),
            "check_name": "broadsheet",
            # GitLab tells by this which problems are new.
            "fingerprint": hashlib.sha256(str(problem).encode()).hexdigest()[:32],
            "severity": "major" if problem.level is Level.ERROR else "minor",
            "location": {"path": problem.file, "lines": {"begin": max(1, problem.line)}},
        }
        for problem in problems
    ]
    click.echo(json.dumps(report, indent=1))


def _message(problem: Problem) -> str:
    message = ": ".join(filter(None, (problem.field, problem.message)))
    return f"{message} ({problem.advice})" if problem.advice else message


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


_FOR_PROGRAMS: Mapping[str, Callable[[Iterable[Problem]], None]] = {
    "json": _as_json,
    "github": _as_github,
    "gitlab": _as_gitlab,
}


@contextmanager
def _errors_as(form: str) -> Iterator[None]:
    """Prints what stops the check as programs want it, too."""
    try:
        yield
    except BroadsheetError as error:
        if form not in _FOR_PROGRAMS:
            raise
        _FOR_PROGRAMS[form](error.problems)
        sys.exit(1)
