"""The site's typeface, cut to the letters that European names and English texts need.

Newsreader comes as a package. A browser gets a few tens of kilobytes of it: Western letters in
one file, the rarer ones of Central Europe in another that is fetched when a page has them.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.metadata
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

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
_CUTS: Mapping[str, tuple[str, float | tuple[float, float], frozenset[int]]] = {
    "newsreader.woff2": (_UPRIGHT, (400, 700), WESTERN),
    "newsreader-more.woff2": (_UPRIGHT, (400, 700), CENTRAL),
    "newsreader-italic.woff2": (_ITALIC, 400, WESTERN | CENTRAL),
}


def font_files(kept: Path) -> Mapping[str, bytes]:
    """The fonts and their licence by path in the site.

    Cutting takes seconds, so the cuts are kept in the folder `kept`, under a name that stands
    for the versions of everything that they are made with.
    """
    folder = kept / _version()
    if not all((folder / name).is_file() for name in _CUTS):
        folder.mkdir(parents=True, exist_ok=True)
        for name, cut in _cuts().items():
            half = folder / f".{name}.part"
            half.write_bytes(cut)
            half.replace(folder / name)
    files = {f"{_FOLDER}/{name}": (folder / name).read_bytes() for name in _CUTS}
    return files | {f"{_FOLDER}/LICENSE.txt": (_root().parent / "LICENSE").read_bytes()}


def _cuts() -> Mapping[str, bytes]:
    wanted = dict.fromkeys((file, weight) for file, weight, _ in _CUTS.values())
    instances = {(file, weight): _instance(file, weight) for file, weight in wanted}
    return {
        name: _woff2(instances[file, weight], letters)
        for name, (file, weight, letters) in _CUTS.items()
    }


def _root() -> Path:
    module = importlib.import_module("fontpkg_newsreader")
    return Path(str(module.__file__)).parent / "files"


def _version() -> str:
    """Changes with the font, the tools and the cuts."""
    versions = [importlib.metadata.version(name) for name in (_PACKAGE, "fonttools", "brotli")]
    cuts = [(n, f, w, sorted(letters)) for n, (f, w, letters) in _CUTS.items()]
    return hashlib.sha256(repr((versions, cuts, _SIZE)).encode()).hexdigest()[:16]


def _instance(file: str, weight: float | tuple[float, float]) -> bytes:
    """The font at our size and weight, with all letters of our cuts."""
    font = TTFont(_root() / file, recalcTimestamp=False)
    _keep(font, WESTERN | CENTRAL, names=["*"])
    instantiateVariableFont(font, {"opsz": _SIZE, "wght": weight}, inplace=True)
    return _saved(font)


def _woff2(instance: bytes, letters: frozenset[int]) -> bytes:
    font = TTFont(io.BytesIO(instance), recalcTimestamp=False)
    _keep(font, letters, names=_NAMES)
    font.flavor = "woff2"
    return _saved(font)


def _keep(font: TTFont, letters: frozenset[int], names: Sequence[int | str]) -> None:
    """Keeps letters and names. All names ("*") are kept fastest: no table is searched."""
    options = Options()
    options.layout_features = ["kern", "liga", "tnum", "lnum"]
    options.hinting = False
    options.name_IDs = list(names)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=letters)
    subsetter.subset(font)


def _saved(font: TTFont) -> bytes:
    stream = io.BytesIO()
    font.save(stream)
    return stream.getvalue()
