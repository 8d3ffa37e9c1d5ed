"""`content/merges.yml`: people's decisions about which names mean the same paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from pydantic import ConfigDict

from broadsheet.base.errors import Problem
from broadsheet.base.identifiers import parse_arxiv, slug_of
from broadsheet.content.fields import Line
from broadsheet.content.model import Paper
from broadsheet.content.parts import Value
from broadsheet.content.validation import validate
from broadsheet.content.yaml_text import LineOf


class Decision(Value):
    """A decision that names mean the same paper, or different papers.

    A name is an arXiv id, a slug or a title.

    Attributes:
        same: Names of one paper.
        different: Names of papers that look alike but aren't the same.
        because: Why, for other people who read the file.
    """

    model_config = ConfigDict(
        json_schema_extra={"oneOf": [{"required": ["same"]}, {"required": ["different"]}]}
    )

    same: tuple[Line, ...] = ()
    different: tuple[Line, ...] = ()
    because: Line | None = None


@dataclass(frozen=True)
class MergeDecisions:
    """Pairs of names that mean the same paper, and pairs that mean different papers.

    A name is an arXiv id, a slug or the slug of a title. `lines` has the line of each pair that is
    the same.
    """

    same: frozenset[frozenset[str]] = frozenset()
    different: frozenset[frozenset[str]] = frozenset()
    lines: Mapping[frozenset[str], int] = field(default_factory=dict)


def name_key(name: str) -> str:
    """Returns a name in the form in which names are compared.

    That is an arXiv id without its version, or a slug.
    """
    return parse_arxiv(name) or slug_of(name)


def names_of(paper: Paper) -> set[str]:
    """Returns the names by which decisions can refer to a paper, apart from its titles."""
    return {paper.slug, *paper.aliases, *filter(None, (paper.arxiv,))}


def read_decisions(
    value: Any, file: str, line_of: LineOf
) -> tuple[MergeDecisions, tuple[Problem, ...]]:
    """Returns the decisions in ``merges.yml`` and the problems with it.

    Args:
        value: The parsed file.
        file: Its path, for problems.
        line_of: Finds the line of a path of keys.
    """
    if value is None:
        return MergeDecisions(), ()
    example = "write `- same: [a-slug, 2403.01234]` or `- different: [a-slug, b-slug]`"
    if not isinstance(value, list):
        return MergeDecisions(), (Problem(file, 1, "", "must be a list of decisions", example),)
    same: dict[frozenset[str], int] = {}
    different: set[frozenset[str]] = set()
    problems: list[Problem] = []
    for index, fields in enumerate(value):
        found = validate(Decision, fields, file, _below(line_of, index))
        if isinstance(found, tuple):
            problems += found
        elif bool(found.same) == bool(found.different) or len(found.same + found.different) < 2:
            message = "must have either `same` or `different` with at least two names"
            problems.append(Problem(file, line_of((index,)), f"[{index}]", message, example))
        else:
            same |= dict.fromkeys(_pairs(found.same), line_of((index,)))
            different |= _pairs(found.different)
    for pair in sorted(same.keys() & different, key=sorted):
        message = f"{' and '.join(sorted(pair))} are listed as both the same and different"
        problems.append(Problem(file, 1, "", message, "remove one of the two decisions"))
    return MergeDecisions(frozenset(same), frozenset(different), same), tuple(problems)


def _below(line_of: LineOf, index: int) -> LineOf:
    return lambda keys: line_of((index, *keys))


def _pairs(names: tuple[str, ...]) -> set[frozenset[str]]:
    return {frozenset(pair) for pair in combinations(map(name_key, names), 2)}
