"""The static API in ``api/v1/``: a file for each paper and week, and lists in parts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from broadsheet.base.addresses import Site, absolute, paper_api, paper_url
from broadsheet.base.plaintext import without_markup
from broadsheet.citations import Citation
from broadsheet.content.model import Issue, Paper
from broadsheet.edition import Appearance, Edition, Kind, PaperList
from broadsheet.outputs.api import shapes

API = "api/v1"
# A part of the list of papers has about 80 KB.
PAGE_SIZE = 100
_FOLDERS = {Kind.WEEK: "weeks", Kind.TOPIC: "topics", Kind.COLLECTION: "collections"}
_SCHEMAS: Mapping[str, type[BaseModel]] = {
    "paper": shapes.ApiPaper,
    "papers": shapes.PapersPart,
    "week": shapes.ApiWeek,
    "list": shapes.ListPart,
    "catalog": shapes.Catalog,
    "manifest": shapes.Manifest,
}


def api_files(edition: Edition, page_size: int = PAGE_SIZE) -> dict[str, bytes]:
    """Returns all files of the API by path, except for the manifest, which has other files, too."""
    writer = _Writer(edition, page_size)
    # There are no files for authors, to keep their number small.
    lists = edition.lists_of(*_FOLDERS)
    return {
        **writer.papers(),
        **writer.weeks(),
        **writer.lists(lists),
        **writer.catalogs(lists),
        **_schemas(edition.site),
    }


def manifest(files: Mapping[str, bytes]) -> bytes:
    """Returns a list of files with their hashes, so that clients see which have changed."""
    states = {
        path: shapes.FileState(sha256=hashlib.sha256(raw).hexdigest(), bytes=len(raw))
        for path, raw in sorted(files.items())
    }
    lines = "".join(f"{state.sha256}  {path}\n" for path, state in states.items())
    total = hashlib.sha256(lines.encode()).hexdigest()
    return shapes.Manifest(digest=total, files=states).json_bytes()


def part_path(stem: str, page: int) -> str:
    """Returns the path of a part of a list: "topics/x.json", then "topics/x.2.json" and so on."""
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
    """Writes the files of an edition."""

    def __init__(self, edition: Edition, page_size: int) -> None:
        self.edition = edition
        self.site = edition.site
        self.page_size = page_size

    def papers(self) -> dict[str, bytes]:
        files = {
            paper_api(slug): self._paper(paper).json_bytes()
            for slug, paper in self.edition.papers.items()
        }
        for page, part in self._parts("papers", list(self.edition.papers)):
            files[part_path("papers", page["page"])] = shapes.PapersPart(
                **page, papers=tuple(map(self.brief, part))
            ).json_bytes()
        return files

    def weeks(self) -> dict[str, bytes]:
        return {
            f"{API}/weeks/{week.name}.json": shapes.ApiWeek(
                week=week.name,
                url=absolute(self.site, week.url),
                issues=tuple(map(self._issue, week.issues)),
            ).json_bytes()
            for week in self.edition.weeks.values()
        }

    def lists(self, lists: Iterable[PaperList]) -> dict[str, bytes]:
        files = {}
        for papers in lists:
            if papers.kind is Kind.WEEK:
                continue
            stem = f"{_FOLDERS[papers.kind]}/{papers.slug}"
            for page, part in self._parts(stem, papers.papers):
                files[part_path(stem, page["page"])] = shapes.ListPart(
                    **page,
                    slug=papers.slug,
                    name=papers.name,
                    description=without_markup(papers.description),
                    url=absolute(self.site, papers.url),
                    papers=tuple(map(self.mention, part)),
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

    def mention(self, slug: str) -> shapes.Mention:
        return shapes.Mention(slug=slug, title=self.edition.papers[slug].name)

    def brief(self, slug: str) -> shapes.Brief:
        paper = self.edition.papers[slug]
        return shapes.Brief(
            slug=slug,
            title=paper.name,
            authors=paper.authors,
            published=paper.published,
            tldr=without_markup(paper.tldr),
            topics=paper.topics,
            arxiv=paper.arxiv,
        )

    def _issue(self, issue: Issue) -> shapes.ApiIssue:
        return shapes.ApiIssue(
            digest=issue.digest,
            title=issue.title,
            start=issue.start,
            end=issue.end,
            introduction=without_markup(issue.introduction),
            sections=tuple(
                shapes.ApiSection(
                    heading=section.heading,
                    papers=tuple(self.mention(entry.paper) for entry in section.entries),
                )
                for section in issue.sections
            ),
        )

    def _paper(self, paper: Paper) -> shapes.ApiPaper:
        facts = ("slug", "authors", "arxiv", "doi", "published", "venue", "abstract")
        return shapes.ApiPaper(
            **{fact: getattr(paper, fact) for fact in (*facts, "other_titles")},
            tldr=without_markup(paper.tldr),
            summary=without_markup(paper.summary),
            title=paper.name,
            title_known=paper.title is not None,
            links=paper.links.named(),
            topics=tuple(
                shapes.Label(slug=topic.slug, name=topic.name)
                for topic in self.edition.topics_of(paper)
            ),
            listings=tuple(map(self._listing, self.edition.appearances_of(paper))),
            citations=_citations(self.edition.citations[paper.slug]),
            url=absolute(self.site, paper_url(paper.slug)),
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


def _citations(citation: Citation) -> shapes.Citations:
    return shapes.Citations(key=citation.key, bibtex=citation.bibtex, csl=citation.csl)
