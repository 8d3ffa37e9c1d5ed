"""The browser's half of the search, from the folder "browser", as two files.

They go with the index because they read what the same version wrote. Comments and indentation
stay here: without them a reader waits for a third less.
"""

from __future__ import annotations

import importlib.resources
import re

_PARTS = {
    "engine.js": ("analysis", "query", "index", "expand", "rank", "ask", "show"),
    "page.js": ("facets", "page"),
}
# Comments stand on lines of their own in these files, and no text of theirs spans lines.
_COMMENT = re.compile(r"^ */\*.*?\*/\n", re.DOTALL | re.MULTILINE)


def scripts() -> dict[str, bytes]:
    """Both scripts by name: what answers a query, and what the page /search/ adds."""
    return {
        name: "".join(_lean(_source(part)) for part in parts).encode()
        for name, parts in _PARTS.items()
    }


def _source(part: str) -> str:
    folder = importlib.resources.files("broadsheet.outputs.search").joinpath("browser")
    return folder.joinpath(f"{part}.js").read_text("utf-8")


def _lean(source: str) -> str:
    lines = (line.strip() for line in _COMMENT.sub("", source).splitlines())
    return "".join(f"{line}\n" for line in lines if line)
