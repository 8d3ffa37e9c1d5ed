"""Records as JSON Lines: on each line what somebody knows about one paper."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, NoReturn

from pydantic import AfterValidator, BeforeValidator, ValidationError

from broadsheet.base.errors import Problem, sorted_problems, suggest, warning
from broadsheet.base.identifiers import has_lost_zero
from broadsheet.content.model import Arxiv, Doi, Line, Links, PartialDate, Text
from broadsheet.content.records import Record
from broadsheet.importers.contract import Importer, Reading
from broadsheet.importers.lines import SourceLine, shortened
from broadsheet.importers.repairs import visible

NAME = "records"
_NAMING = ("title", "arxiv", "doi")
_IGNORED = frozenset(["key", "confidence", "note"])
_LINKS = frozenset(Links.model_fields)
_LEFT_OUT = "the record was left out"
# What pydantic calls by its own types, as a person writes it in JSON.
_WRONG_TYPES = {
    "string_type": "a text in quotes",
    "tuple_type": 'a list, like ["…", "…"]',
    "model_type": 'an object, like {"code": "https://…"}',
}


def _shown(value: Any) -> Any:
    return visible(value) if isinstance(value, str) else value


def _year(value: Any) -> Any:
    """A year may be written as a number; true is no year."""
    return str(value) if type(value) is int else value


def _whole_id(arxiv: str) -> str:
    if has_lost_zero(arxiv):
        raise ValueError(f"{arxiv!r} has lost a digit; since 2015 five digits follow the point")
    return arxiv


_Shown = BeforeValidator(_shown)


class _Written(Links):
    """What a line may say; links may stand beside the rest as well as under `links`."""

    title: Annotated[Line, _Shown] | None = None
    title_in_source: Annotated[Line, _Shown] | None = None
    other_titles: tuple[Annotated[Line, _Shown], ...] = ()
    authors: tuple[Annotated[Line, _Shown], ...] = ()
    arxiv: Annotated[Arxiv, AfterValidator(_whole_id)] | None = None
    doi: Doi | None = None
    published: Annotated[PartialDate, BeforeValidator(_year)] | None = None
    venue: Annotated[Line, _Shown] | None = None
    links: Links = Links()
    topics: tuple[Annotated[Line, _Shown], ...] = ()
    tldr: Annotated[Line, _Shown] | None = None
    summary: Annotated[Text, _Shown] | None = None
    abstract: Annotated[Text, _Shown] | None = None


_AS_WRITTEN = {
    *("title", "authors", "arxiv", "doi", "published"),
    *("venue", "tldr", "summary", "abstract"),
}
_KNOWN = frozenset(_Written.model_fields) | _IGNORED


class _RefusedError(Exception):
    """A line that is no record, with the problem that says why."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


def looks_like(text: str) -> bool:
    """The first line that holds something is a JSON object which names a paper."""
    first = next((line for line in text.removeprefix("\ufeff").split("\n") if line.strip()), "")
    try:
        found = _loads(first)
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and any(name in found for name in _NAMING)


def read(text: str, source: str) -> Reading:
    """The records of a text; a line that is none becomes a problem and is left out."""
    records: list[Record] = []
    problems: list[Problem] = []
    for line in _lines(text):
        try:
            written = _object(line, source)
            problems += _unknown_keys(written, line, source)
            records.append(_record(written, line, source))
        except _RefusedError as refused:
            problems.append(refused.problem)
    return Reading(NAME, source, records=tuple(records), problems=sorted_problems(problems))


def _lines(text: str) -> Iterator[SourceLine]:
    """Lines as they are: a JSON text must not be repaired before it is read."""
    unified = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    for number, line in enumerate(unified.split("\n"), start=1):
        if line.strip():
            yield SourceLine(number, line)


