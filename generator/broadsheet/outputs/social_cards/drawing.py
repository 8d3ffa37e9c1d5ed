"""Drawing social cards in the typeface and colors of the site (extra "cards")."""

from __future__ import annotations

import hashlib
import importlib
import importlib.metadata
import importlib.util
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont
from slugify import slugify

from broadsheet.base.brand import Brand
from broadsheet.base.cache import Cache
from broadsheet.base.language import Language
from broadsheet.outputs.social_cards import CARD_SIZE, SocialCard

_PACKAGE = "fontpkg-newsreader"
_FONT = "Newsreader[opsz,wght].ttf"
_MARGIN = 72
# As on the site. The one for large letters is too thin, because cards are shown small.
_OPTICAL_SIZE = 20
# Shades between background and text colors: enough for smooth letters in small files.
_STEPS = 15
# Font sizes for titles, and how many lines of each leave room for the text below.
_TITLE_SIZES = {104: 2, 82: 3, 72: 4, 62: 4, 54: 4, 46: 4}
# No card has room for more.
_MAX_CHARACTERS = 500
_ELLIPSIS = "…"
# Increase this if the drawing of cards changes, so that cached pictures aren't used.
_DRAWING = 3


@dataclass(frozen=True)
class _Line:
    """A style of text: font size, weight, color of the brand, and height of a line in ems."""

    size: int
    weight: int
    color: str
    height: float = 1.18


_ABOVE = _Line(31, 500, "accent")
_BELOW = _Line(34, 400, "soft", 1.3)
_FOOT = _Line(26, 400, "soft")


def can_draw() -> bool:
    """Whether the extra "cards" is installed."""
    return importlib.util.find_spec("PIL") is not None


def can_write(language: Language) -> bool:
    """Whether the typeface has the letters of a language.

    Titles in other letters are spelled in Latin ones, which is right for a few of them, but not
    for a whole site.
    """
    letters = filter(str.isalpha, language.date("2024-01-01"))
    return all(ord(letter) in _letters() for letter in letters)


def card_files(cards: Mapping[str, SocialCard], brand: Brand, cache: Cache) -> dict[str, bytes]:
    """Draws cards, or takes the pictures of earlier builds from the cache, by path."""
    return {
        path: cache.content(f"{_key(card, brand)}.png", partial(draw, card, brand))
        for path, card in cards.items()
    }


def _key(card: SocialCard, brand: Brand) -> str:
    what = (astuple(card), astuple(brand), CARD_SIZE, _DRAWING, *_versions())
    return hashlib.sha256(repr(what).encode()).hexdigest()[:32]


@cache
def _versions() -> tuple[str, ...]:
    return tuple(importlib.metadata.version(name) for name in ("pillow", _PACKAGE))


