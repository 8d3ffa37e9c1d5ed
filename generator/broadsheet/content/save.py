"""What an import changes becomes the text of files, and is written one whole file at a time."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from broadsheet.base.encoding import decode, encode_like
from broadsheet.base.files import replace_files
from broadsheet.content import yaml_text
from broadsheet.content.edit import add_keys, extend_list
from broadsheet.content.merge import Merged
from broadsheet.content.model import Collection, Corpus, Issue, Paper, Topic

PAPER_KEYS = tuple(name for name in Paper.model_fields if name != "slug")


def as_mapping(value: BaseModel) -> dict[str, Any]:
    """A model value as its file holds it: keys in the schema's order, nothing empty."""
    found: dict[str, Any] = {}
    for name in type(value).model_fields:
        plain = _plain(getattr(value, name))
        if plain not in (None, [], {}):
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
    """The path of a value's own file, relative to the content folder, and its text."""
    fields = as_mapping(value)
    inside = {key: inner for key, inner in fields.items() if key != "slug"}
    if isinstance(value, Paper):
        return f"papers/{value.slug}.yml", yaml_text.dump(inside)
    if isinstance(value, Collection):
        return f"collections/{value.slug}.yml", yaml_text.dump(inside)
    inside = {key: inner for key, inner in fields.items() if key not in ("digest", "name")}
    return f"digests/{value.digest}/{value.name}.yml", yaml_text.dump(inside)


def topics_text(topics: Mapping[str, Topic]) -> str:
    """The text of ``topics.yml``."""
    return yaml_text.dump({slug: _fields_of(topic) for slug, topic in topics.items()})


def _fields_of(topic: Topic) -> dict[str, Any]:
    return {key: value for key, value in as_mapping(topic).items() if key != "slug"}


def changed_files(merged: Merged, corpus: Corpus, folder: Path) -> dict[str, str]:
    """The new text of every file that an import changes, by path in the content folder."""
    values: list[Paper | Issue | Collection] = [*merged.new, *merged.issues, *merged.collections]
    files = dict(file_of(value) for value in values)
    lines: dict[str, dict[int, Paper]] = defaultdict(dict)
    for paper, gained in merged.changed:
        place = corpus.places["paper", paper.slug]
        if place.file.endswith(".jsonl"):
            lines[place.file][place.line] = paper
        else:
            text = _read(folder, place.file)
            files[place.file] = _edited(text, place.file, corpus.papers[paper.slug], paper, gained)
    for file, papers in lines.items():
        files[file] = _edited_lines(_read(folder, file), papers)
    for collection, entries in merged.grown:
        file = corpus.places["collection", collection.slug].file
        more_entries = [as_mapping(entry) for entry in entries]
        files[file] = extend_list(_read(folder, file), file, "entries", more_entries)
    if merged.topics:
        known = _read(folder, "topics.yml") if (folder / "topics.yml").exists() else ""
        more_topics = {topic.slug: _fields_of(topic) for topic in merged.topics}
        files["topics.yml"] = add_keys(known, "topics.yml", more_topics, ())
    return files


def _read(folder: Path, file: str) -> str:
    return decode((folder / file).read_bytes(), f"{folder.name}/{file}")


def _edited(text: str, file: str, before: Paper, paper: Paper, gained: tuple[str, ...]) -> str:
    fields = as_mapping(paper)
    values = {name: fields[name] for name in PAPER_KEYS if name in gained}
    lists = {"provenance": len(before.provenance), "other_titles": len(before.other_titles)}
    text = add_keys(text, file, {k: v for k, v in values.items() if k not in lists}, PAPER_KEYS)
    for name, length in lists.items():
        more = fields.get(name, [])[length:]
        text = extend_list(text, file, name, more, PAPER_KEYS) if more else text
    return text


def _edited_lines(text: str, papers: Mapping[int, Paper]) -> str:
    lines = text.split("\n")
    for number, paper in papers.items():
        written = json.loads(lines[number - 1], parse_float=str)
        grown = ("provenance", "links", "other_titles")
        fields = as_mapping(paper)
        merged = written | {k: v for k, v in fields.items() if not written.get(k) or k in grown}
        lines[number - 1] = json.dumps(merged, ensure_ascii=False)
    return "\n".join(lines)


# Files are put in place in this order, so that what is written never names what is not there yet.
_ORDER = ("topics.yml", "papers")


def write(files: Mapping[str, str], folder: Path) -> None:
    """Writes each file as a whole: who reads it sees the old text or the new one.

    A file that is there keeps its line ends, its byte order mark and who may read it. Until all
    have been written, none is put in place, so a full disk changes nothing.
    """
    contents: dict[Path, bytes] = {}
    for name in sorted(files, key=_rank):
        # A link stays one: what it leads to is written.
        path = (folder / name).resolve()
        contents[path] = encode_like(files[name], path.read_bytes() if path.exists() else b"")
    replace_files(contents)


def _rank(name: str) -> tuple[int, str]:
    first = name.partition("/")[0]
    return _ORDER.index(first) if first in _ORDER else len(_ORDER), name
