"""Abbreviations are found in the papers themselves, and link papers in both directions."""

from __future__ import annotations

from samples import bundled

from broadsheet.outputs.search.abbreviations import Abbreviations, abbreviations
from broadsheet.outputs.search.document import body_text

RAG = "retrieval augmented generation"
DEFINED = "We study retrieval-augmented generation (RAG), which helps."
FILLER = ["Boats float on rivers."] * 20


def test_an_abbreviation_is_what_parentheses_say() -> None:
    assert abbreviations([DEFINED, "RAG helps.", *FILLER]) == {"RAG": RAG}


def test_plural_forms_are_the_same_abbreviation() -> None:
    texts = ["A mixture of experts (MoEs), they say.", "Some MoEs are large.", *FILLER]
    assert abbreviations(texts) == {"MoE": "mixture of expert"}


def test_an_abbreviation_beside_words_with_its_initials_means_them() -> None:
    texts = ["Retrieval augmented generation is old: RAG helps.", "RAG again.", *FILLER]
    assert abbreviations(texts) == {"RAG": RAG}


def test_words_in_another_paper_or_sentence_mean_nothing() -> None:
    texts = ["Rafts are great.", "RAG helps.", "RAG again. Read a. Great", *FILLER]
    assert abbreviations(texts) == {}


def test_other_words_in_parentheses_are_no_meaning() -> None:
    assert abbreviations(["Boats made of logs (RAG), large.", "RAG helps.", *FILLER]) == {}


def test_what_most_papers_have_links_none() -> None:
    assert abbreviations([DEFINED] * 10) == {}


def test_an_abbreviation_with_two_meanings_links_none() -> None:
    other = "A rather awkward game (RAG), we find."
    assert abbreviations([DEFINED, other, *FILLER]) == {}


def test_papers_are_found_by_the_form_that_they_lack() -> None:
    known = Abbreviations({"RAG": RAG, "MoE": "mixture of expert"})
    assert known.also("RAG helps.") == RAG
    assert known.also("Retrieval-Augmented Generation helps a mixture of experts.") == "RAG MoE"
    assert known.also(DEFINED) == ""
    assert known.also("Boats float.") == ""
    assert Abbreviations({}).also("RAG") == ""


def test_the_bundled_papers_explain_their_abbreviations() -> None:
    documents = bundled()
    texts = [f"{document.title}\n{body_text(document)}" for document in documents]
    assert abbreviations(texts)["RAG"] == RAG
