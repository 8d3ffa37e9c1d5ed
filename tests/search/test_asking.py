"""Python answers queries as the page of search does in the browser."""

from __future__ import annotations

import json
import random
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from hypothesis import strategies as st
from nodejs import node
from samples import BY_HAND, WORDS, bundled, mixed
from small_site import write_index, write_scripts

from broadsheet.base.errors import BroadsheetError
from broadsheet.outputs.search import SearchDocument, build_search
from broadsheet.outputs.search.abbreviations import Abbreviations, abbreviations
from broadsheet.outputs.search.asking import SearchIndex, also_found, ask, best_found
from broadsheet.outputs.search.asking.index import FOLDER
from broadsheet.outputs.search.document import body_text
from broadsheet.outputs.search.table import FORMAT

SCRIPT = Path(__file__).with_name("answers.mjs")
AT_ONCE = 10
ODD = (
    "", "   ", "the of", '"the of"', "-", '"', "author:", "author: models", "-author:ada", "year:",
    "year:2024", "-year:2023 model", "year:2023..2024", "year:..2023 models", "year:20x",
    "2024-W12", "week:2024-W12..2024-W24", "-week:2024-w12", "week:nowhere", "models -retrieval",
    "-models",
    '"language models"', '-"language models"', 'title:"gentle language"', 'author:"ada example"',
    "author:example model", "topic:retrieval", 'topics:"language models" gpt', "id:2403.01234v2",
    "10.1000/example.1", "GPT 4", "gpt-4", "GPT4", "pre-training", "pretraining", "fine-tuning",
    "-pre-training model", "retreival", "langauge modls", "langage xyzzyxyz", "nowhere model",
    "nowhere nothing", "mod", "model ", "reasonin", "Navratil", "navrátil", "ada sampel",
    "Joshua Bengio", "yoshua bengio", "CVPR2024", "state-of-the-art", "a*b", "o1 C4", "İstanbul",
    "behaviour", "optimisation", "零样本", "学", '"零样本 学习"', "𠀀", "x^2", "V*Bench",
    "gpt author: 4",
)  # fmt: skip


def read_from(files: dict[str, bytes]) -> Any:
    return {FOLDER + name: content for name, content in files.items()}.get


def queries(documents: Sequence[SearchDocument], count: int) -> Iterator[dict[str, str]]:
    """Queries as people write them: words of titles and names, some with a wrong letter."""
    yield from ({"text": text, "sort": sort} for text in ODD for sort in ("", "date"))
    chance = random.Random(11)
    for document in chance.sample(list(documents), min(count, len(documents))):
        words = [*document.title.split(), *" ".join(document.authors).split(), *WORDS[:3]]
        chosen = chance.sample(words, chance.randrange(1, min(5, len(words))))
        if chance.random() < 0.4:
            chosen[-1] = _misspelt(chance, chosen[-1])
        text = " ".join(chosen)
        yield {"text": f'"{text}"' if chance.random() < 0.1 else text, "sort": ""}


def _misspelt(chance: random.Random, word: str) -> str:
    place = chance.randrange(len(word))
    return chance.choice(
        [word[:place], word[:place] + word[place + 1 :], f"{word[:place]}e{word[place:]}"]
    )


def asked_in_python(index: SearchIndex, text: str, sort: str) -> dict[str, Any]:
    answer = ask(index, text, by_date=bool(sort))
    documents = best_found(index, answer, AT_ONCE, by_date=bool(sort))
    return {
        "text": text,
        "sort": sort,
        "mode": answer.mode,
        "count": len(answer.found.documents),
        "documents": documents,
        "also": [] if sort else also_found(answer, AT_ONCE - len(documents)),
        "instead": list(answer.instead),
        "notices": list(answer.query.notices),
        "unchecked": answer.unchecked,
    }


def compare(folder: Path, documents: Sequence[SearchDocument], count: int, language: str) -> None:
    asked = list(queries(documents, count))
    (folder / "queries.json").write_text(json.dumps(asked))
    write_scripts(folder / "site")
    write_index(folder / "site", documents, language=language)
    subprocess.run([node(), SCRIPT, folder], check=True, timeout=300)
    answers: list[dict[str, Any]] = json.loads((folder / "answers.json").read_text())
    index = SearchIndex(read_from(dict(build_search(documents, language=language))))
    ours = [asked_in_python(index, one["text"], one["sort"]) for one in asked]
    assert [pair for pair in zip(answers, ours, strict=True) if pair[0] != pair[1]] == []
    assert {one["mode"] for one in answers} == {"all", "spelled", "some", "filter", "none"}
    assert any(one["also"] for one in answers)


def _with_abbreviations(documents: Sequence[SearchDocument]) -> list[SearchDocument]:
    texts = [f"{document.title}\n{body_text(document)}" for document in documents]
    known = Abbreviations(abbreviations(texts))
    return [replace(d, also=known.also(text)) for d, text in zip(documents, texts, strict=True)]


def test_the_bundled_papers_are_found_as_on_the_page(tmp_path: Path) -> None:
    compare(tmp_path, _with_abbreviations(bundled()), 300, "en")


@pytest.mark.parametrize("language", ["en", "de", "zh"])
def test_odd_papers_are_found_as_on_the_page(tmp_path: Path, language: str) -> None:
    compare(tmp_path, (*BY_HAND, *mixed(400)), 100, language)


_PIECES = st.lists(st.sampled_from(ODD) | st.text(max_size=8), max_size=4)
_INDEXES = {
    language: SearchIndex(read_from(dict(build_search((*BY_HAND, *mixed(40)), language=language))))
    for language in ("en", "zh")
}


@hypothesis.given(_PIECES.map(" ".join), st.booleans(), st.sampled_from(["en", "zh"]))
def test_every_query_has_an_answer(text: str, by_date: bool, language: str) -> None:
    index = _INDEXES[language]
    answer = ask(index, text, by_date=by_date)
    best = best_found(index, answer, AT_ONCE, by_date=by_date)
    also = also_found(answer, AT_ONCE - len(best))
    assert len(set(best)) == len(best) == min(AT_ONCE, len(answer.found.documents))
    assert set(also).isdisjoint(answer.found.documents)
    assert len(index.results([*best, *also])) == len(best) + len(also) <= AT_ONCE


def test_an_index_without_documents_finds_nothing() -> None:
    index = SearchIndex(read_from(dict(build_search(()))))
    assert asdict(ask(index, "models"))["mode"] == "none"


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "search/index/table.json: is missing, so the site can't be searched"),
        ({"table.json": f'{{"format": {FORMAT - 1}}}'.encode()}, "is of another version"),
    ],
)
def test_an_index_that_cannot_be_read_is_refused(files: dict[str, bytes], said: str) -> None:
    with pytest.raises(BroadsheetError, match=said):
        SearchIndex(read_from(files))
