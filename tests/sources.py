"""The source documents that importers are tested on: a small set of our own, and the real ones.

Each set has three weekly articles, a papers page, a dataset viewer page, and the facts about their
papers as records. Ours are in `documents/`. The real ones belong to other people, so they're not in
this repository: their tests are skipped unless the documents are beside the checkout.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from broadsheet.importers import Reading, decode, read

OWN_FOLDER = Path(__file__).parent / "documents"
REAL_FOLDER = Path(__file__).parents[2] / "shared"


@cache
def _read(path: Path) -> Reading:
    return read(decode(path.read_bytes(), path.name), path.name)


@dataclass(frozen=True)
class Document:
    """A source document. `name` may be a pattern that only this document matches."""

    folder: Path
    name: str

    def __str__(self) -> str:
        return self.name

    @property
    def is_there(self) -> bool:
        return self.folder.is_dir()

    @property
    def path(self) -> Path:
        return next(self.folder.glob(self.name))

    @property
    def text(self) -> str:
        return decode(self.path.read_bytes(), self.path.name)

    @property
    def lines(self) -> list[str]:
        return self.text.split("\n")

    def reading(self) -> Reading:
        return _read(self.path)


@dataclass(frozen=True)
class Article(Document):
    """A weekly article, and what reading it must give. Lines are counted from 1.

    `sizes` has the number of papers in each section, `headings` some headings by the place of their
    section. `around` are the lines of header, introduction, contents and promotion;
    `lists` the number of items by the number of the paper that lists them.
    """

    week: str
    start: date
    end: date
    sizes: tuple[int, ...]
    headings: dict[int, str]
    around: frozenset[int]
    paragraphs: int
    lists: dict[str, int]
    problems: list[int]


@dataclass(frozen=True)
class Page(Document):
    """A papers page. `look_alikes` are the places of pairs of similar but different papers."""

    count: int
    problems: list[int]
    look_alikes: list[tuple[int, int]]


@dataclass(frozen=True)
class Dataset(Document):
    """A dataset viewer page. `lost` are the lines on which a number is missing."""

    count: int
    lost: list[int]


@dataclass(frozen=True)
class Documents:
    """A set of documents and what importing all of it must give.

    Two papers are in two documents: the paper at `same_title` of the page is in an article, too,
    and so is the one with the arXiv id `same_text` of the dataset. `fact_keys` begin the keys
    of the facts about the page and the dataset; `no_authors` is the one paper whose authors the
    facts don't know.
    """

    articles: tuple[Article, Article, Article]
    page: Page
    dataset: Dataset
    facts: Document
    listings: int
    papers: int
    same_title: int
    same_text: str
    fact_keys: tuple[str, str]
    no_authors: str

    @property
    def is_there(self) -> bool:
        return self.facts.is_there

    def readings(self) -> list[Reading]:
        """All documents but the facts: articles first, then the page, then the dataset."""
        return [document.reading() for document in (*self.articles, self.page, self.dataset)]


def _lines(*spans: tuple[int, int]) -> frozenset[int]:
    return frozenset(line for first, last in spans for line in range(first, last + 1))


OWN = Documents(
    articles=(
        Article(
            OWN_FOLDER,
            "week-in-january.txt",
            week="2024-W02",
            start=date(2024, 1, 8),
            end=date(2024, 1, 14),
            sizes=(3, 2, 1, 1),
            headings={4: "Harbor Rules & Manners"},
            around=_lines((1, 10), (42, 44)),
            paragraphs=2,
            lists={"3.1": 3},
            problems=[9, 25, 38, 42],
        ),
        Article(
            OWN_FOLDER,
            "week-in-may.txt",
            week="2024-W18",
            start=date(2024, 4, 29),
            end=date(2024, 5, 5),
            sizes=(4, 2, 1),
            headings={},
            around=_lines((1, 11), (42, 44)),
            paragraphs=3,
            lists={"1.4": 3, "2.2": 3},
            problems=[10, 42],
        ),
        Article(
            OWN_FOLDER,
            "week-over-new-year.txt",
            week="2025-W01",
            start=date(2024, 12, 30),
            end=date(2025, 1, 5),
            sizes=(2, 2, 1),
            headings={1: "Sails & Optimization"},
            around=_lines((1, 11), (31, 33)),
            paragraphs=3,
            lists={},
            problems=[7, 10, 31],
        ),
    ),
    page=Page(
        OWN_FOLDER,
        "trending-page.txt",
        count=14,
        problems=[10, 14, 28],
        look_alikes=[(3, 9), (5, 12), (7, 11)],
    ),
    dataset=Dataset(OWN_FOLDER, "dataset-rows.txt", count=9, lost=[14, 17, 20]),
    facts=Document(OWN_FOLDER, "facts.jsonl"),
    listings=42,
    papers=40,
    same_title=10,
    same_text="2406.99004",
    fact_keys=("trending", "dataset"),
    no_authors="2402.99129",
)

_SEEDS = REAL_FOLDER / "seeds"
REAL = Documents(
    articles=(
        Article(
            _SEEDS,
            "000_*.txt",
            week="2024-W12",
            start=date(2024, 3, 18),
            end=date(2024, 3, 24),
            sizes=(6, 2, 2, 1, 2, 1),
            headings={6: "LLM Regulations & Ethics"},
            around=_lines((1, 12), (102, 104)),
            paragraphs=2,
            lists={"3.1": 3},
            problems=[11, 58, 59, 60, 61, 96, 102],
        ),
        Article(
            _SEEDS,
            "001_*.txt",
            week="2024-W24",
            start=date(2024, 6, 10),
            end=date(2024, 6, 16),
            sizes=(13, 7, 4, 2, 4, 1),
            headings={},
            around=_lines((1, 14), (223, 225)),
            paragraphs=3,
            lists={"1.5": 3, "3.2": 2, "5.1": 2},
            problems=[13, 223],
        ),
        Article(
            _SEEDS,
            "002_*.txt",
            week="2024-W35",
            start=date(2024, 8, 26),
            end=date(2024, 9, 1),
            sizes=(5, 4, 3, 1, 1),
            headings={3: "LLM Quantization & Optimization"},
            around=_lines((1, 13), (112, 114)),
            paragraphs=3,
            lists={"1.1": 3},
            problems=[9, 12, 112],
        ),
    ),
    page=Page(
        _SEEDS,
        "003_*.txt",
        count=220,
        problems=[150, 208, 352],
        look_alikes=[(118, 152), (74, 164), (84, 133)],
    ),
    dataset=Dataset(_SEEDS, "004_*.txt", count=39, lost=[22, 113, 136, 168]),
    facts=Document(REAL_FOLDER / "data", "paper-facts.jsonl"),
    listings=318,
    papers=316,
    same_title=151,
    same_text="2406.04520",
    fact_keys=("003", "004"),
    no_authors="2410.07520",
)

SETS = {"own": OWN, "real": REAL}
ARTICLES = {article.name: article for found in SETS.values() for article in found.articles}