def draw(card: SocialCard, brand: Brand) -> bytes:
    """Draws a card as a PNG of 1200 by 630 pixels. The same card gives the same bytes."""
    from PIL import Image, ImageDraw  # noqa: PLC0415

    width, height = CARD_SIZE
    image = Image.new("RGB", CARD_SIZE, brand.paper.light)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, width, 13), fill=brand.ink.light)
    room = width - 2 * _MARGIN
    y = _write(pen, _lines(card.above, _ABOVE, room, 1), _ABOVE, brand, 64) + 20
    title, style = _title(card.title, room)
    y = _write(pen, title, style, brand, y) + 22
    foot_top = height - 92
    free = int((foot_top - 16 - y) // (_BELOW.size * _BELOW.height))
    _write(pen, _lines(card.below, _BELOW, room, max(0, min(4, free))), _BELOW, brand, y)
    pen.line((_MARGIN, foot_top, width - _MARGIN, foot_top), fill=brand.ink.light, width=2)
    _write(pen, _lines(card.foot, _FOOT, room, 1), _FOOT, brand, foot_top + 22)
    stream = io.BytesIO()
    image.quantize(palette=_palette(brand), dither=Image.Dither.NONE).save(stream, "PNG")
    return stream.getvalue()


@cache
def _palette(brand: Brand) -> Any:
    """Returns an image whose palette has the colors of the card and the shades between them."""
    from PIL import Image  # noqa: PLC0415

    paper = _parts(brand, "paper")
    colors = [
        [
            round(p + (c - p) * step / _STEPS)
            for p, c in zip(paper, _parts(brand, name), strict=True)
        ]
        for name in ("ink", "soft", "accent")
        for step in range(_STEPS + 1)
    ]
    image = Image.new("P", (1, 1))
    image.putpalette([part for color in colors for part in color])
    return image


def _parts(brand: Brand, name: str) -> bytes:
    """Returns red, green and blue of a color in the light scheme."""
    return bytes.fromhex(getattr(brand, name).light.removeprefix("#"))


def _title(text: str, room: int) -> tuple[list[str], _Line]:
    """Returns the lines of a title in the largest size that fits, shortened if none does."""
    for size, most in _TITLE_SIZES.items():
        style = _Line(size, 600, "ink", 1.08)
        if len(list(_wrapped(_drawable(text), style, room))) <= most:
            break
    return _lines(text, style, room, most), style


def _lines(text: str, style: _Line, room: int, most: int) -> list[str]:
    """Breaks text into at most `most` lines. If there is more, the last ends with an ellipsis."""
    text = _drawable(text)
    lines = list(_wrapped(text, style, room))
    if len(lines) <= most:
        return _balanced(text, style, room, lines) if len(lines) > 1 else lines
    if not most:
        return []
    last = lines[most - 1]
    while last and _length(last + _ELLIPSIS, style) > room:
        last = last.rpartition(" ")[0]
    return [*lines[: most - 1], last.rstrip(" ,;:·") + _ELLIPSIS]


def _balanced(text: str, style: _Line, room: int, lines: list[str]) -> list[str]:
    """Breaks text into lines of about the same length, so that no word is alone on the last."""
    narrower = range(room // max(1, len(lines)), room, style.size // 2)
    tries = (list(_wrapped(text, style, width)) for width in narrower)
    return next((tried for tried in tries if len(tried) == len(lines)), lines)


def _wrapped(text: str, style: _Line, room: int) -> Iterator[str]:
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if _length(longer, style) <= room:
            line = longer
            continue
        if line:
            yield line
        line = word
        while _length(line, style) > room:  # a word wider than the card
            most = min(len(line), room // (style.size // 8))
            cut = next(n for n in range(most, 0, -1) if _length(line[:n], style) <= room)
            yield line[:cut]
            line = line[cut:]
    if line:
        yield line


def _write(pen: Any, lines: list[str], style: _Line, brand: Brand, y: float) -> float:
    color = getattr(brand, style.color).light
    for line in lines:
        pen.text((_MARGIN, round(y)), line, font=_font(style.size, style.weight), fill=color)
        y += style.size * style.height
    return y


@lru_cache(maxsize=10_000)  # trying other widths measures the same words again
def _length(text: str, style: _Line) -> float:
    length: float = _font(style.size, style.weight).getlength(text)
    return length


@cache
def _font(size: int, weight: int) -> Any:
    from PIL import ImageFont  # noqa: PLC0415

    # The basic layout is the same on every system; the other one needs an optional library.
    font = ImageFont.truetype(str(_file()), size, layout_engine=ImageFont.Layout.BASIC)
    wanted = {"Weight": weight, "Optical Size": _OPTICAL_SIZE}
    axes = [axis["name"].decode() for axis in font.get_variation_axes()]
    font.set_variation_by_axes([wanted[axis] for axis in axes])
    return font


def _file() -> Path:
    module = importlib.import_module("fontpkg_newsreader")
    return Path(str(module.__file__)).parent / "files" / _FONT


@cache
def _letters() -> frozenset[int]:
    with TTFont(_file(), lazy=True) as font:
        return frozenset(font.getBestCmap())


def _drawable(text: str) -> str:
    """Replaces characters that the typeface lacks.

    Letters lose their accents or are transliterated to Latin letters. Others are removed.
    """
    beginning = unicodedata.normalize("NFC", text[:_MAX_CHARACTERS])
    drawable = "".join(map(_drawable_character, beginning))
    return re.sub(r" (?=[,.;:)])", "", " ".join(drawable.split()))


@cache
def _drawable_character(char: str) -> str:
    if ord(char) in _letters() or char.isspace():
        return char
    parts = [part for part in unicodedata.normalize("NFKD", char) if ord(part) in _letters()]
    return "".join(parts) or (f" {slugify(char).title()} " if char.isalpha() else "")
