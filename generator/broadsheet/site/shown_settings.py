"""What MkDocs' themes print without escaping: settings, and the front matter of pages.

Templates of themes print these as they are. So templates get escaped values in their place.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy as duplicate
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from broadsheet.base.markup import text, text_of

_TEXTS = ("site_name", "site_description", "site_author")


def shown_settings(config: MkDocsConfig) -> MkDocsConfig:
    """Returns the configuration with escaped texts, for templates that are HTML."""
    shown = duplicate(config)
    for name in _TEXTS:
        if config.data.get(name):
            shown.data[name] = text(config.data[name])
    return shown


def shown_page(page: Page) -> Page:
    """Returns a hand-written page with escaped front matter and title."""
    shown = duplicate(page)
    shown.title = text(page.title)
    # Material removes tags from the title, which turns escaped ones into tags, but not from this.
    title = {} if page.is_homepage else {"title": shown.title}
    shown.meta = {**title, **_shown_fields(page.meta)}
    return shown


def plain_title(page: Page) -> str:
    """Returns the title of a hand-written page, which is HTML if it comes from a heading."""
    title = str(page.title)
    is_html = title == page._title_from_render and "title" not in page.meta  # noqa: SLF001
    return text_of(title) if is_html else title


def _shown_fields(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {str(text(name)): _shown(value) for name, value in fields.items()}


def _shown(value: Any) -> Any:
    if isinstance(value, Mapping):
        return _shown_fields(value)
    if isinstance(value, list):
        return [_shown(inner) for inner in value]
    return text(value) if isinstance(value, str) else value
