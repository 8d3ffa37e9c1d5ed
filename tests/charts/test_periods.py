"""Periods have equal lengths and no gaps."""

from hypothesis import given
from hypothesis import strategies as st

from broadsheet.base.language import language_of
from broadsheet.outputs.charts.periods import Periods, periods_of

MONTHS = st.builds(lambda y, m: f"{y}-{m:02}", st.integers(1990, 2030), st.integers(1, 12))


def names(periods: Periods, code: str = "en") -> list[str]:
    return [periods.name(place, language_of(code)) for place in range(periods.size)]


def test_months_are_named_and_none_is_left_out() -> None:
    periods = periods_of(["2023-11", "2024-02-29"])
    assert names(periods) == ["November 2023", "December 2023", "January 2024", "February 2024"]
    assert periods.count(["2023-11-30", "2024-02"]) == (1, 0, 0, 1)


def test_many_years_are_counted_by_quarter_and_more_by_year() -> None:
    assert names(periods_of(["2015-02", "2024-02"]))[:2] == ["1st quarter 2015", "2nd quarter 2015"]
    assert names(periods_of(["1990-01", "2024-02"]))[0] == "1990"


def test_a_year_alone_is_counted_only_where_years_are() -> None:
    assert sum(periods_of(["2023-01", "2024-01"]).count(["2023"])) == 0
    assert sum(periods_of(["1990-01", "2024-02"]).count(["2023"])) == 1


def test_periods_have_names_in_the_language_of_the_site() -> None:
    assert names(periods_of(["2024-03"]), "de") == ["März 2024"]
    assert names(periods_of(["2015-02", "2024-02"]), "de")[0] == "1. Quartal 2015"
    assert names(periods_of(["2015-02", "2024-02"]), "zh")[0] == "2015年第1季度"


def test_no_dates_make_no_periods() -> None:
    assert periods_of([None, "2024"]).size == 0


@given(st.lists(MONTHS, min_size=1))
def test_every_date_is_in_one_period(dates: list[str]) -> None:
    periods = periods_of(dates)
    assert sum(periods.count(dates)) == len(dates)
    assert len(set(names(periods))) == periods.size
