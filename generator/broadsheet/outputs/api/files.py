"""The static API in ``api/v1/``: a file for each paper and week, and lists in parts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from pydantic import BaseModel

from broadsheet.base.addresses import Site, absolute, paper_api
from broadsheet.base.docstrings import keep_docstrings
from broadsheet.base.plaintext import without_markup
from broadsheet.citations import Citation
from broadsheet.content.model import Issue, Paper
from broadsheet.content.parts import Signature
from broadsheet.edition import Appearance, Edition, Kind, PaperList
from broadsheet.outputs.api import shapes
from broadsheet.outputs.task import FilesByPath, Task

API = "api/v1"
# A part of a list has about 80 KB.
PAGE_SIZE = 500
_FOLDERS = {Kind.WEEK: "weeks", Kind.TOPIC: "topics", Kind.COLLECTION: "collections"}
SCHEMAS: Mapping[str, type[BaseModel]] = {
    "paper": shapes.ApiPaper,
    "papers": shapes.PapersPart,
    "week": shapes.ApiWeek,
    "list": shapes.ListPart,
    "catalog": shapes.Catalog,
    "manifest": shapes.Manifest,
}


def api_tasks(edition: Edition, page_size: int = PAGE_SIZE) -> Iterator[Task]:
    """Yields tasks for all files of the API except those of papers and the manifest.

    There are no files for authors, to keep their number small.
    """
    writer = _Writer(edition, page_size)
    pages = range(1, _pages(len(edition.papers), page_size) + 1)
    for page in pages:
        yield Task(f"{API}/papers {page}", partial(writer.papers, page))
    for week in edition.weeks:
        yield Task(f"{API}/weeks/{week}", partial(writer.week, week))
    for papers in edition.lists_of(Kind.TOPIC, Kind.COLLECTION):
        yield Task(f"{API}/{papers.url}", partial(writer.list, papers.url))
    yield Task(f"{API} catalogs", writer.catalogs)
    yield Task(f"{API} schemas", partial(_schemas, edition.site))


def api_paper(edition: Edition, slug: str) -> FilesByPath:
    """Returns the file of a paper."""
    return {paper_api(slug): _Writer(edition, PAGE_SIZE).paper(edition.papers[slug]).json_bytes()}


def manifest(states: Mapping[str, tuple[int, str]]) -> bytes:
    """Returns a list of files with their hashes, so that clients see which have changed.

    Args:
        states: The size in bytes and SHA-256 of each file, by path.
    """
    files = {
        path: shapes.FileState(sha256=sha256, bytes=size)
        for path, (size, sha256) in sorted(states.items())
    }
    lines = "".join(f"{state.sha256}  {path}\n" for path, state in files.items())
    total = hashlib.sha256(lines.encode()).hexdigest()
    return shapes.Manifest(digest=total, files=files).json_bytes()


def part_path(stem: str, page: int) -> str:
    """Returns the path of a part of a list: "topics/x.json", then "topics/x.2.json" and so on."""
    return f"{API}/{stem}.json" if page == 1 else f"{API}/{stem}.{page}.json"


def schema_of(name: str) -> dict[str, Any]:
    """Returns the JSON Schema of a kind of file, which is a key of `SCHEMAS`."""
    keep_docstrings(shapes.__name__)
    return SCHEMAS[name].model_json_schema(mode="serialization")


def _schemas(site: Site) -> dict[str, bytes]:
    files = {}
    for name in SCHEMAS:
        path = f"{API}/schema/{name}.json"
        schema = {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": absolute(site, path),
            **schema_of(name),
        }
        files[path] = (json.dumps(schema, ensure_ascii=False, indent=1) + "\n").encode()
    return files


def _pages(count: int, size: int) -> int:
    return max(1, -(-count // size))


class _Writer:
    """Writes the files of an edition."""

    def __init__(self, edition: Edition, page_size: int) -> None:
        self.edition = edition
        self.site = edition.site
        self.page_size = page_size

    def papers(self, page: int) -> FilesByPath:
        state, part = self._part("papers", tuple(self.edition.papers), page)
        named = tuple(map(self.mention, part))
        return {part_path("papers", page): shapes.PapersPart(**state, papers=named).json_bytes()}

    def week(self, name: str) -> FilesByPath:
        week = self.edition.weeks[name]
        found = shapes.ApiWeek(
            week=week.name,
            url=absolute(self.site, week.url),
            issues=tuple(map(self._issue, week.issues)),
        )
        return {f"{API}/weeks/{week.name}.json": found.json_bytes()}

    def list(self, url: str) -> FilesByPath:
        papers = self.edition.lists[url]
        stem = f"{_FOLDERS[papers.kind]}/{papers.slug}"
        files: dict[str, bytes] = {}
        for page in range(1, _pages(len(papers.papers), self.page_size) + 1):
            state, part = self._part(stem, papers.papers, page)
            files[part_path(stem, page)] = shapes.ListPart(
                **state,
                slug=papers.slug,
                name=papers.name,
                description=without_markup(papers.description),
                url=absolute(self.site, papers.url),
                papers=tuple(map(self.mention, part)),
            ).json_bytes()
        return files

    def catalogs(self) -> FilesByPath:
        return {
            f"{API}/{folder}.json": shapes.Catalog(
                members=tuple(map(self._counted, self.edition.lists_of(kind)))
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

    def _part(
        self, stem: str, slugs: Sequence[str], page: int
    ) -> tuple[dict[str, Any], Sequence[str]]:
        size, pages = self.page_size, _pages(len(slugs), self.page_size)
        more = absolute(self.site, part_path(stem, page + 1)) if page < pages else None
        state = {"count": len(slugs), "page": page, "pages": pages, "next": more}
        return state, slugs[(page - 1) * size : page * size]

    def mention(self, slug: str) -> shapes.Mention:
        paper = self.edition.papers[slug]
        withdrawn = True if paper.withdrawn else None
        return shapes.Mention(slug=slug, title=paper.name, withdrawn=withdrawn)

    def _issue(self, issue: Issue) -> shapes.ApiIssue:
        return shapes.ApiIssue(
            digest=issue.digest,
            title=issue.title,
            start=issue.start,
            end=issue.end,
            introduction=without_markup(issue.introduction),
            corrections=_corrections(issue),
            sections=tuple(
                shapes.ApiSection(
                    heading=section.heading,
                    papers=tuple(self.mention(entry.paper) for entry in section.entries),
                )
                for section in issue.sections
            ),
        )

    def paper(self, paper: Paper) -> shapes.ApiPaper:
        facts = ("slug", "authors", "arxiv", "doi", "published", "venue", "abstract")
        return shapes.ApiPaper(
            **{fact: getattr(paper, fact) for fact in (*facts, "other_titles")},
            tldr=without_markup(paper.tldr),
            summary=without_markup(paper.summary),
            written=_signed(paper.written),
            reviewed=_signed(paper.reviewed) if paper.written else None,
            title=paper.name,
            title_known=paper.title is not None,
            links=paper.links.named(),
            extra=paper.extra or None,
            facts=_facts(paper),
            topics=tuple(
                shapes.Label(slug=topic.slug, name=topic.name)
                for topic in self.edition.topics_of(paper)
            ),
            listings=tuple(map(self._listing, self.edition.appearances_of(paper))),
            corrections=_corrections(paper),
            withdrawn=_withdrawal(paper),
            citations=_citations(self.edition.citations[paper.slug]),
        )

    def _listing(self, place: Appearance) -> shapes.Listing:
        return shapes.Listing(
            name=place.title,
            url=absolute(self.site, place.url),
            week=place.week or None,
            section=place.section or None,
            number=(place.number or None) if place.week else None,
            text=place.text or None,
        )


def _signed(signature: Signature | None) -> shapes.Signed | None:
    return shapes.Signed(by=signature.by, on=signature.on) if signature else None


def _corrections(value: Paper | Issue) -> tuple[shapes.ApiCorrection, ...] | None:
    found = (shapes.ApiCorrection(on=known.on, text=known.text) for known in value.corrections)
    return tuple(found) or None


def _withdrawal(paper: Paper) -> shapes.ApiWithdrawal | None:
    known = paper.withdrawn
    if not known:
        return None
    return shapes.ApiWithdrawal(on=known.on, reason=known.reason, by=known.by)


def _facts(paper: Paper) -> shapes.ApiFacts | None:
    known = paper.facts
    return shapes.ApiFacts.model_validate(known.model_dump()) if known else None


def _citations(citation: Citation) -> shapes.Citations:
    return shapes.Citations(key=citation.key, bibtex=citation.bibtex, csl=citation.csl)
