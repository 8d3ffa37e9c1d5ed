"""Page values become Markdown. Templates loop and choose; what they print is escaped here."""

from __future__ import annotations

import functools
import posixpath
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from broadsheet.base import markup
from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.base.language import ENGLISH, Language
from broadsheet.outputs.pages.kinds import KINDS
from broadsheet.outputs.pages.page import Page, source_of
from broadsheet.outputs.templates import environment_of

_PATH = re.compile(r"([^#?]*)([#?]?)(.*)", re.DOTALL)


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
    for name in ("inline", "blocks", "rich", "url", "attribute", "code"):
        environment.filters[name] = getattr(markup, name)

    def render(page: Page) -> str:
        def to(address: str) -> Markup:
            return _link(page, address)

        def file(address: str) -> Markup:
            return markup.attribute(posixpath.relpath(address, page.address or "."))

        try:
            template = environment.get_template(f"{page.kind}.md.j2")
            body = template.render(page=page, view=page.view, to=to, file=file)
        except jinja2.TemplateError as error:
            raise BroadsheetError(_problem(error, page)) from error
        return f"{_front_matter(page)}\n{_tidy(body)}"

    return render


def _link(page: Page, address: str) -> Markup:
    """The target of a Markdown link from `page` to an address of the site or outside it."""
    if ":" in address.split("/", maxsplit=1)[0]:
        return markup.url(address)
    path, mark, rest = _PATH.fullmatch(address).groups()  # type: ignore[union-attr]
    target = source_of(path) if path.endswith("/") or not path else path
    return markup.url(f"{_relative(target, posixpath.dirname(page.source))}{mark}{rest}")


@functools.lru_cache(maxsize=100_000)
def _relative(target: str, folder: str) -> str:
    return posixpath.relpath(target, folder or ".")


def _front_matter(page: Page) -> str:
    fields: dict[str, Any] = {
        "title": page.title,
        "description": page.description,
        "kind": page.kind,
    }
    if page.edit:
        fields["content"] = page.edit
    # Generated pages have no table of contents; they stand in the menu or are found in lists.
    fields["hide"] = ["navigation", "toc"]
    return str(markup.front_matter(fields))


def _tidy(body: str) -> str:
    """Markdown with single blank lines, whatever the template's branches left."""
    lines: list[str] = []
    fenced = ""
    for line in body.splitlines():
        start = line.lstrip()
        if start.startswith("```"):
            ticks = start[: len(start) - len(start.lstrip("`"))]
            fenced = "" if fenced and len(ticks) >= len(fenced) else fenced or ticks
        if line.strip() or fenced or (lines and lines[-1]):
            lines.append(line.rstrip() if not fenced else line)
    return "\n".join(lines).rstrip() + "\n"


def _problem(error: jinja2.TemplateError, page: Page) -> Problem:
    if isinstance(error, jinja2.TemplateNotFound):
        return Problem(f"pages/{error.name}", 0, "", "there is no such template")
    file, line = getattr(error, "name", None), getattr(error, "lineno", None)
    if line is None:
        file, line = _place_in_template(error)
    file = file or f"{page.kind}.md.j2"
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
