"""The page of trends says what it counts, and nothing about directions if that is too little."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import lxml.html
import pytest
from toy import CORPUS, ISSUES, edition_of, many

from broadsheet.content.model import Corpus, Issue
from broadsheet.outputs.charts import MIN_WEEKS
from broadsheet.outputs.pages.charts import charts_pages
from broadsheet.outputs.pages.materials import materials_of
from broadsheet.outputs.pages.render import renderer
from broadsheet.outputs.templates import templates_folder

RENDER = renderer(templates_folder())


def _issue(number: int) -> Issue:
    start = date(2023, 1, 2) + timedelta(weeks=number)
    year, week, _ = start.isocalendar()
    name = f"{year}-W{week:02d}"
    end = start + timedelta(days=6)
    facts = {"name": name, "week": name, "start": start, "end": end, "sections": ()}
    return ISSUES[0].model_copy(update=facts)


def _trends(corpus: Corpus) -> str:
    plans = charts_pages(materials_of(edition_of(corpus), {}, {}))
    (page,) = [plan.make() for plan in plans if plan.kind == "trends"]
    return " ".join(lxml.html.fromstring(RENDER(page)).text_content().split())


def test_the_page_says_what_it_is_counted_from() -> None:
    assert "Based on 8 papers in 2 weeks and 1 collection of this site" in _trends(CORPUS)


@pytest.mark.parametrize(
    ("weeks", "is_enough"), [(1, False), (MIN_WEEKS - 1, False), (MIN_WEEKS, True)]
)
def test_directions_are_only_named_if_there_are_enough_weeks(weeks: int, is_enough: bool) -> None:
    issues = tuple(map(_issue, range(weeks)))
    text = _trends(replace(many(60), issues=issues))
    assert ("Direction" in text) == is_enough
    assert ("Share, later half" in text) == is_enough
    assert (f"Trends need at least {MIN_WEEKS} weeks" in text) != is_enough
    assert "Boats & Rafts" in text
