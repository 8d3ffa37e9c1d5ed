"""The typeface of the site, as subsets with the letters of English texts and European names.

Newsreader comes as a package. Browsers get a few tens of kilobytes: one file has Western letters,
and browsers only load the one with Central European letters if a page needs them.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.metadata
import io
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from broadsheet.base.cache import Cache

_PACKAGE = "fontpkg-newsreader"
_FOLDER = "assets/broadsheet/fonts"
# Dashes, quotation marks, bullet, ellipsis, prime, euro, arrows, minus.
_MARKS = (0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2026, 0x2032, 0x2039, 0x203A)
_SIGNS = (0x20AC, 0x2190, 0x2192, 0x2212)
# The same ranges are in brand.css as `unicode-range`.
WESTERN = frozenset([*range(0x20, 0x7F), *range(0xA0, 0x100), *_MARKS, *_SIGNS])
CENTRAL = frozenset([*range(0x100, 0x180), *range(0x218, 0x21C)])
_UPRIGHT = "Newsreader[opsz,wght].ttf"
_ITALIC = "Newsreader-Italic[opsz,wght].ttf"
# One optical size for text and headings. A second axis would make the files larger.
_SIZE = 20
# Entries of the font's name table: copyright, family, style, license and its URL.
_NAMES = (0, 1, 2, 13, 14)
# Kerning, ligatures, and digits of the same width and height.
_FEATURES = (b"kern", b"liga", b"tnum", b"lnum")
_SUBSETS: Mapping[str, tuple[str, float | tuple[float, float], frozenset[int]]] = {
    "newsreader.woff2": (_UPRIGHT, (400, 700), WESTERN),
    "newsreader-more.woff2": (_UPRIGHT, (400, 700), CENTRAL),
    "newsreader-italic.woff2": (_ITALIC, 400, WESTERN | CENTRAL),
}


def font_files(cache: Cache) -> Mapping[str, bytes]:
    """Returns the fonts and their license, by path in the site.

    Compressing takes a moment, so the subsets are cached.
    """
    cache = cache.below(_version())
    files = {
        f"{_FOLDER}/{name}": cache.content(name, partial(_subset, *subset))
        for name, subset in _SUBSETS.items()
    }
    return files | {f"{_FOLDER}/LICENSE.txt": (_root().parent / "LICENSE").read_bytes()}


def _root() -> Path:
    module = importlib.import_module("fontpkg_newsreader")
    return Path(str(module.__file__)).parent / "files"


def _version() -> str:
    """Returns a name that changes with the font, the tools and the subsets."""
    versions = [
        importlib.metadata.version(name) for name in (_PACKAGE, "uharfbuzz", "fonttools", "brotli")
    ]
    subsets = [(n, f, w, sorted(letters)) for n, (f, w, letters) in _SUBSETS.items()]
    inputs = (versions, subsets, _SIZE, _NAMES, _FEATURES)
    return hashlib.sha256(repr(inputs).encode()).hexdigest()[:16]


def _subset(file: str, weight: float | tuple[float, float], letters: frozenset[int]) -> bytes:
    """Returns a font with one optical size and these weights and letters, as WOFF2.

    HarfBuzz does in milliseconds what takes fontTools seconds.
    """
    import uharfbuzz as hb  # noqa: PLC0415 - only the first build needs it

    face = hb.Face(hb.Blob((_root() / file).read_bytes()))
    wanted = hb.SubsetInput()
    wanted.flags = hb.SubsetFlags.NO_HINTING
    wanted.unicode_set.update(letters)
    wanted.name_id_set.clear()
    wanted.name_id_set.update(_NAMES)
    wanted.layout_feature_tag_set.clear()
    wanted.layout_feature_tag_set.update(int.from_bytes(tag, "big") for tag in _FEATURES)
    wanted.pin_axis_location(face, "opsz", _SIZE)
    if isinstance(weight, tuple):
        wanted.set_axis_range(face, "wght", *weight)
    else:
        wanted.pin_axis_location(face, "wght", weight)
    return _woff2(wanted.subset(face).blob.data)


def _woff2(content: bytes) -> bytes:
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    font = TTFont(io.BytesIO(content), recalcTimestamp=False)
    font.flavor = "woff2"
    stream = io.BytesIO()
    font.save(stream)
    return stream.getvalue()
