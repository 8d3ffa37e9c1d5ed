"""Loading `content/`: reads and validates every file and remembers where each value is.

Nothing is cached, because reading, parsing and validating a paper takes less than 0.1 ms, and
about half of that would be left with a cache.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from broadsheet.base.encoding import unique_keys
from broadsheet.base.errors import BroadsheetError, Problem, sorted_problems
from broadsheet.base.identifiers import slug_of
from broadsheet.content import yaml_text
from broadsheet.content.folder import ContentFolder
from broadsheet.content.model import Collection, Corpus, Issue, Paper, Place, Topic
from broadsheet.content.overrides import MergeDecisions, read_decisions
from broadsheet.content.validation import validate
from broadsheet.content.yaml_text import LineOf

Model = TypeVar("Model", bound=BaseModel)

# A paper as JSON nests four levels deep.
MAX_JSON_DEPTH = 10


@dataclass(frozen=True)
class Loaded:
    """The content that could be read, and problems with the rest."""

    corpus: Corpus
    decisions: MergeDecisions
    problems: tuple[Problem, ...]


def load(folder: Path, shown: str | None = None) -> Loaded:
    """Reads the content folder. Files with errors are reported and left out of the corpus.

    Args:
        folder: The content folder.
        shown: The folder's path as problems print it.

    Raises:
        BroadsheetError: There is no such folder.
    """
    shown = shown if shown is not None else folder.as_posix()
    if not folder.is_dir():
        advice = "create it, or set `extra.broadsheet.content` in mkdocs.yml to another folder"
        raise BroadsheetError(Problem(shown, 0, "", "no such folder", advice))
    files = ContentFolder(folder, shown)
    reader = _Reader(files)
    topics = reader.topics()
    papers = reader.papers()
    issues = reader.issues()
    collections = reader.collections()
    decisions = reader.decisions()
    files.report_ignored_files()
    corpus = Corpus(
        papers=dict(sorted(papers.items())),
        issues=tuple(sorted(issues, key=lambda issue: (issue.start, issue.digest, issue.name))),
        collections=tuple(sorted(collections, key=lambda collection: collection.slug)),
        topics=topics,
        places=reader.places,
    )
    return Loaded(corpus, decisions, sorted_problems(files.problems))


class _Reader:
    """Reads the values in a content folder and collects the places where they are defined."""

    def __init__(self, files: ContentFolder) -> None:
        self.files = files
        self.problems = files.problems
        self.places: dict[tuple[str, str], Place] = {}

    def value(self, model: type[Model], file: str, given: Mapping[str, Any]) -> Model | None:
        parsed = self.files.yaml(file)
        if parsed is None:
            return None
        value, line_of = parsed
        return self.valid(validate(model, value, self.files.shown(file), line_of, given))

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

    def papers_in_jsonl(self, name: str) -> Iterator[tuple[int, Paper]]:
        file = self.files.shown(name)
        for number, text in self.files.lines(name):
            if not text.strip():
                continue
            try:
                value = _json(text)
            except (ValueError, RecursionError) as error:
                too_deep = isinstance(error, RecursionError)
                what = "nested too deeply" if too_deep else getattr(error, "msg", error)
                advice = "write one JSON object per line"
                self.problems.append(Problem(file, number, "", f"invalid JSON: {what}", advice))
                continue
            if isinstance(value, dict) and "slug" not in value and value.get("title"):
                advice = f'add "slug": "{slug_of(str(value["title"]))}"'
                self.problems.append(Problem(file, number, "slug", "'slug' is missing", advice))
                continue
            if value is None:
                advice = "write one JSON object per line"
                self.problems.append(Problem(file, number, "", "is null", advice))
                continue
            paper = self.valid(validate(Paper, value, file, _always(number)))
            if paper:
                yield number, paper

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

    def one_file(self, name: str) -> tuple[Any, LineOf] | None:
        """Returns the value of a file that may be missing."""
        return next((self.files.yaml(file) for file in self.files.files(name)), None)


def _stem(file: str) -> str:
    return file.rpartition("/")[2].removesuffix(".yml")


def _json(text: str) -> Any:
    """Parses JSON. Numbers stay text, so that arXiv ids keep their zeros."""
    value = _JSON.decode(text)
    if text.count("[") + text.count("{") > yaml_text.MAX_DEPTH and _depth(value) > MAX_JSON_DEPTH:
        raise RecursionError
    return value


def _depth(value: Any) -> int:
    depth, level = 0, [value]
    while level:
        lists = [list(v.values()) if isinstance(v, dict) else v for v in level]
        level = [inner for values in lists if isinstance(values, list) for inner in values]
        depth += 1
    return depth


_JSON = json.JSONDecoder(parse_float=str, parse_int=str, object_pairs_hook=unique_keys)


def _always(line: int) -> LineOf:
    return lambda _: line


def _below(line_of: LineOf, key: str) -> LineOf:
    return lambda path: line_of((key, *path))
