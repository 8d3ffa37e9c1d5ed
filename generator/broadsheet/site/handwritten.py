"""Checking the owner's pages and templates for problems that would crash MkDocs or Jinja."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from broadsheet.base.encoding import decode
from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.site.project import Project, shown_path


def check_handwritten(project: Project, config: MkDocsConfig) -> None:
    """Checks pages and templates.

    Raises:
        BroadsheetError: A file or its name isn't UTF-8 text, or a folder contains itself.
    """
    problems = [
        *_link_cycles(Path(config.docs_dir)),
        *_unreadable(Path(config.docs_dir), "*.md"),
        *_unreadable(project.template_overrides, "*.j2"),
        *_unreadable(Path(config.theme.custom_dir) if config.theme.custom_dir else None, "*.html"),
    ]
    if problems:
        raise BroadsheetError(*problems)


def _unreadable(folder: Path | None, pattern: str) -> Iterator[Problem]:
    for path in sorted(folder.rglob(pattern)) if folder else ():
        name = shown_path(path)
        try:
            name.encode()
            if path.is_file():
                decode(path.read_bytes(), name)
        except UnicodeEncodeError:
            shown = name.encode(errors="backslashreplace").decode()
            yield Problem(shown, 0, "", "the file name isn't UTF-8 text", "rename the file")
        except BroadsheetError as error:
            yield from error.problems


def _link_cycles(docs: Path) -> Iterator[Problem]:
    """Reports links to a folder around them, which MkDocs would follow endlessly."""
    for path in sorted(docs.rglob("*")):
        if path.is_symlink() and path.is_dir():
            target = path.resolve()
            if path.parent.resolve().is_relative_to(target):
                message = f"is a link to {shown_path(target)}, which contains the link"
                yield Problem(shown_path(path), 0, "", message, "remove the link")
