"""Related papers after a change: the same as from the beginning, for a small part of the work."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from growth import lines_run
from hypothesis import given, settings
from hypothesis import strategies as st
from selecting import examples

from broadsheet.base.cache import Cache
from broadsheet.edition import vectors
from broadsheet.edition.closest import FULL_SCORE
from broadsheet.edition.kept_relations import keep_relations, kept_relations
from broadsheet.edition.related import Relations, relate
from broadsheet.edition.terms import Terms
from broadsheet.edition.vectors import Usage, level, steps

COMMON = [
    "river",
    "Rivers",
    "boat",
    "stone",
    "cloud",
    "GPT-4",
    "rope",
    "the",
    "tide. Lake",
    "é",
    "雨",
]
RARE = [*(f"word{n}" for n in range(40)), "木筏与绳子", "绳子"]
TEXTS = st.lists(
    st.one_of(st.sampled_from(COMMON), st.sampled_from(RARE)), min_size=1, max_size=9
).map(" ".join)
SLUGS = st.integers(0, 60).map("p{:02d}".format)
CORPORA = st.dictionaries(SLUGS, TEXTS, min_size=5, max_size=45)
# Removes a paper, or adds or changes one.
EDITS = st.lists(st.tuples(SLUGS, st.none() | TEXTS), max_size=4)


def edited(texts: Mapping[str, str], edits: list[tuple[str, str | None]]) -> dict[str, str]:
    found = dict(texts)
    for slug, text in edits:
        if text is None:
            found.pop(slug, None)
        else:
            found[slug] = text
    return found


@settings(max_examples=examples(200))
@given(CORPORA, st.lists(st.tuples(EDITS, st.integers(1, 4)), max_size=4))
def test_relations_after_changes_are_those_from_the_beginning(
    texts: dict[str, str], changes: list[tuple[list[tuple[str, str | None]], int]]
) -> None:
    relations = relate(texts, 3)
    for edits, count in changes:
        texts = edited(texts, edits)
        relations = relate(texts, count, before=relations)
        assert relations == relate(texts, count)


@given(CORPORA, EDITS)
def test_another_language_starts_from_the_beginning(
    texts: dict[str, str], edits: list[tuple[str, str | None]]
) -> None:
    after = edited(texts, edits)
    assert relate(after, 3, "de", relate(texts, 3)) == relate(after, 3, "de")


@given(CORPORA)
def test_the_closest_papers_are_exact(texts: dict[str, str]) -> None:
    relations = relate(texts, 3)
    for slug, found in relations.related.items():
        weights = relations.vectors[slug].weight_of
        scores = {
            other: sum(weights.get(term, 0) * its for term, its in vector.weight_of.items())
            for other, vector in relations.vectors.items()
            if other != slug
        }
        closest = sorted(filter(scores.get, scores), key=lambda other: (-scores[other], other))
        assert [other.slug for other in found] == closest[:3]
        assert [other.score * FULL_SCORE for other in found] == [scores[o] for o in closest[:3]]


@given(CORPORA)
def test_counting_terms_in_parts_changes_nothing(texts: dict[str, str]) -> None:
    whole = relate(texts, 3)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vectors, "_COUNTED_AT_ONCE", 4)
        assert relate(texts, 3) == whole


def invented(count: int) -> dict[str, str]:
    """Texts whose words are used by few, some or many papers."""
    return {
        f"p{n:05d}": " ".join(f"a{n % k}k{k} b{n * k % 997}" for k in range(2, 30))
        for n in range(count)
    }


def test_nothing_is_done_if_nothing_has_changed() -> None:
    texts = invented(50)
    relations = relate(texts, 3)
    assert relate(dict(texts), 3, before=relations) is relations


@pytest.mark.slow
def test_a_change_of_one_paper_is_a_small_part_of_the_work() -> None:
    texts = invented(600)
    before = relate(texts, 6)
    texts["p00300"] += " revised"
    everything = lines_run(lambda: relate(texts, 6))
    assert lines_run(lambda: relate(texts, 6, before=before)) < everything / 10


def test_relations_are_kept_for_the_next_build(tmp_path: Path) -> None:
    relations = relate(invented(50) | {"none": "", "chinese": "木筏与绳子"}, 3)
    keep_relations(Cache(tmp_path), relations)
    assert kept_relations(Cache(tmp_path)) == relations
    assert kept_relations(Cache()) == Relations()


def test_usage_is_counted_in_steps_of_the_square_root_of_two() -> None:
    assert [steps(number) for number in (1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 16)] == [
        *(0, 2, 3, 4, 4, 5, 5, 6, 6, 7, 8),
    ]


def test_a_term_of_a_quarter_of_the_papers_does_not_count() -> None:
    assert level(250, 1024) > 0
    assert level(256, 1024) > 0
    assert level(400, 1024) == 0


def test_most_changes_of_how_many_papers_there_are_change_no_level() -> None:
    assert level(7, 1025) == level(7, 1400) != level(7, 2000)


def test_very_common_terms_count_but_compare_no_papers(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = invented(200)
    exact = relate(texts, 6)
    monkeypatch.setattr(vectors, "_MOST_COMPARED", steps(8))
    bounded = relate(texts, 6)
    assert all(bounded.usage.of(t) < 12 for v in bounded.vectors.values() for t in v.terms)
    for slug, vector in bounded.vectors.items():
        weights = exact.vectors[slug].weight_of
        assert all(weights.get(term, weight) == weight for term, weight in vector.weight_of.items())


def test_usage_changes_by_differences() -> None:
    usage = relate({"a": "river. boat", "b": "river"}, 1).usage
    (river,), (boat,) = Terms("en").count("river"), Terms("en").count("boat")
    after = usage.changed({river: -1, boat: -1, 7: 2})
    assert (after.of(river), after.of(boat), after.of(7), after.of(8)) == (1, 0, 2, 0)
    assert isinstance(after, Usage)
    assert len(after.terms) == 2
