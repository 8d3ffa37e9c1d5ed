"""Escaping: text from strangers becomes HTML that shows exactly that text.

Functions that return `Markup` take plain text. Templates print `Markup` unchanged and send
anything else through `text`. Nothing else in this package makes `Markup` or escapes HTML.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache, partial
from itertools import chain
from typing import Any
from urllib.parse import quote, urlsplit

from markdown_it import MarkdownIt
from markupsafe import Markup

from broadsheet.base.blocks import blocks_of
from broadsheet.base.characters import without_harmful
from broadsheet.base.formulas import FORMULA, has_too_many, to_mathml, to_plain

SCHEMES = ("http", "https", "mailto")

# Addresses that are safe and have nothing to escape.
_USUAL = re.compile(r"(?:https?://|(?!//))[A-Za-z0-9/#?=,.~+_%@!;*()-]+")

# HTML elements that never have content or an end tag.
_VOID = frozenset({"br", "link", "meta"})
# No markup at all.
NOTHING = Markup()
# Makes a `str` that is HTML already into `Markup`, faster than its constructor.
_safe: Callable[[str], Markup] = partial(str.__new__, Markup)


def text(value: object) -> Markup:
    """Escapes plain text as one line, between tags and in quoted attributes."""
    return _text(value if type(value) is str else str(value))


# The same names, topics and links are on many pages.
@lru_cache(maxsize=10_000)
def _text(value: str) -> Markup:
    return _escaped(_one_line(value))


def _one_line(value: str) -> str:
    return " ".join(without_harmful(value).split())


def text_of(html_text: str) -> str:
    """Returns the text that some HTML without tags stands for."""
    return Markup(html_text).unescape()


def escape(value: object) -> Markup:
    """Escapes plain text with its line breaks, between tags and in quoted attributes."""
    return _escaped(without_harmful(str(value)))


def _escaped(cleaned: str) -> Markup:
    return _safe(html.escape(cleaned, quote=True))


def inline(value: str) -> Markup:
    """Returns plain text as one line, with $formulas$ as MathML."""
    line = _one_line(value)
    parts: list[Markup] = []
    end = 0
    has_formulas = "$" in line and not has_too_many(line)
    for match in FORMULA.finditer(line) if has_formulas else ():
        parts += [_escaped(line[end : match.start()]), math(match[1])]
        end = match.end()
    rest = _escaped(line[end:])
    return NOTHING.join([*parts, rest]) if parts else rest


def math(source: str) -> Markup:
    """Returns a LaTeX formula as MathML, or its source if it can't be converted."""
    converted = to_mathml(source)
    if converted is None:
        return text(f"${source}$")
    return Markup(converted.replace("<math ", f'<math alttext="{text(source)}" ', 1))


def blocks(value: str, line: Callable[[str], Markup] = inline) -> Markup:
    """Returns an imported text with paragraphs, "- " items and $formulas$.

    `line` returns a line of the text as HTML.
    """
    line = text if has_too_many(value) else line
    return _safe(
        "\n".join(
            [
                element("ul", *(element("li", line(item)) for item in block.lines))
                if block.is_list
                else element("p", line(block.lines[0]))
                for block in blocks_of(value)
            ]
        )
    )


def rich(value: str) -> Markup:
    """Like `blocks`, and emphasis, code and links keep their meaning. For our own texts."""
    return blocks(value, _rich_line)


def _rich_line(value: str) -> Markup:
    return _with_formulas(_one_line(value), _rich.renderInline)


def prose(value: str) -> Markup:
    """Returns a text of the editors in Markdown, with $formulas$.

    Besides what `rich` has, there are quotations, and numbered and nested lists. HTML and
    everything else is shown as it was typed.
    """
    return Markup(_with_formulas(without_harmful(value), _rich.render).strip())


def _with_formulas(value: str, render: Callable[[str], str]) -> Markup:
    if has_too_many(value):
        return Markup(render(value))
    # Formulas are replaced by private-use characters, so that "_" in them isn't read as emphasis.
    formulas: list[str] = []

    def aside(match: re.Match[str]) -> str:
        formulas.append(match[1])
        return f"\ue000{len(formulas) - 1}\ue001"

    shown = render(FORMULA.sub(aside, value.replace("\ue000", "")))
    return Markup(re.sub(r"\ue000(\d+)\ue001", lambda m: math(formulas[int(m[1])]), shown))


