"""How often the check of texts is right, measured on the bundled papers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
import sources
from content.falsified import falsified, names_of

from broadsheet.content.load import load
from broadsheet.content.model import Paper
from broadsheet.content.texts import findings

CONTENT = Path(__file__).parents[2] / "content"
# The documents in which provenance says that the papers are printed.
DOCUMENTS = {
    **{f"articles/{article.week}.txt": article for article in sources.REAL.articles},
    "huggingface/papers.txt": sources.REAL.page,
    "huggingface/data-set.txt": sources.REAL.dataset,
}


@pytest.fixture(scope="module", name="bundled")
def _bundled() -> list[Paper]:
    return list(load(CONTENT).corpus.papers.values())


@pytest.fixture(scope="module", name="papers")
def _papers(bundled: list[Paper]) -> list[Paper]:
    """The bundled papers with their abstracts, which belong to others and aren't bundled."""
    if not sources.REAL.is_there:
        pytest.skip("the real source documents are not beside the checkout (../shared/seeds)")
    return [paper.model_copy(update={"abstract": _abstract(paper)}) for paper in bundled]


def _abstract(paper: Paper) -> str:
    texts = [
        record.abstract or record.text or ""
        for provenance in paper.provenance
        if provenance.source in DOCUMENTS
        for record in DOCUMENTS[provenance.source].reading().records
        if record.line == provenance.line
    ]
    return "\n\n".join(texts)


def caught(papers: Sequence[Paper]) -> dict[str, float]:
    """Returns the share of falsified texts with a new finding, by kind of falsification."""
    true = {paper.slug: set(findings(paper)) for paper in papers}
    tried: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for kind, paper, _ in falsified(papers):
        tried[kind] += 1
        found[kind] += bool(set(findings(paper)) - true[paper.slug])
    assert min(tried.values()) > 100
    return {kind: found[kind] / tried[kind] for kind in tried}


def test_every_bundled_paper_has_an_abstract_here(papers: list[Paper]) -> None:
    assert [paper.slug for paper in papers if not paper.abstract] == []


def test_bundled_texts_are_silent_without_their_abstracts(bundled: list[Paper]) -> None:
    assert [(paper.slug, found) for paper in bundled for found in findings(paper)] == []


def test_at_least_95_percent_of_the_bundled_papers_are_silent(papers: list[Paper]) -> None:
    noisy = [paper.slug for paper in papers if any(findings(paper))]
    assert len(noisy) <= len(papers) * 0.05, noisy


def test_at_least_90_percent_of_falsified_texts_are_caught(papers: list[Paper]) -> None:
    rates = caught(papers)
    assert rates.keys() == {"changed number", "swapped name", "copied sentence"}
    assert min(rates.values()) >= 0.9, rates


@pytest.mark.slow
def test_falsified_texts_are_caught_where_the_other_text_is_the_only_source(
    bundled: list[Paper],
) -> None:
    """Works without the abstracts: each summary stands in for the abstract of its paper."""
    stand_ins = [p.model_copy(update={"abstract": f"{p.tldr}\n\n{p.summary}"}) for p in bundled]
    rates = caught(stand_ins)
    assert min(rate for kind, rate in rates.items() if kind != "copied sentence") >= 0.9, rates


def test_names_from_all_over_the_field_are_swapped(bundled: list[Paper]) -> None:
    assert {"MMLU", "GPT-4", "BERT", "GSM8K", "LoRA"} <= set(names_of(bundled))
    assert len(names_of(bundled)) > 200
