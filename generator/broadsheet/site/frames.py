"""The frames of pages: what the theme puts around the content of a generated page.

Pages of the same kind have the same frame except for a few texts. So the theme's templates are
rendered once for each kind, with marks in the places of those texts, and the texts of each page
are filled in. That gives the same bytes as rendering them for each page.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jinja2
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import get_toc

from broadsheet.base.markup import escaped_fields
from broadsheet.base.reads import VALUE
from broadsheet.outputs.pages import Page, source_of
from broadsheet.outputs.templates import templates_folder
from broadsheet.site.pages import fields_of
from broadsheet.site.shown_settings import shown_settings
from broadsheet.site.traced import Sources

# No page has it in its own texts. It consists of letters only, so that nothing changes it.
_MARK = "qzbroadsheet"
_MARKS = re.compile(f"{_MARK}(title|description|edit|content|end|address)(?:/{_MARK}address)*")
_HEADING = "<h1"

# What MkDocs does for each page.
_PAGE_EVENTS = (
    "pre_page",
    "page_read_source",
    "page_markdown",
    "page_content",
    "page_context",
    "post_page",
)
_LISTS_PAGES = re.compile(r"\bpages\b")

# What the frame of a page depends on, apart from the texts filled in.
FrameKey = tuple[str, ...]


class Frames:
    """The frames of all generated pages, each made when it's needed first."""

    def __init__(
        self,
        config: MkDocsConfig,
        files: Files,
        nav: Navigation,
        env: jinja2.Environment,
        sources: Sources,
    ) -> None:
        """Keeps what MkDocs renders templates with, after plugins have changed it."""
        self._reads = sources.reads
        self._config, self._files, self._nav = config, files, nav
        self._shown = shown_settings(config)
        self._template = env.get_template("main.html")
        self._documents = files.documentation_pages()
        # Pages beside a page in the menu link to it in another way than others of their kind.
        self._menu = {_top(page.url) for page in nav.pages}
        # A project's own templates can show anything of a page.
        self._is_exact = bool(own_templates(config))
        self._made: dict[FrameKey, list[str]] = {}
        sources.states("frames", self.state)

    def key(self, page: Page, edit: str | None) -> FrameKey:
        """Returns what the frame of a page depends on. `edit` is the address of its source."""
        given = (page.kind, str(bool(page.description)), str(bool(edit)))
        folder, depth = page.address.partition("/")[0], page.address.count("/")
        if depth < 2 or _top(page.address) in self._menu:
            return (page.address, *given)
        marks = [f"{_MARK}address"] * (depth - 1)
        return ("/".join([folder, *marks, ""]), *given)

    def state(self, key: FrameKey) -> bytes:
        """Returns a hash of a frame. If templates can show anything, it's always different."""
        if self._is_exact:
            return os.urandom(16)
        return hashlib.sha256(repr(self._frame(key)).encode()).digest()

    def html(self, page: Page, content: str, head: str, edit: str | None) -> str:
        """Returns the HTML of a page.

        Args:
            page: The page.
            content: Its content.
            head: What its head has in addition to what the theme puts there.
            edit: The address of its source, or None.
        """
        fields = escaped_fields(fields_of(page))
        key = self.key(page, edit)
        self._reads.seen.add(("frames", VALUE, key))
        # The menu may show the title of a page, and escapes it again.
        is_simple = _HEADING in content and (_MARK in key[0] or fields["title"] == page.title)
        if self._is_exact or not is_simple:
            text = self._rendered(page.source, fields, content, edit)
            return text.replace("</head>", f"{head}</head>", 1)
        texts = {
            "title": fields["title"],
            "description": fields["description"],
            "edit": edit or "",
            "content": content,
            "end": head,
            "address": page.address.partition("/")[2].rstrip("/"),
        }
        return "".join(
            texts[piece] if number % 2 else piece for number, piece in enumerate(self._frame(key))
        )

    def _frame(self, key: FrameKey) -> list[str]:
        """Returns the texts of a frame, and between them the names of what is filled in."""
        if key not in self._made:
            self._made[key] = _MARKS.split(self._marked(*key))
        return self._made[key]

    def _marked(self, address: str, kind: str, description: str, edit: str) -> str:
        """Returns a frame with marks."""
        fields = {
            "title": f"{_MARK}title",
            "description": f"{_MARK}description" if description == str(True) else "",
            "kind": kind,
        }
        content = f"{_HEADING}{_MARK}content"
        edit_link = f"{_MARK}edit" if edit == str(True) else None
        text = self._rendered(source_of(address), fields, content, edit_link)
        text = text.replace(content, f"{_MARK}content")
        return text.replace("</head>", f"{_MARK}end</head>", 1)

    def _rendered(
        self, source: str, fields: Mapping[str, Any], content: str, edit: str | None
    ) -> str:
        """Renders the theme's template as MkDocs does it."""
        file = self._files.src_uris.get(source)
        if file is None:
            file = File.generated(self._config, source, content="")
        page = file.page or MkDocsPage(None, file, self._config)
        before = dict(vars(page))
        page.meta, page.content, page.toc = dict(fields), content, get_toc([])
        page.edit_url, page.active = edit, True
        context = get_context(self._nav, self._documents, self._shown, page)
        text = self._template.render(context)
        page.active = False
        vars(page).update(before)
        return text


def own_templates(config: MkDocsConfig) -> list[Path]:
    """Returns the project's own templates for the theme, if they are different from ours."""
    if not config.theme.custom_dir:
        return []
    folder, ours = Path(config.theme.custom_dir), templates_folder() / "theme"
    return [path for path in sorted(folder.rglob("*.html")) if not _same(path, ours, folder)]


def _same(path: Path, ours: Path, folder: Path) -> bool:
    other = ours / path.relative_to(folder)
    return other.is_file() and other.read_bytes() == path.read_bytes()


def _top(address: str) -> str:
    """Returns the first two parts of an address."""
    return "/".join(address.split("/")[:2])


def can_write_pages(config: MkDocsConfig, plugin: object) -> bool:
    """Whether nobody else needs to see the generated pages while MkDocs builds them."""
    handlers = (handler for event in _PAGE_EVENTS for handler in config.plugins.events[event])
    # Without a menu of its own, MkDocs puts all pages into it. Templates may list all pages, too.
    return (
        config.nav is not None
        and not (config.exclude_docs or config.draft_docs or config.extra_templates)
        and not any(_LISTS_PAGES.search(p.read_text("utf-8")) for p in own_templates(config))
        and all(getattr(handler, "__self__", None) is plugin for handler in handlers)
    )
