"""Headings of sections that name no topic, which Broadsheet writes itself."""

from __future__ import annotations

from functools import cache

from broadsheet.base.catalogs import catalog_names
from broadsheet.base.identifiers import parse_partial_date, title_key
from broadsheet.base.language import Language, language_of


def others(language: Language) -> str:
    """Returns the heading of the papers without a topic."""
    return language.text("More papers")


def unnamed(language: Language) -> str:
    """Returns the heading of papers that a source prints without one."""
    return language.text("Papers")


def names_topic(heading: str) -> bool:
    """Whether a heading can name a topic.

    Those for papers without one don't, in any language, nor do days such as "2024-03-18".
    """
    key = title_key(heading)
    return bool(key) and key not in _without_topic() and not parse_partial_date(heading)


@cache
def _without_topic() -> frozenset[str]:
    languages = (language_of(code) for code in ("en", *catalog_names()))
    return frozenset(
        title_key(heading(language)) for language in languages for heading in (others, unnamed)
    )
