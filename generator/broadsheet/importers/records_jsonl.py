"""Importer for JSON Lines: each line is an object that describes one paper."""

from __future__ import annotations

import json
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Annotated, Any, NoReturn

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError

from broadsheet.base.encoding import unique_keys
from broadsheet.base.errors import Problem, sorted_problems, suggest, warning
from broadsheet.base.identifiers import has_lost_zero, is_slug, parse_week
from broadsheet.base.text import counted, shortened
from broadsheet.content.fields import Arxiv, Doi, Extra, Line, PartialDate, Text
from broadsheet.content.model import Links
from broadsheet.content.records import Record
from broadsheet.importers.csl_json import is_reference
from broadsheet.importers.forgiving import day_of, names_in, with_scheme
from broadsheet.importers.importer import Importer, Reading
from broadsheet.importers.lines import SHOWN_LENGTH, SourceLine, numbered_lines, quoted
from broadsheet.importers.own_export import is_export
from broadsheet.importers.repairs import visible
from broadsheet.importers.services.json_works import kind_of

NAME = "records"
_IDENTIFYING = ("title", "arxiv", "doi")
_IGNORED = frozenset(["key", "confidence", "note"])
_LINKS = frozenset(Links.model_fields)
_SKIPPED = "the record was skipped"
# What a key must hold, by the kind of Pydantic's error.
_EXPECTED = {
    "string_type": "text in quotes",
    "tuple_type": 'a list such as ["…", "…"]',
    "dict_type": 'an object such as {"Rating": "4"}',
    "model_type": 'an object such as {"code": "https://…"}',
}


def _clean(value: Any) -> Any:
    return visible(value) if isinstance(value, str) else value


def _number(value: Any) -> Any:
    """Accepts a whole number where text is expected, but not true, which Python considers one."""
    return str(value) if type(value) is int else value


def _names(value: Any) -> Any:
    """Accepts the names of authors in one text."""
    if not isinstance(value, str):
        return value
    names = names_in(visible(value))
    if names is None:
        advice = 'write a list such as ["…", "…"]'
        raise ValueError(f"can't tell the names in {quoted(value)}; {advice}")
    return names


def _facts(value: Any) -> Any:
    """Accepts numbers as the values of other facts."""
    if not isinstance(value, dict):
        return value
    return {_clean(name): _clean(_number(inner)) for name, inner in value.items()}


def _one_topic(value: Any) -> Any:
    """Accepts one topic that isn't in a list. A comma could separate topics or be part of one."""
    return [value] if isinstance(value, str) and not {",", ";"} & {*value} else value


def _issue(text: str) -> str:
    digest, slash, week = text.strip().rpartition("/")
    if not parse_week(week) or (slash and not is_slug(digest)):
        raise ValueError(f"{text!r} isn't an issue; write its ISO week, such as 2024-W12")
    return text.strip()


def _complete_id(arxiv: str) -> str:
    if has_lost_zero(arxiv):
        raise ValueError(f"{arxiv!r} is missing a digit; ids since 2015 end with five digits")
    return arxiv


_Clean = BeforeValidator(_clean)


class _JsonRecord(Links):
    """The keys that Broadsheet reads. Links can be at the top level or under `links`."""

    title: Annotated[Line, _Clean] | None = None
    title_in_source: Annotated[Line, _Clean] | None = None
    other_titles: tuple[Annotated[Line, _Clean], ...] = ()
    authors: Annotated[tuple[Annotated[Line, _Clean], ...], BeforeValidator(_names)] = ()
    arxiv: Annotated[Arxiv, AfterValidator(_complete_id)] | None = None
    doi: Doi | None = None
    published: Annotated[PartialDate, BeforeValidator(day_of), BeforeValidator(_number)] | None = (
        None
    )
    venue: Annotated[Line, _Clean] | None = None
    links: Links = Links()
    topics: Annotated[tuple[Annotated[Line, _Clean], ...], BeforeValidator(_one_topic)] = ()
    tldr: Annotated[Line, _Clean] | None = None
    summary: Annotated[Text, _Clean] | None = None
    abstract: Annotated[Text, _Clean] | None = None
    extra: Annotated[Extra, BeforeValidator(_facts)] = Field(default_factory=dict)
    issue: Annotated[Line, AfterValidator(_issue)] | None = None
    section: Annotated[Line, _Clean] | None = None
    number: Annotated[Line, BeforeValidator(_number)] | None = None
    collection: Annotated[Line, _Clean] | None = None


_COPIED = {
    *("title", "authors", "arxiv", "doi", "published"),
    *("venue", "tldr", "summary", "abstract", "extra"),
    *("issue", "section", "number", "collection"),
}
_KNOWN = frozenset(_JsonRecord.model_fields) | _IGNORED
# More characters than a record has.
_LONGEST = 4 * 1024 * 1024


