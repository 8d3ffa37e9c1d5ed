"""The static API under ``api/v1/``: a file a paper, week, topic and collection, lists in parts."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from broadsheet.base.addresses import (
    Site,
    absolute,
    collection_url,
    paper_api,
    paper_url,
    topic_url,
    twin_url,
    week_url,
)
from broadsheet.base.plaintext import without_marks
from broadsheet.citations import Citation
from broadsheet.content.model import Corpus, Issue, Paper
from broadsheet.edition.lists import Kind, PaperList, paper_lists
from broadsheet.outputs.api import shapes

API = "api/v1"
PAGE_SIZE = 100
_FOLDERS = {Kind.WEEK: "weeks", Kind.TOPIC: "topics", Kind.COLLECTION: "collections"}
_SCHEMAS: Mapping[str, type[BaseModel]] = {
    "paper": shapes.ApiPaper,
    "papers": shapes.PapersPage,
    "week": shapes.ApiWeek,
    "list": shapes.ListPage,
    "catalog": shapes.Catalog,
    "manifest": shapes.Manifest,
}


def api_files(
    corpus: Corpus, site: Site, citations: Mapping[str, Citation], page_size: int = PAGE_SIZE
) -> dict[str, bytes]:
    """All files of the API by path, without the manifest, which covers other files too."""
    writer = _Writer(corpus, site, citations, page_size)
    # Authors are left out: their pages and feeds are made of the same papers.
    lists = [papers for papers in paper_lists(corpus, 1) if papers.kind is not Kind.AUTHOR]
    return {
        **writer.papers(),
        **writer.weeks(),
        **writer.lists(lists),
        **writer.catalogs(lists),
        **_schemas(site),
    }


def manifest(files: Mapping[str, bytes]) -> bytes:
    """What a client compares with the manifest it saw last to learn which files changed."""
    states = {
        path: shapes.FileState(sha256=hashlib.sha256(raw).hexdigest(), bytes=len(raw))
        for path, raw in sorted(files.items())
    }
    lines = "".join(f"{state.sha256}  {path}\n" for path, state in states.items())
    digest = hashlib.sha256(lines.encode()).hexdigest()
    return shapes.Manifest(digest=digest, files=states).json_bytes()


def part_path(stem: str, page: int) -> str:
    """The path of a part of a list: "topics/x.json", then "topics/x.2.json"; no slug has a dot."""
    return f"{API}/{stem}.json" if page == 1 else f"{API}/{stem}.{page}.json"


def _schemas(site: Site) -> dict[str, bytes]:
    files = {}
    for name, shape in _SCHEMAS.items():
        path = f"{API}/schema/{name}.json"
        schema: dict[str, Any] = {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": absolute(site, path),
            **shape.model_json_schema(mode="serialization"),
        }
        files[path] = (json.dumps(schema, ensure_ascii=False, indent=1) + "\n").encode()
    return files


class _Writer:
    """What all files of a build share, so that it is made once."""

    def __init__(
        self, corpus: Corpus, site: Site, citations: Mapping[str, Citation], page_size: int
    ) -> None:
        self.corpus = corpus
        self.site = site
        self.citations = citations
        self.page_size = page_size
        self.listings = _listings(corpus, site)

    def papers(self) -> dict[str, bytes]:
        files = {
            paper_api(slug): self._paper(paper).json_bytes()
            for slug, paper in self.corpus.papers.items()
        }
        for page, part in self._parts("papers", list(self.corpus.papers)):
            files[part_path("papers", page["page"])] = shapes.PapersPage(
                **page, papers=tuple(map(self.brief, part))
            ).json_bytes()
        return files

    def weeks(self) -> dict[str, bytes]:
        weeks: dict[str, list[Issue]] = defaultdict(list)
        for issue in self.corpus.issues:
            weeks[issue.week].append(issue)
        return {
            f"{API}/weeks/{week}.json": shapes.ApiWeek(
                week=week,
                url=absolute(self.site, week_url(week)),
                issues=tuple(map(self._issue, issues)),
            ).json_bytes()
            for week, issues in weeks.items()
        }

    def lists(self, lists: Iterable[PaperList]) -> dict[str, bytes]:
        files = {}
        for papers in lists:
            if papers.kind is Kind.WEEK:
                continue
            stem = f"{_FOLDERS[papers.kind]}/{papers.slug}"
            for page, part in self._parts(stem, papers.papers):
                files[part_path(stem, page["page"])] = shapes.ListPage(
                    **page,
                    slug=papers.slug,
                    name=papers.name,
                    description=without_marks(papers.description),
                    url=absolute(self.site, papers.url),
                    papers=tuple(map(self.brief, part)),
                ).json_bytes()
        return files

    def catalogs(self, lists: Sequence[PaperList]) -> dict[str, bytes]:
        return {
            f"{API}/{folder}.json": shapes.Catalog(
                members=tuple(self._counted(papers) for papers in lists if papers.kind is kind)
            ).json_bytes()
            for kind, folder in _FOLDERS.items()
        }

    def _counted(self, papers: PaperList) -> shapes.Counted:
        return shapes.Counted(
            slug=papers.slug,
            name=papers.name,
            url=absolute(self.site, papers.url),
            api=absolute(self.site, f"{API}/{_FOLDERS[papers.kind]}/{papers.slug}.json"),
            count=len(papers.papers),
        )

    def _parts(
        self, stem: str, slugs: Sequence[str]
    ) -> Iterator[tuple[dict[str, Any], Sequence[str]]]:
        size = self.page_size
        pages = max(1, -(-len(slugs) // size))
        for page in range(1, pages + 1):
            more = absolute(self.site, part_path(stem, page + 1)) if page < pages else None
            state = {"count": len(slugs), "page": page, "pages": pages, "next": more}
            yield state, slugs[(page - 1) * size : page * size]

    def brief(self, slug: str) -> shapes.Brief:
        paper = self.corpus.papers[slug]
        return shapes.Brief(
            slug=slug,
            title=paper.name,
            authors=paper.authors,
            published=paper.published,
            tldr=without_marks(paper.tldr),
            topics=paper.topics,
            arxiv=paper.arxiv,
            url=absolute(self.site, paper_url(slug)),
            api=absolute(self.site, paper_api(slug)),
        )

    def _issue(self, issue: Issue) -> shapes.ApiIssue:
        return shapes.ApiIssue(
            digest=issue.digest,
            title=issue.title,
            start=issue.start,
            end=issue.end,
            introduction=without_marks(issue.introduction),
            sections=tuple(
                shapes.ApiSection(
                    heading=section.heading,
                    papers=tuple(self.brief(entry.paper) for entry in section.entries),
                )
                for section in issue.sections
            ),
        )

    def _paper(self, paper: Paper) -> shapes.ApiPaper:
        topics = [self.corpus.topics[t] for t in paper.topics if t in self.corpus.topics]
        page = paper_url(paper.slug)
        facts = ("slug", "authors", "arxiv", "doi", "published", "venue", "abstract")
        return shapes.ApiPaper(
            **{fact: getattr(paper, fact) for fact in (*facts, "other_titles")},
            tldr=without_marks(paper.tldr),
            summary=without_marks(paper.summary),
            title=paper.name,
            title_known=paper.title is not None,
            links=paper.links.named(),
            topics=tuple(self._named(t.slug, t.name, topic_url, "topics") for t in topics),
            listings=tuple(self.listings.get(paper.slug, ())),
            citations=_citations(self.citations[paper.slug]),
            url=absolute(self.site, page),
            markdown=absolute(self.site, twin_url(page)),
        )

    def _named(
        self, slug: str, name: str, address: Callable[[str], str], folder: str
    ) -> shapes.NamedAddress:
        return shapes.NamedAddress(
            slug=slug,
            name=name,
            url=absolute(self.site, address(slug)),
            api=absolute(self.site, f"{API}/{folder}/{slug}.json"),
        )


def _citations(citation: Citation) -> shapes.Citations:
    return shapes.Citations(
        key=citation.key,
        bibtex=citation.bibtex,
        ris=citation.ris,
        csl=citation.csl,
        text=citation.text,
    )


def _listings(corpus: Corpus, site: Site) -> dict[str, list[shapes.Listing]]:
    found: dict[str, list[shapes.Listing]] = defaultdict(list)
    for issue in corpus.issues:
        address = absolute(site, week_url(issue.week))
        for section in issue.sections:
            for entry in section.entries:
                found[entry.paper].append(
                    shapes.Listing(
                        name=issue.title,
                        url=address,
                        week=issue.week,
                        section=section.heading,
                        number=entry.number,
                        text=entry.text,
                    )
                )
    for collection in corpus.collections:
        address = absolute(site, collection_url(collection.slug))
        for entry in collection.entries:
            found[entry.paper].append(
                shapes.Listing(name=collection.title, url=address, text=entry.text)
            )
    return found
