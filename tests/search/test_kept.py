"""An index that is made with results of an earlier build has the same bytes as a new one."""

import random
import string
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import BY_HAND, WORDS, mixed
from selecting import examples

from broadsheet.base.cache import Cache
from broadsheet.outputs.search import SearchDocument, build_search, term_index
from broadsheet.outputs.search.analysis import Analyzer
from broadsheet.outputs.search.inverted import InvertedIndex, invert
from broadsheet.outputs.search.patching import Texts

WORD = st.one_of(
    st.sampled_from(WORDS), st.text(string.ascii_lowercase, min_size=1, max_size=5), st.text()
)
TEXT = st.lists(WORD, max_size=8).map(" ".join)
DOCUMENT = st.builds(
    SearchDocument,
    ref=st.sampled_from([f"paper-{n}" for n in range(9)]),
    url=st.just("papers/some/"),
    title=TEXT,
    authors=st.lists(TEXT, max_size=2).map(tuple),
    topics=st.lists(st.sampled_from([("a", "Models"), ("b", "Code")]), unique=True).map(tuple),
    published=st.sampled_from([None, "2023", "2024-03"]),
    abstract=TEXT,
)
CORPORA = st.lists(st.lists(DOCUMENT, max_size=9, unique_by=lambda one: one.ref), max_size=4)


def assert_same(corpus: list[SearchDocument], cache: Cache, language: str = "en") -> None:
    assert build_search(corpus, {}, language, cache) == build_search(corpus, {}, language)


@given(CORPORA)
@settings(max_examples=examples(150), deadline=None)
def test_after_any_edits_an_index_is_the_same_as_a_new_one(
    corpora: list[list[SearchDocument]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for corpus in corpora:
            assert_same(corpus, Cache(Path(folder)))


@pytest.mark.slow
@given(st.integers(0, 2**32))
@settings(max_examples=examples(15), deadline=None)
def test_after_edits_of_some_of_many_papers_an_index_is_the_same_as_a_new_one(seed: int) -> None:
    chance = random.Random(seed)
    papers = [*BY_HAND, *mixed(300)]
    with tempfile.TemporaryDirectory() as folder:
        cache = Cache(Path(folder))
        for _ in range(3):
            assert_same(papers, cache)
            for _ in range(chance.randrange(1, 5)):
                place = chance.randrange(len(papers))
                words = " ".join(chance.choices(WORDS, k=chance.randrange(9)))
                field = chance.choice(("title", "abstract", "authors", "ids"))
                value = words if field in {"title", "abstract"} else tuple(words.split())
                papers[place] = replace(papers[place], **{field: value})  # type: ignore[arg-type]
            if chance.random() < 0.3:
                added = SearchDocument(f"z-{seed}", "papers/z/", "A new one", published="2099")
                papers.append(replace(added, ref=f"z-{len(papers)}"))


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Collects how many documents are analyzed to make terms anew."""
    counts: list[int] = []

    def counting(texts: Texts, analyzer: Analyzer) -> InvertedIndex:
        counts.append(len(texts))
        return invert(texts, analyzer)

    monkeypatch.setattr(term_index, "invert", counting)
    return counts


def test_only_changed_papers_are_analyzed_again(tmp_path: Path, made: list[int]) -> None:
    papers, cache = list(mixed(100)), Cache(tmp_path)
    build_search(papers, cache=cache)
    papers[7] = replace(papers[7], title="Another title", abstract="And another abstract")
    newer = replace(papers[8], ref="zzz", published="2099-01")
    build_search([*papers, newer], cache=cache)
    assert made == [100]


def test_another_language_has_other_terms(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    for language in ("en", "zh", "de", "en"):
        assert_same([*BY_HAND], cache, language)


def test_terms_that_scripts_sort_otherwise_are_made_anew(tmp_path: Path) -> None:
    papers, cache = list(mixed(60)), Cache(tmp_path)
    assert_same(papers, cache)
    for title in ("\U00010400\U00010401 \uffdc\uffdb", "Plain again"):
        papers[3] = replace(papers[3], title=title)
        assert_same(papers, cache)


def test_a_damaged_cache_changes_nothing(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    build_search(BY_HAND, cache=cache)
    for path in filter(Path.is_file, tmp_path.rglob("*")):
        path.write_bytes(path.read_bytes()[:-3])
    assert_same([*BY_HAND], cache)
