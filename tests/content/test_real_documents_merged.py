"""The five source documents and the facts, imported into an empty folder."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from folders import tree

from broadsheet.base.encoding import decode
from broadsheet.base.identifiers import title_key
from broadsheet.content.check import load_and_check
from broadsheet.content.listings import Options
from broadsheet.content.load import Loaded
from broadsheet.content.match import SAME_TEXT, containment, shingles
from broadsheet.content.merge import Merged, merge
from broadsheet.content.save import changed_files, write
from broadsheet.importers import Reading, read


def _read(paths: Sequence[Path]) -> list[Reading]:
    return [read(decode(path.read_bytes(), path.name), path.name) for path in paths]


def _import(folder: Path, readings: Sequence[Reading]) -> Merged:
    loaded = load_and_check(folder, "content")
    merged = merge(loaded.corpus, loaded.merges, readings, Options(date(2026, 1, 1), "llm-papers"))
    write(changed_files(merged, loaded.corpus, folder), folder)
    return merged


@pytest.fixture(scope="module")
def documents(shared) -> list[Reading]:
    return _read(sorted((shared / "seeds").glob("*.txt")))


@pytest.fixture(scope="module")
def imported(documents, tmp_path_factory) -> tuple[Path, Merged]:
    folder = tmp_path_factory.mktemp("content")
    return folder, _import(folder, documents)


@pytest.fixture(scope="module")
def loaded(imported) -> Loaded:
    return load_and_check(imported[0], "content")


def test_three_issues_have_their_weeks_dates_and_entries(loaded):
    found = [
        (i.name, i.start, i.end, [len(s.entries) for s in i.sections]) for i in loaded.corpus.issues
    ]
    assert found == [
        ("2024-W12", date(2024, 3, 18), date(2024, 3, 24), [6, 2, 2, 1, 2, 1]),
        ("2024-W24", date(2024, 6, 10), date(2024, 6, 16), [13, 7, 4, 2, 4, 1]),
        ("2024-W35", date(2024, 8, 26), date(2024, 9, 1), [5, 4, 3, 1, 1]),
    ]
    assert [len(i.entries()) for i in loaded.corpus.issues] == [14, 31, 14]


def test_entries_are_in_printed_order(loaded):
    for issue in loaded.corpus.issues:
        numbers = [[int(n) for n in e.number.rstrip(".").split(".")] for e in issue.entries()]
        assert numbers == sorted(numbers)


def test_two_collections_have_their_papers(loaded):
    assert [len(c.entries) for c in loaded.corpus.collections] == [39, 220]


def test_there_are_316_papers_and_no_error(loaded):
    assert len(loaded.corpus.papers) == 316
    untitled = [p for p in loaded.problems if p.message.startswith("no title yet")]
    assert [p for p in loaded.problems if p not in untitled] == []
    # The data set gives ids only; one of its papers is known from an issue.
    assert len(untitled) == 38


def test_exactly_two_papers_were_merged_and_those_are_the_right_ones(imported, documents):
    _, merged = imported
    first = {(r.source, r.line): r for reading in documents for r in reading.records}
    (by_title, by_text) = sorted(merged.decisions, key=lambda d: d.source)
    assert (by_title.source[:3], by_title.reason) == ("003", "title")
    trending = documents[3].records.index(first[by_title.source, by_title.line]) + 1
    assert trending == 151
    assert (by_text.source[:3], by_text.reason[:5]) == ("004", "text ")
    assert first[by_text.source, by_text.line].arxiv == "2406.04520"
    printed = {entry.record.title for s in documents[1].issue.sections for entry in s.entries}
    slugs = {paper.slug: paper for paper in merged.new}
    assert slugs[by_text.slug].title in printed
    assert slugs[by_text.slug].arxiv == "2406.04520"


@pytest.mark.parametrize("one, other", [(118, 152), (74, 164), (84, 133)])
def test_look_alikes_are_different_papers(documents, imported, one, other):
    records = documents[3].records
    first, second = records[one - 1], records[other - 1]
    assert containment(shingles(first.abstract), shingles(second.abstract)) < SAME_TEXT
    titles = {title_key(paper.title) for paper in imported[1].new if paper.title}
    assert {title_key(first.title), title_key(second.title)} <= titles
    assert title_key(first.title) != title_key(second.title)


def test_importing_the_documents_again_changes_nothing(imported, documents):
    folder, _ = imported
    before = tree(folder)
    merged = _import(folder, documents)
    assert tree(folder) == before
    assert (merged.new, merged.changed, merged.unchanged) == ((), (), 316)


def test_the_facts_find_every_paper_and_fill_titles_and_authors(imported, shared, tmp_path):
    folder = tmp_path / "content"
    write({n: (imported[0] / n).read_text("utf-8") for n in tree(imported[0])}, folder)
    facts = _read([shared / "data" / "paper-facts.jsonl"])
    merged = _import(folder, facts)
    assert (len(merged.new), len(merged.changed), merged.topics) == (0, 316, ())
    loaded = load_and_check(folder, "content")
    assert loaded.problems == ()
    papers = loaded.corpus.papers.values()
    assert len(papers) == 316
    assert all(paper.title and paper.arxiv and paper.published for paper in papers)
    # Of one paper the facts say that its authors were not seen.
    assert [paper.arxiv for paper in papers if not paper.authors] == ["2410.07520"]
    before = tree(folder)
    assert _import(folder, facts).unchanged == 316
    assert tree(folder) == before
