"""Asking services about papers by their ids: many at once, and each only once."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.metadata import version
from urllib.parse import quote, urlencode

from pydantic import TypeAdapter, ValidationError

from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.content.model import Paper
from broadsheet.content.records import Record
from broadsheet.importers.services import (
    arxiv_api,
    crossref,
    hugging_face,
    openalex,
    semantic_scholar,
)
from broadsheet.importers.services.work import Work
from broadsheet.site.enriching.enricher import Enricher
from broadsheet.site.enriching.said import Said, said
from broadsheet.site.fetching import (
    ARXIV,
    CROSSREF,
    HUGGING_FACE,
    OPENALEX,
    SEMANTIC_SCHOLAR,
    Fetcher,
    Question,
    RefusedError,
    Service,
)

_WORK = TypeAdapter(Work)
# What OpenAlex and Semantic Scholar are asked for; whole works are several times as large.
_OPENALEX_FIELDS = (
    "id,doi,ids,title,type,authorships,is_authors_truncated,publication_date,publication_year,"
    "primary_location,best_oa_location,locations,abstract_inverted_index,cited_by_count,"
    "is_retracted,is_paratext"
)
SCHOLAR_FIELDS = (
    "externalIds,title,authors,abstract,publicationDate,year,venue,publicationVenue,journal,"
    "openAccessPdf,citationCount"
)
_MOST_FAILURES = 3
# How services answer if they can't read one of several ids, or fail because of it.
_BROKEN = (400, 500)
_ARXIV_DOI = "10.48550/arxiv."


@dataclass
class Asking:
    """Asks services, and collects what went wrong.

    Attributes:
        fetcher: Fetches answers.
        problems: Why services haven't answered.
        uncached: How many questions had no answer in the cache, if only the cache is asked.
    """

    fetcher: Fetcher
    problems: list[Problem] = field(default_factory=list)
    uncached: int = 0
    _failures: Counter[str] = field(default_factory=Counter)

    def about(self, enricher: Enricher, papers: Iterable[Paper]) -> dict[str, list[Said]]:
        """Returns what a service says about papers, by their slugs."""
        keys = {paper.slug: enricher.keys(paper) for paper in papers}
        wanted = dict.fromkeys(key for some in keys.values() for key in some)
        known = self._answers(enricher, list(wanted))
        found = {slug: [known[key] for key in some if key in known] for slug, some in keys.items()}
        return {slug: answers for slug, answers in found.items() if answers}

    def _answers(self, enricher: Enricher, keys: Sequence[str]) -> dict[str, Said]:
        """Returns the answers about some keys, from the cache if possible."""
        service = self.fetcher.service(enricher.service)
        found: dict[str, Said] = {}
        left: list[str] = []
        for key in keys:
            kept = self.fetcher.recall(_name(enricher, service, key), service)
            if kept is None:
                left.append(key)
            elif kept.text is not None:
                work = _work(kept.text)
                if work:
                    found[key] = said(service.name, kept.on.date(), work)
                else:
                    left.append(key)
        if self.fetcher.offline:
            self.uncached += len(left)
            return found
        for start in range(0, len(left), service.most):
            found |= self._in_parts(enricher, service, left[start : start + service.most])
        return found

    def _in_parts(
        self, enricher: Enricher, service: Service, keys: Sequence[str]
    ) -> dict[str, Said]:
        """Asks about some keys at once. If one of them breaks the service, the rest still count."""
        if self.gave_up(service):
            return {}
        try:
            return self._asked(enricher, service, keys)
        except BroadsheetError as error:
            is_broken = isinstance(error, RefusedError) and error.status in _BROKEN
            if not is_broken or len(keys) == 1:
                self.failed(service, error)
                return {}
        half = len(keys) // 2
        parts = (keys[:half], keys[half:])
        first, second = (self._in_parts(enricher, service, part) for part in parts)
        return first | second

    def gave_up(self, service: Service) -> bool:
        """Whether a service has failed so often that it isn't asked any more."""
        return self._failures[service.name] >= _MOST_FAILURES

    def failed(self, service: Service, error: BroadsheetError) -> None:
        """Remembers that a service hasn't answered, or not so that it can be read."""
        self._failures[service.name] += 1
        self.problems += [found for found in error.problems if found not in self.problems]

    def _asked(self, enricher: Enricher, service: Service, keys: Sequence[str]) -> dict[str, Said]:
        question = enricher.question(service, keys)
        works = (
            self.fetcher.read(question, service, whole(enricher.works, service), keep=False) or ()
        )
        by_name = {name.lower(): work for work in works for name in enricher.names(work.record)}
        found: dict[str, Said] = {}
        for key in keys:
            # An answer about a paper that nobody asked for is left out.
            work = by_name.get(key.lower())
            packed = _WORK.dump_json(work).decode() if work else None
            self.fetcher.remember(_name(enricher, service, key), packed)
            if work:
                found[key] = said(service.name, self.today, work)
        return found

    @property
    def today(self) -> date:
        """The day."""
        return self.fetcher.clock.now().date()


