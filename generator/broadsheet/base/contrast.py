"""Colors that stay readable: contrast as WCAG defines it, and darker or lighter variants."""

from __future__ import annotations

from collections.abc import Sequence

# What WCAG asks for text, and for text of readers who prefer more contrast.
ENOUGH, MORE = 4.5, 7.0
_STEPS = 100
# The luminance that has the same contrast with black and with white.
_MIDDLE = 0.179


def contrast(first: str, second: str) -> float:
    """Returns the contrast of two colors (#rrggbb), from 1 to 21."""
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(color: str) -> float:
    """Returns the relative luminance of a color (#rrggbb), from 0 to 1."""
    red, green, blue = (_linear(part / 255) for part in _parts(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def readable(color: str, backgrounds: Sequence[str], least: float = ENOUGH) -> str:
    """Returns the nearest variant of a color that is readable on all backgrounds.

    On light backgrounds it gets darker, and on dark ones lighter, until it has enough contrast.

    Args:
        color: The color, as "#rrggbb".
        backgrounds: The backgrounds, which are all light or all dark.
        least: The least contrast.
    """
    to = 0 if luminance(backgrounds[0]) > _MIDDLE else 255
    variants = (_mixed(color, to, step / _STEPS) for step in range(_STEPS + 1))
    enough = (v for v in variants if min(contrast(v, other) for other in backgrounds) >= least)
    return next(enough, _mixed(color, to, 1))


def _mixed(color: str, to: int, part: float) -> str:
    """Returns a color with some of a gray in it, from 0 (black) to 255 (white)."""
    return "#" + "".join(f"{round(value + (to - value) * part):02x}" for value in _parts(color))


def _parts(color: str) -> bytes:
    return bytes.fromhex(color.removeprefix("#"))


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
