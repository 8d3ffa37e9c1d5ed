"""Shared by commands that change the content: loading it, options, saving, and saying so."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from broadsheet.base.errors import BroadsheetError, Level
from broadsheet.base.language import language_of
from broadsheet.base.text import counted
from broadsheet.cli.json_changes import ChangedIssue, GrownIssue
from broadsheet.cli.json_shapes import shown_problems
from broadsheet.cli.loading import load_all
from broadsheet.cli.shared import hold, show, show_json
from broadsheet.content.changes import Changes, ImportOptions
from broadsheet.content.listing import Target
from broadsheet.content.load import Loaded
from broadsheet.content.model import Corpus, Issue
from broadsheet.content.overrides import MergeDecisions
from broadsheet.content.reimport import Take
from broadsheet.content.save import changed_files, printed_in, write
from broadsheet.site.citation_keys import keys_file, published_keys
from broadsheet.site.project import Project, find_project, shown_path


def content_to_change(folder: Path, *, to_write: bool = True) -> Loaded:
    """Loads the content, which must not have errors: every known paper must be recognized.

    Until the command has ended, no other one changes the content.

    Args:
        folder: The content folder.
        to_write: Whether the command may change it.

    Raises:
        BroadsheetError: The content has errors.
    """
    hold(folder, to_write=to_write)
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
    target: Target | None = None,
    folder: Path | None = None,
    take: str | None = None,
) -> ImportOptions:
    """Returns how to import into a project today, or into another content folder."""
    return ImportOptions(
        today=today(),
        digest=digest or project.settings.digest,
        texts=texts,
        collection=collection,
        target=target,
        settings=project.settings,
        language=language_of(project.language),
        folder=shown_path(folder or project.content),
        printed=printed_in(folder or project.content),
        take=Take(take) if take else None,
    )


def today() -> date:
    """Returns the date in the user's time zone."""
    return date.today()  # noqa: DTZ011


def save(files: Mapping[str, str], folder: Path, loaded: Loaded, changes: Changes) -> None:
    """Writes files of content and the citation keys of new papers, as one change.

    Args:
        files: The new texts of files, by path in the folder.
        folder: The content folder.
        loaded: The content before.
        changes: What changes.
    """
    after = (*changes.new, *(paper for paper, _ in changes.changed), *changes.published)
    papers = {**loaded.corpus.papers, **{paper.slug: paper for paper in after}}
    keys = keys_file(published_keys(folder), papers)
    write({**files, **keys}, folder, read=loaded.read)


@dataclass(frozen=True)
class Work:
    """A command that adds papers to an issue.

    Attributes:
        project: The project.
        loaded: The content before.
        target: The issue.
    """

    project: Project
    loaded: Loaded
    target: Target

    @property
    def name(self) -> str:
        """The digest and week of the issue."""
        return f"{self.target.digest}/{self.target.week}"

    @property
    def folder(self) -> str:
        """The content folder, as problems print it."""
        return shown_path(self.project.content)

    def options(self, target: Target | None = None) -> ImportOptions:
        """Returns how to import; `target` is the issue that lists all imported papers."""
        return import_options(self.project, self.target.digest, target=target)


def begin(
    config_file: Path | None, digest: str | None, week: str, *, to_write: bool = True
) -> Work:
    """Loads the content for a command that changes an issue."""
    project = find_project(config_file)
    loaded = content_to_change(project.content, to_write=to_write)
    return Work(project, loaded, Target(digest or project.settings.digest, week))


def finish(
    work: Work, changes: Changes, *, dry_run: bool, as_json: bool, notes: Iterable[str] = ()
) -> None:
    """Writes the changes of a command and prints them. Exits with code 1 if there were errors.

    Args:
        work: The command.
        changes: What it changes.
        dry_run: Whether to write nothing.
        as_json: Whether to print JSON.
        notes: Lines to print first, if it isn't JSON.
    """
    files = changed_files(changes, work.loaded.corpus, work.project.content)
    if not dry_run and files:
        save(files, work.project.content, work.loaded, changes)
    if as_json:
        show_json(_as_json(work, changes, sorted(files), dry_run=dry_run))
    else:
        show(changes.problems)
        for line in notes:
            click.echo(line)
        for line in _as_text(work, changes, sorted(files), dry_run=dry_run):
            click.echo(line)
    if any(problem.level is Level.ERROR for problem in changes.problems):
        sys.exit(1)


def _as_json(work: Work, changes: Changes, files: Sequence[str], *, dry_run: bool) -> ChangedIssue:
    return ChangedIssue(
        dry_run=dry_run,
        issue=work.name,
        papers=tuple(paper.slug for paper in changes.new),
        published=tuple(paper.slug for paper in changes.published),
        completed={paper.slug: tuple(fields) for paper, fields in changes.changed},
        added=tuple(_grown(before, after) for before, after in _issues(changes)),
        written=tuple(files),
        problems=shown_problems(changes.problems),
    )


def _grown(before: Issue | None, after: Issue) -> GrownIssue:
    sections = {heading: tuple(papers) for heading, papers in _added(before, after).items()}
    return GrownIssue(issue=f"{after.digest}/{after.name}", draft=after.draft, sections=sections)


def _as_text(work: Work, changes: Changes, files: Sequence[str], *, dry_run: bool) -> Iterator[str]:
    for before, after in _issues(changes):
        yield _headline(before, after)
        for heading, papers in _added(before, after).items():
            yield f"  {heading}: {counted(len(papers), 'paper')}"
    if changes.published:
        yield f"published {counted(len(changes.published), 'paper')} with it"
    if not files:
        yield f"{work.name}: nothing to change"
        return
    verb = "would write" if dry_run else "wrote"
    folder = shown_path(work.project.content)
    yield f"{verb} {folder}/{files[0]}" if len(files) == 1 else f"{verb} {len(files):,} files"


def _issues(changes: Changes) -> Iterator[tuple[Issue | None, Issue]]:
    yield from ((None, issue) for issue in changes.issues)
    yield from changes.edited


def _headline(before: Issue | None, after: Issue) -> str:
    name = f"{after.digest}/{after.name}"
    known = len(before.entries()) if before else 0
    papers = counted(len(after.entries()) - known, "new paper")
    if before and before.draft and not after.draft:
        return f"{name} is no longer a draft"
    if before:
        return f"{name}: {papers}"
    return f"new {'draft' if after.draft else 'issue'} {name}, {after.title!r}: {papers}"


def _added(before: Issue | None, after: Issue) -> dict[str, list[str]]:
    """Returns the papers that an issue has got, by the heading of their section."""
    known = Counter(entry.paper for entry in before.entries()) if before else Counter[str]()
    added = {
        section.heading: [e.paper for e in section.entries if e.paper not in known]
        for section in after.sections
    }
    return {heading: papers for heading, papers in added.items() if papers}
