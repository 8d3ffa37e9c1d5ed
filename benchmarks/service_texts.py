"""Generated texts in the form of services, feeds and pages, for `benchmarks.importers`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from html import escape
from typing import Any

from broadsheet.content.model import Paper

Papers = Sequence[Paper]

_ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><title>{}</title>'
_OAI = '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>'
# How many papers a generated page lists for a week.
_WEEK = 15


def openalex(found: Papers) -> str:
    return json.dumps({"meta": {"count": len(found)}, "results": [_openalex(p) for p in found]})


def _openalex(paper: Paper) -> dict[str, Any]:
    words: dict[str, list[int]] = {}
    for place, word in enumerate((paper.abstract or "").split()):
        words.setdefault(word, []).append(place)
    return {
        "id": f"https://openalex.org/W{_digits(paper)}",
        "doi": f"https://doi.org/10.1000/{paper.slug}",
        "display_name": paper.title,
        "publication_date": _day(paper),
        "primary_location": {"source": {"display_name": "Journal of Kites", "type": "journal"}},
        "authorships": [{"author": {"display_name": name}} for name in paper.authors],
        "abstract_inverted_index": words,
    }


def semantic_scholar(found: Papers) -> str:
    rows = [
        {
            "paperId": f"{place:040x}",
            "externalIds": {"ArXiv": paper.arxiv, "CorpusId": place},
            "title": paper.title,
            "abstract": paper.abstract,
            "venue": "Journal of Kites",
            "publicationDate": _day(paper),
            "authors": [{"authorId": "1", "name": name} for name in paper.authors],
        }
        for place, paper in enumerate(found)
    ]
    return json.dumps({"total": len(rows), "offset": 0, "data": rows})


def crossref(found: Papers) -> str:
    items = [
        {
            "DOI": f"10.1000/{paper.slug}",
            "type": "journal-article",
            "title": [paper.title],
            "author": [_divided(name) for name in paper.authors],
            "container-title": ["Journal of Kites"],
            "issued": {"date-parts": [[int(part) for part in _day(paper).split("-")]]},
            "abstract": f"<jats:p>{escape(paper.abstract or '')}</jats:p>",
        }
        for paper in found
    ]
    message = {"total-results": len(items), "items": items}
    return json.dumps({"status": "ok", "message-type": "work-list", "message": message})


def arxiv_api(found: Papers) -> str:
    entries = (
        f"<entry><id>http://arxiv.org/abs/{paper.arxiv}v1</id><title>{_xml(paper.title)}</title>"
        f"<published>{_day(paper)}T00:00:00Z</published><summary>{_xml(paper.abstract)}</summary>"
        f"{_each('<author><name>{}</name></author>', paper.authors)}"
        '<category term="cs.CL" scheme="http://arxiv.org/schemas/atom"/></entry>'
        for paper in found
    )
    head = _ATOM.format("ArXiv Query: search_query=all") + "<id>http://arxiv.org/api/a</id>"
    return "\n".join([head, *entries, "</feed>"])


def arxiv_dump(found: Papers) -> str:
    return "\n".join(
        json.dumps(
            {
                "id": paper.arxiv,
                "submitter": "Ada Example",
                "authors": ", ".join(paper.authors),
                "title": paper.title,
                "comments": "8 pages",
                "journal-ref": None,
                "doi": None,
                "categories": "cs.CL",
                "abstract": f"  {paper.abstract}\n",
                "versions": [{"version": "v1", "created": "Mon, 18 Mar 2024 00:00:00 GMT"}],
                "update_date": "2024-03-18",
                "authors_parsed": [[*_divided(name).values(), ""] for name in paper.authors],
            }
        )
        for paper in found
    )


def arxiv_oai(found: Papers) -> str:
    rows = (
        f"<record><header><identifier>oai:arXiv.org:{paper.arxiv}</identifier></header><metadata>"
        f'<arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>{paper.arxiv}</id>'
        f"<created>{_day(paper)}</created>"
        f"<authors>{_each('<author><keyname>{}</keyname></author>', paper.authors)}</authors>"
        f"<title>{_xml(paper.title)}</title><categories>cs.CL</categories>"
        f"<abstract>{_xml(paper.abstract)}</abstract></arXiv></metadata></record>"
        for paper in found
    )
    return "\n".join([_OAI, *rows, "</ListRecords></OAI-PMH>"])


def dblp(found: Papers) -> str:
    rows = (
        f'<article key="journals/kites/{paper.slug}" mdate="2024-03-18">'
        f"{_each('<author>{}</author>', paper.authors)}<title>{_xml(paper.title)}.</title>"
        f"<year>2024</year><journal>J. Kites</journal>"
        f"<ee>https://doi.org/10.1000/{paper.slug}</ee></article>"
        for paper in found
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE dblp SYSTEM "dblp.dtd">\n<dblp>'
    return "\n".join([head, *rows, "</dblp>"])


def dblp_json(found: Papers) -> str:
    hits = [
        {
            "@id": paper.slug,
            "info": {
                "authors": {"author": [{"@pid": "1/1", "text": name} for name in paper.authors]},
                "title": f"{paper.title}.",
                "venue": "J. Kites",
                "year": "2024",
                "type": "Journal Articles",
                "doi": f"10.1000/{paper.slug}",
                "url": f"https://dblp.org/rec/journals/kites/{paper.slug}",
            },
        }
        for paper in found
    ]
    return json.dumps({"result": {"query": "kites", "hits": {"@total": "9", "hit": hits}}})


def feed(found: Papers) -> str:
    items = (
        f"<item><title>{_xml(paper.title)}</title><link>https://arxiv.org/abs/{paper.arxiv}</link>"
        f"<description>{_xml(paper.abstract)}</description></item>"
        for paper in found
    )
    head = '<rss version="2.0"><channel><title>Kites</title><link>https://kites.example/</link>'
    return "\n".join([head, *items, "</channel></rss>"])


def markdown(found: Papers) -> str:
    lines = ["# Kite papers of the week"]
    for heading, week in _weeks(found):
        lines += ["", f"## {heading}", "", "| **Paper** | **Links** |", "| --- | --- |"]
        lines += [
            f"| {number}) **{paper.title}** - {paper.abstract} | "
            f"[Paper](https://arxiv.org/abs/{paper.arxiv}) |"
            for number, paper in enumerate(week, 1)
        ]
    return "\n".join(lines)


def markdown_list(found: Papers) -> str:
    """Markdown whose papers are in one list, which can't be read in parts."""
    lines = [
        f"- [{paper.title}](https://arxiv.org/abs/{paper.arxiv}): {paper.abstract}"
        for paper in found
    ]
    return "\n".join(["# Kite papers", "", *lines])


