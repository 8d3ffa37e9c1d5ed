"""A site as its files describe it: papers, weeks, topics, collections and the search index."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from broadsheet.base.addresses import paper_api, paper_url, twin_url, week_url
from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.base.identifiers import is_slug, parse_arxiv, parse_doi, parse_week
from broadsheet.base.nearest import Nearest
from broadsheet.outputs.api import shapes
from broadsheet.outputs.api.files import API, part_path
from broadsheet.outputs.search.asking import SearchIndex, ask, best_found
from broadsheet.outputs.search.asking.index import FOLDER, TABLE
from broadsheet.outputs.task import ReadFile

# More papers than this can't have the same id by mistake.
_MOST_WITH_AN_ID = 10
_MOST_SUGGESTED = 3
_PAPER_URL = re.compile(r"(?:^|/)papers?/+([^/]+)(?:/(?:index\.\w+)?)?$")
_REDIRECT = re.compile(rb'content="0; url=\.\./([a-z0-9-]+)/"')

_Shape = TypeVar("_Shape", bound=BaseModel)


class Library:
    """A site, read from its files when something is asked for."""

    def __init__(self, read: ReadFile) -> None:
        """Opens a site.

        Args:
            read: Returns the files of the site.
        """
        self._read = read
        self._index: tuple[bytes | None, SearchIndex] | None = None

    @property
    def url(self) -> str:
        """The URL of the site."""
        schema = f"{API}/schema/paper.json"
        found = re.search(rb'"\$id": "([^"]*)"', self._read(schema) or b"")
        return found[1].decode().removesuffix(schema) if found else "/"

    @property
    def index(self) -> SearchIndex:
        """The search index, as it is now."""
        table = self._read(FOLDER + TABLE)
        if self._index is None or self._index[0] != table:
            self._index = table, SearchIndex(self._read)
        return self._index[1]

    def paper(self, name: str) -> shapes.ApiPaper:
        """Returns a paper by its slug, its address on the site, its arXiv id or its DOI.

        Slugs and addresses that it had before count, too.

        Raises:
            BroadsheetError: There's no such paper.
        """
        name = name.strip()
        on_site = _PAPER_URL.search(name)
        slug = on_site[1] if on_site else name
        paper = self._paper(slug) or self._moved(slug) or self._by_id(name)
        if paper is None:
            # Another id is the id of another paper, however similar it is.
            is_id = parse_arxiv(name) or parse_doi(name)
            near = "" if is_id else " or ".join(map(repr, self._near(slug)))
            advice = f"did you mean {near}?" if near else "search for it with search_papers"
            raise _unknown("paper", name, advice)
        return paper

    def twin(self, name: str) -> str:
        """Returns the page of a paper as Markdown; see `paper`."""
        slug = self.paper(name).slug
        return self._text(twin_url(paper_url(slug)))

    def week(self, name: str) -> shapes.ApiWeek:
        """Returns a week such as "2024-W12"."""
        name = name.strip().upper()
        path = f"{API}/weeks/{name}.json"
        found = self._shape(shapes.ApiWeek, path) if parse_week(name) else None
        if found is None:
            members = self.catalog("weeks").members
            newest = max((one.slug for one in members), default="")
            advice = f"the newest is {newest}; list_weeks has all" if newest else "there are none"
            raise _unknown("week", name, advice)
        return found

    def week_twin(self, name: str) -> str:
        """Returns the page of a week as Markdown."""
        return self._text(twin_url(week_url(self.week(name).week)))

    def catalog(self, kind: str) -> shapes.Catalog:
        """Returns all "weeks", "topics" or "collections"."""
        return self._shape(shapes.Catalog, f"{API}/{kind}.json") or shapes.Catalog(members=())

    def papers_of(self, kind: str, name: str) -> tuple[shapes.ListPart, list[shapes.Mention]]:
        """Returns the first part of a topic or collection, and all of its papers.

        Args:
            kind: "topics" or "collections".
            name: Its slug or its name.

        Raises:
            BroadsheetError: There's no such list.
        """
        members = self.catalog(kind).members
        known = {key.casefold(): one.slug for one in members for key in (one.name, one.slug)}
        slug = known.get(name.strip().casefold(), "")
        parts = list(self._parts(shapes.ListPart, f"{kind}/{slug}")) if is_slug(slug) else []
        if not parts:
            near = Nearest(known).find(name.strip().casefold())
            advice = f"did you mean {known[near]!r}?" if near else f"list_{kind} has all"
            raise _unknown(kind.removesuffix("s"), name, advice)
        return parts[0], [paper for part in parts for paper in part.papers]

    def _near(self, slug: str) -> list[str]:
        """Returns the slugs that one which doesn't exist may stand for."""
        similar = Nearest(mention.slug for mention in self._all_papers()).find(slug.lower())
        answer = ask(self.index, slug.replace("-", " "))
        is_good = answer.mode in ("all", "spelled")
        numbers = best_found(self.index, answer, _MOST_SUGGESTED) if is_good else ()
        found = (row.address for row in self.index.results(numbers))
        return list(dict.fromkeys(filter(None, (similar, *found))))[:_MOST_SUGGESTED]

    def _all_papers(self) -> Iterator[shapes.Mention]:
        for part in self._parts(shapes.PapersPart, "papers"):
            yield from part.papers

    def _parts(self, shape: type[_Shape], stem: str) -> Iterator[_Shape]:
        page = 1
        while part := self._shape(shape, part_path(stem, page)):
            yield part
            page += 1

    def _paper(self, slug: str) -> shapes.ApiPaper | None:
        return self._shape(shapes.ApiPaper, paper_api(slug)) if is_slug(slug) else None

    def _moved(self, slug: str) -> shapes.ApiPaper | None:
        """Returns the paper that an old address redirects to."""
        page = self._read(f"{paper_url(slug)}index.html") if is_slug(slug) else None
        found = _REDIRECT.search(page or b"")
        return self._paper(found[1].decode()) if found else None

    def _by_id(self, name: str) -> shapes.ApiPaper | None:
        """Returns the paper with an arXiv id or a DOI, which the search finds."""
        ids = arxiv, doi = parse_arxiv(name), parse_doi(name)
        for wanted in filter(None, ids):
            answer = ask(self.index, f"id:{wanted}")
            numbers = best_found(self.index, answer, _MOST_WITH_AN_ID)
            for row in self.index.results(numbers):
                paper = self._paper(row.address)
                if paper and wanted in (arxiv and paper.arxiv, doi and (paper.doi or "").lower()):
                    return paper
        return None

    def _text(self, path: str) -> str:
        content = self._read(path)
        if content is None:
            raise BroadsheetError(Problem(path, 0, "", "is missing", "build the site again"))
        return content.decode()

    def _shape(self, shape: type[_Shape], path: str) -> _Shape | None:
        content = self._read(path)
        try:
            return None if content is None else shape.model_validate_json(content)
        except ValidationError as error:
            message = "isn't what this version of Broadsheet writes"
            raise BroadsheetError(Problem(path, 0, "", message, "build the site again")) from error


def _unknown(kind: str, name: str, advice: str) -> BroadsheetError:
    return BroadsheetError(Problem(f"{kind} {name!r}", 0, "", "isn't on this site", advice))
