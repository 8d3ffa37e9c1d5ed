"""What commands that change content print with --json."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import RootModel

from broadsheet.cli.json_shapes import Problems, Shape


class MigratedContent(Shape):
    """Content that was converted to the current format."""

    before: int
    """The format that the content had."""
    format: int
    """The current format."""
    migrations: tuple[str, ...]
    """What was due, in order."""
    files: tuple[str, ...]
    """The files that change."""
    dry_run: bool
    """Whether nothing was written."""


class Imported(Shape):
    """What an import has changed."""

    new: tuple[str, ...]
    """The slugs of new papers."""
    merged: tuple[str, ...]
    """For each record of a paper that was known, the slug of that paper."""
    changed: tuple[str, ...]
    """The slugs of papers that got values they didn't have."""
    unchanged: int
    """How many papers were known and stay as they are."""
    issues: tuple[str, ...]
    """New issues, such as `llm-papers/2024-W12`."""
    edited: tuple[str, ...]
    """Issues that changed."""
    collections: tuple[str, ...]
    """The slugs of new collections."""
    files: tuple[str, ...]
    """The files that change, relative to the content folder."""
    dry_run: bool
    """Whether nothing was written."""
    columns: Mapping[str, Mapping[str, str]]
    """For each table, the fields that its columns were taken for."""
    problems: Problems
    """What was skipped or needs a look."""


class GrownIssue(Shape):
    """An issue that got papers."""

    issue: str
    """The digest and week, such as `llm-papers/2024-W12`."""
    draft: bool
    """Whether it's a draft."""
    sections: Mapping[str, tuple[str, ...]]
    """The slugs of the papers that it got, by the heading of their section."""


class ChangedIssue(Shape):
    """What a command has changed in an issue and its papers."""

    dry_run: bool
    """Whether nothing was written."""
    issue: str
    """The issue of the command, such as `llm-papers/2024-W12`."""
    papers: tuple[str, ...]
    """The slugs of new papers."""
    published: tuple[str, ...]
    """The slugs of papers that are no longer drafts."""
    completed: Mapping[str, tuple[str, ...]]
    """The fields that known papers got, by slug."""
    added: tuple[GrownIssue, ...]
    """The issues that are new or changed."""
    written: tuple[str, ...]
    """The files that change, relative to the content folder."""
    problems: Problems
    """What needs a look."""


class LostValue(Shape):
    """A value that no file has any more, because the paper that stays has another one."""

    field: str
    """The field."""
    kept: str
    """The value that stays, or nothing."""
    lost: str
    """The value that is gone."""


class EditedPapers(Shape):
    """What an edit of papers has changed."""

    dry_run: bool
    """Whether nothing was written."""
    written: tuple[str, ...]
    """The files that change, relative to the content folder."""
    removed: tuple[str, ...]
    """The files that go away."""
    done: tuple[str, ...]
    """What was done, a sentence each."""
    lost: tuple[LostValue, ...]
    """Values that no file has any more."""
    notes: tuple[str, ...]
    """What a person should look at."""


class GivenValue(Shape):
    """A value that a service has given to a paper."""

    field: str
    """The field."""
    value: str
    """The value."""
    service: str
    """The service."""


class DifferentValue(Shape):
    """A field in which a paper and a service disagree."""

    field: str
    """The field."""
    yours: str
    """The value of the paper, which stays."""
    theirs: str
    """The value of the service."""
    service: str
    """The service."""


class EnrichedPaper(Shape):
    """What services know about a paper."""

    given: tuple[GivenValue, ...]
    """The values that the paper got."""
    differences: tuple[DifferentValue, ...]
    """Where services disagree with the paper."""
    notes: tuple[str, ...]
    """What a person should know."""


class Enriched(Shape):
    """What services have given to papers."""

    dry_run: bool
    """Whether nothing was written."""
    papers: Mapping[str, EnrichedPaper]
    """The papers that services know something new about, by slug."""
    written: tuple[str, ...]
    """The files that change, relative to the content folder."""
    problems: Problems
    """Why services couldn't be asked, or files couldn't be edited."""


class Draft(Shape):
    """What became of a paper that a program wrote about."""

    slug: str
    """The paper."""
    status: Literal["written", "would write", "refused"]
    """What became of it."""
    tldr: str | None
    """The summary in one line."""
    summary: str | None
    """The longer summary."""
    by: str | None
    """The name of the program."""
    on: str | None
    """The day."""
    problems: Problems
    """Why it was refused, or what the check of texts found."""
    prompt: str | None
    """What the program was asked, in a dry run."""
    answer: str | None
    """What it printed, in a dry run."""


class Drafts(RootModel[tuple[Draft, ...]]):
    """The drafts of summaries, in the order of the papers."""
