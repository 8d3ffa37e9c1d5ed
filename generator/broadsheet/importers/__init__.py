"""Importers: a source text goes in, records with provenance and problems come out.

The registry is `IMPORTERS`. `detect` finds the one that fits a text, `read` reads it.
"""

from __future__ import annotations

from broadsheet.base.encoding import decode
from broadsheet.base.errors import BroadsheetError, Problem, suggest
from broadsheet.importers.contract import Importer, Reading
from broadsheet.importers.dataset_viewer import DATASET_VIEWER
from broadsheet.importers.lines import shortened, source_lines
from broadsheet.importers.papers_page import PAPERS_PAGE
from broadsheet.importers.records_jsonl import RECORDS
from broadsheet.importers.weekly_article import WEEKLY_ARTICLE

__all__ = ["IMPORTERS", "Importer", "Reading", "decode", "detect", "read"]

# To add an importer: its module, its line here, and a golden pair in the tests.
IMPORTERS: tuple[Importer, ...] = (
    WEEKLY_ARTICLE,
    PAPERS_PAGE,
    DATASET_VIEWER,
    RECORDS,
)


def detect(text: str, source: str) -> Importer:
    """The one importer whose shape the text has.

    Raises BroadsheetError when none or more than one fits; it names what was expected and
    the first line that was seen.
    """
    fitting = [importer for importer in IMPORTERS if importer.looks_like(text)]
    if len(fitting) == 1:
        return fitting[0]
    raise BroadsheetError(_two_fit(fitting, source) if fitting else _none_fits(text, source))


def read(text: str, source: str, shape: str | None = None) -> Reading:
    """Read a text in the shape that was asked for, or in the one that it is seen to have."""
    return (_named(shape, source) if shape else detect(text, source)).read(text, source)


def _named(shape: str, source: str) -> Importer:
    known = {importer.name: importer for importer in IMPORTERS}
    if shape not in known:
        raise BroadsheetError(
            Problem(source, 0, "", f"{shape!r} is not a shape", suggest(shape, known))
        )
    return known[shape]


def _none_fits(text: str, source: str) -> Problem:
    lines = source_lines(text)
    if not lines:
        return Problem(source, 0, "", "is empty", "there must be something to import")
    expected = "; ".join(f"{importer.name}: {importer.description}" for importer in IMPORTERS)
    return Problem(
        source,
        lines[0].number,
        "",
        f"has none of the known shapes; it begins with {shortened(lines[0].text)!r}",
        f"expected is one of {expected}; --as NAME reads it as that shape all the same",
    )


def _two_fit(fitting: list[Importer], source: str) -> Problem:
    names = " and ".join(importer.name for importer in fitting)
    return Problem(source, 0, "", f"has more than one shape: {names}", "choose one with --as NAME")
