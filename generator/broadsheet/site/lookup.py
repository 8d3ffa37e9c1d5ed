"""Looking papers up at arXiv and Crossref."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from importlib.metadata import version
from urllib.error import HTTPError
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import Request, urlopen

from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.base.identifiers import title_key
from broadsheet.content.records import Record
from broadsheet.importers.lookup_replies import arxiv_records, crossref_records

# Tests and mirrors set these.
ARXIV_VARIABLE, CROSSREF_VARIABLE = "BROADSHEET_ARXIV_API", "BROADSHEET_CROSSREF_API"
_ARXIV = "https://export.arxiv.org/api/query"
_CROSSREF = "https://api.crossref.org/works"
# In seconds. Both usually answer in less than one.
_TIMEOUT = 10
# How many papers with a similar title to compare.
_SIMILAR = 5
_SIZE_LIMIT = 16 * 1024 * 1024


class Lookup:
    """Looks papers up. A service that can't be reached isn't tried again."""

    def __init__(self, arxiv: str = _ARXIV, crossref: str = _CROSSREF) -> None:
        """Remembers the URLs of the services."""
        self._arxiv, self._crossref = arxiv, crossref
        self._unreachable: dict[str, BroadsheetError] = {}

    def with_arxiv(self, ids: Iterable[str]) -> Mapping[str, Record]:
        """Returns the papers that arXiv has, by their ids.

        Raises:
            BroadsheetError: arXiv can't be reached, or its reply can't be read.
        """
        wanted = sorted(set(ids))
        query = {"id_list": ",".join(wanted), "max_results": len(wanted)}
        found = arxiv_records(self._fetched(f"{self._arxiv}?{urlencode(query)}") or "")
        return {record.arxiv: record for record in found if record.arxiv}

    def with_doi(self, doi: str) -> Record | None:
        """Returns the work with a DOI, or None if Crossref doesn't have it.

        Raises:
            BroadsheetError: Crossref can't be reached, or its reply can't be read.
        """
        reply = self._fetched(f"{self._crossref}/{quote(doi, safe='')}")
        return next(iter(crossref_records(reply)), None) if reply else None

    def with_title(self, title: str) -> Record | None:
        """Returns the paper with exactly this title from arXiv or else from Crossref.

        Raises:
            BroadsheetError: A service can't be reached, or its reply can't be read.
        """
        words = " ".join(re.findall(r"\w+", title))
        query = urlencode({"search_query": f'ti:"{words}"', "max_results": _SIMILAR})
        same = self._titled(arxiv_records(self._fetched(f"{self._arxiv}?{query}") or ""), title)
        if same:
            return same
        query = urlencode({"query.bibliographic": title, "rows": _SIMILAR})
        reply = self._fetched(f"{self._crossref}?{query}")
        return self._titled(crossref_records(reply), title) if reply else None

    def _titled(self, found: Iterable[Record], title: str) -> Record | None:
        key = title_key(title)
        return next((record for record in found if title_key(record.title or "") == key), None)

    def _fetched(self, url: str) -> str | None:
        """Returns a reply, or None if there is nothing at a URL."""
        host = urlsplit(url).hostname or url
        if host in self._unreachable:
            raise self._unreachable[host]
        try:
            return _fetch(url)
        except (OSError, ValueError) as error:
            cause = getattr(error, "reason", None) or error
            reason = getattr(cause, "strerror", None) or cause
            problem = Problem(host, 0, "", f"couldn't reach {host}: {reason}")
            self._unreachable[host] = BroadsheetError(problem)
            raise self._unreachable[host] from error


def lookup_of(environment: Mapping[str, str]) -> Lookup:
    """Returns a lookup. The environment may have other addresses of the services."""
    return Lookup(
        environment.get(ARXIV_VARIABLE) or _ARXIV, environment.get(CROSSREF_VARIABLE) or _CROSSREF
    )


def _fetch(url: str) -> str | None:
    if urlsplit(url).scheme not in ("http", "https"):
        raise ValueError(f"{url!r} isn't an http(s) URL")
    agent = f"broadsheet/{version('broadsheet')}"
    request = Request(url, headers={"User-Agent": agent})  # noqa: S310 - http(s) only
    try:
        with urlopen(request, timeout=_TIMEOUT) as reply:  # noqa: S310
            content: bytes = reply.read(_SIZE_LIMIT)
            return content.decode("utf-8", errors="replace")
    except HTTPError as error:
        error.close()
        if error.code == HTTPStatus.NOT_FOUND:
            return None
        raise
