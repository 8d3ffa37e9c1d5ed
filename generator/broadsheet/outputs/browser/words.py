"""The messages of the scripts in the site's language, from the same catalog as those of pages."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from broadsheet.base.catalogs import translated
from broadsheet.base.language import Language
from broadsheet.outputs.browser import FOLDER

WORDS = f"{FOLDER}/words.json"


def words_file(language: Language) -> Mapping[str, bytes]:
    """Returns the file with the translated messages of the scripts, or nothing for English.

    `words.js` reads it. The file maps messages to their translations, or the singular of a
    message to all forms of its translation.
    """
    if language.tag.startswith("en"):
        return {}
    text = json.dumps(dict(_words(language)), ensure_ascii=False, separators=(",", ":"))
    return {WORDS: text.encode()}


def _words(language: Language) -> Iterator[tuple[str, str | list[str]]]:
    for message in translated(language.catalog):
        if any(file.endswith(".js") for file, _ in message.locations):
            one = message.id if isinstance(message.id, str) else message.id[0]
            forms = message.string or ""
            yield one, forms if isinstance(forms, str) else list(forms)
