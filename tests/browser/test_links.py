"""Every internal link and anchor of the bundled site works."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

BASE = "https://papers.example/some/digest/"


class _Page(HTMLParser):
    """The ids of a page, and its links."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.ids |= {value for name, value in attrs if name in ("id", "name") and value}
        self.links += [str(found[name]) for name in ("href", "src") if found.get(name)]


def test_every_internal_link_and_anchor_resolves(bundled_site: Path) -> None:
    pages = {path: _Page(path.read_text("utf-8")) for path in sorted(bundled_site.rglob("*.html"))}
    assert len(pages) > 400
    broken = [line for path in pages for line in _broken(path, pages, bundled_site)]
    assert not broken, "\n".join(broken[:20])


def _broken(path: Path, pages: dict[Path, _Page], site: Path) -> Iterator[str]:
    here = urljoin(BASE, path.relative_to(site).as_posix().removesuffix("index.html"))
    for link in pages[path].links:
        target = urljoin(here, link)
        if not target.startswith(BASE):
            if urlsplit(target).netloc == urlsplit(BASE).netloc:
                yield f"{here}: {link} leads out of the site"
            continue
        parts = urlsplit(target)
        name = unquote(parts.path.removeprefix(urlsplit(BASE).path))
        file = site / name / "index.html" if name.endswith("/") or not name else site / name
        if not file.is_file():
            yield f"{here}: {link} is not there"
        elif parts.fragment and file in pages and parts.fragment not in pages[file].ids:
            yield f"{here}: {link} has no such anchor"
