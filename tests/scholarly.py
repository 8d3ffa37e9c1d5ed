"""arXiv, Crossref, OpenAlex, Semantic Scholar and Hugging Face, played by one server."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from html import escape
from urllib.parse import unquote

from answering import Answer, Asked, Server, serving

from broadsheet.base.identifiers import title_key

VARIABLES = {
    "BROADSHEET_ARXIV_API": "/arxiv",
    "BROADSHEET_CROSSREF_API": "/crossref",
    "BROADSHEET_OPENALEX_API": "/openalex",
    "BROADSHEET_SEMANTIC_SCHOLAR_API": "/scholar",
    "BROADSHEET_HUGGING_FACE_API": "/hugging-face",
}


@dataclass(frozen=True)
class Known:
    """What the services know about a paper.

    Attributes:
        at: The services that have it: a, c, o, s and h.
    """

    title: str
    authors: tuple[str, ...] = ("Ada Example", "Bob Sample")
    arxiv: str | None = None
    doi: str | None = None
    published: str = "2024-03-18"
    venue: str | None = None
    code: str | None = None
    abstract: str = "An abstract."
    categories: tuple[str, ...] = ("cs.CL", "cs.LG")
    version: int = 1
    citations: int = 7
    comment: str | None = None
    at: str = "acosh"


@dataclass
class Scholarly:
    """The services: what they know, and what they were asked.

    Attributes:
        known: The papers.
        faults: What is answered instead, by the path of a service.
        gate: Opens when an answer that hangs may go on.
    """

    server: Server
    known: list[Known] = field(default_factory=list)
    faults: dict[str, Answer] = field(default_factory=dict)
    gate: threading.Event = field(default_factory=threading.Event)

    @property
    def environment(self) -> dict[str, str]:
        return {name: self.server.url + path for name, path in VARIABLES.items()}

    def asked(self) -> list[str]:
        """The services that were asked, and for what."""
        return [
            f"{asked.path} {unquote(asked.target.partition('?')[2])} {asked.content.decode()}"
            for asked in self.server.asked
        ]

    def answer(self, asked: Asked) -> Answer:
        for path, fault in self.faults.items():
            if asked.path.startswith(path):
                return fault
        name = asked.path.split("/")[1]
        answer: Answer = getattr(self, f"_{name.replace('-', '_')}")(asked)
        return answer

    def _having(self, letter: str) -> list[Known]:
        return [known for known in self.known if letter in known.at]

    def _arxiv(self, asked: Asked) -> Answer:
        query = asked.query
        ids = query.get("id_list", "").split(",")
        words = title_key(query.get("search_query", "").removeprefix("ti:"))
        found = [
            known
            for known in self._having("a")
            if known.arxiv in ids or (words and words in title_key(known.title))
        ]
        entries = "".join(map(arxiv_entry, found))
        return Answer(f'<feed xmlns="http://www.w3.org/2005/Atom">{entries}</feed>')

    def _crossref(self, asked: Asked) -> Answer:
        query = asked.query
        dois = re.findall(r"doi:([^,]+)", query.get("filter", ""))
        words = title_key(query.get("query.bibliographic", ""))
        found = [
            crossref_work(known)
            for known in self._having("c")
            if known.doi
            if known.doi in dois or (words and words[:20] in title_key(known.title))
        ]
        return Answer(json.dumps({"status": "ok", "message": {"items": found}}))

    def _openalex(self, asked: Asked) -> Answer:
        dois = asked.query["filter"].removeprefix("doi:").split("|")
        found = [
            openalex_work(known)
            for known in self._having("o")
            if known.doi in dois or f"10.48550/arxiv.{known.arxiv}" in dois
        ]
        return Answer(json.dumps({"meta": {"count": len(found)}, "results": found}))

    def _scholar(self, asked: Asked) -> Answer:
        if asked.path.endswith("/search/match"):
            words = title_key(asked.query["query"])
            found = [known for known in self._having("s") if title_key(known.title) == words]
            data = [scholar_paper(known) for known in found[:1]]
            return Answer(json.dumps({"data": data})) if data else Answer("{}", status=404)
        ids = json.loads(asked.content)["ids"]
        by_id: dict[str, Known] = {}
        for known in self._having("s"):
            by_id |= {f"ARXIV:{known.arxiv}": known, f"DOI:{known.doi}": known}
        papers = [scholar_paper(by_id[name]) if name in by_id else None for name in ids]
        return Answer(json.dumps(papers))

    def _hugging_face(self, asked: Asked) -> Answer:
        arxiv = asked.path.rpartition("/")[2]
        known = next((found for found in self._having("h") if found.arxiv == arxiv), None)
        if known is None:
            return Answer('{"error": "Paper not found"}', status=404)
        paper = {"id": arxiv, "title": known.title, "summary": "…", "githubRepo": known.code}
        return Answer(json.dumps({name: value for name, value in paper.items() if value}))


@contextmanager
def services(*known: Known) -> Iterator[Scholarly]:
    """Serves what the services know."""
    with serving(lambda _: Answer(status=500)) as server:
        played = Scholarly(server, list(known))
        server.answer = played.answer
        yield played


def arxiv_entry(known: Known) -> str:
    names = "".join(f"<author><name>{escape(name)}</name></author>" for name in known.authors)
    labels = "".join(f'<category term="{label}"/>' for label in known.categories)
    of_arxiv = 'xmlns:a="http://arxiv.org/schemas/atom"'
    doi = f"<a:doi {of_arxiv}>{escape(known.doi)}</a:doi>" if known.doi else ""
    comment = f"<a:comment {of_arxiv}>{escape(known.comment)}</a:comment>" if known.comment else ""
    return (
        f"<entry><id>http://arxiv.org/abs/{known.arxiv}v{known.version}</id>"
        f"<published>{known.published}T10:00:00Z</published><title>{escape(known.title)}</title>"
        f"{names}<summary>{escape(known.abstract)}</summary>{labels}{doi}{comment}</entry>"
    )


def crossref_work(known: Known) -> Mapping[str, object]:
    people = [name.rpartition(" ") for name in known.authors]
    return {
        "DOI": known.doi,
        "title": [known.title],
        "author": [{"given": given, "family": family} for given, _, family in people],
        "published": {"date-parts": [[int(part) for part in known.published.split("-")]]},
        "container-title": [known.venue] if known.venue else [],
        "is-referenced-by-count": known.citations - 1,
        "member": "1",
    }


def openalex_work(known: Known) -> Mapping[str, object]:
    doi = known.doi or f"10.48550/arxiv.{known.arxiv}"
    locations = [{"landing_page_url": f"https://arxiv.org/abs/{known.arxiv}"}]
    return {
        "id": "https://openalex.org/W1",
        "doi": f"https://doi.org/{doi}",
        "title": known.title,
        "type": "article",
        "authorships": [{"author": {"display_name": name}} for name in known.authors],
        "publication_date": known.published,
        "publication_year": int(known.published[:4]),
        "primary_location": {"source": {"display_name": known.venue, "type": "journal"}},
        "locations": locations if known.arxiv else [],
        "cited_by_count": known.citations + 1,
        "is_retracted": False,
    }


def scholar_paper(known: Known) -> Mapping[str, object]:
    ids = {"ArXiv": known.arxiv, "DOI": known.doi, "CorpusId": 1}
    return {
        "paperId": title_key(known.title)[:8],
        "externalIds": {name: value for name, value in ids.items() if value},
        "title": known.title,
        "authors": [{"authorId": "1", "name": name} for name in known.authors],
        "publicationDate": known.published,
        "year": int(known.published[:4]),
        "venue": known.venue or "arXiv.org",
        "citationCount": known.citations,
    }


def elsewhere(known: Known, at: str, **other: object) -> tuple[Known, Known]:
    """A paper about which some services say something else."""
    rest = "".join(letter for letter in known.at if letter not in at)
    return replace(known, at=rest), replace(known, at=at, **other)  # type: ignore[arg-type]
