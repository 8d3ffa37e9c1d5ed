"""`content/imports.yml`: people's decisions about what the columns of their tables are.

A column is a column of a table, or a key of JSON objects ("paper.title" if it's inside others).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Annotated, Any

from pydantic import AfterValidator, Field, WithJsonSchema

from broadsheet.base.errors import Problem, suggest
from broadsheet.content import yaml_text
from broadsheet.content.edit_values import Edit, append_item, edited
from broadsheet.content.fields import Line
from broadsheet.content.model import Links
from broadsheet.content.parts import Value
from broadsheet.content.validation import validate
from broadsheet.content.yaml_text import LineOf

FILE = "imports.yml"
EXTRA, IGNORE = "extra", "ignore"
LINK_FIELDS = tuple(Links.model_fields)
# What a column can be, in the order in which papers have these fields.
FIELDS = (
    *("title", "other_titles", "authors", "arxiv", "doi", "published", "venue", "url"),
    *LINK_FIELDS,
    *("topics", "keywords", "tldr", "summary", "abstract"),
    *("issue", "section", "number", "collection", EXTRA, IGNORE),
)
IDENTIFYING = ("title", "arxiv", "doi", "url")


def known_field(name: str) -> str:
    """Returns the name of a field.

    Raises:
        ValueError: There is no such field.
    """
    if name not in FIELDS:
        raise ValueError(f"there is no field {name!r}; {suggest(name, FIELDS)}")
    return name


FieldName = Annotated[
    str, AfterValidator(known_field), WithJsonSchema({"type": "string", "enum": list(FIELDS)})
]


class KeptColumns(Value):
    """What the columns of some tables are. It's used for tables that have these columns.

    Attributes:
        source: The table that was imported when this was decided, for people.
        columns: The field of each column. `url` is any address of the paper, `keywords` are topics
            only if topics have them as names, `extra` keeps the column under its own name, and
            `ignore` doesn't read it.
    """

    source: Line | None = None
    columns: Annotated[Mapping[Line, FieldName], Field(min_length=1)]


@dataclass(frozen=True)
class ColumnChoices:
    """What people say about columns.

    Attributes:
        given: Fields with the names of their columns, as the command line has them.
        kept: What was decided in earlier imports.
    """

    given: tuple[tuple[str, str], ...] = ()
    kept: tuple[KeptColumns, ...] = field(default_factory=tuple)


NO_CHOICES = ColumnChoices()


def kept_for(
    names: Collection[str], kept: Iterable[KeptColumns], *, whole: bool = False
) -> KeptColumns | None:
    """Returns the decision about a table with some columns, if there is one.

    Args:
        names: The names of its columns.
        kept: All decisions.
        whole: Whether the decision must be about all columns. If not, and none is, it's the one
            about most of them.
    """
    found = {*names}
    about_all = [known for known in kept if found <= known.columns.keys()]
    if about_all or whole:
        return min(about_all, key=lambda known: len(known.columns), default=None)
    about_some = [known for known in kept if known.columns.keys() <= found]
    return max(about_some, key=lambda known: len(known.columns), default=None)


def read_kept_columns(
    value: Any, file: str, line_of: LineOf
) -> tuple[tuple[KeptColumns, ...], tuple[Problem, ...]]:
    """Returns the decisions in ``imports.yml`` and the problems with it.

    Args:
        value: The parsed file.
        file: Its path, for problems.
        line_of: Finds the line of a path of keys.
    """
    example = "write `- columns: {Titel: title, Rating: extra}`"
    if value is None:
        return (), ()
    if not isinstance(value, list):
        return (), (Problem(file, 1, "", "must be a list of tables", example),)
    kept: list[KeptColumns] = []
    problems: list[Problem] = []
    for index, fields in enumerate(value):
        found = validate(KeptColumns, fields, file, _below(line_of, index))
        if isinstance(found, tuple):
            problems += found
        elif not {*IDENTIFYING} & {*found.columns.values()}:
            message = f"no column is any of {', '.join(IDENTIFYING)}, so it identifies no paper"
            problems.append(Problem(file, line_of((index,)), f"[{index}]", message, example))
        else:
            kept.append(found)
    return tuple(kept), tuple(problems)


def _below(line_of: LineOf, index: int) -> LineOf:
    return lambda keys: line_of((index, *keys))


def _replaced(new: str, _: str) -> str:
    return new


def with_columns(text: str, file: str, source: str, columns: Mapping[str, str]) -> str:
    """Returns the text of ``imports.yml`` with a decision, which replaces that on the same columns.

    Args:
        text: The text of the file.
        file: Its path, for error messages.
        source: The table.
        columns: The field of each column.

    Raises:
        BroadsheetError: The file is laid out in a way that can't be edited safely.
    """
    known: Sequence[Any] = yaml_text.parse(text, file) or []
    for index, item in enumerate(known):
        if item["columns"].keys() == columns.keys():
            edits = [
                Edit((index, "columns", name), partial(_replaced, new))
                for name, new in columns.items()
                if item["columns"][name] != new
            ]
            return edited(text, file, edits)
    return append_item(text, file, {"source": source, "columns": dict(columns)})
