"""Renders docs/reference/formats.md and a table of README.md from importers and exporters."""

from __future__ import annotations

from broadsheet.importers import IMPORTERS
from broadsheet.outputs.datasets.selection import FORMATS
from reference.tables import table

_HEAD = """\
# Formats

## What `broadsheet import` reads

An import looks at the content of a file, not at its name. `--as NAME` chooses an importer if none
or several recognize a text.
"""
_EXPORTS = """\
## What `broadsheet export` writes

`--topic`, `--week` and `--collection` choose papers. A built site offers the same files for all
papers below `/data/`.
"""
_BACK = """
## What comes back

`broadsheet import` reads these exports again:

- `json`, `jsonl`, `parquet` and `sqlite` hold all facts and texts of papers, and `csv` all but
  abstracts. In `csv` and `sqlite`, a name with a semicolon comes back as several names.
- `bibtex`, `ris` and `csl` hold what references have: titles, authors, ids, venues, addresses and
  dates, in BibTeX to the month.
- `apa` and `ieee` are texts for people, which no importer reads.

Summaries come back without formatting, and those of programs only if somebody has reviewed them.
Issues, collections and `topics.yml` don't come back. To move a whole site, copy `content/`.
"""


# The table of sources in README.md stands between two of these.
SOURCES_MARK = "<!-- sources: written by tests/test_reference.py -->"


def sources() -> str:
    """The table of what `broadsheet import` reads."""
    rows = [(f"`{each.name}`", each.description) for each in IMPORTERS]
    return table(("name", "what it reads"), rows)


def with_sources(readme: str) -> str:
    """README.md with the table of sources."""
    before, _, after = readme.split(SOURCES_MARK)
    return f"{before}{SOURCES_MARK}\n\n{sources()}\n{SOURCES_MARK}{after}"


def page() -> str:
    """The whole page."""
    exports = [
        (f"`{name}`", f"`.{form.ending}`", form.description) for name, form in FORMATS.items()
    ]
    return "\n".join(
        [
            _HEAD,
            sources(),
            _EXPORTS,
            table(("name", "file", "what it writes"), exports) + _BACK,
        ]
    )
