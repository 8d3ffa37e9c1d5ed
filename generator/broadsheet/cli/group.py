"""Groups of commands, whose modules are imported when they're needed first."""

from __future__ import annotations

import io
import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

from broadsheet.base.lazy import Lazy


class InOrder(click.Group):
    """Lists commands in the order in which people need them, and prints to any terminal."""

    def main(self, *arguments: Any, **options: Any) -> Any:
        """Runs the command. Characters that the terminal doesn't have are printed as escapes."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")
        return super().main(*arguments, **options)

    def invoke(self, context: click.Context) -> Any:
        """Runs the command. An interruption that it doesn't handle, as it hasn't begun, ends it."""
        try:
            return super().invoke(context)
        except KeyboardInterrupt:
            click.echo("interrupted", err=True)
            sys.exit(130)

    def list_commands(self, _: click.Context) -> list[str]:
        """Returns the names of the commands in their order."""
        return list(self.commands)


def commands_in(places: Mapping[str, str]) -> Mapping[str, click.Command]:
    """Returns commands by name. The module of each is imported when it's needed first.

    Most of the time that a short command takes would be for importing those of others.

    Args:
        places: A module in this package and the name of the command in it, by the command's name,
            such as "building.build_".
    """

    def command(name: str) -> click.Command:
        module, _, attribute = places[name].partition(".")
        found: click.Command = getattr(import_module(f"broadsheet.cli.{module}"), attribute)
        return found

    return Lazy(places, command)
