"""Scripts get their words from the same catalogs as the pages."""

from __future__ import annotations

import json

import pytest
from catalogs import extracted

from broadsheet.base.language import language_of
from broadsheet.outputs.browser.words import WORDS, words_file

OF_SCRIPTS = {
    message.id if isinstance(message.id, str) else message.id[0]
    for message in extracted()
    if any(file.endswith(".js") for file, _ in message.locations)
}


@pytest.mark.parametrize(("code", "forms"), [("de", 2), ("zh-CN", 1)])
def test_scripts_get_exactly_their_words_in_all_forms(code: str, forms: int) -> None:
    words = json.loads(words_file(language_of(code))[WORDS])
    assert words.keys() == OF_SCRIPTS
    assert {len(said) for said in words.values() if isinstance(said, list)} <= {forms}


@pytest.mark.parametrize("code", ["en", "en-US", "no such language"])
def test_english_scripts_need_no_words(code: str) -> None:
    assert words_file(language_of(code)) == {}


def test_a_language_without_a_catalog_has_an_empty_file_so_that_no_request_fails() -> None:
    assert words_file(language_of("fr")) == {WORDS: b"{}"}