class _InvalidRecordError(Exception):
    """A line can't be read as a record."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


def looks_like(text: str) -> bool:
    """Whether the first line is a JSON object that identifies a paper by our keys."""
    first = next((line.text for line in numbered_lines(text) if line.text.strip()), "")
    if not first.lstrip().startswith("{") or len(first) > _LONGEST:
        return False  # without reading a whole file that has only one line
    try:
        found = _loads(first)
    except (ValueError, RecursionError):
        return False
    return (
        isinstance(found, dict)
        and any(name in found for name in _IDENTIFYING)
        and kind_of(found) is None
        and not is_reference(found)
        and not is_export(found)
        and _has_our_form(found)
    )


def _has_our_form(fields: Mapping[str, Any]) -> bool:
    """Whether at least half of the keys are ours or nearly, and authors are texts as ours are."""
    authors = fields.get("authors")
    of_objects = isinstance(authors, list) and any(isinstance(name, dict) for name in authors)
    ours = sum(key in _KNOWN or bool(get_close_matches(key, _KNOWN, 1, 0.8)) for key in fields)
    return 2 * ours >= len(fields) and not of_objects


def read(text: str, source: str) -> Reading:
    """Reads the records of a text. Invalid lines become problems and are skipped."""
    records: list[Record] = []
    problems: list[Problem] = []
    unknown: dict[str, list[int]] = {}
    for line in numbered_lines(text):
        if not line.text.strip():
            continue
        try:
            fields = _object(line, source)
            for key in fields.keys() - _KNOWN:
                unknown.setdefault(key, []).append(line.number)
            records.append(_record(fields, line, source))
        except _InvalidRecordError as error:
            problems.append(error.problem)
    problems += [_unknown_key(key, lines, source) for key, lines in unknown.items()]
    return Reading(NAME, source, records=tuple(records), problems=sorted_problems(problems))


def _loads(text: str) -> Any:
    """Parses JSON with decimal numbers as text, because 2406.04520 is an arXiv id."""
    return json.loads(
        text, parse_float=str, parse_constant=_refuse_constant, object_pairs_hook=unique_keys
    )


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} isn't valid JSON")


def _object(line: SourceLine, source: str) -> dict[str, Any]:
    """Parses the object on a line and removes keys with the value null."""
    try:
        found = _loads(line.text)
        line.text.encode()
        json.dumps(found, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        message = f"invalid JSON: {error.msg[:1].lower()}{error.msg[1:]} in column {error.colno}"
        raise _unreadable(line, source, message) from error
    except UnicodeEncodeError as error:
        raise _unreadable(
            line, source, "contains a lone surrogate, which is half a character"
        ) from error
    except ValueError as error:
        raise _unreadable(line, source, str(error)) from error
    except RecursionError as error:
        raise _unreadable(line, source, "nested too deeply") from error
    if not isinstance(found, dict):
        raise _unreadable(line, source, f"isn't a JSON object: {quoted(line.text)}")
    return {key: value for key, value in found.items() if value is not None}


def _unreadable(line: SourceLine, source: str, message: str) -> _InvalidRecordError:
    advice = 'write one JSON object per line, such as {"title": "…", "arxiv": "2403.01234"}'
    return _InvalidRecordError(Problem(source, line.number, "", message, advice))


def _unknown_key(key: str, lines: list[int], source: str) -> Problem:
    times = f" in {counted(len(lines), 'record')}" if len(lines) > 1 else ""
    field, advice = shortened(key, SHOWN_LENGTH), suggest(key, _KNOWN)
    return warning(source, lines[0], field, f"unknown key, ignored{times}", advice)


def _record(fields: Mapping[str, Any], line: SourceLine, source: str) -> Record:
    known = {key: value for key, value in fields.items() if key in _JsonRecord.model_fields}
    known |= {name: with_scheme(known[name]) for name in _LINKS & known.keys()}
    if isinstance(known.get("links"), dict):
        known["links"] = {name: with_scheme(url) for name, url in known["links"].items()}
    try:
        valid = _JsonRecord.model_validate(known)
    except ValidationError as error:
        raise _InvalidRecordError(_invalid(error, line, source)) from error
    if not (valid.title or valid.arxiv or valid.doi):
        advice = f"add at least one of {', '.join(_IDENTIFYING)}"
        problem = Problem(source, line.number, "", "doesn't identify a paper", advice)
        raise _InvalidRecordError(problem)
    in_source = [valid.title_in_source] if valid.title_in_source else []
    return Record(
        source,
        line.number,
        other_titles=tuple(dict.fromkeys([*in_source, *valid.other_titles])),
        links=_links(valid, line, source),
        topics=tuple(dict.fromkeys(valid.topics)),
        **valid.model_dump(include=_COPIED),
    )


def _links(valid: _JsonRecord, line: SourceLine, source: str) -> dict[str, str]:
    nested = valid.links.named()
    top_level = valid.model_dump(include=set(_LINKS), exclude_none=True)
    for name in nested.keys() & top_level.keys():
        if nested[name] != top_level[name]:
            message = f"{name!r} and 'links.{name}' differ"
            raise _InvalidRecordError(
                Problem(source, line.number, name, message, f"remove one of them; {_SKIPPED}")
            )
    return {**top_level, **nested}


def _invalid(error: ValidationError, line: SourceLine, source: str) -> Problem:
    """Returns the first problem with a record."""
    first = error.errors(include_url=False, include_context=False)[0]
    field = ".".join(str(part) for part in first["loc"])
    message, _, advice = first["msg"].removeprefix("Value error, ").partition("; ")
    if first["type"] in _EXPECTED:
        message, advice = f"must be {_EXPECTED[first['type']]}", ""
    if first["type"] == "extra_forbidden":
        message, advice = "unknown kind of link", suggest(str(first["loc"][-1]), _LINKS)
    return Problem(source, line.number, field, message, f"{advice}; {_SKIPPED}".removeprefix("; "))


RECORDS = Importer(
    NAME,
    "JSON Lines, where each line is an object with at least a title, an arxiv id or a doi",
    looks_like,
    read,
)
