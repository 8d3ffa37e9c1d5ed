"""How a service is asked about papers. Other packages register services of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from broadsheet.base.errors import suggest
from broadsheet.content.model import Paper
from broadsheet.content.records import Record
from broadsheet.importers.services.work import Work
from broadsheet.site.enriching.said import FIELDS
from broadsheet.site.fetching import Question, Service


@dataclass(frozen=True)
class Enricher:
    """How a service is asked about papers.

    Attributes:
        service: The service: its name, its address, and how often it may be asked.
        keys: Returns the names by which a paper is asked for, such as its arXiv id.
        question: Returns the question for some of these names.
        works: Reads the answer.
        names: Returns the names by which a work could have been asked for.
        gives: The fields that it can give, as `enrich --only` names them.
        version: Something that changes when answers are read in another way. Kept answers of other
            versions are not used.
    """

    service: Service
    keys: Callable[[Paper], Sequence[str]]
    question: Callable[[Service, Sequence[str]], Question]
    works: Callable[[str], tuple[Work, ...]]
    names: Callable[[Record], Sequence[str]]
    gives: frozenset[str]
    version: str = ""

    def __post_init__(self) -> None:
        """Refuses fields that no service can give.

        Raises:
            ValueError: There is such a field.
        """
        for name in sorted(self.gives - {*FIELDS}):
            raise ValueError(f"`gives` has an unknown field {name!r}; {suggest(name, FIELDS)}")

    @property
    def name(self) -> str:
        """The name of the service."""
        return self.service.name
