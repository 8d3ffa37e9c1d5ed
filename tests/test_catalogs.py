"""The catalogs have every message, and translations that can replace it."""

from __future__ import annotations

import re
from pathlib import Path

import catalogs
import pytest
from babel.messages.catalog import Message

from broadsheet.base.catalogs import CATALOGS, MESSAGES, catalog_path, read_catalog, untranslated

MESSAGES_OF_CODE = catalogs.extracted()
PLACEHOLDER = re.compile(r"%\((\w+)\)s|%%")
TAG = re.compile(r"<[^>]*>|\]\([^)]*\)|\*\*|`")


def forms(message: Message) -> list[tuple[str, str]]:
    """Each form of a message's translation, with its English."""
    if isinstance(message.id, str):
        return [(message.id, str(message.string))]
    assert isinstance(message.string, tuple | list)
    return [(message.id[1], form) for form in message.string]


@pytest.mark.parametrize("path", [MESSAGES, *CATALOGS.glob("*.po")], ids=lambda path: path.stem)
def test_a_catalog_has_the_messages_of_the_code_and_no_others(path: Path) -> None:
    """Run `make catalogs` when this fails."""
    known = {message.id for message in read_catalog(path) if message.id}
    assert known == {message.id for message in MESSAGES_OF_CODE if message.id}
    assert not read_catalog(path).obsolete


def test_a_language_without_a_catalog_lacks_everything() -> None:
    assert len(untranslated("fr")) == len(read_catalog(MESSAGES))


@pytest.mark.parametrize("name", ["de", "zh_Hans"])
def test_a_language_that_ships_is_translated_completely(name: str) -> None:
    assert catalog_path(name).is_file()
    assert untranslated(name) == ()


@pytest.mark.parametrize("path", [*CATALOGS.glob("*.po")], ids=lambda path: path.stem)
def test_a_translation_keeps_placeholders_and_markup(path: Path) -> None:
    for message in read_catalog(path):
        for english, translation in forms(message) if message.id else ():
            if not translation:
                continue
            for kept in (PLACEHOLDER, TAG):
                found = sorted(m[0] for m in kept.finditer(translation))
                assert found == sorted(m[0] for m in kept.finditer(english)), translation
            # A quote would end the attribute that the message may be in.
            assert translation.count('"') == english.count('"'), translation
            assert "%" not in PLACEHOLDER.sub("", translation), translation


def test_every_message_of_the_code_is_a_format_string() -> None:
    for message in MESSAGES_OF_CODE:
        for english in [message.id] if isinstance(message.id, str) else message.id:
            assert "%" not in PLACEHOLDER.sub("", english), english
