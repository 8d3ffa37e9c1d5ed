"""The icons of the site, in the color of its brand.

The pictures have a list of all their colors, so another brand only needs another list.
"""

from __future__ import annotations

import struct
from pathlib import Path
from zlib import crc32

from mkdocs.structure.files import Files

from broadsheet.base.brand import BRAND_FILE, Brand, read_brand
from broadsheet.outputs.templates import templates_folder

_FOLDER = "assets/broadsheet/icons/icon"
_SIGNATURE = 8  # bytes before the first chunk of a PNG


def color_icons(files: Files, brand: Brand) -> None:
    """Gives our icons the color of the brand. Icons of the project stay as they are."""
    theme = templates_folder() / "theme"
    ours = read_brand((theme / BRAND_FILE).read_text("utf-8"), BRAND_FILE).accent.light
    if brand.accent.light == ours:
        return
    for file in files:
        if file.src_uri.startswith(_FOLDER) and Path(file.src_dir or "") == theme:
            file.content_bytes = colored(file.content_bytes, ours, brand.accent.light)


def colored(icon: bytes, before: str, after: str) -> bytes:
    """Returns an icon in another color. White stays white.

    Args:
        icon: An SVG file, or a PNG file with a list of colors.
        before: Its color, as "#rrggbb".
        after: The new color.
    """
    if not icon.startswith(b"\x89PNG"):
        return icon.replace(before.encode(), after.encode())
    made, at = icon[:_SIGNATURE], _SIGNATURE
    while at < len(icon):
        (length,) = struct.unpack_from(">I", icon, at)
        kind, content = icon[at + 4 : at + 8], icon[at + 8 : at + 8 + length]
        if kind == b"PLTE":
            content = _recolored(content, _parts(before), _parts(after))
        chunk = kind + content
        made += struct.pack(">I", length) + chunk + struct.pack(">I", crc32(chunk))
        at += 12 + length
    return made


def _recolored(colors: bytes, before: bytes, after: bytes) -> bytes:
    """Returns a list of colors between the icon's color and white, with another color for it."""
    darkest = min(range(3), key=before.__getitem__)  # shows best how much white a color has
    found = bytearray()
    for at in range(0, len(colors), 3):
        white = (colors[at + darkest] - before[darkest]) / (255 - before[darkest])
        part = min(1.0, max(0.0, white))
        found += bytes(round(value + (255 - value) * part) for value in after)
    return bytes(found)


def _parts(color: str) -> bytes:
    return bytes.fromhex(color.removeprefix("#"))
