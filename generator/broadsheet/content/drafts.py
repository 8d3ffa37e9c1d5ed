"""Leaving out drafts: a published site has nothing of them."""

from __future__ import annotations

from collections.abc import Collection as AnyCollection
from collections.abc import Iterable
from dataclasses import replace

from broadsheet.content.model import Corpus, Entry, Issue, Section


def without_drafts(corpus: Corpus) -> Corpus:
    """Returns a corpus without the papers and issues that are drafts.

    Draft papers are also missing from the issues and collections that list them. A section of
    draft papers alone is left out.
    """
    drafts = {slug for slug, paper in corpus.papers.items() if paper.draft}
    hidden = {("issue", f"{issue.digest}/{issue.name}") for issue in corpus.issues if issue.draft}
    hidden |= {("paper", slug) for slug in drafts}
    if not hidden:
        return corpus
    return replace(
        corpus,
        papers={slug: paper for slug, paper in corpus.papers.items() if slug not in drafts},
        issues=tuple(_public(issue, drafts) for issue in corpus.issues if not issue.draft),
        collections=tuple(
            found.model_copy(update={"entries": _listed(found.entries, drafts)})
            for found in corpus.collections
        ),
        hidden=tuple(
            name for slug in sorted(drafts) for name in (slug, *corpus.papers[slug].aliases)
        ),
        places={key: place for key, place in corpus.places.items() if key not in hidden},
    )


def _public(issue: Issue, drafts: AnyCollection[str]) -> Issue:
    sections = (_public_section(section, drafts) for section in issue.sections)
    kept = tuple(
        section
        for section, before in zip(sections, issue.sections, strict=True)
        if section.entries or not before.entries
    )
    return issue.model_copy(update={"sections": kept})


def _public_section(section: Section, drafts: AnyCollection[str]) -> Section:
    return section.model_copy(update={"entries": _listed(section.entries, drafts)})


def _listed(entries: Iterable[Entry], drafts: AnyCollection[str]) -> tuple[Entry, ...]:
    return tuple(entry for entry in entries if entry.paper not in drafts)
