"""Slugs and keys of names: shortcuts for plain words give what the long way gives."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from broadsheet.base.identifiers import SLUG_LENGTH, fold, is_slug, slug_of
from broadsheet.edition.authors import author_key

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
