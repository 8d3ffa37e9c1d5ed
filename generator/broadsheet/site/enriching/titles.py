"""Finding the ids of papers of which only a title, authors and a year are known."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from broadsheet.base.errors import BroadsheetError
from broadsheet.base.identifiers import words_of
from broadsheet.content.model import Paper
from broadsheet.importers.services import arxiv_api, crossref, semantic_scholar
from broadsheet.importers.services.work import Work
from broadsheet.site.enriching.asking import SCHOLAR_FIELDS, Asking, whole
from broadsheet.site.enriching.identity import is_same
from broadsheet.site.enriching.said import Said, said
from broadsheet.site.fetching import ARXIV, CROSSREF, SEMANTIC_SCHOLAR, Question, Service

# How many papers with a similar title to compare.
_SIMILAR = 10


def can_be_found(paper: Paper) -> bool:
    """Whether a paper has no id, and what it takes to find one."""
    is_known = bool(paper.title and paper.authors and paper.published)
    return is_known and not (paper.arxiv or paper.doi)


def found_by_title(paper: Paper, asking: Asking) -> tuple[Said, ...]:
    """Returns the answers about a paper, if they all are about one paper with one id."""
    answers = tuple(_same(paper, asking))
    for ids in (_ids(answers, "arxiv"), _ids(answers, "doi")):
        if len(ids) > 1:
            return ()
    return answers


def _ids(answers: tuple[Said, ...], name: str) -> set[str]:
    return {str(answer.values[name]).lower() for answer in answers if name in answer.values}


def _same(paper: Paper, asking: Asking) -> Iterator[Said]:
    """Yields the answers of all services that are about a paper."""
    title = paper.title or ""
    words = words_of(title)
    for service, reader, query in (
        (ARXIV, arxiv_api.works, {"search_query": f'ti:"{words}"', "max_results": _SIMILAR}),
        (CROSSREF, crossref.works, {"query.bibliographic": title, "rows": _SIMILAR}),
        (SEMANTIC_SCHOLAR, semantic_scholar.works, {"query": words, "fields": SCHOLAR_FIELDS}),
    ):
        chosen = asking.fetcher.service(service)
        if asking.gave_up(chosen):
            continue
        question = Question(f"{chosen.address}{_path(service)}?{urlencode(query)}")
        try:
            works = asking.fetcher.read(question, chosen, whole(reader, chosen)) or ()
        except BroadsheetError as error:
            _note(asking, chosen, error)
            continue
        yield from _answers(paper, asking, chosen, works)


def _path(service: Service) -> str:
    return "/search/match" if service is SEMANTIC_SCHOLAR else ""


def _note(asking: Asking, service: Service, error: BroadsheetError) -> None:
    if asking.fetcher.offline:
        asking.uncached += 1
    else:
        asking.failed(service, error)


def _answers(
    paper: Paper, asking: Asking, service: Service, works: tuple[Work, ...]
) -> Iterator[Said]:
    for work in works:
        if is_same(paper, work.record):
            yield said(service.name, asking.today, work)
