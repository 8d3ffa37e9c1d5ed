"""Where everything stands: addresses of pages and files, relative to the site's root.

Addresses of pages end in "/"; `absolute` makes them whole. Nothing here knows what a page holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlsplit


@dataclass(frozen=True)
class Site:
    """The site as the outside sees it.

    `url` ends with "/" and may have a path of its own. `identity` is the address that ids in
    feeds are made from; it stays when a site moves, so that readers do not see all papers again.
    """

    url: str
    name: str
    description: str = ""
    language: str = "en"
    identity: str = ""

    def __post_init__(self) -> None:
        for field in ("url", "identity"):
            address = getattr(self, field)
            # An old address is the same one with or without its last slash.
            if not address.endswith("/") and (address or field == "url"):
                object.__setattr__(self, field, address + "/")

    @property
    def host(self) -> str:
        return urlsplit(self.url).netloc.lower()


def absolute(site: Site, address: str) -> str:
    """The whole address of a page or file of the site; a whole address stays as it is."""
    if address.startswith(("https://", "http://")):
        return address
    return site.url + quote(address, safe="/#?=&:,.~+-_%")


def paper_url(slug: str) -> str:
    return f"papers/{slug}/"


def week_url(week: str) -> str:
    return f"weeks/{week}/"


def topic_url(slug: str) -> str:
    return f"topics/{slug}/"


def collection_url(slug: str) -> str:
    return f"collections/{slug}/"


def author_url(slug: str) -> str:
    return f"authors/{slug}/"


def search_url(query: str) -> str:
    """A search that is already asked, such as for an author without a page."""
    return f"search/?q={quote(query)}"


def twin_url(page: str) -> str:
    """The Markdown twin of a page: "papers/x/" has "papers/x/index.md"."""
    return f"{page}index.md"


def paper_api(slug: str) -> str:
    """The JSON of one paper, from which its page makes the downloads."""
    return f"api/v1/papers/{slug}.json"
