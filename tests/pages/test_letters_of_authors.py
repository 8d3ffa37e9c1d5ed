"""The list of authors has headings by letter, and each letter leads to its place."""

from __future__ import annotations

import pytest
from toy import PAPERS, edition_of

from broadsheet.content.model import Corpus
from broadsheet.outputs.pages import authors
from broadsheet.outputs.pages.materials import materials_of
from broadsheet.outputs.pages.views import AuthorsView

NAMES = ("Zoe Zeta", "Émile Éclair", "Bo de Boer", "Al Eames", "李 明", "Cy Brown")


def _views() -> list[AuthorsView]:
    papers = [PAPERS[0].model_copy(update={"slug": s, "authors": NAMES}) for s in ("a", "b")]
    edition = edition_of(Corpus({paper.slug: paper for paper in papers}), author_papers=2)
    plans = authors.authors_pages(materials_of(edition, {}, {}))
    views = [plan.make().view for plan in plans if plan.kind == "authors"]
    return [view for view in views if isinstance(view, AuthorsView)]


def test_authors_are_sorted_by_letter_without_accents_and_other_scripts_come_last() -> None:
    (view,) = _views()
    found = [(group.letter, [author.name for author in group.authors]) for group in view.letters]
    assert found == [
        ("B", ["Bo de Boer", "Cy Brown"]),
        ("E", ["Al Eames", "Émile Éclair"]),
        ("Z", ["Zoe Zeta"]),
        ("#", ["李 明"]),
    ]


def test_a_letter_leads_to_the_page_with_its_first_author(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(authors, "_AUTHORS_PER_PAGE", 3)
    first, second = _views()
    addresses = [link.address for link in first.all_letters]
    assert addresses == [
        *("authors/#b", "authors/#e"),
        *("authors/page-2/#z", "authors/page-2/#others"),
    ]
    assert second.all_letters == first.all_letters
    assert [group.letter for group in second.letters] == ["E", "Z", "#"]
