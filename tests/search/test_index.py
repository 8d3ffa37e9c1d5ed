"""The index in shards has the same content as the index that lunr.py makes."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lunr.tokenizer import Tokenizer
from reading import Files, lunr_weights, weights
from samples import BY_HAND, WORDS, mixed
from selecting import examples
from sources import Documents
from whole import ROUNDING, whole_builder, whole_index

from broadsheet.outputs.search import SearchDocument, build_search
from broadsheet.outputs.search.analysis import Analyzer
from broadsheet.outputs.search.languages import ENGLISH

TEXTS = st.lists(
    st.one_of(st.sampled_from(WORDS), st.text(max_size=12), st.sampled_from(["gpt 4", "a-4", "’s"]))
).map(" ".join)


def lunr_terms(text: str) -> list[str]:
    return [str(token) for token in whole_builder().pipeline.run(Tokenizer(text.split()))]


@given(TEXTS)
@settings(max_examples=examples(300))
def test_any_text_gives_the_terms_that_lunr_gives(text: str) -> None:
    assert Analyzer().terms(text) == lunr_terms(text)


@pytest.mark.parametrize(
    "text, terms",
    [
        ("GPT-4", ["gpt", "4", "gpt4"]),
        ("gpt4", ["gpt", "4", "gpt4"]),
        ("GPT 4", ["gpt", "gpt4", "4"]),
        ("LLaMA-3-8B", ["llama", "3", "8b", "llama3", "llama38b"]),
        ("o1 C4 T5", ["o1", "c4", "t5"]),
        ("BM25", ["bm", "25", "bm25"]),
        ("BM 25", ["bm", "bm25", "25"]),
        ("V*Bench", ["v", "bench", "vbench"]),
        ("pre-training", ["pre", "train", "pretrain"]),
        ("2403.01234v2 arXiv:2403.01234", ["2403.01234", "arxiv", "2403.01234"]),
        ("Navrátil's Ångström Łukasz", ["navratil", "angstrom", "lukasz"]),
        ("GPT-3.5", ["gpt", "3.5", "gpt3.5"]),
        ("models. 4 tasks in 10 days", ["model", "4", "task", "10", "dai"]),
        ("CVPR 2024", ["cvpr", "2024"]),
    ],
)
def test_compounds_give_their_parts_and_their_joined_form(text: str, terms: list[str]) -> None:
    assert Analyzer().terms(text) == terms


@pytest.mark.parametrize(
    "british, american",
    [
        ("behaviour", "behavior"),
        ("optimised", "optimized"),
        ("generalisation", "generalization"),
        ("tokenisers", "tokenizers"),
        ("analysing", "analyzing"),
        ("centred", "centered"),
        ("defences", "defenses"),
        ("dialogues", "dialogs"),
        ("paediatric", "pediatric"),
        ("modelling", "modeling"),
    ],
)
def test_british_and_american_spellings_are_the_same_term(british: str, american: str) -> None:
    assert Analyzer().terms(british) == Analyzer().terms(american)


@pytest.mark.parametrize(
    "words", ["supervise supervision", "precise precisely", "promise promises"]
)
def test_words_that_are_not_british_keep_their_family(words: str) -> None:
    assert len(set(Analyzer().terms(words))) == 1


def assert_same_index(documents: Sequence[SearchDocument]) -> None:
    ours = weights(Files(build_search(documents)))
    of_lunr = lunr_weights(whole_index(documents).serialize())
    assert ours.keys() == of_lunr.keys()
    assert all(abs(ours[key] - of_lunr[key]) < ROUNDING for key in ours)


def test_documents_by_hand_have_the_terms_and_weights_of_the_whole_index() -> None:
    assert_same_index(BY_HAND)


def test_odd_documents_have_the_terms_and_weights_of_the_whole_index() -> None:
    assert_same_index(mixed(400))


def test_a_corpus_without_papers_has_a_table_and_no_results() -> None:
    files = Files(build_search([]))
    assert files.table["documents"] == 0
    assert weights(files) == {}


def test_texts_of_source_documents_have_the_terms_and_weights_of_the_whole_index(
    documents: Documents,
) -> None:
    files = (*documents.articles, documents.page, documents.dataset)
    paragraphs = [line for file in files for line in file.text.splitlines()]
    assert_same_index(
        [
            SearchDocument(ref=f"p-{n}", url=f"papers/p-{n}/", title=text[:80], abstract=text)
            for n, text in enumerate(paragraphs)
        ]
    )


def test_the_order_of_the_documents_does_not_change_a_byte() -> None:
    documents = mixed(60)
    assert build_search(documents) == build_search(documents[::-1])


def test_a_change_in_one_paper_renames_only_files_that_changed() -> None:
    before = build_search(mixed(3000))
    changed = [*mixed(3000)]
    last = max(range(3000), key=lambda n: (changed[n].published or "", changed[n].ref))
    changed[last] = replace(changed[last], tldr="A new line.")
    after = build_search(changed)
    kept = {name for name in before if name in after and before[name] == after[name]}
    assert all(
        before[name] == after[name] for name in before.keys() & after.keys() - {"table.json"}
    )
    results = {name for name in before if name.startswith("results/")}
    assert len(results & kept) > 0.9 * len(results)


def test_stop_words_are_no_terms() -> None:
    assert Analyzer().terms(" ".join(sorted(ENGLISH.stop_words))) == []
