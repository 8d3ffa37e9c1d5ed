"""Views become HTML. Templates loop and choose; what they print is escaped here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import jinja2
from markupsafe import Markup

from broadsheet.base import markup
from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.base.language import ENGLISH, Language
from broadsheet.outputs.pages.kinds import KINDS
from broadsheet.outputs.pages.page import Page
from broadsheet.outputs.templates import environment_of


def renderer(
    folder: Path, overrides: Path | None = None, language: Language = ENGLISH
) -> Callable[[Page], str]:
    """A function that renders pages in a language with the templates of `folder`/pages.

    Templates of the same name in `overrides` come first. Raises BroadsheetError, with the
    template's line, when one is missing or broken.
    """
    folders = [overrides] if overrides else []
    environment = environment_of([*folders, folder / "pages"], language, markup.text)
    environment.globals["kinds"] = KINDS
    for name in ("inline", "blocks", "rich", "url", "code"):
        environment.filters[name] = getattr(markup, name)

    def render(page: Page) -> str:
        def to(address: str) -> Markup:
            return _link(page, address)

        try:
            template = environment.get_template(f"{page.kind}.html.j2")
            return template.render(page=page, view=page.view, to=to)
        except jinja2.TemplateError as error:
            raise BroadsheetError(_problem(error, page)) from error

    return render


def _link(page: Page, address: str) -> Markup:
    """The value of `href` for a link from `page` to an address of the site or outside it."""
    if ":" in address.split("/", maxsplit=1)[0]:
        return markup.url(address)
    return markup.url("../" * page.address.count("/") + address or "./")


def _problem(error: jinja2.TemplateError, page: Page) -> Problem:
    if isinstance(error, jinja2.TemplateNotFound):
        return Problem(f"pages/{error.name}", 0, "", "there is no such template")
    file, line = getattr(error, "name", None), getattr(error, "lineno", None)
    if line is None:
        file, line = _place_in_template(error)
    file = file or f"{page.kind}.html.j2"
    return Problem(f"pages/{file}", line, "", f"{error.message or error} (page {page.address!r})")


def _place_in_template(error: BaseException) -> tuple[str, int]:
    """The innermost template and its line in a traceback that Jinja has rewritten."""
    file, line, trace = "", 0, error.__traceback__
    while trace:
        path = trace.tb_frame.f_code.co_filename
        if path.endswith(".j2"):
            file, line = Path(path).name, trace.tb_lineno
        trace = trace.tb_next
    return file, line
