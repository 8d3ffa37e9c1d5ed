"""Renders docs/reference/formats.md from the registries of importers and exporters."""

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


def page() -> str:
    """The whole page."""
    imports = [(f"`{each.name}`", each.description) for each in IMPORTERS]
    exports = [
        (f"`{name}`", f"`.{form.ending}`", form.description) for name, form in FORMATS.items()
    ]
    return "\n".join(
        [
            _HEAD,
            table(("name", "what it reads"), imports),
            _EXPORTS,
            table(("name", "file", "what it writes"), exports),
        ]
    )
