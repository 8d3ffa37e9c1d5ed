"""Loading `content/`: reads and validates every file and remembers where each value is.

Files and lines without problems are cached as values of the model. They are parsed again when their
content or the program changes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from broadsheet.base.cache import Cache, no_search_for_cycles
from broadsheet.base.errors import BroadsheetError, Problem, sorted_problems
from broadsheet.base.results import Results
from broadsheet.content.columns import FILE as IMPORTS
from broadsheet.content.columns import KeptColumns, read_kept_columns
from broadsheet.content.folder import ContentFolder
from broadsheet.content.migrate import FORMAT_FILE, require_current
from broadsheet.content.model import (
    Collection,
    Corpus,
    Correction,
    Entry,
    Issue,
    Links,
    Paper,
    Place,
    Provenance,
    Section,
    Signature,
    Source,
    Topic,
    Withdrawal,
)
from broadsheet.content.overrides import MergeDecisions, read_decisions
from broadsheet.content.parsing import PapersInLines, papers_in_lines, parse_yaml, value_in_yaml
from broadsheet.content.validation import validate
from broadsheet.content.yaml_text import LineOf

Model = TypeVar("Model", bound=BaseModel)

# The classes of cached values.
_CACHED = (
    Collection,
    Correction,
    Entry,
    Issue,
    Links,
    Paper,
    PapersInLines,
    Provenance,
    Section,
    Signature,
    Source,
    Withdrawal,
    date,
)

# What other modules read and write.
_READ_BY_OTHERS = ("citation.keys", "imported.hashes", "imports.yml", FORMAT_FILE)


@dataclass(frozen=True)
class Loaded:
    """The content that could be read, and problems with the rest.

    Attributes:
        corpus: Papers, issues, collections and topics.
        decisions: Which names mean the same paper.
        problems: What couldn't be read.
        columns: What the columns of tables are.
        read: The hashes of the files that were read, by path in the folder.
    """

    corpus: Corpus
    decisions: MergeDecisions
    problems: tuple[Problem, ...]
    columns: tuple[KeptColumns, ...] = ()
    read: Mapping[str, str] = field(default_factory=dict)


def load(folder: Path, shown: str | None = None, cache: Cache | None = None) -> Loaded:
    """Reads the content folder. Files with errors are reported and left out of the corpus.

    Args:
        folder: The content folder.
        shown: The folder's path as problems print it.
        cache: The cache of earlier builds, which only saves time.

    Raises:
        BroadsheetError: There is no such folder, or it has another format.
    """
    shown = shown if shown is not None else folder.as_posix()
    if not folder.is_dir():
        advice = "create it, or set `extra.broadsheet.content` in mkdocs.yml to another folder"
        raise BroadsheetError(Problem(shown, 0, "", "no such folder", advice))
    require_current(folder, shown)
    files = ContentFolder(folder, shown)
    results = Results(cache or Cache(), "content", _CACHED)
    reader = _Reader(files, results)
    with no_search_for_cycles():
        topics = reader.topics()
        papers = reader.papers()
        issues = list(reader.issues())
        collections = list(reader.collections())
        decisions = reader.decisions()
        columns = reader.columns()
        results.keep()
    files.report_ignored_files()
    corpus = Corpus(
        papers=dict(sorted(papers.items())),
        issues=tuple(sorted(issues, key=lambda issue: (issue.start, issue.digest, issue.name))),
        collections=tuple(sorted(collections, key=lambda collection: collection.slug)),
        topics=topics,
        places=reader.places,
    )
    for file in (name for name in _READ_BY_OTHERS if (folder / name).is_file()):
        files.content(file)
    return Loaded(corpus, decisions, sorted_problems(files.problems), columns, files.read)


class _Reader:
    """Reads the values in a content folder and collects the places where they are defined."""

    def __init__(self, files: ContentFolder, results: Results) -> None:
        self.files = files
        self.results = results
        self.problems = files.problems
        self.places: dict[tuple[str, str], Place] = {}

    def value(self, model: type[Model], file: str, given: Mapping[str, str]) -> Model | None:
        raw = self.files.content(file)
        if raw is None:
            return None
        key = _key(raw, model.__name__, *given.values())
        known: Model | None = self.results.get(key)
        if known is None:
            found = value_in_yaml(raw, self.files.shown(file), model, given)
            known = self.valid(found)
            if known is not None:
                self.results.put(key, known)
        return known

    def valid(self, found: Model | tuple[Problem, ...]) -> Model | None:
        if isinstance(found, tuple):
            self.problems += found
            return None
        return found

    def papers(self) -> dict[str, Paper]:
        papers: dict[str, Paper] = {}
        for file in self.files.files("papers/*.yml"):
            slug = _stem(file)
            self.places["paper", slug] = Place(file)
            paper = self.value(Paper, file, {"slug": slug})
            if paper:
                papers[slug] = paper
        for file in self.files.files("papers/*.jsonl"):
            for line, paper in self.papers_in_jsonl(file):
                if paper.slug in papers:
                    first = self.places["paper", paper.slug]
                    message = f"{paper.slug!r} is already the slug of {first.file}:{first.line}"
                    advice = "choose another slug, or remove one of the two papers"
                    self.problems.append(
                        Problem(self.files.shown(file), line, "slug", message, advice)
                    )
                    continue
                papers[paper.slug] = paper
                self.places["paper", paper.slug] = Place(file, line)
        return papers

    def papers_in_jsonl(self, file: str) -> Iterator[tuple[int, Paper]]:
        first_line = 1
        for raw in self.files.blocks(file):
            key = _key(raw, "PapersInLines")
            found: PapersInLines | None = self.results.get(key)
            if found is None:
                found, problems = papers_in_lines(raw, self.files.shown(file), first_line)
                self.problems += problems
                if not problems:
                    self.results.put(key, found)
            for number, paper in found.papers:
                yield first_line + number, paper
            first_line += found.lines

    def issues(self) -> Iterator[Issue]:
        for file in self.files.files("digests/*/*.yml"):
            given = {"digest": file.split("/")[1], "name": _stem(file)}
            issue = self.value(Issue, file, given)
            if issue:
                self.places["issue", f"{issue.digest}/{issue.name}"] = Place(file)
                yield issue

    def collections(self) -> Iterator[Collection]:
        for file in self.files.files("collections/*.yml"):
            collection = self.value(Collection, file, {"slug": _stem(file)})
            if collection:
                self.places["collection", collection.slug] = Place(file)
                yield collection

    def topics(self) -> dict[str, Topic]:
        parsed = self.one_file("topics.yml")
        if parsed is None:
            return {}
        value, line_of = parsed
        file = self.files.shown("topics.yml")
        if not isinstance(value, dict):
            if value is not None:
                advice = "write `retrieval:` and below it an indented `name: Retrieval`"
                self.problems.append(Problem(file, 1, "", "must be a mapping of topics", advice))
            return {}
        topics: dict[str, Topic] = {}
        for slug, fields in value.items():
            found = validate(Topic, fields, file, _below(line_of, slug), {"slug": slug})
            self.places["topic", slug] = Place("topics.yml", line_of((slug,)))
            topic = self.valid(found)
            if topic:
                topics[slug] = topic
        return topics

    def decisions(self) -> MergeDecisions:
        parsed = self.one_file("merges.yml")
        if parsed is None:
            return MergeDecisions()
        value, line_of = parsed
        decisions, problems = read_decisions(value, self.files.shown("merges.yml"), line_of)
        self.problems += problems
        return decisions

    def columns(self) -> tuple[KeptColumns, ...]:
        parsed = self.one_file(IMPORTS)
        if parsed is None:
            return ()
        value, line_of = parsed
        kept, problems = read_kept_columns(value, self.files.shown(IMPORTS), line_of)
        self.problems += problems
        return kept

    def one_file(self, name: str) -> tuple[Any, LineOf] | None:
        """Returns the value of a file that may be missing."""
        raw = next((self.files.content(file) for file in self.files.files(name)), None)
        if raw is None:
            return None
        try:
            return parse_yaml(raw, self.files.shown(name))
        except BroadsheetError as error:
            self.problems += error.problems
            return None


def _stem(file: str) -> str:
    return file.rpartition("/")[2].removesuffix(".yml")


def _key(raw: bytes, *kind: str) -> bytes:
    """Returns a key for what some content means as a kind of value."""
    return hashlib.sha256("\0".join((*kind, "")).encode() + raw).digest()


def _below(line_of: LineOf, key: str) -> LineOf:
    return lambda path: line_of((key, *path))
