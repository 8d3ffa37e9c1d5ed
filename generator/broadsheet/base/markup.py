"""Escaping: text from strangers becomes Markdown or HTML that shows exactly that text.

Python-Markdown passes HTML through and MkDocs inserts front matter into pages unescaped, so text
for pages is escaped for both languages at once. Functions that return `Markup` take plain text.
Templates print `Markup` unchanged and send anything else through `text`. Nothing else in this
package makes `Markup` or escapes HTML.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from itertools import chain
from typing import Any
from urllib.parse import quote, urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from broadsheet.base.blocks import blocks_of
from broadsheet.base.formulas import FORMULA, to_mathml, to_plain

SCHEMES = ("http", "https", "mailto")

# Characters with a meaning anywhere in a line of Markdown, and at the start of one.
_INLINE = re.compile(r"([\\`*_\[\]{}|~^])")
_AT_START = re.compile(r"^(\s*)([#+\-=:>]|!!!|\?\?\?|\d+(?=[.)]))")
# XML 1.0 forbids most of these, even escaped, and discourages the others:
# https://www.w3.org/TR/xml/#charsets
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


# HTML elements that never have content or an end tag.
_VOID = frozenset({"br", "link", "meta"})
# No markup at all.
NOTHING = Markup()


def clean(value: str) -> str:
    """Removes control characters and others that HTML and XML can't hold."""
    return _CONTROLS.sub("", value)


def text(value: object) -> Markup:
    """Returns plain text as one line of Markdown that shows exactly this text."""
    return _text(str(value))


@lru_cache(maxsize=100_000)
def _text(value: str) -> Markup:
    return Markup(_escape_start(_escape(_one_line(value))))


def _one_line(value: str) -> str:
    return " ".join(clean(value).split())


def _escape(line: str) -> str:
    escaped = _INLINE.sub(r"\\\1", html.escape(line, quote=False))
    # A heading would lose a "#" at its end. Markdown has no backslash escape for "~" and "^", and
    # one for "|" only in tables.
    escaped = re.sub(r"#+$", lambda m: "&#35;" * len(m[0]), escaped)
    return escaped.replace("\\~", "&#126;").replace("\\^", "&#94;").replace("\\|", "&#124;")


def _escape_start(line: str) -> str:
    def entities(match: re.Match[str]) -> str:
        return match[1] + "".join(f"&#{ord(char)};" for char in match[2])

    return _AT_START.sub(entities, line)


def inline(value: str) -> Markup:
    """Returns plain text as one line of Markdown, with $formulas$ as MathML."""
    line = _one_line(value)
    parts: list[str] = []
    end = 0
    for match in FORMULA.finditer(line):
        parts += [_escape(line[end : match.start()]), math(match[1])]
        end = match.end()
    parts.append(_escape(line[end:]))
    return Markup(_escape_start("".join(parts)))


def math(source: str) -> Markup:
    """Returns a LaTeX formula as MathML, or its source if it can't be converted."""
    converted = to_mathml(source)
    if converted is None:
        return Markup(_escape(f"${source}$"))
    converted = converted.replace("<math ", f'<math alttext="{attribute(source)}" ', 1)
    # Python-Markdown keeps tags but processes attribute values and the text between tags.
    kept = re.sub(r'>[^<]+<|"[^"]*"', lambda m: _as_entities(m[0]), converted)
    # It treats `math` at the start of a line as a block and would break up the line.
    return Markup(f"<span>{kept}</span>")


def _as_entities(content: str) -> str:
    """Replaces characters that Markdown would interpret by entities."""
    return re.sub(r"[\\`*_\[\]{}|~^$!]", lambda m: f"&#{ord(m[0])};", content)


def blocks(value: str) -> Markup:
    """Returns an imported text with paragraphs, "- " items and $formulas$ as Markdown."""
    return _blocks(value, inline)


def rich(value: str) -> Markup:
    """Like `blocks`, and emphasis, code and links keep their meaning. For our own texts."""
    return _blocks(value, _rich_line)


def _blocks(value: str, line: Callable[[str], Markup]) -> Markup:
    return Markup("\n\n").join(
        Markup("\n").join(Markup("- ") + line(entry) for entry in block.lines)
        if block.is_list
        else line(block.lines[0])
        for block in blocks_of(value)
    )


def _rich_line(value: str) -> Markup:
    # Formulas are replaced by private-use characters, so that "_" in them isn't read as emphasis.
    formulas: list[str] = []

    def aside(match: re.Match[str]) -> str:
        formulas.append(match[1])
        return f"\ue000{len(formulas) - 1}\ue001"

    line = FORMULA.sub(aside, _one_line(value).replace("\ue000", ""))
    shown = "".join(map(_rich_token, _rich.parseInline(line)[0].children or ()))
    shown = re.sub(r"\ue000(\d+)\ue001", lambda m: math(formulas[int(m[1])]), shown)
    return Markup(_escape_start(shown))


