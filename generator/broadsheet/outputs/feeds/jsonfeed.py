"""JSON Feed 1.1 (jsonfeed.org)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from broadsheet.base.addresses import Site, absolute
from broadsheet.outputs.feeds import Feed, FeedEntry


def json_feed(feed: Feed, site: Site) -> bytes:
    """Returns a feed as a JSON Feed document."""
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": absolute(site, feed.page),
        "feed_url": absolute(site, feed.json),
        "description": feed.description,
        "language": site.language,
        "authors": [{"name": site.name, "url": site.url}],
        "items": [_entry(entry) for entry in feed.entries],
    }
    text = json.dumps(_without_empty(document), ensure_ascii=False, separators=(",", ":"))
    return f"{text}\n".encode()


def _entry(entry: FeedEntry) -> dict[str, Any]:
    return _without_empty(
        {
            "id": entry.id,
            "url": entry.url,
            "external_url": entry.related,
            "title": entry.title,
            "content_html": entry.content,
            "summary": entry.summary,
            "date_published": _moment(entry.published),
            "date_modified": _moment(entry.updated),
            "authors": [_without_empty(vars(person)) for person in entry.people],
            "tags": list(entry.topics),
        }
    )


def _without_empty(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Removes empty fields, except `items`, which JSON Feed requires."""
    return {name: value for name, value in fields.items() if value or name == "items"}


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
