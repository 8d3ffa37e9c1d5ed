"""Documents for tests of search: some written by hand, some generated."""

import random
import string
from pathlib import Path

from broadsheet.content.load import load
from broadsheet.outputs.search import SearchDocument

ROOT = Path(__file__).parents[2]


def listed(words: str) -> list[str]:
    return words.split()


WORDS = listed(
    "model models language Language-Model learning learned GPT-4 gpt4 GPT LLaMA-3-8B Llama 3 8B "
    "o1 C4 BM25 V*Bench pre-training pretraining training state-of-the-art the of a in with "
    "Navrátil naïve café Ångström Łukasz Straße 2403.01234v2 3.5 70B tries lay ponies relational "
    "happy skies dying generalization transformers' model's don't encoder/decoder (RAG) “quoted” "
    "x^2 s-1 10 2024 4o few-shot zero-shot 零样本 学习 ΟΔΟΣ ﬁne İstanbul a--b end. e.g. fast.ai"
)

BY_HAND = (
    SearchDocument(
        ref="gentle-models",
        url="papers/gentle-models/",
        title="Gentle Language Models for GPT-4 Readers",
        authors=("Eva Navrátil", "Bob van der Sample"),
        topics=(("models", "Language Models"), ("retrieval", "Retrieval")),
        weeks=("2024-W12",),
        published="2024-03-18",
        ids=("2403.01234", "10.1000/example.1"),
        code=True,
        sources=(("weekly", "The Weekly"),),
        tldr="A model that reads with care.",
        abstract="We read slowly. Attention is what a model needs when pages are long.",
    ),
    SearchDocument(
        ref="loud-models",
        url="papers/loud-models/",
        title="Loud Models: gpt4 and LLaMA-3-8B Compared",
        authors=("Ada Example",),
        topics=(("models", "Language Models"),),
        published="2023-06",
        ids=("2306.04321",),
        sources=(("trending", "Trending"),),
        summary="Pre-training on C4, BM25 as a baseline, o1 as a judge.",
    ),
    SearchDocument(
        ref="quiet-retrieval",
        url="papers/quiet-retrieval/",
        title="Quiet Retrieval <b>with</b> GPT 4",
        authors=("Jürgen Müller", "Ada Example"),
        topics=(("retrieval", "Retrieval"),),
        weeks=("2024-W12", "2024-W24"),
        published="2024",
        sources=(("weekly", "The Weekly"), ("trending", "Trending")),
        abstract="Reading needs attention. A pretraining study of retrieval with V*Bench.",
        printed="Another title of it",
    ),
    SearchDocument(ref="1984", url="elsewhere/1984/", title="arXiv:1984.00001"),
)


def mixed(count: int, seed: int = 7) -> tuple[SearchDocument, ...]:
    """Generates documents of odd words in random order, with some empty fields."""
    chance = random.Random(seed)
    return tuple(_mixed_document(number, chance) for number in range(count))


def _mixed_document(number: int, chance: random.Random) -> SearchDocument:
    year = chance.choice((2021, 2022, 2023, 2024))
    return SearchDocument(
        ref=f"paper-{number}" if number % 7 else str(number),
        url=f"papers/paper-{number}/",
        title=_text(chance, 1, 9),
        authors=tuple(chance.sample(["Eva Navrátil", "Bo Li", "Ada Example", "Zoë Straße"], 2)),
        topics=tuple(chance.sample([("a", "Models"), ("b", "Retrieval"), ("c", "Code")], 2)),
        weeks=("2024-W12",) if chance.random() < 0.2 else (),
        published=chance.choice((None, str(year), f"{year}-05", f"{year}-05-1{number % 10}")),
        ids=(f"{2000 + number}.{number:05d}",) if chance.random() < 0.8 else (),
        code=chance.random() < 0.5,
        sources=(("weekly", "The Weekly"),),
        abstract=_text(chance, 0, 60),
    )


def _text(chance: random.Random, least: int, most: int) -> str:
    words = [
        chance.choice(WORDS)
        if chance.random() < 0.8
        else "".join(chance.choices(string.ascii_lowercase, k=chance.randrange(1, 9)))
        for _ in range(chance.randrange(least, most))
    ]
    return " ".join(words)


def bundled() -> list[SearchDocument]:
    """Returns the bundled papers."""
    corpus = load(ROOT / "content").corpus
    return [
        SearchDocument(
            ref=paper.slug,
            url=f"papers/{paper.slug}/",
            title=paper.name,
            authors=paper.authors,
            topics=tuple((topic, corpus.topics[topic].name) for topic in paper.topics),
            published=paper.published,
            ids=tuple(filter(None, (paper.arxiv, paper.doi))),
            tldr=paper.tldr or "",
            summary=paper.summary or "",
            abstract=paper.abstract or "",
        )
        for paper in corpus.papers.values()
    ]
