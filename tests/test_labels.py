"""No output shows a text that a program wrote and nobody has reviewed without saying so."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

import pytest
from made import made_of
from toy import CORPUS, SITE, edition_of

from broadsheet.content.model import Corpus, Paper, Place
from broadsheet.content.parts import Signature
from broadsheet.edition import Edition
from broadsheet.outputs.newsletter import newsletter_of
from broadsheet.outputs.newsletter.article import article_of
from broadsheet.outputs.newsletter.mail import html_of
from broadsheet.outputs.newsletter.markdown import markdown_of
from broadsheet.outputs.search.document import body_text
from broadsheet.outputs.search_documents import search_documents

LABEL = "Machine-written, not yet reviewed"
SLUG = "raft-boats-that-float"
# Words that no other text has.
TLDR, SUMMARY = "Zebrawort carries rafts over rivers.", "Quillfish pull rafts along rivers."
MARKS = ("Zebrawort", "Quillfish")
# How far before a text its label may be, in a page with elements between.
NEAR = 400


BOTH = {"tldr": TLDR, "summary": SUMMARY}


def corpus(reviewed: Signature | None = None, texts: Mapping[str, str] = BOTH) -> Corpus:
    """The toy corpus in which a program wrote the texts of a paper."""
    signed = {"written": Signature(by="log-7b", on=date(2024, 3, 20)), "reviewed": reviewed}
    none = {"tldr": None, "summary": None}
    paper = CORPUS.papers[SLUG].model_copy(update={**none, **signed, **texts})
    return _placed(replace(CORPUS, papers={**CORPUS.papers, SLUG: paper}))


def _placed(found: Corpus) -> Corpus:
    """The corpus with the places that pages link to."""
    keys = [("paper", slug) for slug in found.papers]
    keys += [("issue", f"{issue.digest}/{issue.name}") for issue in found.issues]
    keys += [("collection", collection.slug) for collection in found.collections]
    keys += [("topic", topic) for topic in found.topics]
    return replace(found, places=dict.fromkeys(keys, Place("somewhere.yml")))


def everything(edition: Edition) -> Iterator[tuple[str, str]]:
    """Every file and page of a site, and every form of its letters, as text."""
    made = made_of(edition)
    yield from made.html.items()
    for path, content in made.files.items():
        yield path, _inflated(content).decode(errors="replace")
    for issue in edition.issues:
        letter = newsletter_of(issue, edition)
        yield "mail", html_of(letter)
        yield "markdown", markdown_of(letter)
        yield "article", article_of(issue, edition)


def _inflated(content: bytes) -> bytes:
    for wbits in (-15, 15, 31):
        try:
            return zlib.decompress(content, wbits)
        except zlib.error:
            continue
    return content


def unlabeled(edition: Edition) -> list[str]:
    """Where a marked text has no label before it."""
    return [
        f"{name}: {text[max(0, place - 80) : place + 20]}"
        for name, text in everything(edition)
        for mark in MARKS
        for place in _places(text, mark)
        if LABEL not in text[max(0, place - NEAR) : place]
    ]


def _places(text: str, mark: str) -> Iterator[int]:
    place = text.find(mark)
    while place >= 0:
        yield place
        place = text.find(mark, place + 1)


def test_every_output_labels_machine_written_texts() -> None:
    edition = edition_of(corpus())
    shown = [name for name, text in everything(edition) if any(mark in text for mark in MARKS)]
    assert len(shown) > 10, shown
    assert unlabeled(edition) == []


@pytest.mark.parametrize("field", ["tldr", "summary"])
def test_a_single_text_is_labeled_too(field: str) -> None:
    assert unlabeled(edition_of(corpus(texts={field: f"{MARKS[0]} floats."}))) == []


def test_a_review_removes_the_label_everywhere() -> None:
    edition = edition_of(corpus(Signature(by="Ada Reviewer")))
    assert [name for name, text in everything(edition) if LABEL in text] == []
    page = made_of(edition).html[f"papers/{SLUG}/"]
    assert TLDR in page
    assert "Summary reviewed by" in page
    assert "Ada Reviewer" in page


def test_texts_of_people_have_no_label() -> None:
    edition = edition_of(_placed(CORPUS))
    assert edition.papers[SLUG].tldr == CORPUS.papers[SLUG].tldr
    assert "reviewed" not in made_of(edition).html[f"papers/{SLUG}/"]


def test_the_page_says_it_above_the_texts() -> None:
    page = made_of(edition_of(corpus())).html[f"papers/{SLUG}/"]
    notice = page.index("bs-notice--machine")
    assert notice < page.index("Written by log-7b on 20 March 2024. It may be wrong.")
    assert notice < page.index(f'<p class="bs-tldr">{TLDR}</p>')
    assert f"{LABEL}: {SUMMARY}" in page


def test_the_description_does_not_call_it_the_summary_of_the_site() -> None:
    page = made_of(edition_of(corpus())).html[f"papers/{SLUG}/"]
    assert f"Summary by {SITE.name}" not in page


def test_every_way_to_a_paper_of_the_edition_has_the_label() -> None:
    edition = edition_of(corpus())
    listed = [paper for found in edition.lists.values() for paper in edition.papers_of(found)]
    papers: list[Paper] = [*edition.papers.values(), *edition.newest, *listed]
    found = [paper for paper in papers if paper.slug == SLUG]
    assert len(found) > 3
    assert {paper.tldr for paper in found} == {f"{LABEL}: {TLDR}"}
    assert {paper.summary for paper in found} == {f"{LABEL}: {SUMMARY}"}


def test_search_shows_the_label_and_searches_the_abstract_only() -> None:
    documents = {found.ref: found for found in search_documents(edition_of(corpus()))}
    assert documents[SLUG].lead == f"{LABEL}: {TLDR}"
    assert not any(mark in body_text(documents[SLUG]) for mark in MARKS)
    assert "Logs float." in body_text(documents[SLUG])


def test_related_papers_are_the_same_with_and_without_a_review() -> None:
    reviewed = edition_of(corpus(Signature(by="Ada")))
    assert edition_of(corpus()).related == reviewed.related


def test_a_list_gets_its_label_as_a_paragraph() -> None:
    edition = edition_of(corpus(texts={"summary": "- Logs.\n- Rivers."}))
    assert edition.papers[SLUG].summary == f"{LABEL}:\n\n- Logs.\n- Rivers."


def test_the_api_names_program_and_reviewer() -> None:
    files = made_of(edition_of(corpus(Signature(by="Ada")))).files
    api = files[f"api/v1/papers/{SLUG}.json"].decode()
    assert '"written":{"by":"log-7b","on":"2024-03-20"},"reviewed":{"by":"Ada"}' in api
