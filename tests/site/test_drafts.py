"""Drafts are in previews, marked as such, and nowhere in published sites."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from building import build_site
from click.testing import CliRunner
from folders import tree
from made import made_of
from toy import CORPUS, edition_of, placed

from broadsheet.cli import main
from broadsheet.content.drafts import without_drafts
from broadsheet.content.model import Collection, Corpus, Entry, Issue, Paper, Section
from broadsheet.site.plugin import BroadsheetPlugin

PAPER = Paper(
    slug="a-secret-boat",
    title="A Secret Boat",
    authors=("Ada Zhang", "Secret Author"),
    published="2024-05-04",
    topics=("boats",),
    tldr="Nobody may read this yet.",
    draft=True,
)


def _with_drafts() -> Corpus:
    """The toy corpus with a draft paper in an issue and a collection, and with a draft issue."""
    first, second = CORPUS.issues
    listed = Entry(paper=PAPER.slug, text="Secretly printed.")
    more = Section(heading="Secret boats", entries=(listed,))
    entries = (listed, *first.sections[0].entries)
    section = first.sections[0].model_copy(update={"entries": entries})
    sections = (section, *first.sections[1:], more)
    draft = Issue.model_validate(
        {
            **second.model_dump(),
            "name": "2024-W19",
            "week": "2024-W19",
            "start": "2024-05-06",
            "end": "2024-05-12",
            "title": "A secret issue",
            "draft": True,
        }
    )
    collection = CORPUS.collections[0]
    return replace(
        CORPUS,
        papers=dict(sorted({**CORPUS.papers, PAPER.slug: PAPER}.items())),
        issues=(first.model_copy(update={"sections": sections}), second, draft),
        collections=(_with_entry(collection, listed),),
    )


def _with_entry(collection: Collection, entry: Entry) -> Collection:
    return collection.model_copy(update={"entries": (*collection.entries, entry)})


def test_without_drafts_every_file_is_as_if_they_did_not_exist() -> None:
    published = without_drafts(_with_drafts())
    assert replace(published, hidden=()) == CORPUS
    assert published.hidden == (PAPER.slug,)
    made = made_of(edition_of(placed(published)))
    whole = b"\n".join(made.files.values()) + "\n".join(made.html.values()).encode()
    assert b"ecret" not in whole


def test_a_corpus_without_drafts_stays_the_same_object() -> None:
    assert without_drafts(CORPUS) is CORPUS


def test_an_empty_section_that_has_no_drafts_stays() -> None:
    empty = Section(heading="Empty")
    issue = CORPUS.issues[0].model_copy(update={"sections": (empty,)})
    corpus = replace(_with_drafts(), issues=(issue,))
    assert without_drafts(corpus).issues == (issue,)


def test_previews_mark_drafts_on_their_pages_and_in_lists() -> None:
    html = made_of(edition_of(placed(_with_drafts()))).html
    assert 'class="bs-notice bs-notice--draft"' in html["papers/a-secret-boat/"]
    assert 'class="bs-notice bs-notice--draft"' in html["weeks/2024-W19/"]
    mark = '<span class="bs-mark bs-mark--draft">Draft</span>'
    assert html["collections/floating/"].count(mark) == 1
    assert html["weeks/"].count(mark) == 1
    assert "bs-notice" not in html["papers/raft-again/"]


def test_a_site_that_was_previewed_is_published_without_its_drafts(toy_site: Path) -> None:
    slug = "rivers-remember"
    build_site(toy_site)
    before = tree(toy_site / "site")
    page = toy_site / f"site/papers/{slug}/index.html"
    file = toy_site / f"content/papers/{slug}.yml"
    file.write_text(f"{file.read_text('utf-8')}draft: true\n", "utf-8")
    build_site(toy_site, drafts=True)
    assert "bs-notice--draft" in page.read_text("utf-8")
    build_site(toy_site)
    assert not page.exists()
    titles = (path.read_bytes() for path in (toy_site / "site").rglob("*.html"))
    assert not [text for text in titles if b"Rivers Remember" in text]
    file.write_text(file.read_text("utf-8").replace("draft: true\n", ""), "utf-8")
    build_site(toy_site)
    assert tree(toy_site / "site") == before


@pytest.mark.parametrize(("command", "drafts"), [("serve", True), ("build", False)])
def test_plain_mkdocs_shows_drafts_when_it_serves(command: str, drafts: bool) -> None:
    plugin = BroadsheetPlugin()
    plugin.on_startup(command=command, dirty=False)  # type: ignore[arg-type]
    assert plugin.drafts is drafts


def test_a_letter_about_a_draft_is_written_but_not_sent(toy_site: Path, tmp_path: Path) -> None:
    (issue, *_) = sorted(toy_site.glob("content/digests/*/*.yml"))
    issue.write_text(f"{issue.read_text('utf-8')}draft: true\n", "utf-8")
    people = tmp_path / "people.txt"
    people.write_text("ada@example.org\n", "utf-8")
    command = ["newsletter", issue.stem[:8], "-f", str(toy_site / "mkdocs.yml")]
    written = CliRunner().invoke(main, [*command, "-o", str(tmp_path / "letter")])
    assert written.exit_code == 0, written.output
    assert "this issue is a draft (remove `draft` to publish it)" in written.stderr
    assert len(list((tmp_path / "letter").iterdir())) == 5
    sent = CliRunner().invoke(main, [*command, "--send", "--yes", "--to", str(people)])
    assert sent.exit_code == 1
    assert "this issue is a draft, so it can't be sent" in sent.stderr
