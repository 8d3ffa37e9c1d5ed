"""Reading JSON of services: one work, lists of works in an envelope, or one work on each line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Annotated, Any, TypeVar

from pydantic import (
    AliasChoices,
    BaseModel,
    ConfigDict,
    ValidationError,
    ValidationInfo,
    WrapValidator,
)
from pydantic import ValidatorFunctionWrapHandler as Handler

from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.content.records import Record
from broadsheet.importers.importer import Importer, Reading
from broadsheet.importers.lines import SourceLine, quoted
from broadsheet.importers.services.json_values import located
from broadsheet.importers.services.work import (
    Remarks,
    Work,
    reading,
    record_of,
    unreadable,
)
from broadsheet.importers.wanted import Wanted, refuse_too_many

# More than any single work has, which is all that is needed to recognize a service.
_HEAD = 4 * 1024 * 1024
T = TypeVar("T")


def _lenient(value: Any, validate: Handler, info: ValidationInfo) -> Any:
    """Returns None for an unexpected value, and remembers the name of its field."""
    try:
        return validate(value)
    except ValidationError:
        if isinstance(info.context, list):
            info.context.append((info.field_name, value))
        return None


# A value that is left out, and reported, if it's of an unexpected type.
Lenient = Annotated[T | None, WrapValidator(_lenient)]


class Part(BaseModel):
    """A part of a work. Services add keys at any time, so unknown ones are ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore")


P = TypeVar("P", bound=Part)


@dataclass(frozen=True)
class Place:
    """Where a work is, and a collection of what is odd about it."""

    source: str
    line: int
    remarks: Remarks = field(default_factory=Remarks)

    def remark(self, name: str, message: str, advice: str = "") -> None:
        """Remembers that something about a field is odd."""
        self.remarks.add(self.line, name, message, advice)

    def parsed(self, model: type[P], value: Mapping[str, Any]) -> P:
        """Returns a value as a model. Fields with unexpected values are left out."""
        wrong: list[tuple[str, Any]] = []
        found = model.model_validate(value, context=wrong)
        for name, seen in wrong:
            self.remark(_key(model, name), f"unexpected value {quoted(str(seen))}; left out")
        return found


def _key(model: type[Part], name: str) -> str:
    """Returns the service's own name of a field."""
    known = model.model_fields.get(name)
    alias = known.validation_alias if known else None
    first = alias.choices[0] if isinstance(alias, AliasChoices) else alias
    return first if isinstance(first, str) else name


@dataclass(frozen=True)
class JsonService:
    """A service that answers JSON.

    Attributes:
        name: The name of its importer.
        title: The name of the service.
        description: What its files contain, for the help.
        read_work: Returns the work that an object describes, or None to leave it out.
        glance: Quickly returns the keywords and the date of a work, which often tell that it
            isn't wanted.
    """

    name: str
    title: str
    description: str
    read_work: Callable[[Mapping[str, Any], Place], Work | None]
    glance: Callable[[Mapping[str, Any]], Record] | None = None

    def works(self, reply: str) -> tuple[Work, ...]:
        """Returns the works in a reply.

        Raises:
            BroadsheetError: The reply isn't JSON, or it has something else than works.
        """
        try:
            found = tuple(self.read_works(reply, self.title, Remarks()))
        except BroadsheetError as error:
            raise unreadable(self.title, error.problems[0].message) from error
        return tuple(replace(work, record=replace(work.record, line=0)) for work in found)

    def read_works(self, text: str, source: str, remarks: Remarks) -> Iterator[Work]:
        """Yields the works in a text, and adds what is odd about them to the remarks.

        Raises:
            BroadsheetError: The text isn't JSON, or it has something else than works.
        """
        has_works = False
        unknown: list[Problem] = []
        for line, value in located(text, source):
            if value is None or _has_found_nothing(value):
                continue
            place = Place(source, line, remarks)
            if self._is_work(value):
                work = self.read_work(value, place)
                if work:
                    has_works = True
                    yield work
            else:
                message = self._no_work(value, place)
                unknown = unknown or [Problem(source, line, "", message)]
        if unknown and not has_works:
            raise BroadsheetError(unknown[0])

    def _is_work(self, value: Any) -> bool:
        return isinstance(value, dict) and kind_of(value) == self.name

    def _no_work(self, value: Any, place: Place) -> str:
        message = f"expected a work of {self.title}, found {quoted(str(value))}"
        place.remark("", message, "skipped")
        return message

    def importer(self) -> Importer:
        """Returns the importer for files with such works."""

        def looks_like(text: str) -> bool:
            return service_of(text) == self.name

        def read(text: str, source: str) -> Reading:
            remarks = Remarks()
            return reading(self.name, source, self.read_works(text, source, remarks), remarks)

        return Importer(self.name, self.description, looks_like, read, read_lines=self._read_lines)

    def _read_lines(self, lines: Iterable[SourceLine], source: str, wanted: Wanted) -> Reading:
        """Reads a work from each line, and keeps those that are wanted."""
        works: list[Work] = []
        remarks = Remarks()
        for number, text in lines:
            place = Place(source, number, remarks)
            try:
                value = json.loads(text)
            except (ValueError, RecursionError):
                place.remark("", f"invalid JSON: {quoted(text)}", "skipped")
                continue
            if not self._is_work(value):
                self._no_work(value, place)
                continue
            if self.glance is None or wanted.may_fit(self.glance(value)):
                # What is odd about other works is of no interest.
                found = Place(source, number)
                work = self.read_work(value, found)
                if work and wanted.fits(record_of(work)):
                    works.append(work)
                    refuse_too_many(len(works), source)
                    remarks.include(found.remarks)
        return reading(self.name, source, works, remarks)


def _has_found_nothing(value: Any) -> bool:
    """Whether an envelope has no list of works because there are none."""
    return (
        isinstance(value, dict) and value.get("total") == 0 and not value.keys() & {"title", "id"}
    )


def service_of(text: str) -> str | None:
    """Returns the name of the service whose works are in a JSON text, by the first of them."""
    return _service_of(text[:_HEAD]) if text.lstrip("\ufeff \t\r\n")[:1] in ("{", "[") else None


@lru_cache(maxsize=1)
def _service_of(head: str) -> str | None:
    try:
        first = next((value for _, value in located(head, "") if isinstance(value, dict)), None)
    except BroadsheetError:
        return None
    return kind_of(first) if first else None


def kind_of(work: Mapping[str, Any]) -> str | None:
    """Returns the name of the service that describes works like this one."""
    keys, id_ = work.keys(), str(work.get("id"))
    if keys & {"authorships", "abstract_inverted_index"} or "openalex.org/W" in id_:
        return "openalex"
    if keys & {"paperId", "externalIds", "externalids"}:
        return "semantic-scholar"
    if "authors_parsed" in keys or {"id", "categories", "versions"} <= keys:
        return "arxiv-dump"
    # CSL-JSON has the same keys, but the title is a text there.
    if "DOI" in keys and isinstance(work.get("title"), list):
        return "crossref"
    if "DOI" in keys and keys & {"deposited", "member"} and "title" not in keys:
        return "crossref"
    return "dblp-json" if "dblp.org/rec/" in str(work.get("url")) else None
