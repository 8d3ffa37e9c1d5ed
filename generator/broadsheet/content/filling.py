"""Making issues from papers that are known: drafts, filling them, and publishing them."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from broadsheet.base.errors import BroadsheetError, Problem, suggest
from broadsheet.content.changes import Changes, ImportOptions
from broadsheet.content.listing import Target, issue_of_week, newest_first
from broadsheet.content.merge_lists import ImportedLists
from broadsheet.content.model import Corpus, Paper
from broadsheet.content.topics import Taxonomy, fill_topics


@dataclass(frozen=True)
class Selection:
    """Which papers of a corpus to choose. With neither attribute set, that's all of them.

    Attributes:
        collection: The slug of a collection.
        published: The first and the last day of publication.
        unlisted: Whether to choose only papers that no issue lists.
    """

    collection: str | None = None
    published: tuple[date, date] | None = None
    unlisted: bool = False


def selected(corpus: Corpus, selection: Selection, folder: str) -> tuple[Paper, ...]:
    """Returns papers in the order of the collection, or else newest first.

    Papers of which only the year or month is known count if it's in the range as a whole.

    Raises:
        BroadsheetError: There is no such collection.
    """
    papers: Iterable[Paper] = newest_first(corpus.papers.values())
    if selection.collection:
        known = {found.slug: found for found in corpus.collections}
        if selection.collection not in known:
            message = f"there is no collection {selection.collection!r}"
            advice = suggest(selection.collection, known, "import a list to make one")
            raise BroadsheetError(Problem(f"{folder}/collections", 0, "", message, advice))
        entries = known[selection.collection].entries
        papers = [corpus.papers[slug] for slug in dict.fromkeys(entry.paper for entry in entries)]
    if selection.published:
        papers = [paper for paper in papers if _is_within(paper, *selection.published)]
    listed = {entry.paper for issue in corpus.issues for entry in issue.entries()}
    return tuple(paper for paper in papers if not (selection.unlisted and paper.slug in listed))


def _is_within(paper: Paper, first: date, last: date) -> bool:
    if not paper.published:
        return False
    start, end = _days(paper.published)
    return first <= start and end <= last


def _days(partial: str) -> tuple[date, date]:
    """Returns the first and last day of a partial date."""
    known = [int(part) for part in partial.split("-")]
    year, month, day = [*known, 1, 1][:3]
    if len(known) == 3:
        return date(year, month, day), date(year, month, day)
    last_month = month if len(known) == 2 else 12
    return date(year, month, 1), date(year, last_month, monthrange(year, last_month)[1])


def fill(
    corpus: Corpus, options: ImportOptions, target: Target, papers: Iterable[Paper]
) -> Changes:
    """Returns what adding papers to an issue changes. If there is no such issue, makes a draft."""
    topics = {slug: paper.topics for slug, paper in fill_topics(corpus).papers.items()}
    lists = ImportedLists(
        corpus,
        options,
        Taxonomy(corpus.topics),
        topics,
        corpus.papers.__getitem__,
        keys_of=lambda _: (),
    )
    lists.fill(target, [paper.slug for paper in papers])
    dated = lists.dated
    return Changes(issues=tuple(dated.new.values()), edited=tuple(dated.edited.values()))


def new_issue(corpus: Corpus, options: ImportOptions, target: Target, title: str | None) -> Changes:
    """Returns a draft of an issue without papers.

    Raises:
        BroadsheetError: There is such an issue.
    """
    place = corpus.places.get(("issue", f"{target.digest}/{target.week}"))
    if place:
        advice = f"add papers with `broadsheet issue fill {target.week}`"
        file = f"{options.folder}/{place.file}"
        raise BroadsheetError(Problem(file, 0, "", "already exists", advice))
    issue = issue_of_week(
        target.digest, target.week, options.settings, options.language, draft=True
    )
    return Changes(issues=(issue.model_copy(update={"title": title}) if title else issue,))


def published(corpus: Corpus, target: Target, folder: str) -> Changes:
    """Returns what publishing an issue changes: nothing if it isn't a draft.

    Its papers are no longer drafts either.

    Raises:
        BroadsheetError: There is no such issue, or it has no papers.
    """
    name = f"{target.digest}/{target.week}"
    known = {f"{issue.digest}/{issue.name}": issue for issue in corpus.issues}
    if name not in known:
        message = f"there is no issue {name}"
        drafts = [issue.name for issue in known.values() if issue.draft]
        advice = (
            f"drafts: {', '.join(drafts)}" if drafts else "make one with `broadsheet issue new`"
        )
        raise BroadsheetError(Problem(f"{folder}/digests", 0, "", message, advice))
    before = known[name]
    if not before.entries():
        advice = f"add some with `broadsheet issue fill {target.week}`"
        file = f"{folder}/{corpus.places['issue', name].file}"
        raise BroadsheetError(Problem(file, 0, "sections", "the issue has no papers", advice))
    if not before.draft:
        return Changes()
    papers = (corpus.papers[slug] for slug in dict.fromkeys(e.paper for e in before.entries()))
    return Changes(
        published=tuple(p.model_copy(update={"draft": False}) for p in papers if p.draft),
        edited=((before, before.model_copy(update={"draft": False})),),
    )
