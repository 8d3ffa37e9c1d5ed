"""The command line: arguments in, exit code out. The only part that prints."""

from __future__ import annotations

import click

from broadsheet.cli.building import build_, new, serve
from broadsheet.cli.content import check, import_
from broadsheet.cli.outgoing import export_, newsletter


class _InOrder(click.Group):
    """Lists its commands in the order in which one comes to need them."""

    def list_commands(self, _: click.Context) -> list[str]:
        return list(self.commands)


@click.group(cls=_InOrder, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(None, "-V", "--version", package_name="broadsheet")
def main() -> None:
    """A website from a weekly list of research papers.

    Content is read from content/, the site's settings from mkdocs.yml. Begin with `broadsheet
    new`, then `broadsheet import` a source, and `broadsheet serve`.
    """


for command in (new, import_, check, serve, build_, export_, newsletter):
    main.add_command(command)
