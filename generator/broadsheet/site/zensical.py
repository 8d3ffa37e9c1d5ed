"""Hand-written pages converted by Zensical, in Zensical's theme.

Zensical runs neither plugins of MkDocs nor templates of Jinja. So it gets the Markdown of pages,
and a template that prints what has become of them. Everything else happens as it does without
Zensical: the pages are filled into the same templates, now with those of Zensical's theme below.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any

import yaml
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from broadsheet.base.errors import BroadsheetError, Problem, warning
from broadsheet.base.files import FolderWriter
from broadsheet.outputs.pages import Plan
from broadsheet.site.pages import Html, anchors
from broadsheet.site.project import shown_path

_OF_MATERIAL = ("material", "templates")
_PAGE = "{{ {'content': page.content, 'toc': page.toc} | tojson }}"
_LINK = re.compile(r"[^\s()<>\[\]\"'#]+\.md\b")
_COLORS = re.compile(r"\x1b\[[0-9;]*m")
_ERROR = re.compile(r"^(?:RuntimeError: )?(?:Python error: )?(\w+: .+)$", re.MULTILINE)
_WARNING = re.compile(r"Warning: (.+)\n.*?\[ (.+):(\d+):\d+ \]")
_HEADING = re.compile(r"\s*<h1[^>]*>(.*?)</h1>", re.DOTALL)
_PERMALINK = re.compile(r'<a class="headerlink".*?</a>', re.DOTALL)
_TAG = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)
_PICTURE = re.compile(r'<img\b[^>]*?\balt="([^"]*)"[^>]*>')
# A build of a few pages takes a second.
_SECONDS = 600


class ZensicalPage(Page):
    """A hand-written page of MkDocs, whose content comes when all of them have been read."""

    is_converted = False

    def render(self, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002
        """Leaves the content empty until it's converted together with all others."""
        self.content, self.toc = "", get_toc([])


def use_zensical_theme(config: MkDocsConfig) -> None:
    """Puts Zensical's theme in the place of Material, which it comes from."""
    folder = str(import_module("zensical.config").get_theme_dir("zensical"))
    config.theme.dirs = [
        folder if Path(found).parts[-2:] == _OF_MATERIAL else found for found in config.theme.dirs
    ]


def generator() -> str:
    """Returns the name and version of Zensical."""
    return f"zensical-{version('zensical')}"


