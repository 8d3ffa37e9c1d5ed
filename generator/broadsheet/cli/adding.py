"""The command `add`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from broadsheet.base.errors import BroadsheetError, Problem, sorted_problems, warning
from broadsheet.base.identifiers import match_key, slug_of, week_of
from broadsheet.cli.changing import Work, begin, finish, today
from broadsheet.cli.issues import issue_options, parsed_week
from broadsheet.cli.shared import errors
from broadsheet.content.changes import Changes
from broadsheet.content.columns import ColumnChoices
from broadsheet.content.merge import merge
from broadsheet.content.model import Corpus, Paper
from broadsheet.content.records import Reading, Record
from broadsheet.importers import read
from broadsheet.importers.files import text_of_file
from broadsheet.importers.references import BY_HAND, reference
from broadsheet.site.fetching import fetcher_of
from broadsheet.site.lookup import Lookup

_STDIN = "standard input"
# What provenance calls the formats whose importers have other names.
_TITLES = {"bibtex": "BibTeX", "ris": "RIS", "csl-json": "CSL-JSON"}
# What a paper should have. Without an abstract, a summary is enough.
_WANTED = ("title", "authors", "published")


@dataclass(frozen=True)
class _Asked:
    """A paper to add.

    Attributes:
        given: How it was named.
        record: What that says about it.
        found: What has been found about it.
        problem: Why nothing has been found.
    """

    given: str
    record: Record
    found: Record | None = None
    problem: str = ""


@click.command(
    "add",
    epilog="\b\nExamples:\n  broadsheet add 2403.10131\n"
    "  broadsheet add https://doi.org/10.1000/example --section Retrieval\n"
    "  broadsheet add 'RAFT: Adapting Language Model to Domain Specific RAG'\n"
    "  broadsheet add - --issue 2024-W48 < entry.bib",
)
@click.argument("papers", metavar="WHAT...", nargs=-1, required=True)
@click.option(
    "--issue",
    "week",
    metavar="WEEK",
    callback=parsed_week,
    help="The issue to add it to (default: this week's, which is made as a draft).",
)
@click.option("--no-issue", is_flag=True, help="Add it to no issue.")
@click.option(
    "--section", metavar="HEADING", help="The section of the issue (default: its main topic)."
)
@click.option(
    "--topic", "topics", metavar="NAME", multiple=True, help="A topic of it. Can be repeated."
)
@click.option("--offline", is_flag=True, help="Don't look anything up.")
@issue_options
def add_(
    *,
    papers: tuple[str, ...],
    week: str | None,
    no_issue: bool,
    section: str | None,
    topics: tuple[str, ...],
    offline: bool,
    digest: str | None,
    dry_run: bool,
    as_json: bool,
    config_file: Path | None,
) -> None:
    """Add papers to this week's issue.

    WHAT is an arXiv id, a DOI, an address on arXiv, Hugging Face or doi.org, a title in quotes, or
    - for standard input, which can be whatever `import` recognizes, such as BibTeX or CSL-JSON.

    Looks up what's missing at arXiv and Crossref. If that's impossible, adds what is known and
    says what is missing; add the paper again later to complete it. A known paper is only listed.
    """
    if no_issue and (week or section):
        raise click.UsageError("--no-issue can't be combined with --issue or --section")
    with errors():
        work = begin(config_file, digest, week or week_of(today()), to_write=not dry_run)
        asked, problems = _asked(papers, ColumnChoices(kept=work.loaded.columns))
        corpus = work.loaded.corpus
        incomplete = [one for one in asked if _is_incomplete(_known(one.record, corpus))]
        lookup = Lookup(fetcher_of(work.project, os.environ))
        found = _offline(incomplete) if offline else _looked_up(incomplete, lookup)
        by_record = {id(one.record): one for one in found}
        asked = [by_record.get(id(one.record), one) for one in asked]
        changes = _merged(work, asked, topics, section, no_issue=no_issue)
        problems += _missing(asked, changes, work)
        changes = replace(changes, problems=sorted_problems((*problems, *changes.problems)))
        finish(work, changes, dry_run=dry_run, as_json=as_json, notes=_notes(changes, work))


def _asked(papers: Sequence[str], choices: ColumnChoices) -> tuple[list[_Asked], list[Problem]]:
    asked: list[_Asked] = []
    problems: list[Problem] = []
    for given in papers:
        if given != "-":
            asked.append(_Asked(given, reference(given)))
            continue
        reading = _piped(sys.stdin.buffer.read(), choices)
        problems += reading.problems
        records = (_unlisted(record, reading.importer) for record in reading.records)
        asked += [
            _Asked(record.arxiv or record.doi or record.title or "", record) for record in records
        ]
    return asked, problems


def _piped(raw: bytes, choices: ColumnChoices) -> Reading:
    """Returns what an importer reads from standard input.

    Raises:
        BroadsheetError: No importer recognizes it, or it has no papers.
    """
    text = text_of_file(raw, _STDIN)
    if not text.strip():
        advice = "pipe an entry such as `@article{key, title = {…}}` into the command"
        raise BroadsheetError(Problem(_STDIN, 0, "", "is empty", advice))
    reading = read(text, _STDIN, choices=choices)
    if not reading.records:
        nothing = Problem(_STDIN, 0, "", "has no papers", f"it was read as {reading.importer}")
        raise BroadsheetError(*(reading.problems or (nothing,)))
    return reading


def _unlisted(record: Record, importer: str) -> Record:
    """Returns a record without its place in a text that nobody keeps."""
    source = _TITLES.get(importer, importer)
    record = replace(record, source=source, line=0, issue=None, section=None)
    return replace(record, number=None, collection=None)


def _known(record: Record, corpus: Corpus) -> Paper | Record:
    """Returns the paper that a record is about, or the record itself."""
    key = match_key(record.title or "")
    for paper in corpus.papers.values():
        titles = (paper.title, *paper.other_titles)
        if (
            (record.arxiv and record.arxiv == paper.arxiv)
            or (record.doi and record.doi.lower() == (paper.doi or "").lower())
            or (key and any(match_key(title or "") == key for title in titles))
        ):
            return paper
    return record


def _is_incomplete(known: Paper | Record) -> bool:
    return bool(_lacks(known))


def _lacks(known: Paper | Record) -> list[str]:
    """Returns what a paper should have and doesn't."""
    missing = [name for name in _WANTED if not getattr(known, name)]
    return missing if known.abstract or known.summary else [*missing, "abstract"]


