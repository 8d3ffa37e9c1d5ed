"""Checking the owner's pages and templates: all that could hang or crash MkDocs, or mislead it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path

import yaml
from mkdocs.config.defaults import MkDocsConfig
from yaml.nodes import MappingNode, ScalarNode

from broadsheet.base.encoding import decode
from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.content.yaml_text import nodes, yaml_problem
from broadsheet.site.docs_folder import collisions, file_problems, files_in, link_problems
from broadsheet.site.project import Project, shown_path
from broadsheet.site.settings_file import value_problems

# The front matter of a page as MkDocs finds it.
_FRONT_MATTER = re.compile(r"-{3}[ \t]*\n(.*?\n)(?:\.{3}|-{3})[ \t]*\n", re.DOTALL)
# Themes print these into the head of a page.
_IN_HEADS = ("title", "description", "author")


def check_handwritten(project: Project, config: MkDocsConfig) -> None:
    """Checks pages and templates.

    Raises:
        BroadsheetError: A file or its name isn't UTF-8 text, a folder contains itself, a link leads
            out of the project, two pages have one address, or front matter can't be read.
    """
    if problems := tuple(handwritten_problems(project, config)):
        raise BroadsheetError(*problems)


def handwritten_problems(project: Project, config: MkDocsConfig) -> Iterator[Problem]:
    """Yields problems with pages and templates."""
    docs = Path(config.docs_dir)
    links = list(link_problems(docs, project.root))
    yield from links
    if not links:  # which could be endless
        files = files_in(docs)
        yield from file_problems(docs, files)
        yield from collisions(docs, files, ())
    own = Path(config.theme.custom_dir) if config.theme.custom_dir else None
    for folder, pattern in ((docs, "*.md"), (project.template_overrides, "*.j2"), (own, "*.html")):
        for path in sorted(folder.rglob(pattern)) if folder else ():
            if path.is_file():
                yield from _text_problems(path, is_page=folder is docs)


def address_collisions(config: MkDocsConfig, generated: Collection[str]) -> Iterator[Problem]:
    """Yields hand-written pages at the address of a generated page that they don't replace.

    Args:
        config: The configuration of MkDocs.
        generated: The sources of generated pages.
    """
    docs = Path(config.docs_dir)
    yield from collisions(docs, files_in(docs), generated)


def _text_problems(path: Path, *, is_page: bool) -> Iterator[Problem]:
    try:
        shown = shown_path(path)
        text = decode(path.read_bytes(), shown)
    except BroadsheetError as error:
        yield from error.problems
        return
    if is_page and (match := _FRONT_MATTER.match(text)):
        yield from _front_matter_problems(match[1], shown)


def _front_matter_problems(text: str, shown: str) -> Iterator[Problem]:
    # A line break in place of the line "---" keeps the numbers of lines.
    text = f"\n{text}"
    try:
        root = nodes(text)
    except yaml.YAMLError as error:
        yield yaml_problem(error, text, shown)
        return
    if not isinstance(root, MappingNode):  # text between two lines
        return
    yield from value_problems(root, shown, with_names=False)
    for key, value in root.value:
        if key.value in _IN_HEADS and not isinstance(value, ScalarNode):
            line = value.start_mark.line + 1
            yield Problem(shown, line, key.value, "must be text", f"write `{key.value}: …`")
