"""Looking papers up at arXiv and Crossref."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import quote, urlencode

from broadsheet.base.identifiers import title_key, words_of
from broadsheet.content.records import Record
from broadsheet.importers.lookup_replies import arxiv_records, crossref_records
from broadsheet.site.fetching import ARXIV, CROSSREF, Fetcher, Question

# How many papers with a similar title to compare.
_SIMILAR = 5


class Lookup:
    """Looks papers up."""

    def __init__(self, fetcher: Fetcher) -> None:
        """Remembers what asks the services."""
        self._fetcher = fetcher
        self._arxiv, self._crossref = fetcher.service(ARXIV), fetcher.service(CROSSREF)

    def with_arxiv(self, ids: Iterable[str]) -> Mapping[str, Record]:
        """Returns the papers that arXiv has, by their ids.

        Raises:
            BroadsheetError: arXiv can't be reached, or its reply can't be read.
        """
        wanted = sorted(set(ids))
        found: list[Record] = []
        for start in range(0, len(wanted), self._arxiv.most):
            part = wanted[start : start + self._arxiv.most]
            found += self._of_arxiv({"id_list": ",".join(part), "max_results": len(part)})
        return {record.arxiv: record for record in found if record.arxiv in wanted}

    def with_doi(self, doi: str) -> Record | None:
        """Returns the work with a DOI, or None if Crossref doesn't have it.

        Raises:
            BroadsheetError: Crossref can't be reached, or its reply can't be read.
        """
        found = self._of_crossref(f"{self._crossref.address}/{quote(doi, safe='')}")
        return next((record for record in found if record.doi == doi.lower()), None)

    def with_title(self, title: str) -> Record | None:
        """Returns the paper with exactly this title from arXiv or else from Crossref.

        Raises:
            BroadsheetError: A service can't be reached, or its reply can't be read.
        """
        found = self._of_arxiv({"search_query": f'ti:"{words_of(title)}"', "max_results": _SIMILAR})
        same = self._titled(found, title)
        if same:
            return same
        query = urlencode({"query.bibliographic": title, "rows": _SIMILAR})
        return self._titled(self._of_crossref(f"{self._crossref.address}?{query}"), title)

    def _titled(self, found: Iterable[Record], title: str) -> Record | None:
        key = title_key(title)
        return next((record for record in found if title_key(record.title or "") == key), None)

    def _of_arxiv(self, query: Mapping[str, str | int]) -> tuple[Record, ...]:
        question = Question(f"{self._arxiv.address}?{urlencode(query)}")
        found = self._fetcher.read(question, self._arxiv, arxiv_records)
        # arXiv says with an empty feed that it has nothing.
        return arxiv_records("") if found is None else found

    def _of_crossref(self, url: str) -> tuple[Record, ...]:
        return self._fetcher.read(Question(url), self._crossref, crossref_records) or ()
