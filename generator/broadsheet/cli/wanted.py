"""Options that choose papers of a source."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import click

from broadsheet.base.identifiers import parse_partial_date
from broadsheet.importers import Wanted


def _conditions(
    _: click.Context, __: click.Parameter, values: tuple[str, ...]
) -> tuple[tuple[str, str], ...]:
    pairs = [(name.strip(), text.strip()) for name, _, text in (v.partition("=") for v in values)]
    for value, (name, text) in zip(values, pairs, strict=True):
        if not (name and text):
            message = f"{value!r} isn't a condition; write one like categories=cs.CL"
            raise click.BadParameter(message)
    return tuple(pairs)


def _date(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    if value and not parse_partial_date(value):
        raise click.BadParameter(f"{value!r} isn't a date; write one like 2024-11-01")
    return value


_OPTIONS = (
    click.option(
        "--since",
        metavar="DATE",
        callback=_date,
        help="Import only papers of this day, month or year, or later ones.",
    ),
    click.option(
        "--where",
        metavar="FIELD=TEXT",
        multiple=True,
        callback=_conditions,
        help="Import only papers with this text in a field: categories, authors, title, venue, or "
        "another one of the source. A * stands for any text. Of several texts for one field, one "
        "must fit.",
    ),
)


def wanted_options(command: Callable[..., None]) -> Callable[..., None]:
    """Adds the options to a command, which gets them as one value, `wanted`."""

    @functools.wraps(command)
    def with_wanted(
        *args: Any, where: tuple[tuple[str, str], ...], since: str | None, **options: Any
    ) -> None:
        command(*args, wanted=Wanted(where, since), **options)

    for option in _OPTIONS:
        with_wanted = option(with_wanted)
    return with_wanted
