"""Texts of any script become words of lowercase ASCII."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.base.slugs import slugified


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Don't Pay Müller & Søns 1,000 €", "don-t-pay-muller-sons-1000-eur"),
        ("S²IP-LLM", "s2ip-llm"),
        ("北京大学", "bei-jing-da-xue"),
        ("Москва", "moskva"),
        ("???", ""),
    ],
)
def test_a_text_is_spelled_in_ascii(text: str, slug: str) -> None:
    assert slugified(text) == slug


def test_a_long_text_ends_with_a_whole_word() -> None:
    assert slugified("one two three", 9) == "one-two"
    assert slugified("one two three", 7) == "one-two"
    assert slugified("incomprehensible words", 5) == "incom"


@given(st.text(), st.integers(1, 100))
def test_a_slug_works_in_every_address_and_never_is_too_long(text: str, longest: int) -> None:
    slug = slugified(text, longest)
    assert len(slug) <= longest
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", slug)
