"""Shows that a build takes time in proportion to each text and each list, up to its limit.

    python -m benchmarks.limits

For each field it builds a site with 1/4 and all of what the field may hold, and with nothing. Times
are CPU seconds of a whole build, less those of the site with nothing in this field. "Growth" is how
many times as long all of it takes as a quarter: 4 is linear, and 16 would be the square.
"""

from __future__ import annotations

import json
import random
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from broadsheet.content.fields import (
    EXTRA_LENGTH,
    LINE_LENGTH,
    MOST_AUTHORS,
    MOST_EXTRA,
    TEXT_LENGTH,
)
from broadsheet.site.build import build
from broadsheet.site.project import find_project

Content = dict[str, dict[str, Any]]
# Lists without a limit of their own. More than anyone writes by hand.
LONG = 4_000
# Less than this many seconds is lost in the noise of a shared machine.
MEASURABLE = 0.1
_MKDOCS = """\
site_name: Limits
site_url: https://limits.example/
docs_dir: content/pages
theme: {name: material, font: false}
plugins: [broadsheet]
validation: {nav: {omitted_files: ignore}, links: {unrecognized_links: ignore}}
nav: [{Home: index.md}]
"""
_PIECES = ("words ", "**bold** ", "$x_1$ ", "[a](https://a.example) ", "[[a]] ", "*it* ", "`c` ")


def _words(length: int, start: str = "") -> str:
    """A text of exactly this length, with everything that texts may have."""
    chance = random.Random(length)
    text = start
    while len(text) < length:
        text += chance.choice(_PIECES) if len(text) % 100 else "\n\nA paragraph "
    return text[:length].strip() or "x"


def _line(length: int) -> str:
    return " ".join(_words(length, "A").split())


def _correction(number: int) -> dict[str, Any]:
    return {"on": "2024-04-02", "text": f"No {number}"}


def _provenance(number: int) -> dict[str, Any]:
    return {"source": f"s{number}.txt", "line": number + 1}


def _base() -> Content:
    papers = {f"papers/{slug}.yml": {"title": f"Paper {slug}"} for slug in "ab"}
    entries = [{"paper": "a"}, {"paper": "b"}]
    issue = {
        "title": "A week",
        "week": "2024-W12",
        "start": "2024-03-18",
        "end": "2024-03-24",
        "sections": [{"heading": "T", "entries": entries}],
    }
    return {
        **papers,
        "digests/d/2024-W12.yml": issue,
        "collections/c.yml": {"title": "C", "entries": entries},
        "topics.yml": {"t": {"name": "T"}},
    }


def _paper(field: str, value: Callable[[int], Any]) -> Callable[[int], Content]:
    def filled(size: int) -> Content:
        content = _base()
        content["papers/a.yml"][field] = value(size)
        return content

    return filled


def _other(path: str, field: str, value: Callable[[int], Any]) -> Callable[[int], Content]:
    def filled(size: int) -> Content:
        content = _base()
        place: Any = content[path]
        for key in field.split("/")[:-1]:
            place = place[int(key) if key.isdigit() else key]
        place[field.rsplit("/", maxsplit=1)[-1]] = value(size)
        return content

    return filled


def _many_papers(path: str, field: str) -> Callable[[int], Content]:
    """Lists with one entry for each of many papers, so the papers grow with the list."""

    def filled(size: int) -> Content:
        slugs = [f"p-{n}" for n in range(size)]
        entries = [{"paper": slug} for slug in slugs]
        content = _other(path, field, lambda _: entries)(size)
        return content | {f"papers/{slug}.yml": {"title": f"On {slug}"} for slug in slugs}

    return filled


