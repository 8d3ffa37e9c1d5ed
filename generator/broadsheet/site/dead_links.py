"""Links of hand-written pages that lead nowhere in the site.

Zensical finds those to other pages, and MkDocs finds all. With Zensical, every relative link starts
from the file of its page; with MkDocs, those that aren't to files start from the page's address. So
without a warning, a change of engine could break links.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from posixpath import basename, dirname, join, normpath
from urllib.parse import unquote, urlsplit

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from broadsheet.base.errors import Problem, warning
from broadsheet.site.project import shown_path
from broadsheet.site.zensical import ZensicalPage, linked_pages

_TARGET = re.compile(r'<[^<>]+?\s(?:href|src)="([^"<>]+)"')
_ADVICE = "relative links start from the file that they are in; correct the path"


def dead_links(
    config: MkDocsConfig, files: Files, exists: Callable[[str], bool]
) -> Iterator[Problem]:
    """Yields the dead links of pages that Zensical has converted.

    Args:
        config: The configuration of MkDocs.
        files: Its files.
        exists: Whether the site has a file at a path.
    """
    for file in files.documentation_pages():
        page = file.page
        if not isinstance(page, ZensicalPage):
            continue
        known = {_file_of(source) for source in linked_pages(file.src_uri, page.markdown or "")}
        for target in dict.fromkeys(_TARGET.findall(page.content or "")):
            path = _path(page.url, target)
            if path and path not in known and not exists(path) and not exists(f"{path}/index.html"):
                message = f"links to {path}, which isn't in the site"
                yield warning(
                    shown_path(Path(config.docs_dir, file.src_uri)), 0, "", message, _ADVICE
                )


def _path(address: str, target: str) -> str:
    """Returns the path of the file that a link leads to, or "" if it leads elsewhere."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return ""
    if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
        return ""
    path = normpath(join(address, unquote(parts.path)))
    if path.startswith(".."):
        return ""
    return normpath(f"{path}/index.html") if parts.path.endswith("/") else path


def _file_of(source: str) -> str:
    """Returns the path of the page that is made from a Markdown file."""
    is_index = basename(source) in ("index.md", "README.md")
    return join(dirname(source) if is_index else source.removesuffix(".md"), "index.html")
