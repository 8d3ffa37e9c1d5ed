"""Rendering pages as HTML by templates, with everything that they print escaped."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import jinja2
from markupsafe import Markup

from broadsheet.base import markup
from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.base.language import ENGLISH, Language
from broadsheet.outputs.pages.kinds import KINDS
from broadsheet.outputs.pages.page import Page
from broadsheet.outputs.templates import Compiled, environment_of


def renderer(
    folder: Path,
    overrides: Path | None = None,
    language: Language = ENGLISH,
    known: Compiled | None = None,
) -> Callable[[Page], str]:
    """Returns a function that renders the content of a page.

    It raises BroadsheetError, with the line of the template, if one is missing or has an error.
    A template of a project that is named as in earlier versions raises it at once.

    Args:
        folder: The folder with the templates in "pages".
        overrides: A folder with templates that replace those of the same name.
        language: The language of the site's own words.
        known: Templates that are compiled already.
    """
    folders = [overrides] if overrides else []
    for old in sorted(overrides.glob("*.md.j2")) if overrides else ():
        advice = f"write it as HTML in {old.name.replace('.md.j2', '.html.j2')}"
        raise BroadsheetError(Problem(f"pages/{old.name}", 0, "", "isn't used any more", advice))
    environment = environment_of([*folders, folder / "pages"], language, markup.text, known)
    environment.globals["kinds"] = KINDS
    for name in ("inline", "blocks", "rich", "prose", "url", "code"):
        environment.filters[name] = getattr(markup, name)

    def render(page: Page) -> str:
        try:
            template = environment.get_template(f"{page.kind}.html.j2")
            return template.render(page=page, view=page.view, to=_linker(page.address))
        except jinja2.TemplateError as error:
            raise BroadsheetError(_problem(error, page)) from error

    return render


def _linker(page: str) -> Callable[[str], Markup]:
    """Returns a function that returns the value of `href` for links from a page.

    They lead to addresses of the site, or are URLs.
    """
    here = page.split("/")[:-1]
    ways = ["../" * steps for steps in range(len(here), -1, -1)]
    start = here[0] if here else ""

    def to(address: str) -> Markup:
        top = address.partition("/")[0]
        if ":" in top:
            return markup.url(address)
        if top != start:  # as most, and the way to all of them begins at the root
            return markup.url(ways[0] + address or "./")
        there = address.split("/")
        shared = 0
        for step, wanted in zip(here, there[:-1], strict=False):
            if step != wanted:
                break
            shared += 1
        return markup.url(ways[shared] + "/".join(there[shared:]) or "./")

    return to


# What Jinja says about "view.nope".
_NO_FIELD = re.compile(r"'[\w.]*?(?P<type>\w+) object' has no attribute '(?P<name>\w+)'")


def _problem(error: jinja2.TemplateError, page: Page) -> Problem:
    if isinstance(error, jinja2.TemplateNotFound):
        return Problem(f"pages/{error.name}", 0, "", "no such template")
    file, line = getattr(error, "name", None), getattr(error, "lineno", None)
    if line is None:
        file, line = _place_in_template(error)
    file = file or f"{page.kind}.html.j2"
    message, advice = f"{error.message or error}", ""
    if missing := _NO_FIELD.fullmatch(message):
        message = f"a {missing['type']} has no {missing['name']!r}"
        advice = "docs/reference/templates.md lists the fields of all views"
    return Problem(f"pages/{file}", line, "", f"{message} (page {page.address!r})", advice)


def _place_in_template(error: BaseException) -> tuple[str, int]:
    """Returns the innermost template in a traceback, which Jinja has rewritten, and its line."""
    file, line, trace = "", 0, error.__traceback__
    while trace:
        path = trace.tb_frame.f_code.co_filename
        if path.endswith(".j2"):
            file, line = Path(path).name, trace.tb_lineno
        trace = trace.tb_next
    return file, line
