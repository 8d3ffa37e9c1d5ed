"""Slugs and keys of names: shortcuts for plain words give what the long way gives."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nodejs import node

from broadsheet.base.identifiers import SLUG_LENGTH, doi_url, fold, is_slug, slug_of
from broadsheet.content.model import Paper
from broadsheet.edition.authors import author_key
from broadsheet.edition.links import elsewhere

WORDS = st.lists(st.text("abcXYZ019", min_size=1, max_size=9), min_size=1).map(" ".join)


@given(WORDS)
def test_punctuation_at_the_end_changes_no_slug(title: str) -> None:
    if len(title) < SLUG_LENGTH:
        assert slug_of(title) == slug_of(f"{title}!") == slug_of(f" {title}")
    assert is_slug(slug_of(title))


def test_the_name_of_a_device_is_no_slug() -> None:
    assert [slug_of(title) for title in ("Con", "index", "COM1")] == [
        *("con-paper", "index-paper", "com1-paper"),
    ]


@given(st.text(st.characters(max_codepoint=127)))
def test_folding_is_the_same_with_other_letters_around(text: str) -> None:
    assert fold(f"é{text}É") == f"e{fold(text)}e"


@given(st.text(st.sampled_from("aBé. -_'1\u2019雨"), max_size=9))
def test_the_key_of_an_author_has_folded_letters_and_digits_only(name: str) -> None:
    words = "".join(c if c.isalnum() else " " for c in fold(name)).split()
    assert author_key(name) == " ".join(words)


DOIS = {
    "10.1000/example_(1)": "10.1000/example_(1)",
    "10.1002/(sici)1<1::aid>3.0;2-#": "10.1002/(sici)1%3C1::aid%3E3.0;2-%23",
    "10.1000/%3ca%3e100%?b": "10.1000/%3ca%3e100%25%3Fb",
    "10.1000/<script>\"'\\{}é": "10.1000/%3Cscript%3E%22'%5C%7B%7D%C3%A9",
}


@pytest.mark.parametrize("doi", DOIS)
def test_a_doi_leads_where_it_should_whatever_signs_it_has(doi: str) -> None:
    assert doi_url(doi) == f"https://doi.org/{DOIS[doi]}"
    (link,) = elsewhere(Paper(slug="a", doi=doi))
    assert link.address == f"https://api.semanticscholar.org/DOI:{DOIS[doi]}"


def test_scripts_write_the_address_of_a_doi_as_pages_do() -> None:
    papers: list[dict[str, Any]] = [{"doi": doi, "arxiv": None, "links": {}} for doi in DOIS]
    script = f"""
      import {{ linksOf }} from "./site_templates/browser/paper-file.js";
      console.log(JSON.stringify({json.dumps(papers)}.map((paper) => linksOf(paper)[0][1])));
    """
    command = [node(), "--input-type=module", "-e", script]
    root = Path(__file__).parents[1]
    run = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    assert json.loads(run.stdout) == list(map(doi_url, DOIS))
