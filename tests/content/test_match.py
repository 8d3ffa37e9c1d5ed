"""When a record is a known paper: by decision, arXiv id, DOI, title or text, and when it is not."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from broadsheet.content.match import COMMON, SAME_TEXT, Index, Traits, containment, shingles
from broadsheet.content.overrides import Merges, name_key

# Texts of our own, long enough to be told apart.
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


def _index(*known: Traits, same: Pairs = (), different: Pairs = ()) -> Index:
    pairs = [
        frozenset(frozenset(map(name_key, pair)) for pair in given) for given in (same, different)
    ]
    index = Index(Merges(*pairs))
    for key, traits in enumerate(known):
        index.add(key, traits)
    return index


def _reason(index: Index, traits: Traits) -> str | None:
    match = index.find(traits)
    return f"{match.key} {match.reason}" if match else None


def test_an_arxiv_id_says_it_whatever_the_title() -> None:
    index = _index(Traits(arxiv="2406.04520", titles=("A",)))
    assert _reason(index, Traits(arxiv="2406.04520", titles=("B",))) == "0 arXiv id"


def test_a_doi_says_it_in_any_case() -> None:
    index = _index(Traits(doi="10.1000/Abc"))
    assert _reason(index, Traits(doi="10.1000/aBC")) == "0 DOI"


@pytest.mark.parametrize(
    "spelling", ["rafts: that float!", "RAFTS that — float", "Ráfts that float"]
)
def test_a_title_says_it_in_any_spelling(spelling: str) -> None:
    index = _index(Traits(titles=("Rafts That Float",)))
    assert _reason(index, Traits(titles=(spelling,))) == "0 title"


def test_an_earlier_title_says_it_too() -> None:
    index = _index(Traits(titles=("New Name", "Old Name")))
    assert _reason(index, Traits(titles=("Old name",))) == "0 title"


def test_a_title_without_a_letter_says_nothing() -> None:
    index = _index(Traits(titles=("???",)))
    assert _reason(index, Traits(titles=("!!!",))) is None


def test_arxiv_ids_that_differ_never_merge() -> None:
    known = Traits("2406.00001", "10.1000/a", ("Rafts",), texts=(RAFTS,))
    index = _index(known)
    assert _reason(index, Traits("2406.00002", "10.1000/a", ("Rafts",), texts=(RAFTS,))) is None
    assert index.namesakes(Traits("2406.00002", titles=("Rafts",))) == (0,)


def test_a_record_without_an_id_takes_the_first_of_two_namesakes() -> None:
    index = _index(Traits("2406.00001", titles=("Rafts",)), Traits("2406.00002", titles=("Rafts",)))
    assert _reason(index, Traits("2406.00002", titles=("Rafts",))) == "1 arXiv id"
    assert _reason(index, Traits(titles=("Rafts",))) == "0 title"


def test_the_same_text_with_a_few_other_words_says_it() -> None:
    assert containment(shingles(RAFTS), shingles(RAFTS_PRINTED)) > SAME_TEXT
    index = _index(Traits(titles=("Kites",), texts=(KITES,)), Traits(texts=(RAFTS,)))
    assert (_reason(index, Traits(texts=(RAFTS_PRINTED,))) or "").startswith("1 text (0.")


def test_a_text_with_the_same_turns_of_phrase_is_another_paper() -> None:
    assert 0 < containment(shingles(RAFTS), shingles(KITES)) < SAME_TEXT
    assert _reason(_index(Traits(texts=(RAFTS,))), Traits(texts=(KITES,))) is None


def test_a_text_too_short_to_tell_says_nothing() -> None:
    short = "A text of some eight or nine words only."
    assert containment(shingles(short), shingles(short)) == 0
    assert _reason(_index(Traits(texts=(short,))), Traits(texts=(short,))) is None


def test_what_many_papers_say_tells_nothing() -> None:
    index = _index(*(Traits(texts=(f"{RAFTS} number{n}",)) for n in range(COMMON + 1)))
    assert _reason(index, Traits(texts=(RAFTS,))) is None


def test_a_decision_that_two_are_the_same_is_above_their_ids() -> None:
    known = Traits("2406.00001", titles=("Rafts",))
    index = _index(known, same=[("2406.00001v2", "2406.00002")])
    assert _reason(index, Traits("2406.00002", titles=("Boats",))) == "0 merges.yml"


def test_a_paper_that_was_decided_to_be_two_ids_is_found_by_both() -> None:
    index = _index(Traits("2406.00001"), same=[("2406.00001", "2406.00002")])
    index.add(0, Traits("2406.00002"))
    for arxiv in ("2406.00001", "2406.00002"):
        match = index.find(Traits(arxiv))
        assert match
        assert match.key == 0


@pytest.mark.parametrize("name", ["rafts-that-float", "Rafts that float"])
def test_a_decision_names_a_paper_by_its_slug_or_title(name: str) -> None:
    index = _index(Traits(slugs=("rafts-that-float",)), same=[(name, "Boats of Logs")])
    assert _reason(index, Traits(titles=("Boats of Logs",))) == "0 merges.yml"


def test_a_decision_that_two_are_different_is_above_title_and_text() -> None:
    index = _index(
        Traits(titles=("Rafts",), slugs=("rafts",), texts=(RAFTS,)),
        different=[("rafts", "2406.00002")],
    )
    record = Traits("2406.00002", titles=("Rafts",), texts=(RAFTS,))
    assert _reason(index, record) is None
    assert index.namesakes(record) == ()
