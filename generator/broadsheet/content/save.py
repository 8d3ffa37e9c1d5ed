"""Saving content: turns the changes of an import into the text of files and writes them."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from broadsheet.base.change import Change, FileChangedError, change_folder, hash_of, make
from broadsheet.base.encoding import decode, encode_like
from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.content import yaml_text
from broadsheet.content.changes import Changes
from broadsheet.content.columns import FILE as COLUMNS_FILE
from broadsheet.content.columns import KeptColumns, read_kept_columns
from broadsheet.content.draft import MAPPINGS
from broadsheet.content.edit import add_keys, extend_list
from broadsheet.content.edit_nested import edited
from broadsheet.content.model import Collection, Corpus, Issue, Paper, Place, Topic
from broadsheet.content.printed import PRINTED_FILE, printed_text, read_printed
from broadsheet.content.reimport import Finding
from broadsheet.content.validation import key_path_text

# The folder of a project's JSON Schemas, and their names by folder of the content.
SCHEMA_FOLDER = "schemas"
_SCHEMAS = {"papers": "paper", "digests": "issue", "collections": "collection"}
PAPER_KEYS = tuple(name for name in Paper.model_fields if name != "slug")


def as_mapping(value: BaseModel) -> dict[str, Any]:
    """Returns a model value as it's saved: keys in the order of the schema, without empty ones."""
    found: dict[str, Any] = {}
    for name in type(value).model_fields:
        plain = _plain(getattr(value, name))
        if plain not in (None, False, [], {}):
            found[name] = plain
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return as_mapping(value)
    if isinstance(value, tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, date):
        return value.isoformat()
    return value


def file_of(value: Paper | Issue | Collection) -> tuple[str, str]:
    """Returns the path of a value's file, relative to the content folder, and its text."""
    fields = as_mapping(value)
    inside = {key: inner for key, inner in fields.items() if key != "slug"}
    if isinstance(value, Paper):
        return f"papers/{value.slug}.yml", yaml_text.dump(inside)
    if isinstance(value, Collection):
        return f"collections/{value.slug}.yml", yaml_text.dump(inside)
    return f"digests/{value.digest}/{value.name}.yml", yaml_text.dump(_inside(value))


def _inside(issue: Issue) -> dict[str, Any]:
    """Returns what the file of an issue says, without what its path says."""
    return {key: v for key, v in as_mapping(issue).items() if key not in ("digest", "name")}


def _fields_of(topic: Topic) -> dict[str, Any]:
    return {key: value for key, value in as_mapping(topic).items() if key != "slug"}


def changed_files(changes: Changes, corpus: Corpus, folder: Path) -> dict[str, str]:
    """Returns the new text of every file that an import changes, by path in `folder`.

    Raises:
        BroadsheetError: A file is laid out in a way that can't be edited safely.
    """
    values: list[Paper | Issue | Collection] = [*changes.new, *changes.issues, *changes.collections]
    files = dict(file_of(value) for value in values)
    lines: dict[str, dict[int, Paper]] = defaultdict(dict)
    for paper, new_fields in changes.changed:
        place = corpus.places["paper", paper.slug]
        if place.file.endswith(".jsonl"):
            lines[place.file][place.line] = paper
        else:
            text = read_text(folder, place.file)
            old = corpus.papers[paper.slug]
            files[place.file] = _edited(text, place.file, old, paper, new_fields)
    for file, papers in lines.items():
        files[file] = _edited_lines(read_text(folder, file), papers)
    for paper in changes.published:
        place = corpus.places["paper", paper.slug]
        text = files.get(place.file) or read_text(folder, place.file)
        files[place.file] = _published(text, place, corpus.papers[paper.slug], paper)
    for before, after in changes.edited:
        file = corpus.places["issue", f"{before.digest}/{before.name}"].file
        files[file] = edited(read_text(folder, file), file, _inside(before), _inside(after))
    for collection, entries in changes.extended:
        file = corpus.places["collection", collection.slug].file
        more_entries = [as_mapping(entry) for entry in entries]
        files[file] = extend_list(read_text(folder, file), file, "entries", more_entries)
    if changes.printed:
        printed = printed_in(folder) | dict(changes.printed)
        files[PRINTED_FILE] = printed_text(printed)
    if changes.topics:
        known = read_text(folder, "topics.yml") if (folder / "topics.yml").exists() else ""
        more_topics = {topic.slug: _fields_of(topic) for topic in changes.topics}
        files["topics.yml"] = add_keys(known, "topics.yml", more_topics, ())
    return files


def printed_in(folder: Path) -> dict[str, tuple[str, ...]]:
    """Returns the hashes of what issues' sources printed, by the issue's digest and name.

    Raises:
        BroadsheetError: The file is invalid.
    """
    if not (folder / PRINTED_FILE).exists():
        return {}
    return read_printed(read_text(folder, PRINTED_FILE), f"{folder.name}/{PRINTED_FILE}")


def kept_columns_in(folder: Path) -> tuple[KeptColumns, ...]:
    """Returns what people have decided about the columns of tables.

    Raises:
        BroadsheetError: The file is invalid.
    """
    if not (folder / COLUMNS_FILE).exists():
        return ()
    text, shown = read_text(folder, COLUMNS_FILE), f"{folder.name}/{COLUMNS_FILE}"
    value = yaml_text.parse(text, shown)
    kept, problems = read_kept_columns(value, shown, yaml_text.Lines(text))
    if problems:
        raise BroadsheetError(*problems)
    return kept


