"""What strangers wrote does nothing in spreadsheets, dataset cards and Markdown."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from made import data_files
from markdown_it import MarkdownIt
from toy import CORPUS, EDITION, ISSUES, SITE, edition_of

from broadsheet.content.model import Paper, Source
from broadsheet.outputs.newsletter import newsletter_of
from broadsheet.outputs.newsletter.markdown import markdown_of

FORMULAS = [
    '=HYPERLINK("https://evil.example/","x")',
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "\uff1d1+1",
    "\uff0b1",
    "\uff0d1",
    "\uff20x",
]
MARKUP = "# [x](javascript:alert(1)) <script>alert(1)</script> *a* `b` | c"


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("field", ["title", "authors", "venue", "tldr", "summary"])
def test_no_cell_of_csv_is_a_formula(field: str, formula: str) -> None:
    value = (formula, "Ada") if field == "authors" else formula
    paper = Paper.model_validate({"slug": "a", "title": "A", field: value})
    files = data_files(edition_of(replace(CORPUS, papers={"a": paper}, issues=(), collections=())))
    (row,) = csv.DictReader(io.StringIO(files["data/papers.csv"].decode()))
    assert all(cell[:1] not in {text[0] for text in FORMULAS} for cell in row.values())
    assert row[field].startswith(f"'{formula}")
    card = files["data/README.md"].decode()
    assert "has an apostrophe before it" in " ".join(card.split())


def test_a_dataset_card_shows_names_and_sources_as_they_are() -> None:
    source = Source(name=MARKUP)
    corpus = replace(CORPUS, issues=(ISSUES[0].model_copy(update={"source": source}),))
    site = replace(SITE, name=MARKUP, description=MARKUP)
    card = data_files(replace(edition_of(corpus), site=site))["data/README.md"].decode()
    body = card.split("\n---\n", 1)[1]
    tokens = MarkdownIt("commonmark").enable("table").parse(body)
    inner = [child for token in tokens for child in token.children or ()]
    assert not [t.type for t in (*tokens, *inner) if t.type.startswith(("html", "em_", "image"))]
    links = [str(t.attrGet("href")) for t in inner if t.type == "link_open"]
    assert all(link.startswith("https://") for link in links), links
    texts = ["".join(c.content for c in t.children or ()) for t in tokens if t.type == "inline"]
    assert texts[0] == texts[1] == MARKUP
    assert MARKUP in texts[2:]


@pytest.mark.parametrize(
    "text",
    [
        "See ![x](https://evil.example/pixel.png)",
        "See [x](javascript:alert(1))",
        "See [x](&#106;avascript:alert(1))",
        "See [x](//evil.example/)",
        "See [x][y]\n\n[y]: javascript:alert(1)",
        "<img src=x onerror=alert(1)>",
    ],
)
def test_a_newsletter_as_markdown_has_no_pictures_and_no_links_that_run(text: str) -> None:
    newsletter = newsletter_of(ISSUES[0].model_copy(update={"introduction": text}), EDITION)
    reader = MarkdownIt("commonmark")
    reader.validateLink = lambda _: True  # type: ignore[method-assign,assignment]
    tokens = reader.parse(markdown_of(newsletter))
    inner = [child for token in tokens for child in token.children or ()]
    assert not [t.type for t in (*tokens, *inner) if t.type.startswith(("html", "image"))]
    links = [str(t.attrGet("href")) for t in inner if t.type == "link_open"]
    assert all(link.startswith("https://") for link in links), links


def test_a_newsletter_as_markdown_keeps_emphasis_and_links() -> None:
    text = "See *this* and [that](https://x.example/)."
    newsletter = newsletter_of(ISSUES[0].model_copy(update={"introduction": text}), EDITION)
    assert text in markdown_of(newsletter)
