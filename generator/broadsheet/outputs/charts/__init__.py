"""Charts drawn during the build: inline SVG with a text alternative and a table of the numbers.

Every function is pure and returns HTML on one line, as Markdown needs it. Colors and fonts come
from the style sheet.
"""

from __future__ import annotations

from broadsheet.outputs.charts.bars import months_picture, spark, topic_picture
from broadsheet.outputs.charts.papermap import (
    HUES,
    POINTS_FILE,
    MapLabel,
    MapPoint,
    PaperMap,
    map_files,
    map_picture,
    map_words,
)
from broadsheet.outputs.charts.periods import periods_of
from broadsheet.outputs.charts.trends import (
    MIN_WEEKS,
    Trend,
    counts_picture,
    together_picture,
    trends_of,
    trends_picture,
)

__all__ = [
    "HUES",
    "MIN_WEEKS",
    "POINTS_FILE",
    "MapLabel",
    "MapPoint",
    "PaperMap",
    "Trend",
    "counts_picture",
    "map_files",
    "map_picture",
    "map_words",
    "months_picture",
    "periods_of",
    "spark",
    "together_picture",
    "topic_picture",
    "trends_of",
    "trends_picture",
]
