"""The command line: it parses arguments, prints, and sets the exit code. Nothing else prints."""

from __future__ import annotations

import click

from broadsheet.cli.adding import add_
from broadsheet.cli.assisting import mcp_
from broadsheet.cli.building import build_, serve
from broadsheet.cli.checking import check
from broadsheet.cli.completion import completion
from broadsheet.cli.deploying import deploy_
from broadsheet.cli.editing import merge_, rename_, split_
from broadsheet.cli.enriching import enrich_
from broadsheet.cli.export import export_
from broadsheet.cli.importing import import_
from broadsheet.cli.issues import issue_
from broadsheet.cli.migrating import migrate
from broadsheet.cli.new import new_
from broadsheet.cli.newsletter import newsletter_
from broadsheet.cli.pulling import pull_
from broadsheet.cli.shared import InOrder
from broadsheet.cli.write import write_


@click.group(cls=InOrder, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(None, "-V", "--version", package_name="broadsheet")
def main() -> None:
    """Build a website from weekly lists of research papers.

    The content is in content/, the settings are in mkdocs.yml. To start, run `broadsheet new`,
    then `broadsheet import FILE` and `broadsheet serve`.
    """


for command in (
    new_,
    import_,
    add_,
    enrich_,
    pull_,
    issue_,
    check,
    write_,
    merge_,
    split_,
    rename_,
    serve,
    build_,
    deploy_,
    export_,
    newsletter_,
    mcp_,
    migrate,
    completion,
):
    main.add_command(command)
