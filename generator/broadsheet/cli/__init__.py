"""The command line: it parses arguments, prints, and sets the exit code. Nothing else prints."""

from __future__ import annotations

import click

from broadsheet.cli.group import InOrder, commands_in

_COMMANDS = commands_in(
    {
        "new": "new.new_",
        "import": "importing.import_",
        "add": "adding.add_",
        "enrich": "enriching.enrich_",
        "pull": "pulling.pull_",
        "issue": "issues.issue_",
        "check": "checking.check",
        "write": "write.write_",
        "merge": "editing.merge_",
        "split": "editing.split_",
        "rename": "editing.rename_",
        "serve": "building.serve",
        "build": "building.build_",
        "deploy": "deploying.deploy_",
        "export": "export.export_",
        "newsletter": "newsletter.newsletter_",
        "mcp": "assisting.mcp_",
        "migrate": "migrating.migrate",
        "completion": "completion.completion",
    }
)


@click.group(
    cls=InOrder, commands=_COMMANDS, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(None, "-V", "--version", package_name="broadsheet")
def main() -> None:
    """Build a website from weekly lists of research papers.

    The content is in content/, the settings are in mkdocs.yml. To start, run `broadsheet new`,
    then `broadsheet import FILE` and `broadsheet serve`.
    """
