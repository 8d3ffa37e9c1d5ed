"""The source documents and the facts about them, imported into an empty folder."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from folders import tree
from sources import Documents

from broadsheet.base.identifiers import title_key
from broadsheet.content.changes import Changes, ImportOptions
from broadsheet.content.check import load_and_check
from broadsheet.content.load import Loaded
from broadsheet.content.match import MIN_CONTAINMENT, containment, shingles
from broadsheet.content.merge import merge
from broadsheet.content.save import changed_files, write
from broadsheet.importers import Reading


def _import(folder: Path, readings: Sequence[Reading]) -> Changes:
    loaded = load_and_check(folder, "content")
    changes = merge(
        loaded.corpus, loaded.decisions, readings, ImportOptions(date(2026, 1, 1), "llm-papers")
    )
    write(changed_files(changes, loaded.corpus, folder), folder)
    return changes


@pytest.fixture(scope="module")
def imported(
    documents: Documents, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Changes]:
    folder = tmp_path_factory.mktemp("content")
    return folder, _import(folder, documents.readings())


@pytest.fixture(scope="module")
def loaded(imported: tuple[Path, Changes]) -> Loaded:
    return load_and_check(imported[0], "content")


def test_issues_have_their_weeks_dates_and_entries(loaded: Loaded, documents: Documents) -> None:
    found = [
        (i.name, i.start, i.end, [len(s.entries) for s in i.sections]) for i in loaded.corpus.issues
    ]
    assert found == [(a.week, a.start, a.end, [*a.sizes]) for a in documents.articles]


def test_entries_are_in_printed_order(loaded: Loaded) -> None:
    for issue in loaded.corpus.issues:
        numbers = [[int(n) for n in (e.number or "").split(".")] for e in issue.entries()]
        assert numbers == sorted(numbers)


def test_two_collections_have_their_papers(loaded: Loaded, documents: Documents) -> None:
    counts = [documents.dataset.count, documents.page.count]
    assert [len(c.entries) for c in loaded.corpus.collections] == counts


def test_all_papers_are_there_without_an_error(loaded: Loaded, documents: Documents) -> None:
    assert len(loaded.corpus.papers) == documents.papers
    untitled = [p for p in loaded.problems if p.message.startswith("has no title")]
    assert [p for p in loaded.problems if p not in untitled] == []
    # The dataset gives ids only; one of its papers is known from an issue.
    assert len(untitled) == documents.dataset.count - 1


def test_exactly_two_papers_were_merged_and_those_are_the_right_ones(
    imported: tuple[Path, Changes], documents: Documents
) -> None:
    _, changes = imported
    by_title, by_text = sorted(changes.merged, key=lambda d: d.reason.startswith("text "))
    page, dataset = documents.page, documents.dataset
    assert (by_title.source, by_title.reason) == (page.path.name, "title")
    assert by_title.line == page.reading().records[documents.same_title - 1].line
    assert (by_text.source, by_text.reason[:5]) == (dataset.path.name, "text ")
    (row,) = [r for r in dataset.reading().records if r.arxiv == documents.same_text]
    assert by_text.line == row.line
    printed = {
        record.title for article in documents.articles for record in article.reading().records
    }
    paper = {paper.slug: paper for paper in changes.new}[by_text.slug]
    assert paper.title in printed
    assert paper.arxiv == documents.same_text


def test_look_alikes_are_different_papers(
    imported: tuple[Path, Changes], documents: Documents
) -> None:
    records = documents.page.reading().records
    titles = {title_key(paper.title) for paper in imported[1].new if paper.title}
    for pair in documents.page.look_alikes:
        first, second = (records[place - 1] for place in pair)
        assert (
            containment(shingles(first.abstract or ""), shingles(second.abstract or ""))
            < MIN_CONTAINMENT
        )
        keys = {title_key(first.title or ""), title_key(second.title or "")}
        assert keys <= titles
        assert len(keys) == 2


def test_importing_the_documents_again_changes_nothing(
    imported: tuple[Path, Changes], documents: Documents
) -> None:
    folder, _ = imported
    before = tree(folder)
    changes = _import(folder, documents.readings())
    assert tree(folder) == before
    assert (changes.new, changes.changed, changes.unchanged) == ((), (), documents.papers)


def test_the_facts_find_every_paper_and_fill_titles_and_authors(
    imported: tuple[Path, Changes], documents: Documents, tmp_path: Path
) -> None:
    folder = tmp_path / "content"
    write({n: (imported[0] / n).read_text("utf-8") for n in tree(imported[0])}, folder)
    facts = [documents.facts.reading()]
    changes = _import(folder, facts)
    assert (len(changes.new), len(changes.changed), changes.topics) == (0, documents.papers, ())
    loaded = load_and_check(folder, "content")
    assert loaded.problems == ()
    papers = loaded.corpus.papers.values()
    assert len(papers) == documents.papers
    assert all(paper.title and paper.arxiv and paper.published for paper in papers)
    assert [paper.arxiv for paper in papers if not paper.authors] == [documents.no_authors]
    before = tree(folder)
    assert _import(folder, facts).unchanged == documents.papers
    assert tree(folder) == before
