"""Parsing files of content: bytes become values of the model, or problems."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel

from broadsheet.base.encoding import decode, unique_keys
from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.base.identifiers import slug_of
from broadsheet.content import yaml_text
from broadsheet.content.model import Paper
from broadsheet.content.validation import validate
from broadsheet.content.yaml_text import LineOf

Model = TypeVar("Model", bound=BaseModel)

# A paper as JSON nests four levels deep.
MAX_JSON_DEPTH = 10


class PapersInLines(NamedTuple):
    """Papers in some lines of JSON.

    Attributes:
        lines: How many lines there are, including blank ones.
        papers: The papers, each with the number of its line (from 0).
    """

    lines: int
    papers: tuple[tuple[int, Paper], ...]


def parse_yaml(raw: bytes, file: str) -> tuple[Any, LineOf]:
    """Parses a YAML file.

    Args:
        raw: The content of the file.
        file: Its path, for problems.

    Returns:
        Its value, and a function that finds the lines of parts of the value.

    Raises:
        BroadsheetError: It isn't YAML as `yaml_text.parse` describes it.
    """
    text = decode(raw, file)
    return yaml_text.parse(text, file), yaml_text.Lines(text)


def value_in_yaml(
    raw: bytes, file: str, model: type[Model], given: Mapping[str, Any]
) -> Model | tuple[Problem, ...]:
    """Returns the value in a YAML file, or problems with it.

    Args:
        raw: The content of the file.
        file: Its path, for problems.
        model: The kind of value.
        given: Fields that come from the file's path.
    """
    try:
        value, line_of = parse_yaml(raw, file)
    except BroadsheetError as error:
        return error.problems
    return validate(model, value, file, line_of, given)


def papers_in_lines(
    raw: bytes, file: str, first_line: int
) -> tuple[PapersInLines, tuple[Problem, ...]]:
    """Returns the papers in some lines of JSON, and problems with lines.

    Args:
        raw: The lines.
        file: The path of the file, for problems.
        first_line: The number of the first line in the file.
    """
    papers: list[tuple[int, Paper]] = []
    problems: list[Problem] = []
    lines = raw.splitlines()
    for number, line in enumerate(lines):
        if not line.strip():
            continue
        found = _paper_in_line(line, file, first_line + number)
        if isinstance(found, tuple):
            problems += found
        else:
            papers.append((number, found))
    return PapersInLines(len(lines), tuple(papers)), tuple(problems)


def _paper_in_line(raw: bytes, file: str, number: int) -> Paper | tuple[Problem, ...]:
    advice = "write one JSON object per line"
    try:
        value = _json(decode(raw, file, number))
    except BroadsheetError as error:
        return error.problems
    except (ValueError, RecursionError) as error:
        too_deep = isinstance(error, RecursionError)
        what = "nested too deeply" if too_deep else getattr(error, "msg", error)
        return (Problem(file, number, "", f"invalid JSON: {what}", advice),)
    if value is None:
        return (Problem(file, number, "", "is null", advice),)
    if isinstance(value, dict) and "slug" not in value and value.get("title"):
        advice = f'add "slug": "{slug_of(str(value["title"]))}"'
        return (Problem(file, number, "slug", "'slug' is missing", advice),)
    return validate(Paper, value, file, lambda _: number)


def _json(text: str) -> Any:
    """Parses JSON. Numbers stay text, so that arXiv ids keep their zeros."""
    value = _JSON.decode(text)
    if text.count("[") + text.count("{") > yaml_text.MAX_DEPTH and _depth(value) > MAX_JSON_DEPTH:
        raise RecursionError
    return value


def _depth(value: Any) -> int:
    depth, level = 0, [value]
    while level:
        lists = [list(v.values()) if isinstance(v, dict) else v for v in level]
        level = [inner for values in lists if isinstance(values, list) for inner in values]
        depth += 1
    return depth


_JSON = json.JSONDecoder(parse_float=str, parse_int=str, object_pairs_hook=unique_keys)
