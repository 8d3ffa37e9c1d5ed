"""Pictures drawn when the site is built: inline SVG with a text alternative and its numbers.

Every function is pure and gives HTML on one line, so that it can stand in Markdown. Colours and
fonts come from the style sheet; nothing is styled inline.
"""

from __future__ import annotations

from broadsheet.outputs.charts.bars import months_picture, topic_picture
from broadsheet.outputs.charts.papermap import (
    HUES,
    MapLabel,
    MapPoint,
    PaperMap,
    map_files,
    map_picture,
    map_words,
)
from broadsheet.outputs.charts.trends import Trend, together_picture, trends_of, trends_picture

__all__ = [
    "HUES",
    "MapLabel",
    "MapPoint",
    "PaperMap",
    "Trend",
    "map_files",
    "map_picture",
    "map_words",
    "months_picture",
    "together_picture",
    "topic_picture",
    "trends_of",
    "trends_picture",
]