def rich_html(value: str, attributes: Mapping[str, Mapping[str, str]] | None = None) -> Markup:
    """Returns a text of our own as HTML, with formulas as plain characters, for feeds and mail.

    Args:
        value: Paragraphs and items with emphasis, code and links.
        attributes: More attributes for elements, by name of the tag: `{"a": {"class": "link"}}`.
    """
    tokens = _rich.parse(without_harmful(to_plain(value)))
    for token in chain(tokens, *(token.children or () for token in tokens)):
        if token.nesting == 1:
            token.attrs |= (attributes or {}).get(token.tag, {})
    return Markup(_rich.renderer.render(tokens, _rich.options, {}).strip())


def is_safe(address: str) -> bool:
    """Whether an address may be a link: one with http, https or mailto, or a relative one."""
    try:
        parts = urlsplit(re.sub(r"[\x00-\x20]", "", address))
    except ValueError:  # a host like [::1
        return False
    return parts.scheme.lower() in SCHEMES if parts.scheme else not parts.netloc


_rich = MarkdownIt("zero").enable(["emphasis", "backticks", "link", "list", "escape", "blockquote"])
_rich.validateLink = is_safe  # type: ignore[method-assign,assignment]


@lru_cache(maxsize=10_000)
def url(address: str) -> Markup:
    """Returns an address as the value of `href`, or "#" if it isn't safe to follow."""
    if _USUAL.fullmatch(address):
        return _safe(address)
    if not is_safe(address):
        return Markup("#")
    return text(quote(address.strip(), safe="/#?=&:,.~+-_%@!;*()"))


def filled(
    message: str, values: Mapping[str, object], escape: Callable[[object], Markup] = text
) -> Markup:
    """One of the site's own messages, which may have markup, with escaped values in it.

    `message` is a format string as `%` takes it. `Markup` among the values stays as it is.
    """
    escaped = {k: v if isinstance(v, Markup) else escape(v) for k, v in values.items()}
    return _safe(message % escaped)


def element(name: str, /, *content: object, **attributes: object) -> Markup:
    """Builds an HTML or SVG element with escaped texts and attributes.

    Args:
        name: The name of the tag.
        content: Texts, numbers and `Markup`, which stays as it is. An element without content
            closes itself, as shapes in SVG do. For an HTML element that is just empty, pass "".
        attributes: Values by name, with "_" for "-". A "_" at the end is dropped: `class_`.
    """
    tag = name
    for key, value in attributes.items():
        tag += f' {_attribute(key)}="{text(value)}"'
    if not content:
        return _safe(f"<{tag}>" if name in _VOID else f"<{tag}/>")
    shown = "".join([part if isinstance(part, Markup) else escape(part) for part in content])
    return _safe(f"<{tag}>{shown}</{name}>")


@cache
def _attribute(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def code(value: str, language: str) -> Markup:
    """Returns a block of code."""
    content = escape(value.rstrip() + "\n")
    return element("pre", element("code", content, class_=f"language-{language}"))


def escaped_fields(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Returns metadata whose texts are safe where themes print them unescaped."""
    return {name: str(text(v)) if isinstance(v, str) else v for name, v in fields.items()}


def front_matter(fields: Mapping[str, Any]) -> str:
    """Returns the YAML at the beginning of a Markdown file, with texts as `escaped_fields`."""
    lines = [
        f"{name}: {json.dumps(value, ensure_ascii=False)}"
        for name, value in escaped_fields(fields).items()
    ]
    # JSON strings are valid YAML, except that YAML reads these two as line breaks.
    written = "\n".join(lines).replace("\u2028", " ").replace("\u2029", " ")
    return f"---\n{written}\n---\n"


def plain(value: str) -> str:
    """Returns a text as one line with formulas as plain characters, for titles and search."""
    return " ".join(to_plain(without_harmful(value)).split())


def plain_prose(value: str) -> str:
    """Returns a text of the editors as one line without its markup."""
    tokens = _rich.parse(without_harmful(value))
    return " ".join(plain_rich(token.content) for token in tokens if token.type == "inline")


@lru_cache(maxsize=10_000)
def plain_rich(value: str) -> str:
    """Returns one of our own texts as one line without its markup."""
    tokens = _rich.parseInline(plain(value))[0].children or ()
    return " ".join("".join(token.content for token in tokens).split())
