"""The same documents for four search systems: ours, Pagefind, whole lunr and Material's.

Each gets a folder with a page whose script has `search_for(text)`. Its promise resolves to the
addresses of the first results as soon as their titles can be shown.
"""

from __future__ import annotations

import html
import importlib.util
import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import jinja2
from oracle import lunr_script, whole_index

from broadsheet.base.language import language_of
from broadsheet.base.markup import escape
from broadsheet.base.template_words import install_words
from broadsheet.outputs.browser import FOLDER, browser_files, start_path
from broadsheet.outputs.pages.kinds import KINDS
from broadsheet.outputs.saved_papers import NEWS_FILE, OFFLINE_FILE
from broadsheet.outputs.search import SearchDocument, build_search
from broadsheet.outputs.search.document import body_text, in_search_order

HERE = Path(__file__).parent
TEMPLATES = HERE.parents[1] / "site_templates"
PAGEFIND_VERSION = "1.6.0"
SYSTEMS = ("broadsheet", "pagefind", "lunr", "material")


def write_broadsheet(folder: Path, documents: Sequence[SearchDocument]) -> None:
    for name, content in build_search(documents).items():
        _write(folder / "search" / "index" / name, content)
    write_scripts(folder)
    style = TEMPLATES / "theme" / "assets" / "broadsheet" / "search.css"
    _write(folder / "search.css", style.read_bytes())
    _page(folder, _box(""), "search.css")
    page = '<div id="broadsheet-search"></div>' + _box("../", "search")
    _page(folder / "search", page, "../search.css", driver=False)
    _write(folder / "driver.js", (HERE / "drivers" / "broadsheet.js").read_bytes())
    # Scripts of every page ask for these. They have nothing to do with search, so they're small.
    _write(folder / NEWS_FILE, b'{"edition":"","added":{}}')
    _write(folder / OFFLINE_FILE, b"[]")


def _box(up: str, kind: str = "") -> str:
    """Returns the search box, and the element that loads all scripts of such a page."""
    environment = jinja2.Environment(autoescape=True)
    environment.filters["url"] = lambda path: up + path
    install_words(environment, language_of("en"), escape)
    partial = TEMPLATES / "theme" / "partials" / "broadsheet-search.html"
    page = {"url": "search/" if kind else ""}
    box = environment.from_string(partial.read_text("utf-8")).render(page=page)
    names = KINDS[kind].preload if kind else ()
    links = [f'<link rel="modulepreload" href="{up}{FOLDER}/{name}.js">' for name in names]
    return "".join([*links, box, f'<script type="module" src="{up}{start_path(kind)}"></script>'])


def write_pagefind(folder: Path, documents: Sequence[SearchDocument]) -> None:
    tools = folder.parent / "pagefind-tools"
    install_pagefind(tools)
    lines = folder.parent / "pagefind.jsonl"
    with lines.open("w", encoding="utf-8") as out:
        for document in in_search_order(documents):
            out.write(json.dumps({"url": f"/{document.url}", "content": _html(document)}) + "\n")
    paths = [HERE / "drivers" / "pagefind-build.mjs", tools, lines, folder / "pagefind"]
    subprocess.run(["node", *map(str, paths)], check=True, stdout=subprocess.DEVNULL)
    _write(folder / "driver.js", (HERE / "drivers" / "pagefind.js").read_bytes())
    _page(folder, "")


def install_pagefind(tools: Path) -> None:
    """Installs Pagefind from npm into `tools`, unless it's installed."""
    if (tools / "node_modules" / "pagefind").is_dir():
        return
    tools.mkdir(parents=True, exist_ok=True)
    (tools / "package.json").write_text('{"private": true}')
    install = ["npm", "install", "--silent", f"pagefind@{PAGEFIND_VERSION}"]
    subprocess.run(install, cwd=tools, check=True)


def _html(document: SearchDocument) -> str:
    facts = [*document.authors, *(name for _, name in document.topics), *document.ids]
    facts += [document.published or "", *document.weeks]
    return (
        '<html lang="en"><head><title>'
        f"{html.escape(document.title)}</title></head><body><main data-pagefind-body>"
        f"<h1>{html.escape(document.title)}</h1><p>{html.escape(', '.join(facts))}</p>"
        f"<p>{html.escape(body_text(document))}</p></main></body></html>"
    )


def write_lunr(folder: Path, documents: Sequence[SearchDocument]) -> None:
    ordered = in_search_order(documents)
    whole = whole_index(ordered).serialize() | {"pipeline": []}
    _write(folder / "whole.json", json.dumps(whole, separators=(",", ":")).encode())
    titles = [[document.url, document.title] for document in ordered]
    _write(folder / "titles.json", json.dumps(titles, ensure_ascii=False).encode())
    _write(folder / "lunr.js", lunr_script())
    _write(folder / "analysis.json", build_search(ordered[:1])["table.json"])
    write_scripts(folder)
    _write(folder / "driver.js", (HERE / "drivers" / "lunr.js").read_bytes())
    _page(folder, '<script src="lunr.js"></script>')


def write_material(folder: Path, documents: Sequence[SearchDocument]) -> None:
    """Writes Material's own worker, and the index that its plugin would write."""
    docs = [
        {"location": document.url, "title": document.title, "text": _material_text(document)}
        for document in in_search_order(documents)
    ]
    fields = {"title": {"boost": 1000.0}, "text": {"boost": 1.0}, "tags": {"boost": 1000000.0}}
    config = {
        "lang": ["en"],
        "separator": "[\\s\\-]+",
        "pipeline": ["stopWordFilter"],
        "fields": fields,
    }
    index = {"config": config, "docs": docs, "options": {"suggest": False}}
    content = json.dumps(index, separators=(",", ":"), ensure_ascii=False).encode()
    _write(folder / "search_index.json", content)
    shutil.copy(_material_worker(), folder / "worker.js")
    _write(folder / "driver.js", (HERE / "drivers" / "material.js").read_bytes())
    _page(folder, "")


def write_scripts(folder: Path) -> None:
    for name, content in browser_files(TEMPLATES / "browser").items():
        _write(folder / name, content)


def _material_text(document: SearchDocument) -> str:
    facts = [*document.authors, *(name for _, name in document.topics), *document.ids]
    facts += [document.published or "", *document.weeks]
    return f"<p>{html.escape(', '.join(facts))}</p><p>{html.escape(body_text(document))}</p>"


def _material_worker() -> Path:
    found = importlib.util.find_spec("material")
    assert found
    assert found.origin
    workers = Path(found.origin).parent / "templates" / "assets" / "javascripts" / "workers"
    return next(workers.glob("search.*.min.js"))


def _page(folder: Path, content: str, style: str = "", driver: bool = True) -> None:
    link = f'<link rel="stylesheet" href="{style}">' if style else ""
    script = '<script src="driver.js"></script>' if driver else ""
    page = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Search</title>'
        f'<link rel="icon" href="data:,">{link}</head><body>{content}{script}</body></html>'
    )
    _write(folder / "index.html", page.encode())


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


WRITERS = {
    "broadsheet": write_broadsheet,
    "pagefind": write_pagefind,
    "lunr": write_lunr,
    "material": write_material,
}