def _offline(asked: Sequence[_Asked]) -> list[_Asked]:
    return [replace(one, problem="not looked up because of --offline") for one in asked]


def _looked_up(asked: Sequence[_Asked], lookup: Lookup) -> list[_Asked]:
    """Looks papers up.

    Raises:
        BroadsheetError: arXiv or Crossref has no paper with an id.
    """
    ids = [one.record.arxiv for one in asked if one.record.arxiv]
    try:
        of_arxiv = lookup.with_arxiv(ids) if ids else {}
    except BroadsheetError as error:
        reason = _reason(error)
        done = [replace(one, problem=reason) for one in asked if one.record.arxiv]
    else:
        done = [_of_arxiv(one, of_arxiv.get(one.record.arxiv)) for one in asked if one.record.arxiv]
    return [*done, *(_one(one, lookup) for one in asked if not one.record.arxiv)]


def _reason(error: BroadsheetError) -> str:
    """Returns why a service said nothing, such as "arXiv sent an unreadable reply"."""
    return f"{error.problems[0].file} {error.problems[0].message}"


def _of_arxiv(one: _Asked, found: Record | None) -> _Asked:
    if found is None:
        raise _unknown(one, f"arXiv has no paper {one.record.arxiv}")
    return replace(one, found=found)


def _one(one: _Asked, lookup: Lookup) -> _Asked:
    """Looks up a paper without an arXiv id."""
    record = one.record
    try:
        doi, title = record.doi, record.title or ""
        found = lookup.with_doi(doi) if doi else lookup.with_title(title)
    except BroadsheetError as error:
        return replace(one, problem=_reason(error))
    if record.doi and found is None:
        raise _unknown(one, f"Crossref has no work with the DOI {record.doi}")
    problem = "" if found else "neither arXiv nor Crossref has a paper with exactly this title"
    return replace(one, found=found, problem=problem)


def _unknown(one: _Asked, message: str) -> BroadsheetError:
    advice = "check it, or use --offline to add it anyway"
    return BroadsheetError(Problem(one.given, 0, "", message, advice))


def _merged(
    work: Work,
    asked: Sequence[_Asked],
    topics: tuple[str, ...],
    section: str | None,
    *,
    no_issue: bool,
) -> Changes:
    """Adds the papers to the corpus. Changes.slugs has one paper for each of them."""
    target = replace(work.target, section=section)
    options = replace(work.options(None if no_issue else target), unlisted=no_issue)
    readings = [Reading("add", one.given, records=tuple(_records(one, topics))) for one in asked]
    return merge(work.loaded.corpus, work.loaded.decisions, readings, options)


def _records(one: _Asked, topics: tuple[str, ...]) -> Iterator[Record]:
    """Yields what is known about a paper: what a person says comes first, except titles."""
    if one.found is None or one.record.source != BY_HAND:
        yield replace(one.record, topics=topics)
    if one.found:
        yield replace(one.found, topics=topics)


def _missing(asked: Sequence[_Asked], changes: Changes, work: Work) -> Iterator[Problem]:
    """Yields a warning for each paper about which something is missing."""
    papers = {**work.loaded.corpus.papers, **_changed(changes)}
    for one, slugs in zip(asked, changes.slugs, strict=True):
        lacks = _lacks(papers[slugs[0]])
        if lacks and (one.problem or lacks != ["abstract"]):
            reason = one.problem or "the reply is incomplete"
            place = work.loaded.corpus.places.get(("paper", slugs[0]))
            file = f"{work.folder}/{place.file if place else f'papers/{slugs[0]}.yml'}"
            again = f"'{one.given}'" if " " in one.given else one.given
            message = f"{reason}; missing: {', '.join(lacks)}"
            advice = f"fill them in, or run `broadsheet add {again}` again later"
            yield warning(file, 0, "", message, advice)


def _changed(changes: Changes) -> dict[str, Paper]:
    papers = (*changes.new, *(paper for paper, _ in changes.changed))
    return {paper.slug: paper for paper in papers}


def _notes(changes: Changes, work: Work) -> Iterator[str]:
    """Yields a line for each paper."""
    papers, completed = _changed(changes), {p.slug: f for p, f in changes.changed}
    new = {paper.slug for paper in changes.new}
    for slug in dict.fromkeys(slug for slugs in changes.slugs for slug in slugs):
        paper = papers.get(slug) or work.loaded.corpus.papers[slug]
        what = "new paper" if slug in new else "known paper"
        filled = f" (added {', '.join(completed[slug])})" if completed.get(slug) else ""
        yield f"{what} {slug}: {paper.name}{filled}"
        if "title" in completed.get(slug, ()):
            better = slug_of(paper.name)
            yield f"  for an address with its title, run `broadsheet rename {slug} {better}`"
