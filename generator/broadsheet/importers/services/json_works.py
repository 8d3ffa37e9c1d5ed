"""Reading JSON of services: one work, lists of works in an envelope, or one work on each line."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
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
from broadsheet.importers.importer import Importer, Reading
from broadsheet.importers.lines import quoted
from broadsheet.importers.services.work import Remark, Work, Works, reading

_SPACE = re.compile(r"[ \t\r\n]*")
# More than any single work has, which is all that is needed to recognize a service.
_HEAD = 4 * 1024 * 1024
_DECODER = json.JSONDecoder()
# The keys in which services put works, from the outside to the inside.
_OPENALEX = ("results",)
_SEMANTIC_SCHOLAR = ("data", "recommendedPapers", "citedPaper", "citingPaper")
_CROSSREF = ("message", "items")
_DBLP = ("result", "hits", "hit", "info")
_ENVELOPES = frozenset([*_OPENALEX, *_SEMANTIC_SCHOLAR, *_CROSSREF, *_DBLP])

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
    remarks: list[Remark] = field(default_factory=list)

    def remark(self, name: str, message: str, advice: str = "") -> None:
        """Remembers that something about a field is odd."""
        self.remarks.append(Remark(self.line, name, message, advice))

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
    """

    name: str
    title: str
    description: str
    read_work: Callable[[Mapping[str, Any], Place], Work | None]

    def works(self, reply: str) -> tuple[Work, ...]:
        """Returns the works in a reply.

        Raises:
            BroadsheetError: The reply isn't JSON, or it has something else than works.
        """
        try:
            found = self.read_works(reply, self.title).works
        except BroadsheetError as error:
            message = f"{self.title} sent an unreadable reply: {error.problems[0].message}"
            raise BroadsheetError(Problem(self.title, 0, "", message)) from error
        return tuple(replace(work, record=replace(work.record, line=0)) for work in found)

    def read_works(self, text: str, source: str) -> Works:
        """Returns the works in a text, and what is odd about them.

        Raises:
            BroadsheetError: The text isn't JSON, or it has something else than works.
        """
        works: list[Work] = []
        remarks: list[Remark] = []
        unknown: list[Problem] = []
        for line, value in located(text, source):
            if value is None:
                continue  # a paper that Semantic Scholar was asked for but doesn't have
            place = Place(source, line, remarks)
            if isinstance(value, dict) and kind_of(value) == self.name:
                work = self.read_work(value, place)
                works += [work] if work else []
            else:
                message = f"expected a work of {self.title}, found {quoted(str(value))}"
                place.remark("", message, "skipped")
                unknown.append(Problem(source, line, "", message))
        if unknown and not works:
            raise BroadsheetError(unknown[0])
        return Works(tuple(works), tuple(remarks))

    def importer(self) -> Importer:
        """Returns the importer for files with such works."""

        def read(text: str, source: str) -> Reading:
            return reading(self.name, source, self.read_works(text, source))

        return Importer(
            self.name, self.description, lambda text: service_of(text) == self.name, read
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


def located(text: str, source: str) -> Iterator[tuple[int, Any]]:
    """Yields the values in the envelopes of a JSON text, each with the line that it starts on.

    Raises:
        BroadsheetError: The text isn't JSON.
    """
    cursor = _Cursor(text.removeprefix("\ufeff"), source)
    try:
        while cursor.skip() < len(cursor.text):
            yield from cursor.values()
    except json.JSONDecodeError as error:
        message = f"invalid JSON: {error.msg[:1].lower()}{error.msg[1:]} in column {error.colno}"
        advice = "the file may be incomplete; save it again"
        raise BroadsheetError(Problem(source, error.lineno, "", message, advice)) from error
    except RecursionError as error:
        raise BroadsheetError(Problem(source, 0, "", "nested too deeply")) from error
    except ValueError as error:  # a number with thousands of digits
        raise BroadsheetError(Problem(source, 0, "", f"invalid JSON: {error}")) from error


class _Cursor:
    """A place in a JSON text, which moves on from value to value."""

    def __init__(self, text: str, source: str) -> None:
        self.text, self.source = text, source
        self.at = 0
        self._line, self._counted = 1, 0

    def skip(self) -> int:
        """Goes to the next character that isn't blank."""
        found = _SPACE.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return self.at

    def line(self) -> int:
        """Returns the line of the current place."""
        self._line += self.text.count("\n", self._counted, self.at)
        self._counted = self.at
        return self._line

    def take(self, char: str) -> bool:
        """Goes behind a character if it's the next one."""
        found = self.text.startswith(char, self.skip())
        self.at += found
        return found

    def expect(self, char: str) -> None:
        if not self.take(char):
            raise json.JSONDecodeError(f"Expecting {char!r}", self.text, self.at)

    def value(self) -> Any:
        """Returns the next value, whatever it is."""
        found, self.at = _DECODER.raw_decode(self.text, self.skip())
        return found

    def values(self) -> Iterator[tuple[int, Any]]:
        """Yields the next value, or what is in it if it's an envelope."""
        self.skip()
        line = self.line()
        if self.take("["):
            yield from self._items()
        elif self.take("{"):
            yield from self._members(line)
        else:
            yield line, self.value()

    def _items(self) -> Iterator[tuple[int, Any]]:
        if self.take("]"):
            return
        yield from self.values()
        while self.take(","):
            yield from self.values()
        self.expect("]")

    def _members(self, line: int) -> Iterator[tuple[int, Any]]:
        """Yields what is in an envelope, or the object itself if it's none."""
        found: dict[str, Any] = {}
        is_envelope = False
        more = not self.take("}")
        while more:
            key = self.value()
            if not isinstance(key, str):
                raise json.JSONDecodeError("Expecting a key in quotes", self.text, self.at)
            self.expect(":")
            if key in _ENVELOPES and self.text[self.skip() : self.at + 1] in ("[", "{"):
                is_envelope = True
                yield from self.values()
            else:
                found[key] = self.value()
            more = self.take(",")
            if not more:
                self.expect("}")
        if not is_envelope:
            yield line, found