def whole(
    reader: Callable[[str], tuple[Work, ...]], service: Service
) -> Callable[[str], tuple[Work, ...]]:
    """Returns a reader that refuses empty answers, which say nothing about any paper."""

    def read(text: str) -> tuple[Work, ...]:
        if not text.strip():
            advice = "run the command again later"
            raise BroadsheetError(Problem(service.name, 0, "", "sent an empty reply", advice))
        return reader(text)

    return read


def _name(enricher: Enricher, service: Service, key: str) -> str:
    """Returns the name of an answer in the cache. Another version may read answers differently."""
    return f"{_version()}\n{enricher.version}\n{service.address}\n{key}"


@cache
def _version() -> str:
    return version("broadsheet")


def _work(text: str) -> Work | None:
    try:
        return _WORK.validate_json(text)
    except ValidationError:
        return None


def _arxiv_keys(paper: Paper) -> Sequence[str]:
    return [paper.arxiv] if paper.arxiv else []


def _doi_keys(paper: Paper) -> Sequence[str]:
    return [paper.doi] if paper.doi else []


def _scholar_keys(paper: Paper) -> Sequence[str]:
    return [f"ARXIV:{paper.arxiv}"] if paper.arxiv else [f"DOI:{doi}" for doi in _doi_keys(paper)]


def _openalex_keys(paper: Paper) -> Sequence[str]:
    dois = [f"{_ARXIV_DOI}{paper.arxiv}"] if paper.arxiv else []
    # These two characters have a meaning in filters.
    return [*dois, *(doi for doi in _doi_keys(paper) if not set(doi) & set("|,"))]


def _ask_arxiv(service: Service, keys: Sequence[str]) -> Question:
    query = urlencode({"id_list": ",".join(keys), "max_results": len(keys)}, safe="/,")
    return Question(f"{service.address}?{query}", "application/atom+xml")


def _ask_crossref(service: Service, keys: Sequence[str]) -> Question:
    query = urlencode({"filter": ",".join(f"doi:{key}" for key in keys), "rows": len(keys)})
    return Question(f"{service.address}?{query}", "application/json")


def _ask_openalex(service: Service, keys: Sequence[str]) -> Question:
    # A paper can be there more than once.
    query = {"filter": f"doi:{'|'.join(keys)}", "per_page": 100, "select": _OPENALEX_FIELDS}
    return Question(f"{service.address}?{urlencode(query)}", "application/json")


def _ask_scholar(service: Service, keys: Sequence[str]) -> Question:
    query = urlencode({"fields": SCHOLAR_FIELDS}, safe=",")
    content = json.dumps({"ids": list(keys)}).encode()
    return Question(f"{service.address}/batch?{query}", "application/json", content)


def _ask_hugging_face(service: Service, keys: Sequence[str]) -> Question:
    return Question(f"{service.address}/{quote(keys[0], safe='')}", "application/json")


def _names(record: Record, arxiv: str = "", doi: str = "") -> Sequence[str]:
    ids = ((arxiv, record.arxiv), (doi, record.doi))
    return [f"{prefix}{found}" for prefix, found in ids if found]


_FACTS = frozenset(["title", "authors", "published", "doi", "venue", "abstract", "withdrawn"])
_COUNTED = _FACTS | {"arxiv", "citations"}

ASK_ARXIV = Enricher(
    ARXIV,
    _arxiv_keys,
    _ask_arxiv,
    arxiv_api.works,
    lambda record: [record.arxiv] if record.arxiv else [],
    _FACTS | {"categories", "version"},
)
ASK_SCHOLAR = Enricher(
    SEMANTIC_SCHOLAR,
    _scholar_keys,
    _ask_scholar,
    semantic_scholar.works,
    lambda record: _names(record, "ARXIV:", "DOI:"),
    _COUNTED,
)
ASK_OPENALEX = Enricher(
    OPENALEX,
    _openalex_keys,
    _ask_openalex,
    openalex.works,
    lambda record: _names(record, _ARXIV_DOI),
    _COUNTED,
)
ASK_CROSSREF = Enricher(
    CROSSREF,
    lambda paper: [doi for doi in _doi_keys(paper) if "," not in doi],
    _ask_crossref,
    crossref.works,
    lambda record: [record.doi] if record.doi else [],
    _COUNTED,
)
ASK_HUGGING_FACE = Enricher(
    HUGGING_FACE,
    _arxiv_keys,
    _ask_hugging_face,
    hugging_face.works,
    lambda record: [record.arxiv] if record.arxiv else [],
    frozenset(["code"]),
)
