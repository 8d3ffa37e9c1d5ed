"""Loading `content/`: reads and validates every file and remembers where each value is."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from broadsheet.base.encoding import decode, unique_keys
from broadsheet.base.errors import BroadsheetError, Problem, sorted_problems, suggest, warning
from broadsheet.base.identifiers import slug_of
from broadsheet.content import yaml_text
from broadsheet.content.model import Collection, Corpus, Issue, Paper, Place, Topic
from broadsheet.content.overrides import MergeDecisions, read_decisions
from broadsheet.content.validation import validate

Model = TypeVar("Model", bound=BaseModel)
KeyPath = tuple[str | int, ...]

KNOWN_FOLDERS = ("papers", "digests", "collections", "pages")
PATTERNS = {
    "papers": ("papers/*.yml", "papers/*.jsonl"),
    "digests": ("digests/*/*.yml",),
    "collections": ("collections/*.yml",),
}
KNOWN_FILES = ("topics.yml", "merges.yml", "citation.keys")
# A paper as JSON nests four levels deep.
MAX_JSON_DEPTH = 10
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
    reader = _Reader(folder, shown)
    topics = reader.topics()
    papers = reader.papers()
    issues = reader.issues()
    collections = reader.collections()
    decisions = reader.decisions()
    reader.report_ignored_files()
    corpus = Corpus(
        papers=dict(sorted(papers.items())),
        issues=tuple(sorted(issues, key=lambda issue: (issue.start, issue.digest, issue.name))),
        collections=tuple(sorted(collections, key=lambda collection: collection.slug)),
        topics=topics,
        places=reader.places,
    )
    return Loaded(corpus, decisions, sorted_problems(reader.problems))


class _Reader:
    """Reads a content folder and collects problems and the places of values."""

    def __init__(self, folder: Path, shown: str) -> None:
        self.folder = folder
        self.shown = shown
        self.problems: list[Problem] = []
        self.places: dict[tuple[str, str], Place] = {}

    def shown_path(self, path: Path) -> str:
        return f"{self.shown}/{path.relative_to(self.folder).as_posix()}"

    def place(self, kind: str, key: str, path: Path, line: int = 1) -> None:
        self.places[kind, key] = Place(path.relative_to(self.folder).as_posix(), line)

    def text(self, path: Path) -> str | None:
        try:
            return decode(path.read_bytes(), self.shown_path(path))
        except BroadsheetError as error:
            self.problems += error.problems
        except OSError as error:
            message = f"can't be read: {error.strerror}"
            self.problems.append(Problem(self.shown_path(path), 0, "", message))
        return None

    def yaml(self, path: Path) -> tuple[str, Any] | None:
        text = self.text(path)
        if text is None:
            return None
        try:
            return text, yaml_text.parse(text, self.shown_path(path))
        except BroadsheetError as error:
            self.problems += error.problems
            return None

    def value(self, model: type[Model], path: Path, given: Mapping[str, Any]) -> Model | None:
        parsed = self.yaml(path)
        if parsed is None:
            return None
        text, value = parsed
        found = validate(
            model, value, self.shown_path(path), lambda keys: yaml_text.line_of(text, keys), given
        )
        return self.valid(found)

    def valid(self, found: Model | tuple[Problem, ...]) -> Model | None:
        if isinstance(found, tuple):
            self.problems += found
            return None
        return found

    def files(self, pattern: str) -> Iterator[Path]:
        """Yields the files that match a pattern and reports broken links and folders."""
        # Without a wildcard in the pattern, glob doesn't find broken links.
        found = self.folder.glob(pattern) if "*" in pattern else [self.folder / pattern]
        for path in sorted(found):
            if path.is_file():
                yield path
            elif path.is_symlink() or path.exists():
                message = "is a broken link" if path.is_symlink() else "isn't a file"
                advice = "remove it, or put a file in its place"
                self.problems.append(Problem(self.shown_path(path), 0, "", message, advice))

    def papers(self) -> dict[str, Paper]:
        papers: dict[str, Paper] = {}
        for path in self.files("papers/*.yml"):
            self.place("paper", path.stem, path)
            paper = self.value(Paper, path, {"slug": path.stem})
            if paper:
                papers[paper.slug] = paper
        for path in self.files("papers/*.jsonl"):
            for line, paper in self.papers_in_jsonl(path):
                if paper.slug in papers:
                    first = self.places["paper", paper.slug]
                    self.problems.append(
                        Problem(
                            self.shown_path(path),
                            line,
                            "slug",
                            f"{paper.slug!r} is already the slug of {first.file}:{first.line}",
                            "choose another slug, or remove one of the two papers",
                        )
                    )
                    continue
                papers[paper.slug] = paper
                self.place("paper", paper.slug, path, line)
        return papers

    def papers_in_jsonl(self, path: Path) -> Iterator[tuple[int, Paper]]:
        file = self.shown_path(path)
        for number, text in enumerate((self.text(path) or "").split("\n"), start=1):
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
        for path in self.files("digests/*/*.yml"):
            given = {"digest": path.parent.name, "name": path.stem}
            issue = self.value(Issue, path, given)
            if issue:
                self.place("issue", f"{issue.digest}/{issue.name}", path)
                yield issue

    def collections(self) -> Iterator[Collection]:
        for path in self.files("collections/*.yml"):
            collection = self.value(Collection, path, {"slug": path.stem})
            if collection:
                self.place("collection", collection.slug, path)
                yield collection

    def topics(self) -> dict[str, Topic]:
        path = self.folder / "topics.yml"
        parsed = next((self.yaml(path) for path in self.files("topics.yml")), None)
        if parsed is None:
            return {}
        text, value = parsed
        if not isinstance(value, dict):
            if value is not None:
                advice = "write `retrieval:` and below it an indented `name: Retrieval`"
                self.problems.append(
                    Problem(self.shown_path(path), 1, "", "must be a mapping of topics", advice)
                )
            return {}
        topics: dict[str, Topic] = {}
        lines = yaml_text.key_lines(text)
        for slug, fields in value.items():
            found = validate(
                Topic,
                fields,
                self.shown_path(path),
                _lines_below(text, slug),
                {"slug": slug},
            )
            self.place("topic", slug, path, lines[slug])
            topic = self.valid(found)
            if topic:
                topics[slug] = topic
        return topics

    def decisions(self) -> MergeDecisions:
        path = self.folder / "merges.yml"
        parsed = next((self.yaml(path) for path in self.files("merges.yml")), None)
        if parsed is None:
            return MergeDecisions()
        text, value = parsed
        decisions, problems = read_decisions(
            value, self.shown_path(path), lambda keys: yaml_text.line_of(text, keys)
        )
        self.problems += problems
        return decisions

    def report_ignored_files(self) -> None:
        """Warns about files that aren't read, because their names may be misspelled."""
        for path in sorted(self.folder.iterdir()):
            known = KNOWN_FOLDERS if path.is_dir() else KNOWN_FILES
            if path.name not in (*known, *KNOWN_FILES) and not path.name.startswith(
                (".", "README")
            ):
                advice = suggest(path.name, known)
                self.problems.append(warning(self.shown_path(path), 0, "", "is ignored", advice))
        for folder, patterns in PATTERNS.items():
            for path in sorted((self.folder / folder).rglob("*")):
                name = path.relative_to(self.folder)
                read = any(name.match(pattern) for pattern in patterns)
                if path.is_file() and not read and not path.name.startswith("."):
                    advice = "Broadsheet reads " + " and ".join(patterns)
                    self.problems.append(
                        warning(self.shown_path(path), 0, "", "is ignored", advice)
                    )


def _json(text: str) -> Any:
    """Parses JSON. Numbers stay text, so that arXiv ids keep their zeros."""
    value = json.loads(text, parse_float=str, parse_int=str, object_pairs_hook=unique_keys)
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


def _always(line: int) -> Callable[[KeyPath], int]:
    return lambda _: line


def _lines_below(text: str, key: str) -> Callable[[KeyPath], int]:
    return lambda keys: yaml_text.line_of(text, (key, *keys))
