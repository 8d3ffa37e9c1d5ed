"""`content/` becomes a `Corpus`: every file is read, validated and placed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from broadsheet.base.encoding import decode
from broadsheet.base.errors import BroadsheetError, Problem, sorted_problems, suggest, warning
from broadsheet.base.identifiers import slug_of
from broadsheet.content import yaml_text
from broadsheet.content.model import Collection, Corpus, Issue, Paper, Place, Topic
from broadsheet.content.overrides import Merges, merges_of
from broadsheet.content.validation import validate

Model = TypeVar("Model", bound=BaseModel)
KeyPath = tuple[str | int, ...]

KNOWN_FOLDERS = ("papers", "digests", "collections", "pages")
READ = {
    "papers": ("papers/*.yml", "papers/*.jsonl"),
    "digests": ("digests/*/*.yml",),
    "collections": ("collections/*.yml",),
}
KNOWN_FILES = ("topics.yml", "merges.yml", "citation.keys")


@dataclass(frozen=True)
class Loaded:
    """A corpus of all that could be read, and the problems of what could not."""

    corpus: Corpus
    merges: Merges
    problems: tuple[Problem, ...]


def load(folder: Path, shown: str | None = None) -> Loaded:
    """Reads the content folder. `shown` is how its path is written in problems.

    Files with errors are left out of the corpus and reported; nothing is guessed. Raises
    BroadsheetError when there is no such folder.
    """
    shown = shown if shown is not None else folder.as_posix()
    if not folder.is_dir():
        advice = "run this where content/ is, or name the folder in mkdocs.yml (extra.broadsheet)"
        raise BroadsheetError(Problem(shown, 0, "", "there is no such content folder", advice))
    reader = _Reader(folder, shown)
    topics = reader.topics()
    papers = reader.papers()
    issues = reader.issues()
    collections = reader.collections()
    merges = reader.merges()
    reader.report_unread()
    corpus = Corpus(
        papers=dict(sorted(papers.items())),
        issues=tuple(sorted(issues, key=lambda issue: (issue.start, issue.digest, issue.name))),
        collections=tuple(sorted(collections, key=lambda collection: collection.slug)),
        topics=topics,
        places=reader.places,
    )
    return Loaded(corpus, merges, sorted_problems(reader.problems))


class _Reader:
    """Reads one content folder and collects problems and places on the way."""

    def __init__(self, folder: Path, shown: str) -> None:
        self.folder = folder
        self.shown = shown
        self.problems: list[Problem] = []
        self.places: dict[tuple[str, str], Place] = {}

    def name(self, path: Path) -> str:
        return f"{self.shown}/{path.relative_to(self.folder).as_posix()}"

    def place(self, kind: str, key: str, path: Path, line: int = 1) -> None:
        self.places[kind, key] = Place(path.relative_to(self.folder).as_posix(), line)

    def text(self, path: Path) -> str | None:
        try:
            return decode(path.read_bytes(), self.name(path))
        except BroadsheetError as error:
            self.problems += error.problems
        except OSError as error:
            self.problems.append(
                Problem(self.name(path), 0, "", f"cannot be read: {error.strerror}")
            )
        return None

    def yaml(self, path: Path) -> tuple[str, Any] | None:
        text = self.text(path)
        if text is None:
            return None
        try:
            return text, yaml_text.parse(text, self.name(path))
        except BroadsheetError as error:
            self.problems += error.problems
            return None

    def value(self, model: type[Model], path: Path, given: Mapping[str, Any]) -> Model | None:
        parsed = self.yaml(path)
        if parsed is None:
            return None
        text, value = parsed
        found = validate(
            model, value, self.name(path), lambda keys: yaml_text.line_of(text, keys), given
        )
        return self.keep(found)

    def keep(self, found: Model | tuple[Problem, ...]) -> Model | None:
        if isinstance(found, tuple):
            self.problems += found
            return None
        return found

    def files(self, pattern: str) -> Iterator[Path]:
        """What a pattern finds; what is no file, such as a link that leads nowhere, is reported."""
        # A name without stars is not found by glob when it is such a link.
        found = self.folder.glob(pattern) if "*" in pattern else [self.folder / pattern]
        for path in sorted(found):
            if path.is_file():
                yield path
            elif path.is_symlink() or path.exists():
                what = "a link that leads nowhere" if path.is_symlink() else "no file"
                advice = "remove it, or put a file there"
                self.problems.append(Problem(self.name(path), 0, "", f"is {what}", advice))

    def papers(self) -> dict[str, Paper]:
        papers: dict[str, Paper] = {}
        for path in self.files("papers/*.yml"):
            self.place("paper", path.stem, path)
            paper = self.value(Paper, path, {"slug": path.stem})
            if paper:
                papers[paper.slug] = paper
        for path in self.files("papers/*.jsonl"):
            for line, paper in self.papers_in_bulk(path):
                if paper.slug in papers:
                    first = self.places["paper", paper.slug]
                    self.problems.append(
                        Problem(
                            self.name(path),
                            line,
                            "slug",
                            f"{paper.slug!r} is already the address of {first.file}:{first.line}",
                            "choose another slug, or remove one of the two",
                        )
                    )
                    continue
                papers[paper.slug] = paper
                self.place("paper", paper.slug, path, line)
        return papers

    def papers_in_bulk(self, path: Path) -> Iterator[tuple[int, Paper]]:
        file = self.name(path)
        for number, text in enumerate((self.text(path) or "").split("\n"), start=1):
            if not text.strip():
                continue
            try:
                value = _json(text)
            except (ValueError, RecursionError) as error:
                deep = isinstance(error, RecursionError)
                what = "nests too deep" if deep else getattr(error, "msg", error)
                message = f"not readable as JSON: {what}"
                self.problems.append(Problem(file, number, "", message, "one object a line"))
                continue
            if isinstance(value, dict) and "slug" not in value and value.get("title"):
                advice = f'add "slug": "{slug_of(str(value["title"]))}"'
                self.problems.append(Problem(file, number, "slug", "'slug' is missing", advice))
                continue
            if value is None:
                self.problems.append(Problem(file, number, "", "is null", "one object a line"))
                continue
            paper = self.keep(validate(Paper, value, file, _always(number)))
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
                advice = "write `retrieval:` and below it `name: Retrieval`"
                self.problems.append(
                    Problem(self.name(path), 1, "", "must be a mapping of topics", advice)
                )
            return {}
        topics: dict[str, Topic] = {}
        lines = yaml_text.key_lines(text)
        for slug, fields in value.items():
            found = validate(
                Topic,
                fields,
                self.name(path),
                _lines_below(text, slug),
                {"slug": slug},
            )
            self.place("topic", slug, path, lines[slug])
            topic = self.keep(found)
            if topic:
                topics[slug] = topic
        return topics

    def merges(self) -> Merges:
        path = self.folder / "merges.yml"
        parsed = next((self.yaml(path) for path in self.files("merges.yml")), None)
        if parsed is None:
            return Merges()
        text, value = parsed
        merges, problems = merges_of(
            value, self.name(path), lambda keys: yaml_text.line_of(text, keys)
        )
        self.problems += problems
        return merges

    def report_unread(self) -> None:
        """A file with a slip in its name would be left out in silence; say so."""
        for path in sorted(self.folder.iterdir()):
            known = KNOWN_FOLDERS if path.is_dir() else KNOWN_FILES
            if path.name not in (*known, *KNOWN_FILES) and not path.name.startswith(
                (".", "README")
            ):
                advice = suggest(path.name, known)
                self.problems.append(warning(self.name(path), 0, "", "is not read", advice))
        for folder, patterns in READ.items():
            for path in sorted((self.folder / folder).rglob("*")):
                name = path.relative_to(self.folder)
                read = any(name.match(pattern) for pattern in patterns)
                if path.is_file() and not read and not path.name.startswith("."):
                    advice = "what is read there is " + " and ".join(patterns)
                    self.problems.append(warning(self.name(path), 0, "", "is not read", advice))


def _json(text: str) -> Any:
    """One JSON value; numbers stay the text that they were, so no zero is lost."""
    value = json.loads(text, parse_float=str, parse_int=str, object_pairs_hook=_without_repetition)
    if text.count("[") + text.count("{") > yaml_text.MAX_DEPTH and _depth(value) > 10:
        raise RecursionError
    return value


def _depth(value: Any) -> int:
    depth, level = 0, [value]
    while level:
        lists = [list(v.values()) if isinstance(v, dict) else v for v in level]
        level = [inner for values in lists if isinstance(values, list) for inner in values]
        depth += 1
    return depth


def _without_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"the key {key!r} stands here twice")
        found[key] = value
    return found


def _always(line: int) -> Callable[[KeyPath], int]:
    return lambda _: line


def _lines_below(text: str, key: str) -> Callable[[KeyPath], int]:
    return lambda keys: yaml_text.line_of(text, (key, *keys))