@dataclass(frozen=True)
class Zensical:
    """Converts all hand-written pages at once.

    Attributes:
        config: The configuration of MkDocs.
        files: Its files.
        plans: The generated pages, by the path of their Markdown.
        html: Returns the content of a generated page.
    """

    config: MkDocsConfig
    files: Files
    plans: Mapping[str, Plan]
    html: Html

    def convert(self) -> tuple[Problem, ...]:
        """Fills in the content of pages. Returns what Zensical warns about.

        Raises:
            BroadsheetError: Zensical failed.
        """
        pages = {
            file.src_uri: file.page
            for file in self.files.documentation_pages()
            if isinstance(file.page, ZensicalPage)
        }
        with tempfile.TemporaryDirectory(prefix="broadsheet-zensical-") as name:
            folder = Path(name)
            writer = FolderWriter(folder)
            for path, text in self._input(pages).items():
                writer.write(path, text.encode())
            said = self._run(folder)
            for source, page in pages.items():
                self._fill(page, folder / "site" / page.file.dest_uri, source)
        return tuple(self._problems(said, pages))

    def _input(self, pages: Mapping[str, ZensicalPage]) -> Mapping[str, str]:
        """Returns the files of a project for Zensical."""
        texts = {source: _below_front_matter(page) for source, page in pages.items()}
        linked = {path for source, text in texts.items() for path in linked_pages(source, text)}
        # Pages that exist only here, so that links to them aren't dead.
        stubs = {
            source: "\n".join(f'<div id="{name}"></div>' for name in self._anchors(source))
            for source in linked & (self.plans.keys() - texts.keys())
        }
        docs = {f"docs/{source}": text for source, text in {**texts, **stubs}.items()}
        return {**docs, "theme/main.html": _PAGE, "mkdocs.yml": self._settings()}

    def _anchors(self, source: str) -> list[str]:
        return sorted(anchors(self.html(self.plans[source].make())))

    def _settings(self) -> str:
        config = self.config
        extensions = [
            {name: config.mdx_configs.get(name, {})} for name in config.markdown_extensions
        ]
        links = config.validation.links
        settings = {
            "site_name": str(config.site_name),
            "site_url": config.site_url,
            "theme": {"name": "material", "custom_dir": "theme"},
            "plugins": {},
            "markdown_extensions": extensions,
            "validation": {
                "not_found": _validated(links.not_found),
                "anchors": _validated(links.anchors),
            },
        }
        # Settings of extensions may be functions. Zensical reads the same tags for them as MkDocs.
        return yaml.dump(settings, allow_unicode=True)

    def _run(self, folder: Path) -> str:
        """Runs Zensical, which starts threads, in a process of its own. Returns its messages."""
        file = str(folder / "mkdocs.yml")
        command = [sys.executable, "-P", "-m", "zensical", "build", "--config-file", file]
        try:
            done = subprocess.run(  # noqa: S603 - the Zensical that is installed
                command, capture_output=True, check=False, timeout=_SECONDS
            )
        except subprocess.TimeoutExpired as error:
            raise self._failure(f"took more than {_SECONDS} seconds") from error
        said = _COLORS.sub("", done.stderr.decode(errors="replace"))
        if done.returncode:
            raise self._failure((_ERROR.findall(said) or ["failed"])[-1])
        return said

    def _fill(self, page: ZensicalPage, path: Path, source: str) -> None:
        if not path.is_file():
            shown = shown_path(Path(self.config.docs_dir, source))
            raise BroadsheetError(Problem(shown, 0, "", "Zensical didn't convert this page"))
        found = json.loads(path.read_bytes())
        html = found["content"]
        page.toc = get_toc([_token(entry) for entry in found["toc"]])
        if heading := _HEADING.match(html):
            page._title_from_render = _title(heading[1])  # noqa: SLF001 - as MkDocs sets it
        page.is_converted = True
        page.content = self.config.plugins.on_page_content(
            html, page=page, config=self.config, files=self.files
        )

    def _problems(self, said: str, pages: Mapping[str, ZensicalPage]) -> Iterator[Problem]:
        for message, source, line in _WARNING.findall(said):
            if source in pages:
                shown = shown_path(Path(self.config.docs_dir, source))
                yield warning(shown, int(line), "", f"Zensical: {message}")

    def _failure(self, message: str) -> BroadsheetError:
        file = shown_path(Path(self.config.config_file_path))
        return BroadsheetError(Problem(file, 0, "", f"Zensical: {message}"))


def _below_front_matter(page: ZensicalPage) -> str:
    """Returns the Markdown of a page, with as many lines above it as in its file."""
    markdown, whole = page.markdown or "", page.file.content_string
    above = whole.removesuffix(markdown).count("\n") if whole.endswith(markdown) else 0
    return "\n" * above + markdown


def linked_pages(source: str, text: str) -> set[str]:
    """Returns the paths of Markdown files that a page may link to."""
    return {normpath(join(dirname(source), found)) for found in _LINK.findall(text)}


def _title(heading: str) -> str:
    """Returns a heading without tags, as MkDocs does, with the descriptions of pictures."""
    shown = _PICTURE.sub(r"\1", _PERMALINK.sub("", heading))
    return " ".join(_TAG.sub("", shown).split())


def _validated(level: int) -> str:
    """Returns whether a level of MkDocs is one that it warns at."""
    return "warn" if level >= 30 else "ignore"


def _token(entry: Mapping[str, Any]) -> Any:
    """Returns an entry of a table of contents as Python-Markdown has it."""
    children = [_token(child) for child in entry["children"]]
    return {**entry, "name": entry["title"], "children": children}
