"""What an importer is: it reads a text and returns records and problems.

Importers never use files or the network. Each is a module that defines an `Importer`, a line in
`broadsheet.importers.IMPORTERS` and a golden pair in the tests.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from broadsheet.content.columns import ColumnChoices
from broadsheet.content.records import Reading
from broadsheet.importers.lines import SourceLine
from broadsheet.importers.wanted import Wanted

__all__ = ["Importer", "Reading"]


@dataclass(frozen=True)
class Importer:
    """A reader for one kind of text.

    Attributes:
        name: The name for ``--as``.
        description: What kind of text it reads, in one line.
        looks_like: Quickly tells whether a text is of this kind.
        read: Reads a text, given its source's name. Odd lines become problems. Raises
            BroadsheetError if the text can't be read at all.
        read_columns: Reads a text, given what people say about its columns, too. Importers with
            it read what no other importer recognizes.
        names_of: The names of the columns of a text, at least those of its first rows.
        read_lines: Reads a source that is too large for memory, of which each line is a record,
            given its lines, its name, and which records to keep. None if its kind has no such
            sources.
        is_converted: Whether its texts were pages, so that words can have lost the space between
            them.
    """

    name: str
    description: str
    looks_like: Callable[[str], bool]
    read: Callable[[str, str], Reading]
    read_columns: Callable[[str, str, ColumnChoices], Reading] | None = None
    names_of: Callable[[str], tuple[str, ...]] = lambda _: ()
    read_lines: Callable[[Iterable[SourceLine], str, Wanted], Reading] | None = None
    is_converted: bool = False
