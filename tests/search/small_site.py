"""A site with nothing but search: the real partial, scripts, styles and index, on two pages."""

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import jinja2
from markupsafe import Markup

from broadsheet.outputs.search import SearchDocument, build_search

THEME = Path(__file__).parents[2] / "site_templates" / "theme"
STYLES = ("brand.css", "page.css", "papers.css", "search.css")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; font-src 'self'"
)
PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{{ title }}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
{% for name in styles %}<link rel="stylesheet" href="{{ ('assets/broadsheet/' ~ name) | url }}">
{% endfor %}</head>
<body class="bs-kind-own">
<header class="bs-header"><div class="bs-header__bar">
<a class="bs-brand" href="{{ '.' | url }}">Papers</a>
<div class="bs-header__search">{% include "partials/broadsheet-search.html" %}</div>
</div></header>
<main class="md-content md-typeset"><h1>{{ title }}</h1>{{ content }}</main>
</body></html>
"""


def write_site(
    folder: Path, documents: Sequence[SearchDocument], feeds: dict[str, str] | None = None
) -> None:
    """Writes the site; files that a former one left in the folder stay."""
    shutil.copytree(
        THEME / "assets" / "broadsheet", folder / "assets" / "broadsheet", dirs_exist_ok=True
    )
    write_index(folder, documents, feeds)
    _write_page(folder, "", "Home", "<p>Some text.</p>")
    _write_page(folder, "search/", "Search", '<div id="broadsheet-search"></div>')
    for document in documents[:200]:
        _write_page(folder, document.url, "A paper", "<p>About it.</p>")


def write_index(
    folder: Path, documents: Sequence[SearchDocument], feeds: dict[str, str] | None = None
) -> None:
    for name, content in build_search(documents, feeds).items():
        path = folder / "search" / "index" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _write_page(folder: Path, url: str, title: str, content: str) -> None:
    up = "../" * url.count("/")
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(THEME), autoescape=True)
    environment.filters["url"] = lambda path: up + path if path != "." else up or "."
    page = environment.from_string(PAGE).render(
        title=title,
        content=Markup(content),
        styles=STYLES,
        page=SimpleNamespace(url=url),
    )
    path = folder / url / "index.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page, "utf-8")


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of `folder`, served on this machine under a strict policy."""
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
