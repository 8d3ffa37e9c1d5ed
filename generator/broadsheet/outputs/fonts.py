"""The site's typeface, cut to the letters that European names and English texts need.

Newsreader comes as a package. A browser gets a few tens of kilobytes of it: Western letters in
one file, the rarer ones of Central Europe in another that is fetched when a page has them.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.metadata
import io
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from broadsheet.base.files import Cache

_PACKAGE = "fontpkg-newsreader"
_FOLDER = "assets/broadsheet/fonts"
# Dashes, quotation marks, bullet, ellipsis, prime, euro, arrows, minus.
_MARKS = (0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2026, 0x2032, 0x2039, 0x203A)
_SIGNS = (0x20AC, 0x2190, 0x2192, 0x2212)
# The same ranges stand as `unicode-range` in brand.css.
WESTERN = frozenset([*range(0x20, 0x7F), *range(0xA0, 0x100), *_MARKS, *_SIGNS])
CENTRAL = frozenset([*range(0x100, 0x180), *range(0x218, 0x21C)])
_UPRIGHT = "Newsreader[opsz,wght].ttf"
_ITALIC = "Newsreader-Italic[opsz,wght].ttf"
# One optical size for text and headings; weights vary where both are used.
_SIZE = 20
# Name, style and licence stay with the font.
_NAMES = (0, 1, 2, 13, 14)
# Spaces between letters, joined letters, figures of one width and of one height.
_FEATURES = (b"kern", b"liga", b"tnum", b"lnum")
_CUTS: Mapping[str, tuple[str, float | tuple[float, float], frozenset[int]]] = {
    "newsreader.woff2": (_UPRIGHT, (400, 700), WESTERN),
    "newsreader-more.woff2": (_UPRIGHT, (400, 700), CENTRAL),
    "newsreader-italic.woff2": (_ITALIC, 400, WESTERN | CENTRAL),
}


def font_files(cache: Cache) -> Mapping[str, bytes]:
    """The fonts and their licence by path in the site.

    Packing takes a moment, so the cuts are kept, under a name that stands for the versions of
    everything that they are made with.
    """
    kept = cache.below(_version())
    files = {
        f"{_FOLDER}/{name}": kept.content(name, partial(_cut, *cut)) for name, cut in _CUTS.items()
    }
    return files | {f"{_FOLDER}/LICENSE.txt": (_root().parent / "LICENSE").read_bytes()}


def _root() -> Path:
    module = importlib.import_module("fontpkg_newsreader")
    return Path(str(module.__file__)).parent / "files"


def _version() -> str:
    """Changes with the font, the tools and the cuts."""
    versions = [
        importlib.metadata.version(name) for name in (_PACKAGE, "uharfbuzz", "fonttools", "brotli")
    ]
    cuts = [(n, f, w, sorted(letters)) for n, (f, w, letters) in _CUTS.items()]
    return hashlib.sha256(repr((versions, cuts, _SIZE, _NAMES, _FEATURES)).encode()).hexdigest()[
        :16
    ]


def _cut(file: str, weight: float | tuple[float, float], letters: frozenset[int]) -> bytes:
    """The font at our size and weight with these letters, packed for browsers.

    HarfBuzz does in milliseconds what takes fontTools seconds.
    """
    import uharfbuzz as hb  # noqa: PLC0415 - only a first build cuts

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
    return _packed(wanted.subset(face).blob.data)


def _packed(content: bytes) -> bytes:
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    font = TTFont(io.BytesIO(content), recalcTimestamp=False)
    font.flavor = "woff2"
    stream = io.BytesIO()
    font.save(stream)
    return stream.getvalue()
