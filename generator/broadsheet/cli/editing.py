"""The commands `merge`, `split` and `rename`, which change papers and all that refers to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from broadsheet.base.cache import Cache
from broadsheet.base.errors import BroadsheetError, Level
from broadsheet.base.text import counted, one_line, shortened
from broadsheet.cli.json_changes import EditedPapers, LostValue
from broadsheet.cli.shared import change_options, errors, hold, show_json
from broadsheet.content.editing import Edited, Editing
from broadsheet.content.joining import join
from broadsheet.content.load import load
from broadsheet.content.renames import rename
from broadsheet.content.save import write
from broadsheet.content.splitting import split
from broadsheet.site.citation_keys import keys_file, published_keys
from broadsheet.site.project import Project, find_project, shown_path


@click.command(
    "merge",
    epilog="\b\nExample:\n  broadsheet merge raft-adapting-language-models raft",
)
@click.argument("kept", metavar="PAPER")
@click.argument("other", metavar="OTHER")
@change_options(EditedPapers)
def merge_(kept: str, other: str, dry_run: bool, as_json: bool, config_file: Path | None) -> None:
    """Merge a paper into another one that is the same.

    PAPER and OTHER are slugs. PAPER keeps all its values and its citation key, and gets those that
    only OTHER has. Topics, links, other titles, corrections and sources of both are kept. Where
    both have different values, those of OTHER are printed, because no file has them any more.
    Only summaries by a program that nobody has reviewed give way to those of a person.

    Issues and collections refer to PAPER afterwards, the address of OTHER redirects to it, and
    merges.yml says that both are the same, so that imports know.
    """
    with errors():
        project = find_project(config_file, needs_config=False)
        work = _begin(project, dry_run)
        join(work, kept, other)
        _finish(project, work, dry_run, as_json)


@click.command(
    "split",
    epilog="\b\nExample:\n  broadsheet split raft raft-boats --source articles/2024-W12.txt:21",
)
@click.argument("paper", metavar="PAPER")
@click.argument("new", metavar="NEW")
@click.option(
    "--source",
    "sources",
    metavar="NAME[:LINE]",
    multiple=True,
    required=True,
    help="A source of PAPER that is about the other paper, as in its `provenance`. Can be "
    "repeated.",
)
@change_options(EditedPapers)
def split_(
    paper: str,
    new: str,
    sources: Sequence[str],
    dry_run: bool,
    as_json: bool,
    config_file: Path | None,
) -> None:
    """Split a paper that was merged from two papers by mistake.

    Makes the paper NEW and moves to it, out of PAPER: the sources; the fields that only they gave,
    as `gave` in their provenance says; and the entries of PAPER in issues and collections from
    these sources. Everything else stays with PAPER.

    NEW can be an alias of PAPER, which a merge has left. It then gets its old address and citation
    key back. merges.yml says that both papers are different, so that imports know.
    """
    with errors():
        project = find_project(config_file, needs_config=False)
        work = _begin(project, dry_run)
        split(work, paper, new, sources)
        _finish(project, work, dry_run, as_json)


@click.command(
    "rename",
    epilog="\b\nExample:\n  broadsheet rename raft raft-adapting-language-models",
)
@click.argument("old")
@click.argument("new")
@change_options(EditedPapers)
def rename_(old: str, new: str, dry_run: bool, as_json: bool, config_file: Path | None) -> None:
    """Give a paper another address.

    OLD and NEW are slugs. The paper's file, all references to it and its citation key follow. The
    old address redirects to the new one.
    """
    with errors():
        project = find_project(config_file, needs_config=False)
        work = _begin(project, dry_run)
        rename(work, old, new)
        _finish(project, work, dry_run, as_json, renamed=[(old, new)])


def _begin(project: Project, dry_run: bool) -> Editing:
    """Loads the content. It may have problems, but every file must be readable."""
    hold(project.content, to_write=not dry_run)
    shown = shown_path(project.content)
    cache = Cache(project.cache) if project.cache.exists() else None
    loaded = load(project.content, shown, cache)
    fatal = [problem for problem in loaded.problems if problem.level is Level.ERROR]
    if fatal:
        raise BroadsheetError(*fatal)
    return Editing(loaded.corpus, project.content, shown, read=loaded.read)


def _finish(
    project: Project,
    work: Editing,
    dry_run: bool,
    as_json: bool,
    renamed: Sequence[tuple[str, str]] = (),
) -> None:
    edit = work.result()
    known = published_keys(project.content)
    files = edit.files | (keys_file(known, edit.papers, renamed) if known else {})
    if not dry_run:
        write(files, project.content, edit.moved, read=work.read)
    show = _show_json if as_json else _show
    show(edit, sorted(files), dry_run)


def _show_json(edit: Edited, files: Sequence[str], dry_run: bool) -> None:
    show_json(
        EditedPapers(
            dry_run=dry_run,
            written=tuple(files),
            removed=tuple(sorted(edit.moved)),
            done=edit.done,
            lost=tuple(LostValue(**asdict(lost)) for lost in edit.lost),
            notes=edit.notes,
        )
    )


def _show(edit: Edited, files: Sequence[str], dry_run: bool) -> None:
    for line in edit.done:
        click.echo(line)
    for lost in edit.lost:
        kept = f"; kept {shortened(lost.kept)!r}" if lost.kept else ""
        # No file has this value any more, so it's printed whole.
        click.echo(f"lost {lost.field}: {one_line(lost.lost)!r}{kept}")
    for note in edit.notes:
        click.echo(f"note: {note}")
    would = "would write" if dry_run else "wrote"
    removed = f", {'would remove' if dry_run else 'removed'} {counted(len(edit.moved), 'file')}"
    click.echo(f"{would} {counted(len(files), 'file')}{removed if edit.moved else ''}")
