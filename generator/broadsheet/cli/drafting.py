"""Drafting the summaries of one paper with a program, and keeping them in the paper's file."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from broadsheet.base.change import WORK_FOLDER, hash_of
from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.base.files import replace_file
from broadsheet.base.language import language_of
from broadsheet.cli.program import Program
from broadsheet.cli.shared import tell_waiting
from broadsheet.content.editing import Editing
from broadsheet.content.model import Corpus, Paper, Place
from broadsheet.content.parsing import papers_in_lines, value_in_yaml
from broadsheet.content.save import write
from broadsheet.content.texts import FIELDS, findings
from broadsheet.content.texts.accepted import texts_in_file
from broadsheet.content.texts.drafts import obstacle, prompt_for, texts_in, with_draft
from broadsheet.content.texts.problems import problems_of
from broadsheet.site.lock import content_lock
from broadsheet.site.project import Project, shown_path


@dataclass(frozen=True)
class Outcome:
    """What became of a paper.

    Attributes:
        slug: The paper.
        status: "written", "refused", or in a dry run "would write".
        tldr: The one-line summary.
        summary: The longer summary.
        by: The name of the program.
        on: The day.
        problems: Why it was refused, or what the check of texts found.
        prompt: What the program was asked, in a dry run.
        answer: What it printed, in a dry run.
    """

    slug: str
    status: str = "refused"
    tldr: str | None = None
    summary: str | None = None
    by: str | None = None
    on: str | None = None
    problems: tuple[Problem, ...] = ()
    prompt: str | None = None
    answer: str | None = None


@dataclass(frozen=True)
class Job:
    """What is the same for all papers.

    Attributes:
        project: The project.
        corpus: Its content.
        program: The program. A dry run can do without.
        by: The name that `written` gets.
        again: Whether drafts may be replaced.
        dry_run: Whether nothing is written.
        seconds: How long the program may take for a paper.
        today: The day.
    """

    project: Project
    corpus: Corpus
    program: Program | None
    by: str
    again: bool
    dry_run: bool
    seconds: float
    today: date

    def outcome(self, slug: str) -> Outcome:
        """Has the texts of a paper written."""
        outcome = Outcome(slug)
        try:
            paper = self._work().paper(slug)
            self._refuse_obstacles(paper)
            prompt = prompt_for(paper, self._language(), self.project.settings.house_style)
            if self.dry_run:
                outcome = replace(outcome, prompt=prompt)
            if self.program is None:
                return replace(outcome, status="would write")
            answer = self.program.ask(prompt, self.seconds)
            if self.dry_run:
                outcome = replace(outcome, answer=answer)
            return self._drafted(outcome, paper, self._with_answer(paper, answer))
        except BroadsheetError as error:
            return replace(outcome, problems=error.problems)

    def _work(self) -> Editing:
        return Editing(self.corpus, self.project.content, shown_path(self.project.content))

    def _language(self) -> str:
        return language_of(self.project.language).locale.get_display_name("en") or "English"

    def _place(self, paper: Paper) -> Place:
        """Returns where a paper is, as problems print it."""
        place = self.corpus.places["paper", paper.slug]
        return replace(place, file=f"{shown_path(self.project.content)}/{place.file}")

    def _refusal(self, paper: Paper, message: str, advice: str) -> BroadsheetError:
        place = self._place(paper)
        return BroadsheetError(Problem(place.file, place.line, "", message, advice))

    def _refuse_obstacles(self, paper: Paper) -> None:
        kept = self._kept(paper)
        untouched = kept.is_file() and kept.read_text("utf-8") == self._fingerprint(paper)
        found = obstacle(paper, again=self.again, untouched=untouched)
        if found:
            raise self._refusal(paper, *found)

    def _with_answer(self, paper: Paper, answer: str) -> Paper:
        try:
            return with_draft(paper, texts_in(answer), self.by, self.today)
        except ValueError as error:
            advice = "see the whole answer with --dry-run"
            raise self._refusal(paper, f"{self.by!r}: {error}", advice) from error

    def _drafted(self, outcome: Outcome, before: Paper, after: Paper) -> Outcome:
        place = self._place(after)
        if not self.dry_run:
            self._save(before, after)
        raw = b"" if self.dry_run else self._yaml(after)
        english = language_of(self.project.language).is_english
        found = tuple(problems_of(tuple(findings(after, english=english)), place, raw))
        return replace(
            outcome,
            status="would write" if self.dry_run else "written",
            tldr=after.tldr,
            summary=after.summary,
            by=self.by,
            on=self.today.isoformat(),
            problems=found,
        )

    def _save(self, before: Paper, after: Paper) -> None:
        content = self.project.content
        with content_lock(content, tell_waiting):
            # Somebody may have edited the file while the program was busy.
            file, raw = self._file(before), self._file(before).read_bytes()
            if self._on_disk(before, raw) != before:
                message = "has changed since the content was read"
                raise self._refusal(before, message, "run the command again")
            work = self._work()
            work.change_paper(after)
            write(
                work.result().files,
                content,
                read={file.relative_to(content).as_posix(): hash_of(raw)},
            )
        replace_file(self._kept(after), self._fingerprint(after).encode())

    def _file(self, paper: Paper) -> Path:
        return self.project.content / self.corpus.places["paper", paper.slug].file

    def _yaml(self, paper: Paper) -> bytes:
        """Returns the YAML file of a paper, or nothing if it's a line of JSON."""
        file = self._file(paper)
        return file.read_bytes() if file.suffix == ".yml" else b""

    def _on_disk(self, paper: Paper, raw: bytes) -> Paper | None:
        place = self._place(paper)
        if place.file.endswith(".yml"):
            found = value_in_yaml(raw, place.file, Paper, {"slug": paper.slug})
            return found if isinstance(found, Paper) else None
        lines = raw.split(b"\n")[place.line - 1 : place.line]
        papers = papers_in_lines(b"".join(lines), place.file, place.line)[0].papers
        return papers[0][1] if papers else None

    def _kept(self, paper: Paper) -> Path:
        """Returns the file that tells whether a draft is still as the program wrote it."""
        return self.project.root / WORK_FOLDER / "drafts" / paper.slug

    def _fingerprint(self, paper: Paper) -> str:
        """Returns a hash of the texts of a paper, with the comments on them."""
        raw = self._yaml(paper)
        texts = texts_in_file(raw.decode("utf-8-sig"), FIELDS) if raw else {}
        lines = [line for text in texts.values() for line in (*text.lines, *text.reasons)]
        told = "\n".join([paper.tldr or "", paper.summary or "", *lines])
        return hashlib.sha256(told.encode()).hexdigest()
