"""Search in other languages: Python and the browser agree on every word and find papers."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import TypedDict

import pytest
from babel import Locale
from nodejs import node
from playwright.sync_api import Browser, expect
from samples import WORDS
from small_site import served, write_index, write_scripts, write_site

from broadsheet.outputs.search import SearchDocument, build_search, languages
from broadsheet.outputs.search.analysis import Analyzer
from broadsheet.outputs.search.languages import STEMMED, needs_extra, search_language

SCRIPT = Path(__file__).with_name("ask.mjs")
GERMAN_TEXTS = (
    "Wir untersuchen die Größe großer Sprachmodelle und stellen eine Häufung von Fehlern fest.",
    "Bestärkendes Lernen mit menschlichem Feedback: über Ausrichtung, Überprüfbarkeit und Güte.",
    "GPT-4 und GPT 3.5 im Vergleich; wie geht's weiter? Straße, Fußgängerüberwege, naïve Ansätze.",
    "Few-Shot-Lernen auf V*Bench (arXiv:2403.01234v2) mit LLaMA-3-8B, 70B-Modellen und o1.",
)
CHINESE_TEXTS = (
    "我们提出了一种新的大型语言模型训练方法，称为GPT-4微调。",
    "零样本学习：在 V*Bench 上评测 LLaMA-3-8B 与 GPT 4 模型的推理能力。",
    "图神经网络（Graph Neural Networks）综述，第２版。𠮷野家的数据",
    "機械学習のがくしゅう、ディープ・ラーニング。 한국어 모델을 학습",
)
GERMAN = (
    SearchDocument(
        "lernen",
        "papers/lernen/",
        "Bestärkendes Lernen für Sprachmodelle",
        authors=("Jürgen Müller",),
        abstract="Wir bestärken Modelle durch Rückmeldungen von Menschen.",
    ),
    SearchDocument(
        "strassen",
        "papers/strassen/",
        "Straßen erkennen mit GPT-4",
        abstract="Ein großes Modell betrachtet Häuser und Straßen.",
    ),
)
CHINESE = (
    SearchDocument(
        "wangluo",
        "papers/wangluo/",
        "图神经网络综述",
        authors=("王小明",),
        abstract="本文回顾了用于推荐系统的图神经网络。",
    ),
    SearchDocument(
        "yuyan",
        "papers/yuyan/",
        "大型语言模型的机器学习方法",
        abstract="我们用GPT-4评测推理能力，并给出开源代码。",
    ),
)


class Found(TypedDict):
    """Whether papers have all words ("all") or only some, and their titles, best first."""

    mode: str
    titles: list[str]


class Answered(TypedDict):
    """The terms of each text, and what each query finds."""

    terms: list[list[str]]
    found: list[Found]


def answered(
    folder: Path,
    code: str,
    documents: Sequence[SearchDocument] = (),
    texts: Sequence[str] = (),
    queries: Sequence[str] = (),
) -> Answered:
    """What the browser's scripts make of texts and queries in a language."""
    folder.mkdir(exist_ok=True)
    write_scripts(folder / "site")
    write_index(folder / "site", documents, language=code)
    (folder / "asked.json").write_text(json.dumps({"texts": texts, "queries": queries}))
    subprocess.run([node(), SCRIPT, folder], check=True, timeout=300)
    result: Answered = json.loads((folder / "answered.json").read_text())
    return result


def named_things(code: str) -> list[str]:
    """A few hundred words of a language: its names of countries, languages and days."""
    locale = Locale.parse(code)
    names = (locale.territories, locale.languages, locale.days["format"]["wide"])
    return sorted(str(name) for of in names for name in of.values())


@pytest.mark.parametrize(
    ("code", "texts"),
    [
        ("en", (*GERMAN_TEXTS, *CHINESE_TEXTS, " ".join(WORDS))),
        ("de", (*GERMAN_TEXTS, " ".join(WORDS))),
        ("zh-CN", (*CHINESE_TEXTS, " ".join(WORDS))),
        ("pl", ("Żółte modele językowe i GPT-4", " ".join(WORDS))),
    ],
)
def test_python_and_the_browser_make_the_same_terms(
    tmp_path: Path, code: str, texts: Sequence[str]
) -> None:
    analyzer = Analyzer(search_language(code))
    expected = [analyzer.terms(text) for text in texts]
    assert answered(tmp_path, code, texts=texts)["terms"] == expected
    assert all(expected)


