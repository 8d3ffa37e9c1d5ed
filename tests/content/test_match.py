"""Which records match a known paper, by decision, arXiv id, DOI, title or text, and which don't."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from broadsheet.content.match import (
    MAX_TEXTS_PER_SHINGLE,
    MIN_CONTAINMENT,
    Features,
    KnownPapers,
    containment,
    shingles,
)
from broadsheet.content.overrides import MergeDecisions, name_key

# Invented texts, long enough to tell apart.
RAFTS = (
    "Rafts carry more than their builders think, and less than their builders hope. We load forty "
    "rafts with sand until each of them sinks, write down the weight, and find that the length of "
    "the ropes explains most of what the number of logs does not."
)
RAFTS_PRINTED = "This week's first paper: " + RAFTS.replace("forty", "40").replace("ropes", "cords")
KITES = (
    "Kites carry more than their builders think, and less than their builders hope. Yet no kite of "
    "ours held a bag of sand for an hour, whatever the length of its tail, and the wind explains "
    "all that we could measure on the beach in two summers."
)

Pairs = Iterable[tuple[str, str]]


def _known(*known: Features, same: Pairs = (), different: Pairs = ()) -> KnownPapers:
    pairs = [
        frozenset(frozenset(map(name_key, pair)) for pair in given) for given in (same, different)
    ]
    papers = KnownPapers(MergeDecisions(pairs[0], pairs[1]))
    for key, features in enumerate(known):
        papers.add(key, features)
    return papers


def _reason(papers: KnownPapers, features: Features) -> str | None:
    match = papers.find(features)
    return f"{match.key} {match.reason}" if match else None


def test_an_arxiv_id_says_it_whatever_the_title() -> None:
    papers = _known(Features(arxiv="2406.04520", titles=("A",)))
    assert _reason(papers, Features(arxiv="2406.04520", titles=("B",))) == "0 arXiv id"


def test_a_doi_says_it_in_any_case() -> None:
    papers = _known(Features(doi="10.1000/Abc"))
    assert _reason(papers, Features(doi="10.1000/aBC")) == "0 DOI"


@pytest.mark.parametrize(
    "spelling", ["rafts: that float!", "RAFTS that — float", "Ráfts that float"]
)
def test_a_title_says_it_in_any_spelling(spelling: str) -> None:
    papers = _known(Features(titles=("Rafts That Float",)))
    assert _reason(papers, Features(titles=(spelling,))) == "0 title"


def test_an_earlier_title_says_it_too() -> None:
    papers = _known(Features(titles=("New Name", "Old Name")))
    assert _reason(papers, Features(titles=("Old name",))) == "0 title"


def test_a_title_without_a_letter_only_says_it_if_it_is_the_same() -> None:
    papers = _known(Features(titles=("? ??",)), Features(titles=("$\\alpha$",)))
    assert _reason(papers, Features(titles=("!!!",))) is None
    assert _reason(papers, Features(titles=("???",))) == "0 title"
    assert _reason(papers, Features(titles=("$\\beta$",))) is None


def test_arxiv_ids_that_differ_never_merge() -> None:
    known = Features("2406.00001", "10.1000/a", ("Rafts",), texts=(RAFTS,))
    papers = _known(known)
    assert _reason(papers, Features("2406.00002", "10.1000/a", ("Rafts",), texts=(RAFTS,))) is None
    assert papers.namesakes(Features("2406.00002", titles=("Rafts",))) == (0,)


def test_a_record_without_an_id_takes_the_first_of_two_namesakes() -> None:
    papers = _known(
        Features("2406.00001", titles=("Rafts",)), Features("2406.00002", titles=("Rafts",))
    )
    assert _reason(papers, Features("2406.00002", titles=("Rafts",))) == "1 arXiv id"
    assert _reason(papers, Features(titles=("Rafts",))) == "0 title"


def test_the_same_text_with_a_few_other_words_says_it() -> None:
    assert containment(shingles(RAFTS), shingles(RAFTS_PRINTED)) > MIN_CONTAINMENT
    papers = _known(Features(titles=("Kites",), texts=(KITES,)), Features(texts=(RAFTS,)))
    assert (_reason(papers, Features(texts=(RAFTS_PRINTED,))) or "").startswith("1 text (")


def test_a_text_with_the_same_turns_of_phrase_is_another_paper() -> None:
    assert 0 < containment(shingles(RAFTS), shingles(KITES)) < MIN_CONTAINMENT
    assert _reason(_known(Features(texts=(RAFTS,))), Features(texts=(KITES,))) is None


def test_a_text_too_short_to_tell_says_nothing() -> None:
    short = "A text of some eight or nine words only."
    assert containment(shingles(short), shingles(short)) == 0
    assert _reason(_known(Features(texts=(short,))), Features(texts=(short,))) is None


def test_what_many_papers_say_tells_nothing() -> None:
    papers = _known(
        *(Features(texts=(f"{RAFTS} number{n}",)) for n in range(MAX_TEXTS_PER_SHINGLE + 1))
    )
    assert _reason(papers, Features(texts=(RAFTS,))) is None


def test_a_decision_that_two_are_the_same_is_above_their_ids() -> None:
    known = Features("2406.00001", titles=("Rafts",))
    papers = _known(known, same=[("2406.00001v2", "2406.00002")])
    assert _reason(papers, Features("2406.00002", titles=("Boats",))) == "0 merges.yml"


def test_a_paper_that_was_decided_to_be_two_ids_is_found_by_both() -> None:
    papers = _known(Features("2406.00001"), same=[("2406.00001", "2406.00002")])
    papers.add(0, Features("2406.00002"))
    for arxiv in ("2406.00001", "2406.00002"):
        match = papers.find(Features(arxiv))
        assert match
        assert match.key == 0


@pytest.mark.parametrize("name", ["rafts-that-float", "Rafts that float"])
def test_a_decision_names_a_paper_by_its_slug_or_title(name: str) -> None:
    papers = _known(Features(slugs=("rafts-that-float",)), same=[(name, "Boats of Logs")])
    assert _reason(papers, Features(titles=("Boats of Logs",))) == "0 merges.yml"


def test_a_decision_that_two_are_different_is_above_title_and_text() -> None:
    papers = _known(
        Features(titles=("Rafts",), slugs=("rafts",), texts=(RAFTS,)),
        different=[("rafts", "2406.00002")],
    )
    record = Features("2406.00002", titles=("Rafts",), texts=(RAFTS,))
    assert _reason(papers, record) is None
    assert papers.namesakes(record) == ()
