"""A site's own words, dates and numbers are in its language."""

from __future__ import annotations

from datetime import date

import jinja2
import pytest
from hostile import HOSTILE
from shown import shown

from broadsheet.base import markup
from broadsheet.base.language import language_of
from broadsheet.base.template_words import install_words
from broadsheet.base.text import DESCRIPTION_LENGTH, shortened

PEOPLE = ["Ada Example", "Bo Sample", "Cy Specimen", "Di Instance", "Ed Case"]


@pytest.mark.parametrize(
    ("code", "catalog"),
    [
        ("en", ""),
        ("en-US", ""),
        ("de", "de"),
        ("de-AT", "de"),
        ("de_CH", "de"),
        ("zh", "zh_Hans"),
        ("zh-Hans", "zh_Hans"),
        ("zh-CN", "zh_Hans"),
        ("zh-SG", "zh_Hans"),
        ("zh-Hant", ""),
        ("zh-TW", ""),
        ("fr", ""),
        ("tlh", ""),
        ("", ""),
    ],
)
def test_a_code_finds_the_catalog_of_its_language_and_script(code: str, catalog: str) -> None:
    assert language_of(code).catalog == catalog


@pytest.mark.parametrize(
    ("code", "day", "month", "year"),
    [
        ("en", "8 March 2024", "March 2024", "2024"),
        ("en-US", "8 March 2024", "March 2024", "2024"),
        ("de", "8. März 2024", "März 2024", "2024"),
        ("zh", "2024年3月8日", "2024年3月", "2024年"),
        ("fr", "8 mars 2024", "mars 2024", "2024"),
        ("no such language", "8 March 2024", "March 2024", "2024"),
    ],
)
def test_a_date_is_as_precise_as_it_is_known(code: str, day: str, month: str, year: str) -> None:
    say = language_of(code).date
    assert (say("2024-03-08"), say("2024-03"), say("2024"), say("")) == (day, month, year, "")


@pytest.mark.parametrize(
    ("code", "month", "year", "years"),
    [
        (
            "en",
            "18 to 24 March 2024",
            "28 March to 3 April 2024",
            "30 December 2024 to 5 January 2025",
        ),
        (
            "de",
            "18. bis 24. März 2024",
            "28. März bis 3. April 2024",
            "30. Dezember 2024 bis 5. Januar 2025",
        ),
        ("zh", "2024年3月18日至24日", "2024年3月28日至4月3日", "2024年12月30日至2025年1月5日"),
    ],
)
def test_a_range_of_days_says_month_and_year_once(
    code: str, month: str, year: str, years: str
) -> None:
    say = language_of(code).days
    assert say(date(2024, 3, 18), date(2024, 3, 24)) == month
    assert say(date(2024, 3, 28), date(2024, 4, 3)) == year
    assert say(date(2024, 12, 30), date(2025, 1, 5)) == years


def test_a_range_of_one_day_is_that_day() -> None:
    assert language_of("en").days(date(2024, 3, 18), date(2024, 3, 18)) == "18 March 2024"


@pytest.mark.parametrize(
    ("code", "number", "percent"),
    [("en", "12,345", "26%"), ("de", "12.345", "26\xa0%"), ("zh", "12,345", "26%")],
)
def test_numbers_are_written_as_the_language_does(code: str, number: str, percent: str) -> None:
    assert language_of(code).number(12345) == number
    assert language_of(code).percent(0.256) == percent


@pytest.mark.parametrize(
    ("code", "three", "five"),
    [
        (
            "en",
            "Ada Example, Bo Sample and Cy Specimen",
            "Ada Example, Bo Sample, Cy Specimen and 2 others",
        ),
        (
            "de",
            "Ada Example, Bo Sample und Cy Specimen",
            "Ada Example, Bo Sample, Cy Specimen und 2 weitere",
        ),
        (
            "zh",
            "Ada Example、Bo Sample和Cy Specimen",
            "Ada Example、Bo Sample、Cy Specimen 及其他 2 人",
        ),
    ],
)
def test_long_lists_of_people_are_shortened(code: str, three: str, five: str) -> None:
    say = language_of(code).names
    assert say([]) == ""
    assert say(PEOPLE[:1]) == "Ada Example"
    assert say(PEOPLE[:3]) == three
    assert "Di Instance" in say(PEOPLE[:4])
    assert say(PEOPLE) == five


def test_braces_and_percent_signs_in_names_are_only_letters() -> None:
    people = ["{0}", "%(number)s", "{x}", "a", "b"]
    assert language_of("en").names(people) == "{0}, %(number)s, {x} and 2 others"
    assert language_of("en").names(people[:2]) == "{0} and %(number)s"


def test_a_message_without_a_translation_stays_english() -> None:
    for code in ("de", "zh", "fr", "tlh"):
        language = language_of(code)
        assert language.text("No %(what)s, 100%%", what="such message") == "No such message, 100%"
        assert language.counted(1, "%(number)s newt", "%(number)s newts") == "1 newt"
    assert language_of("de").counted(2000, "%(number)s newt", "%(number)s newts") == "2.000 newts"


def words_of(template: str, **values: object) -> str:
    environment = jinja2.Environment(autoescape=True)
    install_words(environment, language_of("en"), markup.text)
    return environment.from_string(template).render(**values)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_value_in_a_message_is_shown_and_does_nothing(hostile: str) -> None:
    for template in (
        '{{ _("See <b>%(what)s</b> here", what=value) }}',
        '{{ counted(2, "", "See <b>%(what)s</b> here", what=value) }}',
        "{% trans what=value %}See <b>{{ what }}</b> here{% endtrans %}",
        "{% trans what=value, n=2 %}1{% pluralize n %}See <b>{{ what }}</b> here{% endtrans %}",
    ):
        page = shown(words_of(template, value=hostile))
        assert page.tags == ["b"]
        assert page.line == shown(f"See {markup.text(hostile)} here").line


def test_markup_in_a_message_stays_and_markup_among_its_values_too() -> None:
    link = markup.filled("<i>x</i>", {})
    assert words_of('{{ _("<b>%(a)s</b> %(b)s", a=link, b="<i>") }}', link=link) == (
        "<b><i>x</i></b> &lt;i&gt;"
    )


@pytest.mark.parametrize(
    ("code", "together", "series", "comma"),
    [
        ("en", "a, b and c", "a; b; c", ", "),
        ("de", "a, b und c", "a; b; c", ", "),
        ("zh", "a、b和c", "a；b；c", "、"),
    ],
)
def test_lists_have_the_separators_of_the_language(
    code: str, together: str, series: str, comma: str
) -> None:
    language = language_of(code)
    assert language.listed(["a", "b", "c"]) == together
    assert language.series(["a", "b", "c"]) == series
    assert language.comma == comma


def test_a_text_without_spaces_is_shortened_near_its_limit() -> None:
    text = "GPT 是一种模型，" + "它能写作、翻译和编程，" * 20
    shown = shortened(text)
    assert DESCRIPTION_LENGTH - 3 <= len(shown) <= DESCRIPTION_LENGTH
    assert text.startswith(shown.removesuffix("…"))
    assert shortened("word " * 50).endswith("word…")
