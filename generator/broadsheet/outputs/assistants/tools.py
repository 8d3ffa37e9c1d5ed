"""The tools, as functions of a library. None of them changes anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from broadsheet.base.addresses import paper_url
from broadsheet.citations.csl import csl_line
from broadsheet.citations.ris import ris_of
from broadsheet.citations.styles import STYLES
from broadsheet.outputs.api import shapes as api
from broadsheet.outputs.assistants.library import Library
from broadsheet.outputs.assistants.shapes import (
    FoundPaper,
    FullPaper,
    FullWeek,
    IssueOfWeek,
    IssueSection,
    ListOf,
    PapersOf,
    Reference,
    References,
    SearchResults,
    Style,
)
from broadsheet.outputs.search.asking import Answer, SearchIndex, also_found, ask, best_found
from broadsheet.outputs.search.table import SearchResult

_HOW = {
    "all": "All words of the query are in these papers.",
    "spelled": "No paper has exactly these words; these have words that are spelled like them: ",
    "some": "No paper has all of these words; these have some of them.",
    "filter": "All papers that the query allows, newest first.",
    "none": "No papers found. Try fewer or other words, or list_topics.",
}
_FORMATS: Mapping[Style, Callable[[api.Citations], str]] = {
    "bibtex": lambda citation: citation.bibtex,
    "apa": lambda citation: STYLES["APA"](citation.csl),
    "ieee": lambda citation: STYLES["IEEE"](citation.csl),
    "ris": lambda citation: ris_of(citation.csl),
    "csl": lambda citation: csl_line(citation.csl),
}


def search_papers(library: Library, query: str, limit: int, *, newest_first: bool) -> SearchResults:
    """Searches as the site's page of search does."""
    index = library.index
    answer = ask(index, query, by_date=newest_first)
    found = best_found(index, answer, limit, by_date=newest_first)
    also = [] if newest_first else also_found(answer, limit - len(found))
    return SearchResults(
        count=len(answer.found.documents),
        how=_how(answer),
        results=_found(index, found),
        some_words=_found(index, also),
        notices=answer.query.notices,
    )


def _how(answer: Answer) -> str:
    if not answer.found.documents:
        return _HOW["none"]
    return _HOW[answer.mode] + ", ".join(answer.instead)


def _found(index: SearchIndex, numbers: Sequence[int]) -> tuple[FoundPaper, ...]:
    return tuple(_found_paper(index, row) for row in index.results(numbers))


def _found_paper(index: SearchIndex, row: SearchResult) -> FoundPaper:
    return FoundPaper(
        slug=row.address,
        title=row.title,
        authors=tuple(row.authors),
        other_authors=row.others,
        published=row.published or None,
        arxiv=row.arxiv or None,
        topics=tuple(index.table["topics"][place][0] for place in row.topics),
        weeks=tuple(row.weeks),
        has_code=bool(row.code),
        withdrawn=bool(row.withdrawn),
        lead=row.lead,
    )


def read_paper(library: Library, paper: str) -> FullPaper:
    """Returns everything about a paper."""
    found = library.paper(paper)
    return FullPaper(**dict(found), url=library.url + paper_url(found.slug))


def cite_papers(library: Library, papers: Sequence[str], style: Style) -> References:
    """Returns the references of papers in a style or format."""
    found = list({paper.slug: paper for paper in map(library.paper, papers)}.values())
    references = tuple(
        Reference(
            slug=paper.slug,
            key=paper.citations.key,
            text=_FORMATS[style](paper.citations).strip(),
        )
        for paper in found
    )
    texts = [reference.text for reference in references]
    text = f"[{', '.join(texts)}]" if style == "csl" else "\n\n".join(texts)
    return References(style=style, text=text, references=references)


def list_weeks(library: Library, limit: int, before: str | None) -> ListOf:
    """Returns weeks that have an issue, newest first, perhaps only those before one."""
    members = sorted(library.catalog("weeks").members, key=lambda one: one.slug, reverse=True)
    known = [one for one in members if not before or one.slug < before.strip().upper()]
    return _part_of_list(known, 0, limit)


def list_topics(library: Library, limit: int, offset: int) -> ListOf:
    """Returns topics, those with most papers first."""
    return _part_of_list(_largest(library.catalog("topics")), offset, limit)


def list_collections(library: Library, limit: int, offset: int) -> ListOf:
    """Returns collections, those with most papers first."""
    return _part_of_list(_largest(library.catalog("collections")), offset, limit)


def _largest(catalog: api.Catalog) -> list[api.Counted]:
    return sorted(catalog.members, key=lambda one: -one.count)


def _part_of_list(members: Sequence[api.Counted], offset: int, limit: int) -> ListOf:
    shown = members[offset : offset + limit]
    more = max(0, len(members) - offset - len(shown))
    return ListOf(count=len(members), more=more, members=tuple(shown))


def topic_papers(library: Library, topic: str, limit: int, offset: int) -> PapersOf:
    """Returns the papers of a topic, newest first."""
    return _papers_of(library, "topics", topic, limit, offset)


def collection_papers(library: Library, collection: str, limit: int, offset: int) -> PapersOf:
    """Returns the papers of a collection in its order."""
    return _papers_of(library, "collections", collection, limit, offset)


def _papers_of(library: Library, kind: str, name: str, limit: int, offset: int) -> PapersOf:
    found, papers = library.papers_of(kind, name)
    shown = papers[offset : offset + limit]
    return PapersOf(
        slug=found.slug,
        name=found.name,
        description=found.description,
        url=found.url,
        count=len(papers),
        more=max(0, len(papers) - offset - len(shown)),
        papers=tuple(shown),
    )


def read_week(library: Library, week: str, limit: int, offset: int) -> FullWeek:
    """Returns the issues of a week with a part of the papers that they list."""
    found = library.week(week)
    sections = [section for issue in found.issues for section in issue.sections]
    count = sum(len(section.papers) for section in sections)
    shown = iter(_shown(sections, offset, limit))
    return FullWeek(
        week=found.week,
        url=found.url,
        count=count,
        more=max(0, count - offset - limit),
        issues=tuple(
            _issue(issue, [next(shown) for _ in issue.sections]) for issue in found.issues
        ),
    )


def _shown(
    sections: Sequence[api.ApiSection], offset: int, limit: int
) -> Iterator[tuple[api.Mention, ...]]:
    """Yields the papers of each section that are in a part of all papers."""
    start = 0
    for section in sections:
        first, last = max(0, offset - start), max(0, offset + limit - start)
        yield section.papers[first:last]
        start += len(section.papers)


def _issue(issue: api.ApiIssue, papers: Sequence[tuple[api.Mention, ...]]) -> IssueOfWeek:
    pairs = zip(issue.sections, papers, strict=True)
    return IssueOfWeek(
        digest=issue.digest,
        title=issue.title,
        start=issue.start.isoformat(),
        end=issue.end.isoformat(),
        introduction=issue.introduction,
        corrections=issue.corrections or (),
        sections=tuple(
            IssueSection(heading=section.heading, papers=shown) for section, shown in pairs if shown
        ),
    )
