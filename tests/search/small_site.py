"""A site with nothing but search: the real partial, scripts, styles and index on two pages."""

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import jinja2
from markupsafe import Markup, escape
from ranges import SendsParts

from broadsheet.base.language import language_of
from broadsheet.base.template_words import install_words
from broadsheet.outputs.browser import FOLDER, single_modules
from broadsheet.outputs.search import SearchDocument, build_search

THEME = Path(__file__).parents[2] / "site_templates" / "theme"
SCRIPTS = THEME.parent / "browser"
SHEETS = ("brand", "page", "header", "type", "papers", "search-box", "search")
STYLES = tuple(f"{name}.css" for name in SHEETS)
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; font-src 'self'"
)
PAGE = """<!doctype html>
<html lang="{{ language }}">
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
{% for path in scripts %}<script type="module" src="{{ path | url }}"></script>
{% endfor %}</body></html>
"""


def write_site(
    folder: Path,
    documents: Sequence[SearchDocument],
    feeds: dict[str, str] | None = None,
    language: str = "en",
) -> None:
    """Writes the site. Keeps other files that are in the folder."""
    shutil.copytree(
        THEME / "assets" / "broadsheet", folder / "assets" / "broadsheet", dirs_exist_ok=True
    )
    write_scripts(folder)
    write_index(folder, documents, feeds, language)
    _write_page(folder, "", "Home", "<p>Some text.</p>", language)
    _write_page(folder, "search/", "Search", '<div id="broadsheet-search"></div>', language)
    for document in documents[:200]:
        _write_page(folder, document.url, "A paper", "<p>About it.</p>", language)


def write_scripts(folder: Path) -> None:
    """Writes the scripts of search, each by itself. A package.json tells Node.js what they are."""
    _write(folder, single_modules(SCRIPTS))
    (folder / "package.json").write_text('{"type": "module"}')


def write_index(
    folder: Path,
    documents: Sequence[SearchDocument],
    feeds: dict[str, str] | None = None,
    language: str = "en",
) -> None:
    _write(folder / "search" / "index", build_search(documents, feeds, language))


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _write_page(folder: Path, url: str, title: str, content: str, language: str) -> None:
    up = "../" * url.count("/")
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(THEME), autoescape=True)
    install_words(environment, language_of(language), escape)
    environment.filters["url"] = lambda path: up + path if path != "." else up or "."
    page = environment.from_string(PAGE).render(
        title=title,
        language=language,
        content=Markup(content),
        styles=STYLES,
        scripts=_scripts_of("search" if url == "search/" else ""),
        page=SimpleNamespace(url=url),
    )
    path = folder / url / "index.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page, "utf-8")


def _scripts_of(kind: str) -> list[str]:
    """Only the scripts of search. Others need files that this site doesn't have."""
    page = (f"{FOLDER}/search/page.js",) if kind == "search" else ()
    return [f"{FOLDER}/search/box.js", *page]


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files with a strict Content-Security-Policy."""

    def log_message(self, *args: object) -> None:
        pass

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()


class _Host(Quiet, SendsParts):
    pass


@contextmanager
def served(folder: Path, handler: type[Quiet] = _Host) -> Iterator[str]:
    """Serves `folder` and yields its address."""
    make = functools.partial(handler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), make) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
