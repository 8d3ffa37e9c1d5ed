"""The command `new`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from broadsheet.cli.json_shapes import CreatedSite, json_option
from broadsheet.cli.shared import errors, is_interactive, say, show_json
from broadsheet.site.new import (
    HOSTS,
    NewSite,
    host_for,
    name_for,
    new_project,
    valid_name,
    valid_url,
)
from broadsheet.site.project import shown_path


def _checked(valid: Callable[[str], str]) -> Callable[[str], str]:
    """Makes a message for people of what `valid` raises. In a question, click asks again."""

    def check(text: str) -> str:
        try:
            return valid(text)
        except ValueError as error:
            raise click.BadParameter(str(error)) from error

    return check


def _option(valid: Callable[[str], str]) -> Callable[..., str | None]:
    check = _checked(valid)
    return lambda _context, _option, text: None if text is None else check(text)


@click.command(
    "new",
    epilog="""\b
Example:
  broadsheet new my-digest --url https://you.github.io/my-digest/""",
)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=".")
@click.option("--name", metavar="TEXT", callback=_option(valid_name), help="The name of the site.")
@click.option(
    "--url",
    metavar="URL",
    callback=_option(valid_url),
    help="The URL of the published site. A path below a host works, too.",
)
@click.option(
    "--host",
    type=click.Choice(tuple(HOSTS)),
    help="Where to publish the site (default: the host of the URL, or github).",
)
@click.option("--bare", is_flag=True, help="Leave out the sample content.")
@json_option("Print the files as JSON, and ask nothing.", CreatedSite)
def new_(
    folder: Path, name: str | None, url: str | None, host: str | None, bare: bool, as_json: bool
) -> None:
    """Create a new site in FOLDER (default: the current folder).

    Writes settings, sample content, a README, pinned requirements, a workflow for the host, and
    schemas for editors. Asks for what the options don't say if it runs in a terminal. Existing
    files are never overwritten.
    """
    with errors():
        site = _asked(folder, name, url, host, bare, ask=is_interactive() and not as_json)
        written: list[str] = []
        for path in new_project(folder, site):
            written.append(shown_path(path))
            if not as_json:
                say(f"wrote {written[-1]}")
    if as_json:
        show_json(CreatedSite(written=tuple(written)))
        return
    there = "" if folder.resolve() == Path.cwd() else f"`cd {shown_path(folder)}` and "
    click.echo(f"Next, run {there}`broadsheet serve`. README.md says what to do each week.")


def _asked(
    folder: Path, name: str | None, url: str | None, host: str | None, bare: bool, *, ask: bool
) -> NewSite:
    """Returns the choices of the owner, after asking for those that no option has made."""
    suggested = name_for(folder.resolve())
    if not ask:
        chosen = url or ""
        return NewSite(name or suggested, chosen, host or host_for(chosen), sample=not bare)
    name = name or click.prompt(
        "Name of the site", default=suggested, value_proc=_checked(valid_name)
    )
    if url is None:
        url = click.prompt(
            "URL of the published site (press Enter if you don't know it yet)",
            default="",
            show_default=False,
            value_proc=_checked(valid_url),
        )
    host = host or click.prompt("Host", type=click.Choice(tuple(HOSTS)), default=host_for(url))
    return NewSite(name, url, host, sample=not bare)
