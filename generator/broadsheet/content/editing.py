"""An edit of the content by a command: the files that it changes, and what it did."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from broadsheet.base.errors import BroadsheetError, Problem, suggest
from broadsheet.content.edit_paper import edited_line, edited_paper
from broadsheet.content.edit_values import Edit, edited
from broadsheet.content.model import Collection, Corpus, Entry, Issue, Paper
from broadsheet.content.save import file_of, read_text
from broadsheet.content.yaml_text import Path as KeyPath


@dataclass(frozen=True)
class Lost:
    """A value that a merge leaves out, because the paper that stays has another one."""

    field: str
    kept: str
    lost: str


@dataclass(frozen=True)
class Edited:
    """What an edit changes.

    Attributes:
        papers: All papers after the edit, by slug.
        files: The new text of changed and new files, by path in the content folder.
        moved: The files to remove, each with the file that replaces it, if any.
        done: What was done, a sentence each.
        lost: Values that no file has any more.
        notes: What a person should look at.
    """

    papers: Mapping[str, Paper]
    files: dict[str, str]
    moved: dict[str, str | None]
    done: tuple[str, ...]
    lost: tuple[Lost, ...]
    notes: tuple[str, ...]


@dataclass
class Editing:
    """An edit in progress. Nothing is written."""

    corpus: Corpus
    folder: Path
    shown: str
    files: dict[str, str] = field(default_factory=dict)
    moved: dict[str, str | None] = field(default_factory=dict)
    done: list[str] = field(default_factory=list)
    lost: list[Lost] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    # The hashes of the files that were read, by path.
    read: Mapping[str, str] | None = None
    # The new lines of JSON by their file and number. None removes a line.
    _lines: dict[str, dict[int, str | None]] = field(default_factory=dict)

    def paper(self, slug: str) -> Paper:
        """Returns a paper.

        Raises:
            BroadsheetError: There is none with this slug.
        """
        found = self.corpus.papers.get(slug)
        if found is None:
            moved = self.owner(slug)
            advice = (
                f"it has moved to {moved!r}" if moved else suggest(slug, self.corpus.papers, " ")
            )
            raise self.refusal(f"there is no paper {slug!r}", advice.strip())
        return found

    def owner(self, address: str) -> str | None:
        """Returns the slug of the paper that has an address, as its slug or an alias."""
        if address in self.corpus.papers:
            return address
        papers = self.corpus.papers.values()
        return next((paper.slug for paper in papers if address in paper.aliases), None)

    def refusal(self, message: str, advice: str = "") -> BroadsheetError:
        """Returns an error about the papers."""
        return BroadsheetError(Problem(f"{self.shown}/papers", 0, "", message, advice))

    def text(self, file: str) -> str:
        """Returns the text of a file, with the changes so far."""
        return self.files[file] if file in self.files else read_text(self.folder, file)

    def change(self, file: str, edits: list[Edit]) -> None:
        """Changes values in a file."""
        self.files[file] = edited(self.text(file), f"{self.shown}/{file}", edits)

    def change_paper(self, after: Paper, before: Paper | None = None) -> None:
        """Changes a paper in its place. If its slug is another one, its file moves."""
        before = before or self.paper(after.slug)
        place = self.corpus.places["paper", before.slug]
        if place.file.endswith(".jsonl"):
            lines = self._lines.setdefault(place.file, {})
            line = self._json_lines(place.file)[place.line - 1]
            lines[place.line] = edited_line(line, before, after)
        else:
            file = f"papers/{after.slug}.yml"
            text = edited_paper(self.text(place.file), f"{self.shown}/{place.file}", before, after)
            self.files[file] = text
            if file != place.file:
                self.files.pop(place.file, None)
                self.moved[place.file] = file
        self._replace(before.slug, after)

    def add_paper(self, paper: Paper) -> None:
        """Adds a paper in a file of its own."""
        name, self.files[name] = file_of(paper)
        self._replace(paper.slug, paper)

    def remove_paper(self, slug: str) -> None:
        """Removes a paper and its file or line."""
        place = self.corpus.places["paper", slug]
        if place.file.endswith(".jsonl"):
            self._lines.setdefault(place.file, {})[place.line] = None
        else:
            self.moved[place.file] = None
        self._replace(slug, None)

    def _replace(self, slug: str, paper: Paper | None) -> None:
        papers = {key: value for key, value in self.corpus.papers.items() if key != slug}
        if paper:
            papers[paper.slug] = paper
        self.corpus = replace(self.corpus, papers=dict(sorted(papers.items())))

    def _json_lines(self, file: str) -> list[str]:
        return self.text(file).split("\n")

    def result(self) -> Edited:
        """Returns the whole edit."""
        for file, changes in self._lines.items():
            lines: list[str | None] = [*self._json_lines(file)]
            for number, line in changes.items():
                lines[number - 1] = line
            text = "\n".join(line for line in lines if line is not None)
            if text.strip():
                self.files[file] = text
            else:
                self.moved[file] = None
        return Edited(
            self.corpus.papers,
            self.files,
            self.moved,
            tuple(self.done),
            tuple(self.lost),
            tuple(self.notes),
        )


@dataclass(frozen=True)
class PaperList:
    """An issue or a collection as an edit sees it: its file and its entries with their paths."""

    name: str
    file: str
    value: Issue | Collection
    entries: tuple[tuple[KeyPath, Entry], ...]

    def heading(self, path: KeyPath) -> str | None:
        """Returns the heading above an entry."""
        sections = getattr(self.value, "sections", ())
        return next((found.heading for n, found in enumerate(sections) if n == path[1]), None)


def lists_of(corpus: Corpus) -> Iterator[PaperList]:
    """Yields all issues and collections."""
    for issue in corpus.issues:
        name = f"{issue.digest}/{issue.name}"
        found = tuple(
            (("sections", i, "entries", j), entry)
            for i, section in enumerate(issue.sections)
            for j, entry in enumerate(section.entries)
        )
        yield PaperList(name, corpus.places["issue", name].file, issue, found)
    for collection in corpus.collections:
        listed = tuple((("entries", n), entry) for n, entry in enumerate(collection.entries))
        file = corpus.places["collection", collection.slug].file
        yield PaperList(collection.slug, file, collection, listed)


def links_moved(old: str, new: str) -> Callable[[str], str]:
    """Returns a function that moves the links to a paper in a text in Markdown."""
    links = re.compile(rf"(\[\[\s*){old}(?=\s*[\]|])|((?<=\]\()[^()\s]*/papers/){old}(?=\.md\b)")
    return lambda text: links.sub(lambda found: f"{found[1] or found[2]}{new}", text)
