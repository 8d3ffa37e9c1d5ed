"""References that Broadsheet exports are imported again as the same facts.

`broadsheet.citations` says which facts the formats can't hold.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import values
from hypothesis import example, given
from hypothesis import strategies as st
from toy import SITE

from broadsheet.base.errors import Level
from broadsheet.citations import Citation
from broadsheet.content.check import load_and_check
from broadsheet.content.model import Links, Paper
from broadsheet.importers import read
from broadsheet.importers.repairs import visible
from broadsheet.outputs.citation_files import FORMS, citation_text

CONTENT = Path(__file__).parents[2] / "content"
IMPORTER = {"bibtex": "bibtex", "ris": "ris", "csl": "csl-json"}
NAMES = st.sampled_from(
    [
        "Ada Example",
        "Bob van der Sample",
        "Cy Berg Jr.",
        "Berg, Jr., Cy",
        "Doe, Dora",
        "García Márquez, Eva",
        "Tom Dupré la Tour",
        "The Kite Team",
        "Nina Le Bras",
        "欧阳小明",
        "김 민수",
        "Plato",
        "O'Neil, Fay",
        "Gus-Wu Li",
    ]
)
VENUES = st.sampled_from(
    [
        "KITES 2024",
        "Findings of KITES 2024",
        "Workshop on Ropes at KITES 2023",
        "PNAS 2025 (122(8), e2422455122)",
        "Nature Kites 2025 (9(2))",
        "Journal of Kites 2024 (vol. 7, no. 1, 1999-2013)",
        "Kite Review",
        "Trans. on Kites 16(5) (2025)",
    ]
)
DOIS = st.sampled_from(["10.1000/Ex.1", "10.1234/a_b(c)12:3<4::AID>5", "10.1000/a%b&c"])


@st.composite
def papers(draw: st.DrawFn) -> Paper:
    """Papers with facts that references can hold, in the form that importers give them."""
    paper = draw(values.papers)
    title = visible(" ".join((paper.title or "").split()))
    venue = draw(st.none() | VENUES | values.line.map(visible))
    return Paper(
        slug=paper.slug,
        title=title or None,
        authors=tuple(draw(st.lists(NAMES | values.line.map(visible).filter(bool), max_size=4))),
        arxiv=paper.arxiv,
        doi=draw(st.none() | DOIS),
        published=paper.published,
        venue=" ".join((venue or "").split()) or None,
        links=Links(project=paper.links.project),
    )


def imported(found: Sequence[Paper], form: str) -> list[Paper]:
    citations = [Citation(paper, f"key-{number}", SITE) for number, paper in enumerate(found)]
    reading = read(citation_text(citations, form), f"papers.{FORMS[form].ending}")
    assert reading.importer == IMPORTER[form]
    assert not [problem for problem in reading.problems if problem.level is Level.ERROR]
    names = ("title", "authors", "arxiv", "doi", "published", "venue", "abstract")
    return [
        Paper(
            slug="imported",
            links=Links(**record.links),
            **{name: getattr(record, name) for name in names},
        )
        for record in reading.records
    ]


def as_printed(text: str) -> str:
    """Puts dashes and quotation marks where LaTeX prints them."""
    for typed, sign in (("---", "—"), ("--", "–"), ("``", "“"), ("''", "”")):
        text = text.replace(typed, sign)
    return text


def facts(paper: Paper, form: str) -> dict[str, Any]:
    """What a reference of a paper says, as precisely as a format holds it."""
    reference = dict(Citation(paper, "key", SITE).csl)
    if form == "bibtex" and "issued" in reference:
        reference["issued"] = {"date-parts": [reference["issued"]["date-parts"][0][:2]]}
    reference.pop("note", None)
    if form == "bibtex":
        reference = json.loads(as_printed(json.dumps(reference, ensure_ascii=False)))
    if paper.arxiv and "10.48550" in reference.get("DOI", ""):
        del reference["DOI"]  # arXiv's own follows from the id
    return reference


@pytest.mark.parametrize("form", IMPORTER)
def test_the_bundled_papers_come_back(form: str) -> None:
    found = list(load_and_check(CONTENT).corpus.papers.values())
    again = imported(found, form)
    assert len(again) == len(found) > 300
    for paper, other in zip(found, again, strict=True):
        assert facts(other, form) == facts(paper, form)
        assert (other.arxiv, bool(other.title)) == (paper.arxiv, bool(paper.title))


@pytest.mark.parametrize("form", IMPORTER)
@given(papers())
@example(Paper(slug="a", title="{ } ^ ~ \\ ` ' & % # _ $x^2$ @b{c}", authors=(";", "a; b c")))
@example(Paper(slug="a", title="TY  - JOUR", authors=("ER  - ",), venue="TI  - A"))
def test_a_paper_comes_back(form: str, paper: Paper) -> None:
    (other,) = imported([paper], form)
    assert facts(other, form) == facts(paper, form)
