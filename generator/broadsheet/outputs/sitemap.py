"""The site map and robots.txt. A page's date is that of its content, never of the build."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from xml.etree.ElementTree import Element, SubElement, tostring

from broadsheet.base.addresses import Site, absolute, paper_url, week_url
from broadsheet.content.model import Corpus
from broadsheet.edition.chronology import UNDATED, chronology_of
from broadsheet.edition.lists import paper_lists

# More addresses, or 50 MB, are not read: https://www.sitemaps.org/protocol.html
SITEMAP_LIMIT = 50_000
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemap_files(
    pages: Iterable[str], days: Mapping[str, date], site: Site, limit: int = SITEMAP_LIMIT
) -> dict[str, bytes]:
    """sitemap.xml of all pages, or an index of parts, and robots.txt, which names it.

    `pages` are addresses of pages, `days` says when the content of a page last changed.
    """
    addresses = sorted(set(pages))
    parts = [addresses[at : at + limit] for at in range(0, len(addresses), limit)] or [[]]
    robots = f"User-agent: *\nAllow: /\n\nSitemap: {absolute(site, 'sitemap.xml')}\n"
    files = {"robots.txt": robots.encode()}
    if len(parts) == 1:
        return files | {"sitemap.xml": _pages(parts[0], days, site)}
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    files |= {name: _pages(part, days, site) for name, part in zip(names, parts, strict=True)}
    return files | {"sitemap.xml": _index(names, parts, days, site)}


def page_days(corpus: Corpus, authors_at_least: int) -> dict[str, date]:
    """The day on which the content of each page last changed, by address."""
    changes = chronology_of(corpus)
    days = {paper_url(slug): day for slug, day in changes.last.items()}
    days |= {
        papers.url: changes.latest(papers.papers)
        for papers in paper_lists(corpus, authors_at_least)
    }
    for issue in corpus.issues:
        page = week_url(issue.week)
        days[page] = max(issue.end, days.get(page, UNDATED))
    latest = max(days.values(), default=UNDATED)
    folders = ("weeks", "topics", "papers", "collections", "authors", "feeds", "data")
    lists = ("", *(f"{folder}/" for folder in folders))
    return {
        page: day for page, day in (days | dict.fromkeys(lists, latest)).items() if day > UNDATED
    }


def _pages(addresses: Sequence[str], days: Mapping[str, date], site: Site) -> bytes:
    root = Element("urlset", xmlns=_NAMESPACE)
    for address in addresses:
        _place(root, "url", absolute(site, address), days.get(address))
    return _document(root)


def _index(
    names: Sequence[str], parts: Sequence[Sequence[str]], days: Mapping[str, date], site: Site
) -> bytes:
    root = Element("sitemapindex", xmlns=_NAMESPACE)
    for name, part in zip(names, parts, strict=True):
        latest = max((days[address] for address in part if address in days), default=None)
        _place(root, "sitemap", absolute(site, name), latest)
    return _document(root)


def _place(parent: Element, name: str, address: str, day: date | None) -> None:
    place = SubElement(parent, name)
    SubElement(place, "loc").text = address
    if day:
        SubElement(place, "lastmod").text = day.isoformat()


def _document(root: Element) -> bytes:
    text: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"