def html(found: Papers) -> str:
    lines = ["<!doctype html><html><body><h1>Kite papers of the week</h1>"]
    for heading, week in _weeks(found):
        rows = (
            f'<li><a href="https://arxiv.org/abs/{paper.arxiv}">{_xml(paper.title)}</a>: '
            f"{_xml(paper.abstract)}</li>"
            for paper in week
        )
        lines += [f"<h2>{heading}</h2><ul>", *rows, "</ul>"]
    return "\n".join([*lines, "</body></html>"])


def _weeks(found: Papers) -> Iterable[tuple[str, Papers]]:
    """Yields weeks of papers. There are more of them than since the first paper on arXiv."""
    first = date(1995, 1, 2)
    for place, start in enumerate(range(0, len(found), _WEEK)):
        day = first + timedelta(weeks=place)
        end = day + timedelta(days=6)
        yield f"Papers of {day:%B %-d, %Y} - {end:%B %-d, %Y}", found[start : start + _WEEK]


def _xml(text: str | None) -> str:
    return escape(text or "", quote=False)


def _each(form: str, values: Iterable[str]) -> str:
    return "".join(form.format(_xml(value)) for value in values)


def _divided(name: str) -> dict[str, str]:
    given, _, family = name.rpartition(" ")
    return {"family": family, "given": given}


def _day(paper: Paper) -> str:
    """Returns the day, also of a paper that only has a month or a year."""
    return (str(paper.published or "2024") + "-01-01")[:10]


def _digits(paper: Paper) -> str:
    return (paper.arxiv or "1").replace(".", "")


# The texts by the names of their importers.
SERVICE_KINDS: Mapping[str, Callable[[Papers], str]] = {
    "openalex": openalex,
    "semantic-scholar": semantic_scholar,
    "crossref": crossref,
    "arxiv-api": arxiv_api,
    "arxiv-dump": arxiv_dump,
    "arxiv-oai": arxiv_oai,
    "dblp": dblp,
    "dblp-json": dblp_json,
    "feed": feed,
    "markdown": markdown,
    "html": html,
}
