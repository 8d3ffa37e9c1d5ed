"""What an importer is and what it gives back: text in, records and problems out.

An importer touches no file and no network. It is one module that makes an `Importer`, one
line in the registry (`broadsheet.importers.IMPORTERS`) and one golden pair in the tests.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from broadsheet.content.records import Reading

__all__ = ["Importer", "Reading"]


@dataclass(frozen=True)
class Importer:
    """A reader of one shape of text.

    `name` is what a person types to ask for it, `description` says in one line what it expects.
    `looks_like(text)` tells cheaply whether a text has the shape. `read(text, source)` reads it;
    odd lines become problems, and a text that cannot be read at all raises BroadsheetError.
    """

    name: str
    description: str
    looks_like: Callable[[str], bool]
    read: Callable[[str, str], Reading]
