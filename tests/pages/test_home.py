"""The front page leads with what the owner of a site has chosen."""

from __future__ import annotations

from pathlib import Path

import pytest
from folders import write_files
from made import made_of
from toy import BRAND

from broadsheet.base.addresses import Site
from broadsheet.content.check import load_and_check
from broadsheet.content.load import Loaded
from broadsheet.content.settings import LetterSettings, Settings
from broadsheet.edition import make_edition
from broadsheet.outputs.pages.home_views import HomeView

SITE = Site("https://toys.example/digest/", "Toy Papers", brand=BRAND)
CONFIG = Settings(digest="toy-papers")
ISSUE = """\
title: A week
week: 2024-W12
start: 2024-03-18
end: 2024-03-24
{lead}sections:
  - heading: One
    entries: [{{paper: boats}}, {{paper: rafts}}]
  - heading: Two
    entries: [{{paper: kites}}]
"""


def _content(folder: Path, lead: str) -> Loaded:
    files = {f"papers/{slug}.yml": f"title: {slug}\n" for slug in ("boats", "rafts", "kites")}
    files["digests/toy-papers/2024-W12.yml"] = ISSUE.format(lead=lead)
    return load_and_check(write_files(folder, files), "content")


def _home(loaded: Loaded, settings: Settings = CONFIG) -> HomeView:
    made = made_of(make_edition(loaded.corpus, settings, SITE))
    view = made.pages["index.md"].view
    assert isinstance(view, HomeView)
    return view


@pytest.mark.parametrize(
    ("lead", "leads", "others"),
    [
        ("", "boats", [("One", ["rafts"]), ("Two", ["kites"])]),
        ("lead: kites\n", "kites", [("One", ["boats", "rafts"])]),
    ],
)
def test_the_lead_of_the_issue_leads_and_the_rest_follows(
    tmp_path: Path, lead: str, leads: str, others: list[tuple[str, list[str]]]
) -> None:
    view = _home(_content(tmp_path, lead))
    assert view.lead
    assert view.lead.slug == leads
    found = [(part.heading, [paper.slug for paper in part.papers]) for part in view.sections]
    assert found == others


def test_a_lead_that_the_issue_does_not_list_is_refused(tmp_path: Path) -> None:
    problems = [str(problem) for problem in _content(tmp_path, "lead: kitse\n").problems]
    place = "content/digests/toy-papers/2024-W12.yml:5"
    message = f"{place}: lead: the issue doesn't list 'kitse' (did you mean 'kites'?)"
    assert message in problems


def test_the_front_page_says_who_picks_the_papers_and_offers_the_letter(tmp_path: Path) -> None:
    url = "https://letters.example/join"
    settings = CONFIG.model_copy(
        update={"byline": "Picked on Mondays.", "newsletter": LetterSettings(subscribe=url)}
    )
    edition = make_edition(_content(tmp_path, "").corpus, settings, SITE)
    made = made_of(edition)
    home = made.html[""]
    assert "Picked on Mondays." in home
    assert 'href="feeds/">Subscribe</a>' in home
    assert f'href="{url}">Get the letter</a>' in home
    assert f'href="{url}">Get the letter</a>' in made.html["feeds/"]
