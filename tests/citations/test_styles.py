"""Our references in APA and IEEE against those of a CSL processor."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from csl_processor import processed
from hypothesis import given, settings
from hypothesis import strategies as st
from selecting import examples
from toy import SITE, edition_of

from broadsheet.citations.csl import Csl, csl_of
from broadsheet.citations.styles import STYLES
from broadsheet.content.check import load_and_check
from broadsheet.content.model import Paper

CONTENT = Path(__file__).parents[2] / "content"
NAME = st.from_regex(r"[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]{1,8}", fullmatch=True)
GIVEN = st.lists(
    st.one_of(
        NAME,
        st.from_regex(r"[A-Z]\.", fullmatch=True),
        st.builds("{}-{}".format, NAME, NAME),
    ),
    min_size=1,
    max_size=3,
).map(" ".join)
FAMILY = st.one_of(
    NAME, st.builds("{}-{}".format, NAME, NAME), st.builds("van der {}".format, NAME)
)
AUTHOR = st.one_of(
    st.builds("{} {}".format, GIVEN, FAMILY),
    st.builds("{} {} Jr.".format, GIVEN, NAME),
    st.just("Boat Team"),
)
PAPER = st.fixed_dictionaries(
    {
        "slug": st.just("p"),
        "title": st.sampled_from(["Boats", "Do Boats Float?", "Boats: A Survey", "It Floats!"]),
        "authors": st.lists(AUTHOR, max_size=24),
        "published": st.sampled_from([None, "2024", "2024-03", "2024-03-08"]),
        "venue": st.sampled_from([None, "ICML 2024", "NeurIPS", "Journal of Boats 3(2), 10-20"]),
        "arxiv": st.sampled_from([None, "2403.01234"]),
        "doi": st.sampled_from([None, "10.1000/1"]),
    }
)


def comparable(text: str, reference: Csl) -> str:
    """The text without what we do otherwise on purpose."""
    # The processor asks for a date of access that nobody knows.
    text = text.replace("Retrieved http", "http")
    if reference["type"] != "paper-conference":
        return text
    # It capitalizes the names of conferences, which we print as they are stated, and puts a comma
    # after one without a year.
    return re.sub(r", (?=doi: |\[online\])", ". ", text.casefold())


@pytest.mark.slow
@pytest.mark.parametrize("style", STYLES)
def test_every_bundled_paper_is_cited_as_a_csl_processor_cites_it(style: str) -> None:
    edition = edition_of(load_and_check(CONTENT, "content").corpus, related=0)
    for citation in edition.citations.values():
        expected = comparable(processed(citation.csl, style), citation.csl)
        assert comparable(citation.text[style], citation.csl) == expected


@pytest.mark.parametrize("style", STYLES)
@settings(max_examples=examples(60))
@given(facts=PAPER)
def test_any_paper_is_cited_as_a_csl_processor_cites_it(style: str, facts: dict[str, Any]) -> None:
    reference = csl_of(Paper.model_validate(facts), "key", SITE)
    expected = comparable(processed(reference, style), reference)
    assert comparable(STYLES[style](reference), reference) == expected


@pytest.mark.parametrize(
    ("style", "names"), [("APA", "张天骏, & Zhang, A. (2024)."), ("IEEE", "张天骏 and A. Zhang,")]
)
def test_a_name_without_letter_case_is_not_shortened(style: str, names: str) -> None:
    paper = Paper(slug="p", title="Boats", authors=("张天骏", "Ada Zhang"), published="2024")
    assert STYLES[style](csl_of(paper, "key", SITE)).startswith(names)
