"""Words that lost the space between them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sources import Documents

from broadsheet.content.check import load_and_check
from broadsheet.content.glued import divided
from broadsheet.content.model import Corpus
from broadsheet.content.records import (
    ListedRecord,
    ReadCollection,
    Reading,
    ReadIssue,
    ReadSection,
    Record,
)

CONTENT = Path(__file__).parents[2] / "content"
NAMES = ("weekly-article", "papers-page", "dataset-viewer")
EMPTY = Corpus()
USUAL = "Language models talk. Some language models sing, as language models do."


def _reading(*texts: str, importer: str = "papers-page") -> Reading:
    records = tuple(
        Record("page.txt", line, title=f"Kite {line}", abstract=text)
        for line, text in enumerate(texts, start=1)
    )
    return Reading(importer, "page.txt", records=records)


def _abstract(*texts: str) -> str | None:
    (after,), _ = divided([_reading(*texts)], EMPTY, NAMES)
    return after.records[0].abstract


def test_a_glued_word_is_divided_everywhere_and_reported() -> None:
    found = _reading("All languagemodels talk.", USUAL)
    listed = tuple(map(ListedRecord, found.records))
    day = date(2024, 3, 18)
    issue = ReadIssue(day, day, (ReadSection("Kites", 1, listed),))
    found = replace(found, issues=(issue,), collection=ReadCollection("a", "A", "A", found.records))
    (after,), problems = divided([found], EMPTY, NAMES)
    (problem,) = problems
    assert str(problem) == (
        "page.txt:1: abstract: divided 'languagemodels' into 'language models' "
        "(no action needed, unless it's one word)"
    )
    assert after.records[0].abstract == "All language models talk."
    assert after.collection
    assert after.collection.records == after.records
    entries = after.issues[0].sections[0].entries
    assert tuple(entry.record for entry in entries) == after.records


@pytest.mark.parametrize(
    "texts",
    [
        ("All languagemodels talk.", USUAL.replace("Some language models", "Some models")),
        ("All languagemodels talk, languagemodels sing.", USUAL),
        ("See https://example.org/languagemodels for more.", USUAL),
        ("Here $languagemodels$ is a variable.", USUAL),
        ("The LanguageModels of Ada.", USUAL),
        ("The model languagemodels-2 talks.", USUAL),
        ("Huggingface has it.", "Hugging Face, Hugging Face, and Hugging Face."),
        ("Everyday kites.", "Every day, every day, and every day."),
    ],
    ids=["twice", "glued twice", "URL", "formula", "name", "version", "capital", "both ways"],
)
def test_a_word_is_left_alone_if_there_is_any_doubt(texts: tuple[str, ...]) -> None:
    assert _abstract(*texts) == texts[0]


def test_the_content_so_far_is_part_of_the_dictionary() -> None:
    content = load_and_check(CONTENT).corpus
    found = _reading("All languagemodels talk.")
    assert divided([found], EMPTY, NAMES)[1] == ()
    (after,), _ = divided([found], content, NAMES)
    assert after.records[0].abstract == "All language models talk."


def test_sources_that_were_never_pages_stay_as_they_are() -> None:
    found = _reading("All languagemodels talk.", USUAL, importer="bibtex")
    assert divided([found], EMPTY, NAMES) == ((found,), ())


def test_no_word_of_the_bundled_papers_is_divided() -> None:
    corpus = load_and_check(CONTENT).corpus
    papers = [
        Record("a", 1, title=paper.title, abstract=paper.abstract, text=paper.summary)
        for paper in corpus.papers.values()
    ]
    printed = [Record("a", 1, text=e.text) for issue in corpus.issues for e in issue.entries()]
    found = Reading("papers-page", "a", records=(*papers, *printed))
    assert len(papers) == 316
    assert divided([found], EMPTY, NAMES) == ((found,), ())


def test_only_glued_words_of_the_source_documents_are_divided(documents: Documents) -> None:
    all_documents = [*documents.articles, documents.page, documents.dataset]
    readings = [document.reading() for document in all_documents]
    for corpus in (EMPTY, load_and_check(CONTENT).corpus):
        _, problems = divided(readings, corpus, NAMES)
        found = {problem.message.split("'")[1] for problem in problems}
        assert found <= {"Attentionand", "andmachine"}
