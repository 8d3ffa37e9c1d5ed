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

from anyascii import anyascii
from fontTools.ttLib import TTFont

from broadsheet.base.brand import Brand
from broadsheet.base.cache import Cache
from broadsheet.base.language import Language
from broadsheet.outputs.social_cards import CARD_SIZE, SocialCard

_PACKAGE = "fontpkg-newsreader"
_FONT = "Newsreader[opsz,wght].ttf"
_MARGIN = 72
# As on the site. The one for large letters is too thin, because cards are shown small.
_OPTICAL_SIZE = 20
# The colors of texts, and the shades from the background to each of them: enough for smooth letters
# in small files.
_STEPS = 9
_COLORS = ("ink", "soft", "accent")
# Higher levels take more time and make files a few percent smaller.
_COMPRESSION = 4
# Font sizes for titles, and how many lines of each leave room for the text below.
_TITLE_SIZES = {104: 2, 82: 3, 72: 4, 62: 4, 54: 4, 46: 4}
# No card has room for more.
_MAX_CHARACTERS = 500
_ELLIPSIS = "…"
# Increase this if the drawing of cards changes, so that cached pictures aren't used.
_DRAWING = 4
# A word and its width in pixels.
_Word = tuple[str, int]


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
    from PIL import Image  # noqa: PLC0415

    width, height = CARD_SIZE
    room = width - 2 * _MARGIN
    # Each text is drawn in white on black, and then its shades of gray become those of its color.
    image = Image.new("L", CARD_SIZE)
    y = _write(image, _lines(card.above, _ABOVE, room, 1), _ABOVE, 64) + 20
    title, style = _title(card.title, room)
    y = _write(image, title, style, y) + 22
    foot_top = height - 92
    free = int((foot_top - 16 - y) // (_BELOW.size * _BELOW.height))
    _write(image, _lines(card.below, _BELOW, room, max(0, min(4, free))), _BELOW, y)
    _write(image, _lines(card.foot, _FOOT, room, 1), _FOOT, foot_top + 22)
    ink = _shades("ink")[255]
    image.paste(ink, (0, 0, width, 14))
    image.paste(ink, (_MARGIN, foot_top, width - _MARGIN + 1, foot_top + 2))
    image.putpalette(_palette(brand))
    stream = io.BytesIO()
    image.save(stream, "PNG", compress_level=_COMPRESSION)
    return stream.getvalue()


def _palette(brand: Brand) -> bytes:
    """Returns the colors of cards with the shades between them and the background."""
    paper = _parts(brand, "paper")
    return bytes(
        round(p + (c - p) * step / _STEPS)
        for name in _COLORS
        for step in range(_STEPS + 1)
        for p, c in zip(paper, _parts(brand, name), strict=True)
    )


@cache
def _shades(color: str) -> list[int]:
    """Returns the number in the palette for each shade of gray, where white is the color."""
    first = _COLORS.index(color) * (_STEPS + 1)
    return [0, *(first + round(gray * _STEPS / 255) for gray in range(1, 256))]


def _parts(brand: Brand, name: str) -> bytes:
    """Returns red, green and blue of a color in the light scheme."""
    return bytes.fromhex(getattr(brand, name).light.removeprefix("#"))


def _title(text: str, room: int) -> tuple[list[str], _Line]:
    """Returns the lines of a title in the largest size that fits, shortened if none does."""
    for size, most in _TITLE_SIZES.items():
        style = _Line(size, 600, "ink", 1.08)
        if len(list(_wrapped(_words(text, style), style, room))) <= most:
            break
    return _lines(text, style, room, most), style


def _lines(text: str, style: _Line, room: int, most: int) -> list[str]:
    """Breaks text into at most `most` lines. If there is more, the last ends with an ellipsis."""
    words = _words(text, style)
    lines = list(_wrapped(words, style, room))
    if len(lines) <= most:
        return _balanced(words, style, room, lines) if len(lines) > 1 else lines
    if not most:
        return []
    last = lines[most - 1]
    while last and _length(last + _ELLIPSIS, style) > room:
        last = last.rpartition(" ")[0]
    return [*lines[: most - 1], last.rstrip(" ,;:·") + _ELLIPSIS]


def _balanced(words: list[_Word], style: _Line, room: int, lines: list[str]) -> list[str]:
    """Breaks words into lines of about the same length, so that none is alone on the last."""
    narrower = range(room // max(1, len(lines)), room, style.size // 2)
    tries = (list(_wrapped(words, style, width)) for width in narrower)
    return next((tried for tried in tries if len(tried) == len(lines)), lines)


def _wrapped(words: list[_Word], style: _Line, room: int) -> Iterator[str]:
    line, free, space = "", room, _length(" ", style)
    for word, length in words:
        if line and space + length <= free:
            line, free = f"{line} {word}", free - space - length
            continue
        if line:
            yield line
        line, free = word, room - length
        while free < 0:  # a word wider than the card
            cut = next(n for n in range(len(line), 0, -1) if _length(line[:n], style) <= room)
            yield line[:cut]
            line = line[cut:]
            free = room - _length(line, style)
    if line:
        yield line


def _words(text: str, style: _Line) -> list[_Word]:
    return [(word, _length(word, style)) for word in _drawable(text).split()]


@lru_cache(maxsize=10_000)  # the same words are in many texts
def _length(text: str, style: _Line) -> int:
    return sum(_glyph(char, style).advance for char in text)


def _write(image: Any, lines: list[str], style: _Line, y: float) -> float:
    """Writes lines into an empty part of an image. Returns where the next line would be."""
    from PIL import ImageDraw  # noqa: PLC0415

    top, pen = round(y), ImageDraw.Draw(image)
    for line in lines:
        x = _MARGIN
        for glyph in (_glyph(char, style) for char in line):
            pen.bitmap((x + glyph.left, round(y) + glyph.top), glyph.mask, fill=255)
            x += glyph.advance
        y += style.size * style.height
    part = (0, top, image.width, round(y) + style.size)
    image.paste(image.crop(part).point(_shades(style.color)), part)
    return y


@dataclass(frozen=True)
class _Glyph:
    """A character as a picture, where that is, and how far to the next character."""

    mask: Any
    left: int
    top: int
    advance: int


@cache  # a few hundred characters make up all texts
def _glyph(char: str, style: _Line) -> _Glyph:
    from PIL import Image, ImageDraw  # noqa: PLC0415

    font = _font(style.size, style.weight)
    left, top, right, bottom = map(round, font.getbbox(char))
    mask = Image.new("L", (right - left, bottom - top))
    ImageDraw.Draw(mask).text((-left, -top), char, font=font, fill=255)
    # The basic layout rounds widths to whole pixels and has no kerning.
    return _Glyph(mask, left, top, round(font.getlength(char)))


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
    return "".join(parts) or (f" {anyascii(char)} " if char.isalpha() else "")
