"""The command `completion`."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

_VARIABLE = "_BROADSHEET_COMPLETE"


@click.command(
    epilog="\b\nExamples:\n"
    "  broadsheet completion bash >> ~/.bashrc\n"
    "  broadsheet completion zsh >> ~/.zshrc\n"
    "  broadsheet completion fish > ~/.config/fish/completions/broadsheet.fish"
)
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print a script that completes commands in Bash, Zsh or fish.

    Save it where the shell finds it, as the examples do, and start a new shell.
    """
    found = get_completion_class(shell)
    assert found, "click supports these shells"
    click.echo(found(context.find_root().command, {}, "broadsheet", _VARIABLE).source())