def _rich_token(token: Token) -> str:
    if token.type in ("em_open", "em_close", "strong_open", "strong_close"):
        return token.markup.replace("_", "*")
    if token.type == "code_inline":
        return f"<code>{_as_entities(html.escape(token.content, quote=False))}</code>"
    if token.type == "link_open":
        return f'<a href="{attribute(url(str(token.attrs["href"])))}">'
    if token.type == "link_close":
        return "</a>"
    return _escape(token.content)


def is_safe(address: str) -> bool:
    """Whether an address may be a link: one with http, https or mailto, or a relative one."""
    parts = urlsplit(re.sub(r"[\x00-\x20]", "", address))
    return parts.scheme.lower() in SCHEMES if parts.scheme else not parts.netloc


_rich = MarkdownIt("zero").enable(["emphasis", "backticks", "link", "list", "escape"])
_rich.validateLink = is_safe  # type: ignore[method-assign,assignment]


# The same links and the same papers' texts are on many pages.
@lru_cache(maxsize=100_000)
def url(address: str) -> Markup:
    """Returns an address as the target of a Markdown link, or "#" if it isn't safe to follow."""
    if not is_safe(address):
        return Markup("#")
    quoted = quote(address.strip(), safe="/#?=&:,.~+-_%@!;*").replace("*", "%2A")
    # After the check above, an entity could still become any character, even a scheme's colon.
    return Markup(re.sub(r"(&#?\w+);", r"\1%3B", quoted))


def filled(
    message: str, values: Mapping[str, object], escape: Callable[[object], Markup] = text
) -> Markup:
    """One of the site's own messages, which may have markup, with escaped values in it.

    `message` is a format string as `%` takes it. `Markup` among the values stays as it is.
    """
    escaped = {k: v if isinstance(v, Markup) else escape(v) for k, v in values.items()}
    return Markup(message) % escaped


def escape(value: object) -> Markup:
    """Escapes plain text for HTML and XML, between tags and in quoted attributes."""
    return Markup(html.escape(clean(str(value)), quote=True))


def attribute(value: object) -> Markup:
    """Escapes plain text as one line for a quoted HTML attribute."""
    return Markup(html.escape(_one_line(str(value)), quote=True))


def element(name: str, /, *content: object, **attributes: object) -> Markup:
    """Builds an HTML or SVG element with escaped texts and attributes.

    Args:
        name: The name of the tag.
        content: Texts, numbers and `Markup`, which stays as it is. An element without content
            closes itself, as shapes in SVG do. For an HTML element that is just empty, pass "".
        attributes: Values by name, with "_" for "-". A "_" at the end is dropped: `class_`.
    """
    given = (f' {k.rstrip("_").replace("_", "-")}="{attribute(v)}"' for k, v in attributes.items())
    tag = "".join([name, *given])
    if not content:
        return Markup(f"<{tag}>" if name in _VOID else f"<{tag}/>")
    shown = "".join(part if isinstance(part, Markup) else escape(part) for part in content)
    return Markup(f"<{tag}>{shown}</{name}>")


def rich_html(value: str, attributes: Mapping[str, Mapping[str, str]] | None = None) -> Markup:
    """Returns a text of our own as HTML, with formulas as plain characters, for feeds and mail.

    Args:
        value: Paragraphs and items with emphasis, code and links.
        attributes: More attributes for elements, by name of the tag: `{"a": {"class": "link"}}`.
    """
    tokens = _rich.parse(clean(to_plain(value)))
    for token in chain(tokens, *(token.children or () for token in tokens)):
        if token.nesting == 1:
            token.attrs |= (attributes or {}).get(token.tag, {})
    return Markup(_rich.renderer.render(tokens, _rich.options, {}).strip())


def code(value: str, language: str = "") -> Markup:
    """Returns a fenced code block, with a fence longer than any in its content."""
    longest = max((len(run) for run in re.findall(r"`+", value)), default=0)
    fence = "`" * max(3, longest + 1)
    return Markup(f"{fence}{language}\n{clean(value).rstrip()}\n{fence}")


def front_matter(fields: Mapping[str, Any]) -> Markup:
    """Returns front matter whose texts are safe in tags and attributes, as themes print them."""
    lines = [
        f"{name}: {json.dumps(_safe(value), ensure_ascii=False)}" for name, value in fields.items()
    ]
    return Markup("---\n" + "\n".join(lines) + "\n---\n")


def _safe(value: Any) -> Any:
    if isinstance(value, str):
        # JSON strings are valid YAML, except that YAML reads these two as line breaks.
        return str(attribute(value)).replace("\u2028", " ").replace("\u2029", " ")
    if isinstance(value, list | tuple):
        return [_safe(inner) for inner in value]
    return value


def plain(value: str) -> str:
    """Returns a text as one line with formulas as plain characters, for titles and search."""
    return " ".join(to_plain(clean(value)).split())


@lru_cache(maxsize=100_000)
def plain_rich(value: str) -> str:
    """Returns one of our own texts as one line without its markup."""
    tokens = _rich.parseInline(plain(value))[0].children or ()
    return " ".join("".join(token.content for token in tokens).split())
