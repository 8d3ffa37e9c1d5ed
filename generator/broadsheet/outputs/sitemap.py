"""The site map and robots.txt. The date of a page is that of its content, not of the build."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from xml.etree.ElementTree import Element, SubElement, tostring

from broadsheet.base.addresses import Site, absolute, paper_url
from broadsheet.edition import Edition, Kind
from broadsheet.edition.chronology import UNDATED
from broadsheet.edition.corrections import issue_changed

# The limit of the protocol: https://www.sitemaps.org/protocol.html
SITEMAP_LIMIT = 50_000
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemap_files(
    pages: Iterable[str], days: Mapping[str, date], site: Site, limit: int = SITEMAP_LIMIT
) -> dict[str, bytes]:
    """Returns robots.txt and sitemap.xml, which may be an index of several files.

    Args:
        pages: The addresses of all pages.
        days: The days on which the content of pages last changed, by address.
        site: The site.
        limit: The maximum number of addresses in a file.
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


def page_days(edition: Edition) -> dict[str, date]:
    """Returns the day on which the content of each page last changed, by address."""
    days = {paper_url(slug): dates.changed for slug, dates in edition.dates.items()}
    lists = edition.lists_of(Kind.WEEK, Kind.TOPIC, Kind.COLLECTION, Kind.AUTHOR)
    days |= {papers.url: edition.changed(papers.papers) for papers in lists}
    for week in edition.weeks.values():
        days[week.url] = max(days.get(week.url, UNDATED), *map(issue_changed, week.issues))
    for page, digest in edition.digests.items():
        days[page] = max(issue.end for issue in edition.issues_of(digest))
    if edition.corrections:
        days["corrections/"] = edition.corrections[0].on
    latest = max(days.values(), default=UNDATED)
    folders = ("weeks", "topics", "papers", "collections", "authors", "feeds", "data")
    days |= dict.fromkeys(("", *(f"{folder}/" for folder in folders)), latest)
    return {page: day for page, day in days.items() if day > UNDATED}


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
