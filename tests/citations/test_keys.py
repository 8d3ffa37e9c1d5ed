from __future__ import annotations

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from toy import CORPUS, PAPERS

from broadsheet.base.errors import BroadsheetError
from broadsheet.citations.keys import keys_of, keys_text, read_keys
from broadsheet.content.model import Paper


def key(**facts: object) -> str:
    paper = Paper.model_validate({"slug": "a", **facts})
    return keys_of([paper])["a"]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"title": "The RAFT: A Boat", "authors": ["A Li"], "published": "2024"}, "li-2024-raft"),
        (
            {"title": "On Boats", "authors": ["A Li", "B Wu"], "published": "2024-05"},
            "li-wu-2024-boats",
        ),
        (
            {"title": "TnT-LLM", "authors": ["A Li", "B", "C"], "published": "2024"},
            "li-etal-2024-tnt",
        ),
        ({"title": "Boats", "authors": ["Bob van der Berg"]}, "van-der-berg-nd-boats"),
        (
            {"title": "Boats", "authors": ["Jiří Navrátil"], "arxiv": "2403.01234"},
            "navratil-2024-boats",
        ),
        ({"title": "Boats", "authors": ["A B"], "arxiv": "cs/9901001"}, "b-1999-boats"),
        ({"title": "On the Of"}, "anon-nd-on"),
        ({"arxiv": "2406.04520"}, "anon-2024-2406-04520"),
    ],
)
def test_a_key_names_people_year_and_first_telling_word(
    facts: dict[str, object], expected: str
) -> None:
    assert key(**facts) == expected


WORDS = st.sampled_from(["On", "the", "Rafts", "RAFT:", "É", "x-y", "3D", "a", "The?", "&", "e.g."])


@given(st.lists(WORDS, min_size=1).map(" ".join))
def test_a_latex_command_before_a_title_changes_no_key(title: str) -> None:
    assert key(title=rf"\relax {title}") == key(title=title)


def test_the_order_of_papers_changes_no_key() -> None:
    papers = [*PAPERS, PAPERS[0].model_copy(update={"slug": "twin", "arxiv": "2403.09999"})]
    expected = keys_of(papers)
    for seed in range(5):
        random.Random(seed).shuffle(papers)
        assert keys_of(papers) == expected


def test_papers_that_want_one_key_all_get_an_ending_of_their_own() -> None:
    keys = keys_of(CORPUS.papers.values())
    assert keys["raft-boats-that-float"] == "zhang-etal-2024-raft-2403-01234"
    assert keys["raft-again"] == "zhang-etal-2024-raft-2405-00001"


def test_even_papers_with_the_same_facts_get_different_keys() -> None:
    papers = [PAPERS[0].model_copy(update={"slug": slug}) for slug in ("a", "b", "c")]
    assert len(set(keys_of(papers).values())) == 3


def test_a_published_key_stays_when_facts_change_or_another_paper_wants_it() -> None:
    first = keys_of([PAPERS[0]])
    assert first == {"raft-boats-that-float": "zhang-etal-2024-raft"}
    corrected = PAPERS[0].model_copy(update={"authors": ("Someone Else",), "published": "2023"})
    keys = keys_of([corrected, PAPERS[6]], first)
    assert keys["raft-boats-that-float"] == "zhang-etal-2024-raft"
    assert keys["raft-again"] == "zhang-etal-2024-raft-2405-00001"


def test_a_renamed_paper_keeps_its_key_through_its_alias() -> None:
    renamed = PAPERS[0].model_copy(update={"slug": "new", "aliases": ("raft-boats-that-float",)})
    published = {"raft-boats-that-float": "zhang-etal-2024-raft"}
    assert keys_of([renamed], published) == {"new": "zhang-etal-2024-raft"}


def test_the_key_of_a_removed_paper_is_not_given_to_another() -> None:
    assert keys_of([PAPERS[6]], {"gone": "zhang-etal-2024-raft"}) == {
        "raft-again": "zhang-etal-2024-raft-2405-00001"
    }


def test_every_key_is_plain_ascii() -> None:
    for found in keys_of(CORPUS.papers.values()).values():
        assert re.fullmatch(r"[a-z0-9-]+", found)


def test_the_file_of_keys_is_read_as_it_was_written() -> None:
    keys = keys_of(CORPUS.papers.values())
    assert read_keys(keys_text(keys), "keys.yml") == keys


def test_a_line_that_is_no_key_is_refused_with_its_place() -> None:
    with pytest.raises(BroadsheetError) as caught:
        read_keys("# keys\na: b\nnonsense\n", "citation-keys.yml")
    assert (
        str(caught.value)
        == "citation-keys.yml:3: 'nonsense' isn't a citation key (write `slug: key`)"
    )
