"""The bundled digest keeps its promises to readers."""

from __future__ import annotations

import posixpath
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from broadsheet.base.markup import plain_rich
from broadsheet.content.check import load_and_check
from broadsheet.content.model import Collection, Corpus, Issue, Paper

CHECKOUT = Path(__file__).parents[1]
CONTENT = CHECKOUT / "content"
ORIGINALITY = CHECKOUT.parent / "shared" / "tools" / "originality.py"

PAPERS = 316
OPENING = re.compile(r"(This|The) (paper|work|article|study|authors?)\b|(We|Our|In this|A novel)\b")
PRAISE = re.compile(
    r"\b(novel|remarkabl[ey]|impressive(ly)?|groundbreaking|revolutionary|cutting-edge|powerful"
    r"|exciting|promising|unlocks?|leverag(e|es|ing)|delves?|paves? the way|sheds? light)\b",
    re.IGNORECASE,
)
LINK = re.compile(r"\[[^\]]+\]\(([^)\s]+)\)")


@pytest.fixture(scope="module", name="corpus")
def _corpus() -> Corpus:
    return load_and_check(CONTENT).corpus


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?])\s+(?=[A-Z0-9\"])", text.strip())


def words(text: str) -> int:
    return len(text.split())


def failing(texts: Iterable[tuple[str, bool]]) -> list[str]:
    return [name for name, holds in texts if not holds]


def listed(corpus: Corpus, listing: Issue | Collection) -> list[Paper]:
    entries = listing.entries() if isinstance(listing, Issue) else listing.entries
    return [corpus.papers[entry.paper] for entry in entries]


def own_texts(corpus: Corpus) -> list[tuple[str, str]]:
    """All texts written for this digest, by where they are."""
    texts: list[tuple[str, str | None]] = []
    for slug, paper in corpus.papers.items():
        texts += [(f"tldr of {slug}", paper.tldr), (f"summary of {slug}", paper.summary)]
    texts += [(f"topic {slug}", topic.description) for slug, topic in corpus.topics.items()]
    texts += [(f"collection {found.slug}", found.description) for found in corpus.collections]
    texts += [(f"issue {issue.name}", issue.introduction) for issue in corpus.issues]
    return [(place, text or "") for place, text in texts]


def test_the_content_has_no_problems() -> None:
    assert load_and_check(CONTENT).problems == ()


def test_all_papers_are_there(corpus: Corpus) -> None:
    assert len(corpus.papers) == PAPERS
    listings: list[Issue | Collection] = [*corpus.issues, *corpus.collections]

    assert {p.slug for found in listings for p in listed(corpus, found)} == set(corpus.papers)


def test_every_tldr_is_one_short_sentence(corpus: Corpus) -> None:
    texts = {slug: paper.tldr or "" for slug, paper in corpus.papers.items()}

    assert not failing((slug, len(sentences(text)) == 1) for slug, text in texts.items())
    assert not failing((slug, 1 <= words(text) <= 30) for slug, text in texts.items())
    assert not failing((slug, text.endswith(".")) for slug, text in texts.items())


def test_no_tldr_begins_by_talking_about_a_paper_or_its_authors(corpus: Corpus) -> None:
    assert not failing((s, not OPENING.match(p.tldr or "")) for s, p in corpus.papers.items())


def test_every_summary_has_40_to_90_words(corpus: Corpus) -> None:
    assert not failing((s, 40 <= words(p.summary or "") <= 90) for s, p in corpus.papers.items())


def test_no_two_papers_share_a_text(corpus: Corpus) -> None:
    shared = Counter(text for _, text in own_texts(corpus))
    assert [text for text, times in shared.items() if times > 1] == []


def test_no_text_praises(corpus: Corpus) -> None:
    found = [(place, hit[0]) for place, text in own_texts(corpus) if (hit := PRAISE.search(text))]
    assert found == []


def test_every_paper_has_one_to_three_different_topics(corpus: Corpus) -> None:
    assert not failing(
        (slug, 1 <= len(paper.topics) <= 3 and len(set(paper.topics)) == len(paper.topics))
        for slug, paper in corpus.papers.items()
    )


def test_topics_are_neither_tiny_nor_a_quarter_of_all_papers(corpus: Corpus) -> None:
    papers = Counter(topic for paper in corpus.papers.values() for topic in paper.topics)

    assert 14 <= len(corpus.topics) <= 21
    assert set(papers) == set(corpus.topics)
    assert not failing((topic, 4 <= papers[topic] <= PAPERS / 4) for topic in corpus.topics)


def test_every_topic_is_described_in_two_or_three_sentences(corpus: Corpus) -> None:
    texts = {slug: topic.description or "" for slug, topic in corpus.topics.items()}

    assert not failing((slug, 2 <= len(sentences(text)) <= 3) for slug, text in texts.items())
    assert not failing((slug, 30 <= words(text) <= 60) for slug, text in texts.items())


def test_every_collection_is_described_in_two_or_three_sentences(corpus: Corpus) -> None:
    texts = {found.slug: found.description or "" for found in corpus.collections}

    assert set(texts) == {"trending", "data-set"}
    assert not failing((slug, 2 <= len(sentences(text)) <= 3) for slug, text in texts.items())


def test_every_introduction_is_short(corpus: Corpus) -> None:
    texts = {issue.name: plain_rich(issue.introduction or "") for issue in corpus.issues}

    assert len(texts) == 3
    assert not failing((name, 2 <= len(sentences(text)) <= 4) for name, text in texts.items())
    assert not failing((name, 40 <= words(text) <= 100) for name, text in texts.items())


def test_every_introduction_links_to_three_papers_of_its_issue(corpus: Corpus) -> None:
    for issue in corpus.issues:
        linked = LINK.findall(issue.introduction or "")
        own = {f"papers/{entry.paper}.md" for entry in issue.entries()}

        assert len(set(linked)) >= 3, issue.name
        assert {posixpath.normpath(posixpath.join("weeks", target)) for target in linked} <= own


@pytest.mark.parametrize(
    ("name", "phrase", "topic", "count"),
    [
        ("2024-W24", "31 papers", None, 31),
        ("2024-W24", "Ten of this week’s", "evaluation", 10),
        ("2024-W35", "fourteen papers", None, 14),
        ("2024-W35", "Half of this week’s", "efficiency", 7),
    ],
)
def test_what_an_introduction_counts_is_counted_right(
    corpus: Corpus, name: str, phrase: str, topic: str | None, count: int
) -> None:
    issue = next(issue for issue in corpus.issues if issue.name == name)
    meant = [p for p in listed(corpus, issue) if topic is None or topic in p.topics]

    assert phrase in (issue.introduction or "")
    assert len(meant) == count


@pytest.mark.parametrize(
    ("slug", "papers", "years", "leading"),
    [
        (
            "trending",
            220,
            {"2020": 1, "2021": 4, "2022": 11, "2023": 70, "2024": 126, "2025": 8},
            [{"fine-tuning"}, {"evaluation"}, {"efficiency"}, {"pretraining"}],
        ),
        (
            "data-set",
            39,
            {"2021": 1, "2022": 3, "2023": 9, "2024": 26},
            [{"architectures", "reasoning"}, {"efficiency", "fine-tuning"}],
        ),
    ],
)
def test_a_collection_has_the_years_and_topics_that_its_description_says(
    corpus: Corpus, slug: str, papers: int, years: dict[str, int], leading: list[set[str]]
) -> None:
    collection = next(found for found in corpus.collections if found.slug == slug)
    found = listed(corpus, collection)
    topics = Counter(topic for paper in found for topic in paper.topics)
    said = set(re.findall(r"\d+", collection.description or ""))

    assert len(found) == papers
    assert Counter((paper.published or "")[:4] for paper in found) == years
    assert {str(papers), str(years["2024"])} <= said
    ranks = sorted(set(topics.values()), reverse=True)[: len(leading)]
    assert [{topic for topic in topics if topics[topic] == rank} for rank in ranks] == leading


def test_nothing_that_the_sources_printed_is_kept(corpus: Corpus) -> None:
    listings = [(i.name, i.entries()) for i in corpus.issues]
    listings += [(c.slug, c.entries) for c in corpus.collections]

    assert not failing((slug, paper.abstract is None) for slug, paper in corpus.papers.items())
    assert not failing((name, entry.text is None) for name, es in listings for entry in es)


@pytest.mark.skipif(not ORIGINALITY.exists(), reason="the source documents are not beside it")
def test_no_eight_words_in_a_row_are_those_of_a_source_document() -> None:
    command = [sys.executable, str(ORIGINALITY), str(CONTENT), "--run", "8"]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)

    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert checked.stdout.startswith("0 runs of 8")
