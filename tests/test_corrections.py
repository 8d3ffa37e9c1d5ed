"""Corrections and withdrawals are data: every output of the site tells readers of them."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from made import Made, made_of
from toy import CORPUS, SITE, edition_of, placed

from broadsheet.content.drafts import without_drafts
from broadsheet.content.model import Corpus, Paper
from broadsheet.content.parts import Correction, Withdrawal
from broadsheet.content.settings import Settings
from broadsheet.edition import Edition, make_edition
from broadsheet.outputs.feeds import feed_of
from broadsheet.outputs.metadata.jsonld import paper_document, week_document
from broadsheet.outputs.newsletter import newsletter_of
from broadsheet.outputs.search_documents import search_documents
from broadsheet.outputs.sitemap import page_days

FIRST = Correction(on=date(2025, 1, 1), text="It has 101 logs <not> 100.")
SECOND = Correction(on=date(2025, 2, 3), text="The venue was missing.")
ISSUE = Correction(on=date(2025, 3, 4), text="The week began on Monday.")
WITHDRAWAL = Withdrawal(on=date(2025, 4, 5), reason="The logs {sank}.", by="the authors")
CORRECTED, WITHDRAWN = "raft-boats-that-float", "raft-again"


def _changed(paper: Paper, **fields: object) -> Paper:
    return paper.model_copy(update=fields)


def _corpus() -> Corpus:
    papers = dict(CORPUS.papers)
    papers[CORRECTED] = _changed(papers[CORRECTED], corrections=(FIRST, SECOND))
    papers[WITHDRAWN] = _changed(papers[WITHDRAWN], withdrawn=WITHDRAWAL)
    first, *others = CORPUS.issues
    issues = (first.model_copy(update={"corrections": (ISSUE,)}), *others)
    return placed(replace(CORPUS, papers=papers, issues=issues))


@pytest.fixture(scope="module")
def edition() -> Edition:
    return edition_of(_corpus())


@pytest.fixture(scope="module")
def made(edition: Edition) -> Made:
    return made_of(edition)


def _notices(html: str) -> list[tuple[str, str]]:
    """The kind and the title of each notice on a page."""
    pattern = r'bs-notice--(\w+)".*?<time[^>]*>(.*?)</time>'
    return re.findall(pattern, html, re.DOTALL)


def test_pages_have_notices_with_the_newest_first(made: Made) -> None:
    page = made.html[f"papers/{CORRECTED}/"]
    assert _notices(page) == [
        ("correction", "Corrected on 3 February 2025"),
        ("correction", "Corrected on 1 January 2025"),
    ]
    assert "<p>It has 101 logs &lt;not&gt; 100.</p>" in page
    assert _notices(made.html["weeks/2024-W12/"]) == [
        ("correction", "Corrected on 4 March 2025"),
    ]
    page = made.html[f"papers/{WITHDRAWN}/"]
    assert _notices(page) == [("withdrawn", "Withdrawn on 5 April 2025 by the authors")]
    assert page.index("bs-notice--withdrawn") < page.index("<h1>")
    assert "<p>The logs {sank}.</p>" in page


def test_lists_mark_what_was_withdrawn(made: Made) -> None:
    mark = '<span class="bs-mark bs-mark--withdrawn">Withdrawn</span>'
    assert made.html["weeks/2024-W18/"].count(mark) == 1
    assert made.html["topics/boats/"].count(mark) == 1
    assert mark not in made.html["weeks/2024-W12/"]


def test_a_page_lists_all_corrections_newest_first(made: Made) -> None:
    page = made.html["corrections/"]
    assert re.findall(r'<time datetime="(.*?)"', page) == [
        "2025-04-05",
        "2025-03-04",
        "2025-02-03",
        "2025-01-01",
    ]
    assert f'<a href="../papers/{WITHDRAWN}/">RAFT Again: More Boats</a>' in page
    assert '<a href="../weeks/2024-W12/">' in page
    assert '4 corrections are on the <a href="../corrections/">' in made.html["about/"]


def test_without_corrections_there_is_no_such_page() -> None:
    made = made_of(edition_of(placed(CORPUS)))
    assert "corrections/" not in made.html
    assert "corrections/" not in made.html["about/"]


def test_the_feed_of_the_site_has_an_entry_for_each_correction(edition: Edition) -> None:
    entries = feed_of(edition, "").entries
    assert [(entry.title, entry.published.isoformat()) for entry in entries[:4]] == [
        ("Withdrawn: RAFT Again: More Boats", "2025-04-05"),
        ("Correction: Toy papers of 18 to 24 March 2024", "2025-03-04"),
        ("Correction: RAFT: Boats That Float on LLaMA-3 & Co.", "2025-02-03"),
        ("Correction: RAFT: Boats That Float on LLaMA-3 & Co.", "2025-01-01"),
    ]
    assert "It has 101 logs &lt;not&gt; 100." in entries[3].content
    assert [entry.published for entry in entries] == sorted(
        (entry.published for entry in entries), reverse=True
    )
    assert entries[-1].updated.isoformat() == "2025-03-04", "the week was corrected"


def test_entries_of_corrections_keep_their_ids_when_a_paper_is_renamed(edition: Edition) -> None:
    corpus = _corpus()
    papers = dict(corpus.papers)
    paper = papers.pop(CORRECTED)
    papers["boats"] = _changed(paper, slug="boats", aliases=(*paper.aliases, CORRECTED))
    keys = {slug: citation.key for slug, citation in edition.citations.items()}
    renamed = replace(corpus, papers=dict(sorted(papers.items())), issues=(), collections=())
    after = make_edition(renamed, Settings(), SITE, keys)
    before = {found.name for found in edition.corrections if found.name.startswith("paper/")}
    assert {found.name for found in after.corrections} == before


def test_feeds_of_lists_say_what_was_withdrawn(edition: Edition) -> None:
    entries = {entry.url: entry for entry in feed_of(edition, "topics/boats/").entries}
    entry = entries[f"{SITE.url}papers/{WITHDRAWN}/"]
    assert entry.title == "Withdrawn: RAFT Again: More Boats"
    assert entry.content.startswith(
        "<p><strong>Withdrawn on 5 April 2025 by the authors.</strong> The logs {sank}.</p>"
    )
    assert entry.updated == WITHDRAWAL.on


def test_structured_data_and_the_site_map_have_the_day(edition: Edition) -> None:
    document = paper_document(edition.papers[CORRECTED], edition)
    assert document["dateModified"] == "2025-02-03"
    assert document["correction"] == [FIRST.text, SECOND.text]
    withdrawn = paper_document(edition.papers[WITHDRAWN], edition)
    assert (withdrawn["dateModified"], withdrawn["creativeWorkStatus"]) == (
        "2025-04-05",
        "Withdrawn",
    )
    assert week_document(edition.weeks["2024-W12"], edition)["dateModified"] == "2025-03-04"
    assert "dateModified" not in paper_document(edition.papers["by-a-group"], edition)
    days = page_days(edition)
    assert days[f"papers/{CORRECTED}/"] == SECOND.on
    assert days["weeks/2024-W12/"] == ISSUE.on
    assert days["corrections/"] == WITHDRAWAL.on


def test_references_say_that_a_paper_was_withdrawn(edition: Edition) -> None:
    citation = edition.citations[WITHDRAWN]
    assert citation.csl["note"] == "Withdrawn 2025-04-05: The logs {sank}."
    assert r"note = {Withdrawn 2025-04-05: The logs \{sank\}.}" in citation.bibtex
    assert "N1  - Withdrawn 2025-04-05: The logs {sank}.\n" in citation.ris
    assert "note" not in edition.citations[CORRECTED].csl


def test_search_the_api_and_the_data_know_what_was_withdrawn(edition: Edition, made: Made) -> None:
    found = {document.ref for document in search_documents(edition) if document.withdrawn}
    assert found == {WITHDRAWN}
    api = _json(made, f"api/v1/papers/{WITHDRAWN}.json")
    assert api["withdrawn"] == {
        "on": "2025-04-05",
        "reason": "The logs {sank}.",
        "by": "the authors",
    }
    assert "corrections" not in api
    corrections = _json(made, f"api/v1/papers/{CORRECTED}.json")["corrections"]
    assert corrections[0] == {"on": "2025-01-01", "text": FIRST.text}
    week = _json(made, "api/v1/weeks/2024-W12.json")
    assert week["issues"][0]["corrections"] == [{"on": "2025-03-04", "text": ISSUE.text}]
    papers = [json.loads(line) for line in made.files["data/papers.jsonl"].splitlines()]
    assert {row["slug"]: row["withdrawn"] for row in papers if row["withdrawn"]} == {
        WITHDRAWN: "2025-04-05"
    }


def _json(made: Made, path: str) -> Any:
    return json.loads(made.files[path])


def test_twins_and_letters_say_it_too(edition: Edition, made: Made) -> None:
    twin = made.twins[f"papers/{WITHDRAWN}/"]
    assert "> **Withdrawn on 5 April 2025 by the authors**\n> The logs {sank}.\n" in twin
    assert "[Withdrawn: RAFT Again: More Boats](" in made.twins["weeks/2024-W18/"]
    assert "> The week began on Monday." in made.twins["weeks/2024-W12/"]
    letter = newsletter_of(edition.issues[1], edition)
    assert letter.sections[0].papers[0].title == "Withdrawn: RAFT Again: More Boats"


def test_a_removed_paper_leaves_a_page_that_says_so() -> None:
    keys = {"gone": "example-2024-gone", "raft-old-address": "x-2024-x", "secret": "s-2024-s"}
    secret = Paper(slug="secret", title="Secret", draft=True)
    corpus = placed(replace(CORPUS, papers={**CORPUS.papers, "secret": secret}))
    edition = make_edition(without_drafts(corpus), Settings(), SITE, keys)
    assert edition.removed == ("gone",)
    made = made_of(edition)
    page = made.files["papers/gone/index.html"].decode()
    assert '<meta name="robots" content="noindex">' in page
    assert '<p>This paper was removed from <a href="../../">Toy Papers</a>.</p>' in page
    assert "papers/secret/index.html" not in made.files
    addresses = {element.text for element in ET.fromstring(made.files["sitemap.xml"]).iter()}
    assert f"{SITE.url}papers/{CORRECTED}/" in addresses
    assert f"{SITE.url}papers/gone/" not in addresses