@pytest.mark.parametrize("code", sorted(STEMMED))
def test_python_and_the_browser_stem_every_word_alike(tmp_path: Path, code: str) -> None:
    words = named_things(code)
    language = search_language(code)
    expected = [Analyzer(language).terms(word) for word in words]
    assert answered(tmp_path, code, texts=words)["terms"] == expected
    assert any(language.stem(word.lower()) != word.lower() for word in words)


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("Sprachmodell", "Bestärkendes Lernen"),
        ("bestarkende", "Bestärkendes Lernen"),
        ("Muller", "Bestärkendes Lernen"),
        ("Strasse", "Straßen"),
        ("haus große", "Straßen"),
        ("gpt4", "Straßen"),
        ('"durch Rückmeldungen"', "Bestärkendes Lernen"),
    ],
)
def test_a_german_site_finds_other_forms_of_words(tmp_path: Path, query: str, title: str) -> None:
    (found,) = answered(tmp_path, "de", GERMAN, queries=[query])["found"]
    assert found["mode"] == "all"
    assert [one.startswith(title) for one in found["titles"]] == [True]


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("神经网络", "图神经网络"),
        ("推荐系统", "图神经网络"),
        ("网", "图神经网络"),
        ("王小明", "图神经网络"),
        ("机器学习", "大型语言模型"),
        ("GPT 4推理", "大型语言模型"),
        ("码", "大型语言模型"),
        ('"推理能力"', "大型语言模型"),
        ("title:语言 -神经", "大型语言模型"),
    ],
)
def test_a_chinese_site_finds_parts_of_a_sentence(tmp_path: Path, query: str, title: str) -> None:
    (found,) = answered(tmp_path, "zh", CHINESE, queries=[query])["found"]
    assert found["mode"] == "all"
    assert [one.startswith(title) for one in found["titles"]] == [True]


def test_characters_of_a_phrase_in_another_order_are_not_found(tmp_path: Path) -> None:
    (found,) = answered(tmp_path, "zh", CHINESE, queries=['"能力推理"'])["found"]
    assert found["titles"] == []


@pytest.mark.parametrize(
    ("code", "documents", "query", "marked"),
    [
        ("de", GERMAN, "Haus", ["Häuser"]),
        ("zh", CHINESE, "推荐系统 网络", ["网络", "推荐系统", "网络"]),
    ],
)
def test_a_reader_finds_and_sees_what_was_asked_for(
    tmp_path: Path,
    chromium: Browser,
    code: str,
    documents: Sequence[SearchDocument],
    query: str,
    marked: list[str],
) -> None:
    write_site(tmp_path, documents, language=code)
    with served(tmp_path) as host:
        page = chromium.new_page()
        page.goto(f"{host}/search/?q={query}")
        expect(page.locator(".bs-find__found > ol h2")).to_have_count(1)
        assert page.locator(".bs-find__found mark").all_inner_texts() == marked
        page.close()


def test_only_a_language_that_needs_a_stemmer_publishes_one() -> None:
    stemmers = {
        code: [name for name in build_search(GERMAN, language=code) if name.endswith(".js")]
        for code in ("en", "zh", "pl", "de")
    }
    assert [len(stemmers[code]) for code in ("en", "zh", "pl", "de")] == [0, 0, 0, 1]


@pytest.mark.parametrize(
    ("code", "like"), [("de-AT", "de"), ("pt_BR", "pt"), ("nb", "no"), ("zh-Hant", "zh")]
)
def test_a_region_or_script_changes_nothing(code: str, like: str) -> None:
    assert search_language(code).stop_words == search_language(like).stop_words
    assert search_language(code).has_bigrams == search_language(like).has_bigrams


def test_without_the_extra_words_are_found_as_they_are_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(languages, "can_stem", lambda: False)
    search_language.cache_clear()
    try:
        assert needs_extra("de")
        assert not needs_extra("en")
        assert not needs_extra("zh")
        asked = ["Sprachmodelle", "Sprachmodell"]
        exact, other = answered(tmp_path, "de", GERMAN, queries=asked)["found"]
    finally:
        search_language.cache_clear()
    assert len(exact["titles"]) == 1
    assert other["mode"] != "all"