def located(findings: Iterable[Finding], corpus: Corpus, folder: Path) -> Iterator[Problem]:
    """Yields findings about issues as problems, with the lines of their files."""
    lines: dict[str, yaml_text.Lines] = {}
    for found in findings:
        file = corpus.places["issue", found.issue].file
        if file not in lines:
            lines[file] = yaml_text.Lines(read_text(folder, file))
        field, shown = key_path_text(found.path), f"{folder.name}/{file}"
        line = lines[file](found.path)
        yield Problem(shown, line, field, found.message, found.advice, found.level)


def read_text(folder: Path, file: str) -> str:
    """Returns the text of a file in the content folder."""
    return decode((folder / file).read_bytes(), f"{folder.name}/{file}")


def _edited(text: str, file: str, before: Paper, paper: Paper, new_fields: tuple[str, ...]) -> str:
    fields = as_mapping(paper)
    values = {name: fields[name] for name in PAPER_KEYS if name in new_fields}
    lists = {"provenance": len(before.provenance), "other_titles": len(before.other_titles)}
    text = add_keys(text, file, {k: v for k, v in values.items() if k not in lists}, PAPER_KEYS)
    for name, length in lists.items():
        more = fields.get(name, [])[length:]
        text = extend_list(text, file, name, more, PAPER_KEYS) if more else text
    return text


def _published(text: str, place: Place, before: Paper, after: Paper) -> str:
    """Returns the text of a file with a paper that is no longer a draft."""
    if not place.file.endswith(".jsonl"):
        return edited(text, place.file, _without_slug(before), _without_slug(after))
    lines = text.split("\n")
    found = json.loads(lines[place.line - 1], parse_float=str)
    del found["draft"]
    lines[place.line - 1] = json.dumps(found, ensure_ascii=False)
    return "\n".join(lines)


def _without_slug(paper: Paper) -> dict[str, Any]:
    return {key: inner for key, inner in as_mapping(paper).items() if key != "slug"}


def _edited_lines(text: str, papers: Mapping[int, Paper]) -> str:
    lines = text.split("\n")
    for number, paper in papers.items():
        before = json.loads(lines[number - 1], parse_float=str)
        extended = ("provenance", *MAPPINGS, "other_titles")
        fields = as_mapping(paper)
        after = before | {k: v for k, v in fields.items() if not before.get(k) or k in extended}
        lines[number - 1] = json.dumps(after, ensure_ascii=False)
    return "\n".join(lines)


# Files are replaced in this order, so that no file refers to one that doesn't exist yet.
_ORDER = ("topics.yml", "papers")


def _schema_line(name: str, folder: Path) -> str:
    """Returns a comment that tells editors the schema of a new file, if the project has schemas."""
    kind = _SCHEMAS.get(name.partition("/")[0]) if name.endswith(".yml") else None
    schema = folder.parent / SCHEMA_FOLDER / f"{kind}.json"
    if kind is None or not schema.is_file():
        return ""
    path = os.path.relpath(schema, (folder / name).parent).replace(os.sep, "/")
    return f"# yaml-language-server: $schema={path}\n"


def write(
    files: Mapping[str, str],
    folder: Path,
    moved: Mapping[str, str | None] = {},
    *,
    read: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Writes and removes files as one change. If that fails or is interrupted, nothing changes.

    Existing files keep their line endings, byte order mark and permissions.

    Args:
        files: The texts of files by path in `folder`.
        folder: The content folder.
        moved: Files to remove after that, each with the file that replaces it, if any. That file
            gets its line endings and byte order mark.
        read: The hashes of the files that were read, by path in `folder`. By default, whatever is
            there may be replaced.

    Returns:
        The hashes of the files that were written, by path in `folder`.

    Raises:
        BroadsheetError: Another program has changed one of the files since it was read.
    """
    contents: dict[Path, bytes] = {}
    origins = {new: old for old, new in moved.items()}
    for name in sorted(files, key=_rank):
        # Write to the target of a link rather than replace the link.
        path = (folder / name).resolve()
        origin = folder / origins.get(name, name)
        is_new = not origin.exists()
        text = _schema_line(name, folder) + files[name] if is_new else files[name]
        contents[path] = encode_like(text, b"" if is_new else origin.read_bytes())
    removed = tuple(folder / name for name in moved)
    if not (contents or removed):
        return {}
    known = {} if read is None else _known((*files, *moved), folder, read)
    try:
        make(Change(contents, removed, known), change_folder(folder))
    except FileChangedError as error:
        raise _changed(error.path, folder) from error
    return {name: hash_of(contents[(folder / name).resolve()]) for name in files}


def _known(names: Iterable[str], folder: Path, read: Mapping[str, str]) -> dict[Path, str | None]:
    """Returns the hashes of files that were read, by the paths that `write` changes."""
    known: dict[Path, str | None] = {}
    for name in names:
        path = folder / name
        known[path] = known[path.resolve()] = read.get(name)
    return known


def _changed(path: Path, folder: Path) -> BroadsheetError:
    inside = folder.resolve()
    name = path.relative_to(inside).as_posix() if path.is_relative_to(inside) else path.name
    message = "another program has changed this file since it was read; nothing was written"
    advice = "run the command again"
    return BroadsheetError(Problem(f"{folder.name}/{name}", 0, "", message, advice))


def _rank(name: str) -> tuple[int, str]:
    first = name.partition("/")[0]
    return _ORDER.index(first) if first in _ORDER else len(_ORDER), name
