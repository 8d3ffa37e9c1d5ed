"""The command `migrate`."""

from __future__ import annotations

from pathlib import Path

import click

from broadsheet.base.change import Change, change_folder, make
from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.base.text import counted
from broadsheet.cli.json_changes import MigratedContent
from broadsheet.cli.json_shapes import json_option
from broadsheet.cli.shared import config_option, errors, hold, show_json
from broadsheet.content.migrate import FORMAT, Migrated, migrated
from broadsheet.content.save import SCHEMA_FOLDER, write
from broadsheet.content.schema import OURS, schema_files
from broadsheet.site.project import Project, find_project, shown_path


@click.command(epilog="\b\nExample:\n  broadsheet migrate --dry-run")
@click.option("-n", "--dry-run", is_flag=True, help="Show what would change, but write nothing.")
@json_option("Print what changed as JSON.", MigratedContent)
@config_option
def migrate(dry_run: bool, as_json: bool, config_file: Path | None) -> None:
    """Bring a site up to date after upgrading Broadsheet.

    Converts the content if its format has changed, and updates the schemas for editors. Everything
    else stays as it is, including comments and the layout of files. If nothing is due, writes
    nothing.
    """
    with errors():
        project = find_project(config_file, needs_config=True)
        hold(project.content, to_write=not dry_run)
        found = migrated(project.content, shown_path(project.content))
        schemas = _schemas_to_write(project)
        if not dry_run:
            write(found.files, project.content, read=found.read)
            make(Change(schemas), change_folder(project.root / SCHEMA_FOLDER))
    paths = [*(project.content / name for name in found.files), *schemas]
    files = [shown_path(path) for path in paths]
    if as_json:
        show_json(_as_json(found, files, dry_run))
    else:
        _show(found, files, dry_run)


def _schemas_to_write(project: Project) -> dict[Path, bytes]:
    """Returns the schemas that are missing or not current.

    Raises:
        BroadsheetError: The owner has a file of the same name.
    """
    folder = project.root / SCHEMA_FOLDER
    found = {folder / name: content for name, content in schema_files().items()}
    for path in found:
        if path.is_file() and OURS not in path.read_bytes():
            message, advice = (
                "isn't a schema of Broadsheet",
                "rename it, because migrate writes one",
            )
            raise BroadsheetError(Problem(shown_path(path), 0, "", message, advice))
    return {
        path: content
        for path, content in found.items()
        if not path.is_file() or path.read_bytes() != content
    }


def _as_json(found: Migrated, files: list[str], dry_run: bool) -> MigratedContent:
    return MigratedContent(
        before=found.before,
        format=FORMAT,
        migrations=tuple(migration.about for migration in found.migrations),
        files=tuple(files),
        dry_run=dry_run,
    )


def _show(found: Migrated, files: list[str], dry_run: bool) -> None:
    for migration in found.migrations:
        click.echo(f"format {migration.to}: {migration.about}")
    verb = "would write" if dry_run else "wrote"
    for file in files:
        click.echo(f"{verb} {file}")
    if not files:
        click.echo(f"Nothing to do: the content has format {FORMAT}, and the schemas are current.")
    elif not dry_run:
        click.echo(f"{counted(len(files), 'file')}; run `broadsheet check` to check the content.")
