"""Several digests: each has a page, a feed and a place in the menu, and weeks have them all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from made import Made, made_of
from shown import shown
from toy import CORPUS, ISSUES, SITE

from broadsheet.content.model import Entry, Issue, Place, Section
from broadsheet.content.settings import Settings
from broadsheet.edition import Edition, make_edition
from broadsheet.outputs.feeds import feed_of
from broadsheet.site.menu import with_digests

OTHER = Issue(
    digest="boats-only",
    name="2024-W12",
    title="Boats of the week",
    week="2024-W12",
    start=date(2024, 3, 18),
    end=date(2024, 3, 24),
    sections=(
        Section(
            heading="Boats & Rafts",
            entries=(Entry(paper="raft-boats-that-float"), Entry(paper="latex-in-the-title")),
        ),
    ),
)
SETTINGS = Settings(digests={"toy-papers": "Toy Papers", "boats-only": "Boats Only"})


def _edition(*issues: Issue) -> Edition:
    files = {
        **{("paper", slug): Place(f"papers/{slug}.yml") for slug in CORPUS.papers},
        **{("issue", f"{i.digest}/{i.name}"): Place(f"{i.digest}/{i.name}.yml") for i in issues},
        **{("collection", c.slug): Place("collections/c.yml") for c in CORPUS.collections},
        **{("topic", slug): Place("topics.yml") for slug in CORPUS.topics},
    }
    return make_edition(replace(CORPUS, issues=issues, places=files), SETTINGS, SITE)


@pytest.fixture(scope="module")
def edition() -> Edition:
    return _edition(*ISSUES, OTHER)


@pytest.fixture(scope="module")
def made(edition: Edition) -> Made:
    return made_of(edition)


def _ids(html: str) -> list[str]:
    return [str(found["id"]) for _, found in shown(html).elements if "id" in found]


def test_each_digest_has_a_page_with_its_issues_only(made: Made) -> None:
    assert "Boats of the week" in made.html["digests/boats-only/"]
    assert ISSUES[0].title not in made.html["digests/boats-only/"]
    for issue in ISSUES:
        assert issue.title in made.html["digests/toy-papers/"]
    assert made.pages["digests/boats-only.md"].title == "Boats Only"


def test_a_single_digest_needs_no_page_of_its_own() -> None:
    edition = _edition(*ISSUES)
    assert not edition.digests
    assert not any(address.startswith("digests/") for address in made_of(edition).html)


def test_a_digest_has_a_feed_of_its_issues(edition: Edition, made: Made) -> None:
    feed = feed_of(edition, "digests/boats-only/")
    assert feed.title == "Boats Only · Toy Papers"
    (entry,) = feed.entries
    assert entry.title == "Boats of the week"
    assert entry.url.endswith("/weeks/2024-W12/#boats-only")
    assert "digests/boats-only/feed.xml" in made.files
    assert "digests/toy-papers/feed.xml" in made.html["feeds/"]


def test_two_digests_in_a_week_are_both_on_its_page(made: Made) -> None:
    page = made.html["weeks/2024-W12/"]
    assert page.index(ISSUES[0].title) < page.index("Boats of the week")  # as in the settings
    ids = _ids(page)
    assert len(ids) == len(set(ids))
    assert {"toy-papers", "boats-only", "raft-boats-that-float", "latex-in-the-title"} <= set(ids)


def test_a_paper_of_two_digests_counts_once(edition: Edition) -> None:
    week = edition.weeks["2024-W12"]
    assert len(week.papers) == 3
    assert len(edition.lists["weeks/2024-W12/"].papers) == 3


NAMES = {"digests/a.md": "A", "digests/b.md": "B"}
WEEKS = {"Weeks": "weeks/index.md"}


def test_digests_come_after_the_weeks_in_the_menu() -> None:
    nav: list[Any] = [{"Home": "index.md"}, WEEKS, {"Topics": "topics/index.md"}]
    digests = [{"A": "digests/a.md"}, {"B": "digests/b.md"}]
    assert with_digests(nav, NAMES) == [nav[0], WEEKS, *digests, nav[2]]


def test_digests_come_last_in_a_menu_without_the_weeks() -> None:
    assert with_digests([{"Home": "index.md"}], NAMES)[-1] == {"B": "digests/b.md"}


def test_the_owner_chooses_which_digests_are_in_the_menu() -> None:
    nav: list[Any] = [WEEKS, {"More": [{"My B": "digests/b.md"}]}]
    assert with_digests(nav, NAMES) == nav