ISSUE, ENTRY = "digests/d/2024-W12.yml", "sections/0/entries/0"
# What a field holds at a size, and its limit.
FIELDS: Mapping[str, tuple[int, Callable[[int], Content]]] = {
    "paper: title": (LINE_LENGTH, _paper("title", _line)),
    "paper: tldr": (LINE_LENGTH, _paper("tldr", _line)),
    "paper: venue": (LINE_LENGTH, _paper("venue", _line)),
    "paper: summary": (TEXT_LENGTH, _paper("summary", _words)),
    "paper: abstract": (TEXT_LENGTH, _paper("abstract", _words)),
    "paper: authors": (
        MOST_AUTHORS,
        _paper("authors", lambda size: [f"Ada{n} Example{n}" for n in range(size)]),
    ),
    "paper: other_titles": (
        LONG,
        _paper("other_titles", lambda size: [f"Other title {n}" for n in range(size)]),
    ),
    "paper: aliases": (LONG, _paper("aliases", lambda size: [f"alias-{n}" for n in range(size)])),
    "paper: corrections": (
        LONG,
        _paper("corrections", lambda size: [_correction(number) for number in range(size)]),
    ),
    "paper: extra": (
        MOST_EXTRA,
        _paper("extra", lambda size: {f"k{n}": _words(EXTRA_LENGTH) for n in range(size)}),
    ),
    "paper: provenance": (
        LONG,
        _paper("provenance", lambda size: [_provenance(number) for number in range(size)]),
    ),
    "issue: introduction": (TEXT_LENGTH, _other(ISSUE, "introduction", _words)),
    "issue: section commentary": (TEXT_LENGTH, _other(ISSUE, "sections/0/commentary", _words)),
    "issue: entry text": (TEXT_LENGTH, _other(ISSUE, f"{ENTRY}/text", _words)),
    "issue: entry commentary": (TEXT_LENGTH, _other(ISSUE, f"{ENTRY}/commentary", _words)),
    "issue: sections": (
        LONG,
        _other(ISSUE, "sections", lambda size: [{"heading": f"H{n}"} for n in range(size)]),
    ),
    "issue: entries, with their papers": (LONG, _many_papers(ISSUE, "sections/0/entries")),
    "collection: description": (TEXT_LENGTH, _other("collections/c.yml", "description", _words)),
    "collection: entries, with their papers": (LONG, _many_papers("collections/c.yml", "entries")),
    "topic: description": (TEXT_LENGTH, _other("topics.yml", "t/description", _words)),
    "topic: aliases": (
        LONG,
        _other("topics.yml", "t/aliases", lambda size: [f"alias {n}" for n in range(size)]),
    ),
    "topic: terms": (
        LONG,
        _other("topics.yml", "t/terms", lambda size: [f"term{n}" for n in range(size)]),
    ),
}


def seconds(content: Content) -> float:
    """Returns the CPU seconds of a first build of this content."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "mkdocs.yml").write_text(_MKDOCS)
        (root / "content/pages").mkdir(parents=True)
        for name, value in content.items():
            path = root / "content" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            # JSON is YAML, too, and no field then depends on how YAML would write it.
            path.write_text(json.dumps(value), "utf-8")
        started = time.process_time()
        build(find_project(root / "mkdocs.yml"), lambda _: None, jobs=1)
        return time.process_time() - started


def main() -> None:
    """Prints the table."""
    seconds(_base())  # so that modules are loaded
    print("| field | limit | a quarter: s | all: s | growth |\n|---|---|---|---|---|")
    nothing = min(seconds(_base()) for _ in range(3))
    for name, (limit, filled) in FIELDS.items():
        times = [min(seconds(filled(size)) for _ in range(3)) for size in (limit // 4, limit)]
        quarter, all_ = (max(value - nothing, 0.0) for value in times)
        growth = f"{all_ / quarter:.1f}" if quarter > MEASURABLE else "–"
        row = (name, f"{limit:,}", f"{quarter:.2f}", f"{all_:.2f}", growth)
        print(f"| {' | '.join(row)} |", flush=True)


if __name__ == "__main__":
    main()