def _loads(text: str) -> Any:
    """JSON with every decimal number kept as it is written: 2406.04520 is an arXiv id."""
    return json.loads(
        text, parse_float=str, parse_constant=_no_constant, object_pairs_hook=_distinct
    )


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no value of JSON")


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    seen: dict[str, Any] = {}
    for key, value in pairs:
        if key in seen:
            raise ValueError(f"the key {key!r} is written twice")
        seen[key] = value
    return seen


def _object(line: SourceLine, source: str) -> dict[str, Any]:
    """The object on a line, without the keys whose value is null."""
    try:
        found = _loads(line.text)
        line.text.encode()
        json.dumps(found, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        what = f"is not JSON: {error.msg[:1].lower()}{error.msg[1:]} in column {error.colno}"
        raise _RefusedError(_broken(line, source, what)) from error
    except UnicodeEncodeError as error:
        raise _RefusedError(_broken(line, source, "holds half of a character")) from error
    except ValueError as error:
        raise _RefusedError(_broken(line, source, str(error))) from error
    except RecursionError as error:
        raise _RefusedError(_broken(line, source, "is nested too deeply")) from error
    if not isinstance(found, dict):
        raise _RefusedError(_broken(line, source, f"is no object: {shortened(line.text)!r}"))
    return {key: value for key, value in found.items() if value is not None}


def _broken(line: SourceLine, source: str, message: str) -> Problem:
    advice = 'write one object on the line, like {"title": "…", "arxiv": "2403.01234"}'
    return Problem(source, line.number, "", message, advice)


def _unknown_keys(written: Mapping[str, Any], line: SourceLine, source: str) -> Iterator[Problem]:
    for key in written:
        if key not in _KNOWN:
            what = "is not a known key and was passed over"
            yield warning(source, line.number, shortened(key), what, suggest(key, _KNOWN))


def _record(written: Mapping[str, Any], line: SourceLine, source: str) -> Record:
    kept = {key: value for key, value in written.items() if key in _Written.model_fields}
    try:
        valid = _Written.model_validate(kept)
    except ValidationError as error:
        raise _RefusedError(_invalid(error, line, source)) from error
    if not (valid.title or valid.arxiv or valid.doi):
        advice = f"give at least one of {', '.join(_NAMING)}"
        raise _RefusedError(Problem(source, line.number, "", "names no paper", advice))
    in_source = [valid.title_in_source] if valid.title_in_source else []
    return Record(
        source,
        line.number,
        other_titles=tuple(dict.fromkeys([*in_source, *valid.other_titles])),
        links=_links(valid, line, source),
        topics=tuple(dict.fromkeys(valid.topics)),
        **valid.model_dump(include=_AS_WRITTEN),
    )


def _links(valid: _Written, line: SourceLine, source: str) -> dict[str, str]:
    below = valid.links.named()
    beside = valid.model_dump(include=set(_LINKS), exclude_none=True)
    for name in below.keys() & beside.keys():
        if below[name] != beside[name]:
            what = f"{name!r} and 'links.{name}' are different addresses"
            raise _RefusedError(
                Problem(source, line.number, name, what, f"keep one of them; {_LEFT_OUT}")
            )
    return {**beside, **below}


def _invalid(error: ValidationError, line: SourceLine, source: str) -> Problem:
    """The first thing that does not fit, and what would."""
    first = error.errors(include_url=False, include_context=False)[0]
    field = ".".join(str(part) for part in first["loc"])
    message, _, advice = first["msg"].removeprefix("Value error, ").partition("; ")
    if first["type"] in _WRONG_TYPES:
        message, advice = f"must be {_WRONG_TYPES[first['type']]}", ""
    if first["type"] == "extra_forbidden":
        message, advice = "is no kind of link", suggest(str(first["loc"][-1]), _LINKS)
    return Problem(source, line.number, field, message, f"{advice}; {_LEFT_OUT}".removeprefix("; "))


RECORDS = Importer(
    NAME,
    "JSON Lines, on each line an object with at least a title, an arxiv id or a doi",
    looks_like,
    read,
)
