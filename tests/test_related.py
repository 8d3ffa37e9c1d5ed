"""Related papers: which texts are related, in which order, and what that costs."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from growth import lines_run
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.content.check import load_and_check
from broadsheet.edition import vectors
from broadsheet.edition.reasons import PrintedText
from broadsheet.edition.related import Related, relate
from broadsheet.edition.terms import Terms

GARDENS = {
    "graph-roses": "Knowledge graphs for roses. We prune a knowledge graph of rose gardens.",
    "graph-tulips": "A knowledge graph of tulips, planted for gardens in spring.",
    "robot-mower": "A robot mows the lawn with a camera.",
    "robot-cleaner": "The camera of a robot that cleans windows.",
    "poem": "Silence.",
}


def related_papers(
    texts: Mapping[str, str], count: int, language: str = "en"
) -> Mapping[str, tuple[Related, ...]]:
    return relate(texts, count, language).related


def test_papers_on_one_subject_find_each_other() -> None:
    related = related_papers(GARDENS, 1)
    assert related["graph-roses"][0].slug == "graph-tulips"
    assert related["robot-cleaner"][0].slug == "robot-mower"


def test_a_paper_that_shares_no_term_has_no_related_papers() -> None:
    assert related_papers(GARDENS, 6)["poem"] == ()


def test_shared_terms_are_spelled_as_people_write_them_and_pairs_swallow_their_words() -> None:
    shared = related_papers(GARDENS, 1)["graph-tulips"][0].shared
    assert "knowledge graph" in shared
    assert "knowledge" not in shared
    assert "graph" not in shared


def test_shared_terms_have_capitals_only_if_both_papers_write_them_so() -> None:
    texts = {
        "a": "Rose Gardens with RAG",
        "b": "Every rose fragment: RAG in Paris",
        "c": "On Paris",
    }
    related = related_papers(texts, 2)
    assert set(related["a"][0].shared) == {"rose", "RAG"}
    assert related["c"][0].shared == ("Paris",)


def test_plural_and_singular_meet() -> None:
    related = related_papers({"a": "Many queries", "b": "One query", "c": "Nothing alike"}, 2)
    assert [found.slug for found in related["a"]] == ["b"]


def test_a_pair_does_not_reach_across_punctuation() -> None:
    terms = Terms("en")
    for joint in (". ", ", ", "  ", "\n", "_", " - ", "(", " the "):
        text = f"maps{joint}tides"
        assert len(terms.count(text)) == 2, text
    for text in ("map tide", "Maps-Tides", "maps\N{HYPHEN}tides"):
        assert terms.count(text) == terms.count("maps tides"), text
        assert len(terms.count(text)) == 3, text


def test_words_of_every_paper_bring_nobody_together() -> None:
    texts = {f"p{n}": f"planets and comet{n // 2}" for n in range(40)}
    related = related_papers(texts, 5)
    assert [found.slug for found in related["p0"]] == ["p1"]
    assert related["p0"][0].shared == ("comet0",)


def test_equal_papers_are_listed_by_slug() -> None:
    related = related_papers(dict.fromkeys(["d", "b", "a", "c"], "quiet river"), 3)
    assert [found.slug for found in related["b"]] == ["a", "c", "d"]


def test_the_count_is_an_upper_bound() -> None:
    assert len(related_papers(dict.fromkeys("abcdef", "quiet river"), 2)["a"]) == 2


def test_no_texts_give_no_papers() -> None:
    assert related_papers({}, 6) == {}


WORDS = st.lists(
    st.sampled_from(["river", "Rivers", "stone-age", "cloud", "GPT-4", "the", "é", "雨", "."]),
    max_size=12,
).map(" ".join)


@given(st.dictionaries(st.sampled_from("abcdefgh"), WORDS, max_size=8))
def test_scores_fall_stay_within_one_and_never_name_the_paper_itself(texts: dict[str, str]) -> None:
    for slug, found in related_papers(texts, 4).items():
        scores = [paper.score for paper in found]
        assert scores == sorted(scores, reverse=True)
        assert all(0 < score <= 1.0001 for score in scores)
        assert slug not in {paper.slug for paper in found}
        for paper in found:
            texts_of_both = [PrintedText(texts[one]) for one in (slug, paper.slug)]
            assert all(
                text.has(reason.lower()) for reason in paper.shared for text in texts_of_both
            )


def test_a_reason_is_the_longest_phrase_that_both_texts_have() -> None:
    texts = {
        "a": "Rafts\nRetrieval-augmented generation of time series forecasts helps.",
        "b": "Ropes\nWe do retrieval-augmented generation. A time series is long.",
        "c": "Boats\nNothing alike.",
    }
    shared = set(related_papers(texts, 1)["a"][0].shared)
    assert shared == {"retrieval-augmented generation", "time series"}


def test_a_part_of_a_compound_is_no_reason() -> None:
    texts = {
        "a": "Pre-trained rafts\nThey are pre-trained and fine-tuned on rivers.",
        "b": "Fine ropes\nA fine pre of ropes, fine-grained.",
        "c": "Boats\nNothing alike.",
    }
    assert related_papers(texts, 1)["a"][0].shared == ()


def test_names_are_reasons_and_other_single_words_only_from_titles() -> None:
    texts = {
        "a": "Rafts and currents\nWe compare Mamba when it produced labels for currents.",
        "b": "Ropes\nIt was Mamba that produced labels, in strong currents.",
        "c": "Boats\nNothing alike.",
    }
    assert "Mamba" in related_papers(texts, 1)["a"][0].shared
    assert "currents" in related_papers(texts, 1)["a"][0].shared
    assert "produced" not in related_papers(texts, 1)["a"][0].shared


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Human tides\nIt shows tides.", "Human ropes\nIt shows ropes."),
        ("Rafts\nIt performs comparably.", "Ropes\nIt performs comparably."),
        (
            "Rafts\nThe model\N{RIGHT SINGLE QUOTATION MARK}s sails.",
            "Ropes\nA raft\N{RIGHT SINGLE QUOTATION MARK}s sails.",
        ),
    ],
)
def test_words_that_name_no_subject_are_no_reason(one: str, other: str) -> None:
    related = related_papers({"a": one, "b": other, "c": "Boats\nNothing alike."}, 1)
    shared = {phrase for found in related.get("a", ()) for phrase in found.shared}
    assert shared <= {"sails"}


def test_reasons_of_bundled_papers_stand_in_both_texts() -> None:
    papers = load_and_check(Path(__file__).parents[1] / "content").corpus.papers
    texts = {
        slug: "\n".join(filter(None, (paper.name, paper.tldr, paper.summary)))
        for slug, paper in papers.items()
    }
    printed = {slug: PrintedText(text) for slug, text in texts.items()}
    found = [
        (slug, other.slug, reason)
        for slug, others in related_papers(texts, 6).items()
        for other in others
        for reason in other.shared
    ]
    assert len(found) > 6 * len(texts) / 2
    for slug, other, reason in found:
        assert printed[slug].has(reason.lower()), (slug, other, reason)
        assert printed[other].has(reason.lower()), (slug, other, reason)
    reasons = {reason for _, _, reason in found}
    assert reasons.isdisjoint({"pre", "tuned", "trained", "shot"})


@given(st.dictionaries(st.sampled_from("abcdefgh"), WORDS, max_size=8))
def test_the_order_in_which_papers_come_changes_nothing(texts: dict[str, str]) -> None:
    backwards = dict(reversed(texts.items()))
    assert related_papers(texts, 3) == related_papers(backwards, 3)


@given(st.dictionaries(st.sampled_from("abcdefgh"), WORDS, max_size=8))
def test_vectors_are_never_longer_than_one(texts: dict[str, str]) -> None:
    for vector in relate(texts, 1).vectors.values():
        assert sum(weight * weight for weight in vector.weights) <= vectors.SCALE**2


def test_one_word_in_common_makes_no_close_relation_of_papers_that_differ_otherwise() -> None:
    texts = {"a": "violet river delta", "b": "violet engine tower", "c": "stone"}
    assert related_papers(texts, 1)["a"][0].score < 0.5


@pytest.mark.slow
def test_four_times_the_papers_take_little_more_than_four_times_the_work() -> None:
    def work(papers: int) -> int:
        vocabulary = [f"word{n}" for n in range(papers // 2 + 100)]
        texts = {
            f"p{n}": " ".join(vocabulary[(n * k * 7919) % len(vocabulary)] for k in range(60))
            for n in range(papers)
        }
        return lines_run(lambda: related_papers(texts, 6))

    assert work(2000) < 5 * work(500)


def test_stop_words_of_the_language_of_the_site_bring_no_papers_together() -> None:
    texts = {
        "a": "Die Boote und die Seile",
        "b": "Außer den Seilen: die Knoten und die Seile",
        "c": "Die Berge und außer ihnen die Wälder",
    }
    found = related_papers(texts, 2, "de")
    assert [(other.slug, other.shared) for other in found["a"]] == [("b", ("Seile",))]
    assert found["c"] == ()
    assert found["a"] != related_papers(texts, 2)["a"]


def test_papers_without_spaces_between_words_are_related_by_pairs_of_characters() -> None:
    texts = {
        "a": "浮动的木筏：一根绳子",
        "b": "木筏与绳子的承载能力",
        "c": "雾中的桥",
        "d": "的是在",
    }
    found = related_papers(texts, 3, "zh")
    assert [(other.slug, other.shared) for other in found["a"]] == [("b", ())]
    assert found["c"] == ()
