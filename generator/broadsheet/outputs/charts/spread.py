"""Small pictures of the numbers in a column: a bar for each bin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from broadsheet.base.markup import element

_WIDTH = 120
_HEIGHT = 32


def spread_picture(counts: Sequence[int]) -> Markup:
    """Returns bars as one path. The text beside them says what they show."""
    shape = element("path", class_="bs-bar", d="".join(_bars(counts)))
    return element(
        "svg",
        shape,
        class_="bs-spread",
        viewBox=f"0 0 {_WIDTH} {_HEIGHT}",
        width=_WIDTH,
        height=_HEIGHT,
        aria_hidden="true",
    )


def _bars(counts: Sequence[int]) -> Iterator[str]:
    top, step = max(counts, default=0) or 1, _WIDTH / max(len(counts), 1)
    for place, count in enumerate(counts):
        if count:
            # The smallest bar can still be seen.
            height = max(1.0, count / top * _HEIGHT)
            left, right = place * step + 0.5, (place + 1) * step - 0.5
            yield f"M{left:.1f} {_HEIGHT}V{_HEIGHT - height:.1f}H{right:.1f}V{_HEIGHT}z"
