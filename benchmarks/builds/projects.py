"""Writes corpora as projects, and the same papers as the sites that other tools build.

    python -m benchmarks.builds.projects SIZE FOLDER [--yaml]

writes only the project of that many papers, for example to profile a build.
"""

from __future__ import annotations

import argparse
import html
import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO

from benchmarks.builds.corpora import TOPICS, Value, corpus

from broadsheet.content.edit import add_keys
from broadsheet.content.model import Paper
from broadsheet.content.save import PAPER_KEYS, as_mapping, file_of
from broadsheet.content.yaml_text import dump, parse

_SITE = """\
site_name: {name}
site_description: Invented papers, to measure how long a site takes to build.
site_url: http://127.0.0.1:8000/
theme:
  name: material
  font: false
"""
_PROJECT = """\
docs_dir: content/pages
plugins: [broadsheet]
markdown_extensions: [attr_list, fenced_code, md_in_html, tables, toc]
validation:
  nav: {omitted_files: ignore}
  links: {unrecognized_links: ignore}
nav:
  - Home: index.md
  - Weeks: weeks/index.md
  - Topics: topics/index.md
  - Papers: papers/index.md
  - Trends: trends.md
  - Saved: saved.md
  - About: about.md
  - Feeds: feeds/index.md
  - Data: data/index.md
extra:
  broadsheet:
    digest: weekly
    digests: {weekly: The Weekly}
"""
# Without a menu of its own, MkDocs writes every page into the menu of every page.
_BARE = """\
validation:
  nav: {omitted_files: ignore}
nav:
  - Home: index.md
"""
_MARKDOWN = _PROJECT.replace("broadsheet]", "]").replace("content/pages", "docs")
_HUGO = """\
baseURL = "http://127.0.0.1:8000/"
title = "Bare pages"
disableKinds = ["taxonomy", "term", "RSS", "sitemap"]
"""
_HUGO_PAGE = """\
<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{{ .Title }}</title></head>
<body><header><a href="{{ site.Home.RelPermalink }}">{{ site.Title }}</a></header>
<main><h1>{{ .Title }}</h1>{{ .Content }}</main></body></html>
"""


def write_project(folder: Path, values: Iterable[Value], *, as_yaml: bool = False) -> None:
    """Writes a project: papers as JSON Lines, a file a year, or as a YAML file each."""
    content = folder / "content"
    _write(folder / "mkdocs.yml", _SITE.format(name="Invented papers") + _PROJECT)
    _write(content / "pages" / ".gitkeep", "")
    topics = {
        topic.slug: {"name": topic.name, "description": topic.description} for topic in TOPICS
    }
    _write(content / "topics.yml", dump(topics))
    (content / "papers").mkdir(parents=True, exist_ok=True)
    with ExitStack() as open_files:
        years: dict[str, IO[str]] = {}
        for value in values:
            if isinstance(value, Paper) and not as_yaml:
                year = (value.published or "undated")[:4]
                if year not in years:
                    path = content / "papers" / f"{year}.jsonl"
                    years[year] = open_files.enter_context(path.open("w", encoding="utf-8"))
                line = json.dumps({"slug": value.slug, **as_mapping(value)}, ensure_ascii=False)
                years[year].write(line + "\n")
            else:
                name, text = file_of(value)
                _write(content / name, text)


def retitle(folder: Path, ending: str) -> str:
    """Adds `ending` to the title of a paper in the middle of a project, and returns its slug."""
    files = sorted((folder / "content" / "papers").glob("*.*"))
    file = files[len(files) // 2]
    text = file.read_text("utf-8")
    if file.suffix == ".jsonl":
        lines = text.split("\n")
        middle = len(lines) // 2
        paper = json.loads(lines[middle])
        lines[middle] = json.dumps(paper | {"title": paper["title"] + ending}, ensure_ascii=False)
        file.write_text("\n".join(lines), "utf-8")
        return str(paper["slug"])
    title = parse(text, file.name)["title"] + ending
    file.write_text(add_keys(text, file.name, {"title": title}, PAPER_KEYS), "utf-8")
    return file.stem


def write_markdown_site(folder: Path) -> None:
    """Writes the settings of a site for MkDocs with Material from generated Markdown in docs/."""
    _write(folder / "mkdocs.yml", _SITE.format(name="Generated Markdown") + _MARKDOWN)


def write_bare_site(folder: Path, papers: Iterable[Paper]) -> None:
    """Writes a site for MkDocs with Material that shows a title, names and an abstract a page."""
    _write(folder / "mkdocs.yml", _SITE.format(name="Bare pages") + _BARE)
    _write(folder / "docs" / "index.md", "# Bare pages\n\nThere is a page for each paper.\n")
    for paper in papers:
        text = f"# {html.escape(paper.name)}\n\n{_body(paper)}"
        _write(folder / "docs" / "papers" / f"{paper.slug}.md", text)


def write_hugo_site(folder: Path, papers: Iterable[Paper]) -> None:
    """Writes the same pages for Hugo, with the smallest theme that shows them."""
    _write(folder / "config.toml", _HUGO)
    for name in ("single", "list"):
        _write(folder / "layouts" / "_default" / f"{name}.html", _HUGO_PAGE)
    _write(folder / "content" / "_index.md", '---\ntitle: "Bare pages"\n---\n')
    for paper in papers:
        text = f"---\ntitle: {json.dumps(paper.name)}\n---\n\n{_body(paper)}"
        _write(folder / "content" / "papers" / f"{paper.slug}.md", text)


def _body(paper: Paper) -> str:
    return html.escape(f"{', '.join(paper.authors)}\n\n{paper.abstract}\n", quote=False)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def papers(values: Iterable[Value]) -> Iterator[Paper]:
    return (value for value in values if isinstance(value, Paper))


def main() -> None:
    parser = argparse.ArgumentParser(description="Write a project of invented papers.")
    parser.add_argument("size", type=int, help="how many papers")
    parser.add_argument("folder", type=Path, help="where to")
    parser.add_argument("--yaml", action="store_true", help="a YAML file for each paper")
    given = parser.parse_args()
    write_project(given.folder, corpus(given.size), as_yaml=given.yaml)


if __name__ == "__main__":
    main()
