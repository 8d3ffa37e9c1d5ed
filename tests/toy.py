"""A small invented corpus with everything that outputs must cope with."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from broadsheet.base.addresses import Site
from broadsheet.base.brand import BRAND_FILE, read_brand
from broadsheet.content.model import (
    Collection,
    Corpus,
    Entry,
    Issue,
    Links,
    Paper,
    Place,
    Provenance,
    Section,
    Source,
    Topic,
)
from broadsheet.content.settings import Settings
from broadsheet.edition import Edition, make_edition
from broadsheet.outputs.templates import templates_folder

BRAND = read_brand((templates_folder() / "theme" / BRAND_FILE).read_text("utf-8"), "brand.css")
SITE = Site(
    "https://papers.example/digest/", "Toy Papers", "Invented papers for tests", brand=BRAND
)

PAPERS = (
    Paper(
        slug="raft-boats-that-float",
        title="RAFT: Boats That Float on LLaMA-3 & Co.",
        authors=("Ada Zhang", "Bob van der Sample", "Carla Dupré la Tour", "J. Zico Kolter"),
        arxiv="2403.01234",
        doi="10.1000/Raft.1",
        published="2024-03-18",
        venue="EXAMPLE 2025",
        links=Links(code="https://example.org/raft?a=1&b=2", pdf="https://papers.example/raft.pdf"),
        topics=("boats", "rivers"),
        tldr="Boats float when they are built of logs.",
        summary="We look at rafts.\n\n- They float.\n- They are **cheap**: $n^2$ logs.",
        abstract="Logs float.\n\nWe tie 100% of them together & measure.",
        aliases=("raft-old-address",),
        provenance=(Provenance(source="articles/one.txt", line=3, retrieved=date(2024, 4, 2)),),
    ),
    Paper(
        slug="html-in-the-title",
        title="<script>alert('x')</script> & \"quotes\" in <b>Titles</b>",
        authors=("Plato",),
        arxiv="2403.05678",
        published="2024-03",
        topics=("rivers",),
        tldr="A title <i>tries</i> to be markup & fails.",
    ),
    Paper(
        slug="latex-in-the-title",
        title="$\\textbf{S}^2$IP and 100\\% of C_4: {Braces}, ~tildes~ and #hashes^",
        authors=("Jiří Navrátil", "João Cândido Júnior", "Emile van Krieken", "Sam O'Neill Jr."),
        arxiv="cs/0112017",
        published="2001-12-09",
        venue="Journal of Toys 3(2)",
        topics=("boats",),
        abstract="It costs $5 and then $6.",
    ),
    Paper(
        slug="zhong-wen-ti-mu",
        title="河流上的船 (Boats on Rivers) 🚣",
        authors=("张天骏", "欧阳小明", "山田 太郎", "김민수", "Ada Zhang"),
        doi="10.1000/5678",
        published="2024",
        topics=("boats",),
    ),
    Paper(slug="no-authors-no-date", title="A Paper Without Anything", topics=()),
    Paper(slug="arxiv-2406-04520", arxiv="2406.04520", abstract="Only an id and an abstract."),
    Paper(
        slug="raft-again",
        title="RAFT Again: More Boats",
        authors=("ADA ZHANG", "Second Author", "Third Author"),
        arxiv="2405.00001",
        published="2024-05-02",
        topics=("boats",),
    ),
    Paper(
        slug="by-a-group",
        title="Boat 2 Technical Report",
        authors=("Boat Team", "Guy Van den Broeck", "J Zico Kolter"),
        arxiv="2405.00002",
        published="2024-05-03",
        topics=("boats",),
    ),
)

ISSUES = (
    Issue(
        digest="toy-papers",
        name="2024-W12",
        title="Toy papers of 18 to 24 March 2024",
        week="2024-W12",
        start=date(2024, 3, 18),
        end=date(2024, 3, 24),
        source=Source(name="Toy digest", retrieved=date(2024, 4, 2)),
        introduction="Two papers this week & no more.\n\nRead them <all>.",
        sections=(
            Section(
                heading="Boats & Rafts",
                entries=(
                    Entry(
                        paper="raft-boats-that-float",
                        number="1.1",
                        text="Rafts are boats:\n\n- of logs\n- of hope\n\nThey float.",
                    ),
                ),
            ),
            Section(
                heading="Rivers",
                entries=(Entry(paper="html-in-the-title", number="2.1"),),
            ),
        ),
    ),
    Issue(
        digest="toy-papers",
        name="2024-W18",
        title="Toy papers of 29 April to 5 May 2024",
        week="2024-W18",
        start=date(2024, 4, 29),
        end=date(2024, 5, 5),
        sections=(
            Section(
                heading="Boats & Rafts",
                entries=(
                    Entry(paper="raft-again", number="1.1", text="Boats again."),
                    Entry(paper="by-a-group", number="1.2", text="A team builds a boat."),
                ),
            ),
        ),
    ),
)

COLLECTIONS = (
    Collection(
        slug="floating",
        title="Floating things",
        description="What floats.",
        source=Source(name="A list", retrieved=date(2024, 6, 1)),
        entries=(
            Entry(paper="raft-boats-that-float"),
            Entry(paper="zhong-wen-ti-mu", text="A boat elsewhere."),
            Entry(paper="latex-in-the-title"),
        ),
    ),
)

TOPICS = {
    "boats": Topic(slug="boats", name="Boats & Rafts", description="What floats on water."),
    "rivers": Topic(slug="rivers", name="Rivers"),
}

CORPUS = Corpus(
    papers={paper.slug: paper for paper in sorted(PAPERS, key=lambda paper: paper.slug)},
    issues=ISSUES,
    collections=COLLECTIONS,
    topics=TOPICS,
)


def edition_of(corpus: Corpus, site: Site = SITE, **settings: object) -> Edition:
    """The edition of a corpus with some settings."""
    return make_edition(corpus, Settings.model_validate(settings), site)


EDITION = edition_of(CORPUS)


def placed(corpus: Corpus) -> Corpus:
    """The corpus with places for everything that pages have an edit button for."""
    keys = [("paper", slug) for slug in corpus.papers]
    keys += [("issue", f"{issue.digest}/{issue.name}") for issue in corpus.issues]
    keys += [("collection", collection.slug) for collection in corpus.collections]
    keys += [("topic", topic) for topic in corpus.topics]
    return replace(corpus, places=dict.fromkeys(keys, Place("somewhere.yml")))


def many(count: int) -> Corpus:
    """A corpus of `count` papers in one topic, three per day, to test limits and sizes."""
    papers = {
        f"paper-{number:05d}": Paper(
            slug=f"paper-{number:05d}",
            title=f"Paper Number {number}",
            authors=(f"Ada Author{number % 7}",),
            published=date.fromordinal(738000 + number // 3).isoformat(),
            topics=("boats",),
        )
        for number in range(count)
    }
    return Corpus(papers=papers, topics=TOPICS)
