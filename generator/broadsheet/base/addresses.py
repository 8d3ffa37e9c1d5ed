"""Addresses of pages and files, relative to the site's root.

Page addresses end with "/". `absolute` turns any of them into a full URL. Nothing here knows what
is on a page.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

from broadsheet.base.brand import Brand
from broadsheet.base.language import Language, language_of

# What `quote` does to each character of ASCII. Looking it up here is faster.
_QUOTED = {number: quote(chr(number)) for number in range(128)}


@dataclass(frozen=True)
class Site:
    """The site as seen from outside.

    Attributes:
        url: The site's URL, which ends with "/" and may include a path.
        name: The name of the site.
        description: What the site is about, in one sentence.
        language: The language of the site as a BCP 47 tag.
        identity: The URL that feed ids are made from. It stays the same when a site moves, so
            that feed readers don't show every paper again.
        brand: The site's colors.
    """

    url: str
    name: str
    description: str = ""
    language: str = "en"
    identity: str = ""
    brand: Brand = field(kw_only=True)

    def __post_init__(self) -> None:
        for name in ("url", "identity"):
            address = getattr(self, name)
            # People write URLs with or without the final slash and mean the same.
            if not address.endswith("/") and (address or name == "url"):
                object.__setattr__(self, name, address + "/")

    @property
    def words(self) -> Language:
        """The language that the site's own words are in."""
        return language_of(self.language)

    @property
    def host(self) -> str:
        """The host name in lowercase, with the port if the URL has one."""
        return urlsplit(self.url).netloc.lower()


def absolute(site: Site, address: str) -> str:
    """Returns the full URL of a page or file on the site. Full URLs are returned unchanged."""
    if address.startswith(("https://", "http://")):
        return address
    return site.url + quote(address, safe="/#?=&:,.~+-_%")


def paper_url(slug: str) -> str:
    """Returns the address of a paper's page."""
    return f"papers/{slug}/"


def week_url(week: str) -> str:
    """Returns the address of a week's page; `week` looks like "2024-W12"."""
    return f"weeks/{week}/"


def digest_url(slug: str) -> str:
    """Returns the address of a digest's page."""
    return f"digests/{slug}/"


def topic_url(slug: str) -> str:
    """Returns the address of a topic's page."""
    return f"topics/{slug}/"


def collection_url(slug: str) -> str:
    """Returns the address of a collection's page."""
    return f"collections/{slug}/"


def author_url(slug: str) -> str:
    """Returns the address of an author's page."""
    return f"authors/{slug}/"


def month_url(month: str) -> str:
    """The address of a month ("2024-03"), a year ("2024") or "undated"."""
    return f"archive/{month}/"


def search_url(query: str) -> str:
    """Returns the address of the search page with a query filled in."""
    return f"search/?q={query.translate(_QUOTED) if query.isascii() else quote(query)}"


def twin_url(page: str) -> str:
    """Returns the address of a page's Markdown twin: "papers/x/index.md" for "papers/x/"."""
    return f"{page}index.md"


def paper_api(slug: str) -> str:
    """Returns the address of a paper's JSON file, which its page makes downloads from."""
    return f"api/v1/papers/{slug}.json"
