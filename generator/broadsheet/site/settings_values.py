"""Checking settings that themes print: addresses that would run, and markup in attributes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from broadsheet.base.errors import Problem
from broadsheet.base.markup import is_safe
from broadsheet.content.validation import key_path_text
from broadsheet.content.yaml_text import LineOf
from broadsheet.content.yaml_text import Path as KeyPath

# Settings that are addresses, wherever they are. So is everything in `nav`.
_ADDRESSES = frozenset(
    ["edit_uri", "favicon", "homepage", "href", "link", "logo", "repo_url", "site_url", "url"]
)
_ADDRESS_LISTS = frozenset(["nav", "extra_css", "extra_javascript"])
# Themes print these into attributes and scripts as they are.
_PRINTED = frozenset(["alternate", "analytics", "consent", "social", "status", "version"])
_MARKUP = frozenset('<>"')
_ATTRIBUTES = frozenset(["class", "href", "id", "lang", "rel", "target", "title"])
_ELEMENTS = frozenset(
    ["a", "abbr", "b", "bdi", "br", "cite", "code", "em", "i", "p", "small", "span", "strong"]
)


def value_problems(settings: Mapping[str, Any], shown: str, line_of: LineOf) -> Iterator[Problem]:
    """Yields problems with the values of settings, whose variables are replaced.

    Args:
        settings: The settings as MkDocs reads them.
        shown: The path of mkdocs.yml as problems print it.
        line_of: Finds the line of a path of keys.
    """
    for keys, value in _texts(settings, ()):
        for message, advice in _what_is_wrong(keys, value):
            yield Problem(shown, line_of(keys), key_path_text(keys), message, advice)


def _texts(value: Any, keys: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _texts(inner, (*keys, str(key)))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _texts(inner, (*keys, number))
    elif isinstance(value, str):
        yield keys, value


def _what_is_wrong(keys: KeyPath, value: str) -> Iterator[tuple[str, str]]:
    if _is_address(keys):
        yield from _address_faults(keys, value)
    elif keys == ("copyright",):
        yield from _html_faults(value)
    elif _is_printed(keys) and not _MARKUP.isdisjoint(value):
        yield f"{value!r} has a character that is markup in HTML", 'remove <, > and "'


def _is_address(keys: KeyPath) -> bool:
    return keys[0] in _ADDRESS_LISTS or keys[-1] in _ADDRESSES


def _is_printed(keys: KeyPath) -> bool:
    if keys[0] == "theme":
        return keys[1:2] != ("custom_dir",)
    return keys[0] == "extra" and keys[1:2] != () and keys[1] in _PRINTED


def _address_faults(keys: KeyPath, value: str) -> Iterator[tuple[str, str]]:
    advice = "write an address with https:// or a path inside of the site"
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError:
        yield f"{value!r} isn't an address", advice
        return
    if "@" in parts.netloc:
        yield "the address has a user name or password", "remove everything up to the @"
    elif not is_safe(value) or not _MARKUP.isdisjoint(value):
        yield f"{value!r} isn't a safe address", advice
    elif keys == ("site_url",) and value and not (parts.scheme and parts.hostname):
        yield f"{value!r} isn't the address of a site", "write one like https://papers.example/"


class _Html(HTMLParser):
    """Collects what some HTML has that could run."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _ELEMENTS:
            self.faults.append(f"<{tag}>")
        for name, value in attrs:
            if name not in _ATTRIBUTES or (name == "href" and not is_safe(value or "")):
                self.faults.append(name)


def _html_faults(value: str) -> Iterator[tuple[str, str]]:
    found = _Html()
    found.feed(value)
    found.close()
    for fault in dict.fromkeys(found.faults):
        yield f"{fault} isn't allowed here", "use links and emphasis only"
    if value.rfind("<") > value.rfind(">"):
        yield "has a < without a >", "write &lt;"
