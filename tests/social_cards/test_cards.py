from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from selecting import examples
from toy import BRAND, CORPUS, edition_of, many

from broadsheet.base.brand import Brand, Color
from broadsheet.base.cache import Cache
from broadsheet.base.identifiers import week_of
from broadsheet.base.language import language_of
from broadsheet.content.model import Corpus, Issue, Paper, Topic
from broadsheet.outputs.social_cards import (
    CARD_SIZE,
    MOST_OF_KIND,
    SITE_CARD,
    SocialCard,
    card_path,
    drawing,
    social_cards,
)
from broadsheet.outputs.social_cards.drawing import can_write, card_files, draw

CARDS = social_cards(edition_of(CORPUS, card_papers=3))
PAPER = (251, 250, 247)


def picture(raw: bytes) -> Image.Image:
    with Image.open(io.BytesIO(raw)) as image:
        assert image.format == "PNG"
        return image.convert("RGB")


def test_site_weeks_topics_and_collections_have_cards_and_so_have_the_newest_papers() -> None:
    assert set(CARDS) == {
        SITE_CARD,
        "cards/weeks/2024-W12.png",
        "cards/weeks/2024-W18.png",
        "cards/topics/boats.png",
        "cards/topics/rivers.png",
        "cards/collections/floating.png",
        "cards/papers/by-a-group.png",
        "cards/papers/raft-again.png",
        "cards/papers/raft-boats-that-float.png",
    }
    assert card_path("papers/by-a-group/") in CARDS
    papers = [
        path for path in social_cards(edition_of(many(30), card_papers=10)) if "/papers/" in path
    ]
    assert len(papers) == 10


def test_only_the_newest_weeks_and_the_largest_topics_have_cards() -> None:
    start = date(2020, 1, 6)
    weeks = [start + timedelta(weeks=number) for number in range(MOST_OF_KIND + 5)]
    issues = tuple(
        Issue(digest="a", name=week_of(d), title="A", week=week_of(d), start=d, end=d)
        for d in weeks
    )
    topics = {f"t-{n}": Topic(slug=f"t-{n}", name=f"T {n}") for n in range(MOST_OF_KIND + 5)}
    paper = Paper(slug="a", title="A", topics=(f"t-{MOST_OF_KIND + 4}",))
    cards = social_cards(edition_of(Corpus({"a": paper}, issues, (), topics)))
    assert {path for path in cards if "/weeks/" in path} == {
        f"cards/weeks/{week_of(day)}.png" for day in weeks[5:]
    }
    assert f"cards/topics/t-{MOST_OF_KIND + 4}.png" in cards
    assert sum("/topics/" in path for path in cards) == MOST_OF_KIND


def test_a_card_says_what_its_page_is_about() -> None:
    assert CARDS["cards/weeks/2024-W12.png"] == SocialCard(
        "Toy Papers · 2024-W12",
        "Toy papers of 18 to 24 March 2024",
        "2 papers · Boats & Rafts · Rivers",
        "papers.example/digest",
    )
    assert CARDS["cards/papers/by-a-group.png"].below == (
        "Boat Team, Guy Van den Broeck and J Zico Kolter"
    )


def test_pictures_are_of_the_size_that_the_pages_say_and_always_the_same() -> None:
    files = card_files(CARDS, BRAND, Cache())
    assert set(files) == set(CARDS)
    for raw in files.values():
        assert picture(raw).size == CARD_SIZE
        assert len(raw) < 60_000
    assert card_files(CARDS, BRAND, Cache()) == files
    assert len(set(files.values())) == len(files)


def margins_are_clean(raw: bytes) -> bool:
    """The margins are empty, and no text is cut off."""
    image = picture(raw)
    width, height = image.size
    sides = (image.crop((0, 14, 66, height)), image.crop((width - 66, 14, width, height)))
    return all(side.getcolors() == [(66 * (height - 14), PAPER)] for side in sides)


@pytest.mark.parametrize(
    "title",
    [
        "Short",
        "A Title of Some Twenty Words That Goes On and On " * 6,
        "Supercalifragilistic" * 20,
        "河流上的船",
        "Żółć Jiří Ελληνικά Кириллица 🚣",
        "",
    ],
)
def test_every_title_fits(title: str) -> None:
    assert margins_are_clean(
        draw(SocialCard("Above " * 40, title, "Below " * 200, "foot" * 60), BRAND)
    )


def test_no_last_word_stands_alone_on_its_line() -> None:
    title = "LLM papers of 10 to 16 June 2024"
    lines, _ = drawing._title(title, 1056)
    assert lines == ["LLM papers of 10", "to 16 June 2024"]
    assert " ".join(lines) == title
    # A single line stays one line, and a word wider than the card loses no letters.
    assert drawing._title("Boats", 1056)[0] == ["Boats"]
    wide = "Supercalifragilistic" * 3
    assert "".join(drawing._title(wide, 1056)[0]) == wide


@settings(max_examples=examples(25))
@given(st.text(max_size=300), st.text(max_size=300))
def test_no_text_stops_a_card(title: str, below: str) -> None:
    assert margins_are_clean(draw(SocialCard(below[:40], title, below, "foot"), BRAND))


def titled(title: str) -> bytes:
    return draw(SocialCard("a", title, "", ""), BRAND)


def test_another_script_is_spelled_and_not_left_out() -> None:
    assert titled("张 天") == titled("Zhang Tian")
    assert titled("张") != titled("")


def test_a_picture_is_kept_and_drawn_again_only_when_it_says_something_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = card_files(CARDS, BRAND, Cache(tmp_path))
    assert files == card_files(CARDS, BRAND, Cache())
    assert len(list(tmp_path.iterdir())) == len(CARDS)
    drawn: list[SocialCard] = []

    def draw_again(card: SocialCard, _: Brand) -> bytes:
        drawn.append(card)
        return b"new"

    monkeypatch.setattr(drawing, "draw", draw_again)
    changed = CARDS | {SITE_CARD: SocialCard("a", "b", "c", "d")}
    again = card_files(changed, BRAND, Cache(tmp_path))
    assert drawn == [changed[SITE_CARD]]
    assert again == files | {SITE_CARD: b"new"}


def test_a_picture_in_other_colors_is_another_picture(tmp_path: Path) -> None:
    card = {SITE_CARD: CARDS[SITE_CARD]}
    usual = card_files(card, BRAND, Cache(tmp_path))
    blue = replace(BRAND, accent=Color("#0000ff", "#0000ff"))
    changed = card_files(card, blue, Cache(tmp_path))[SITE_CARD]
    assert changed != usual[SITE_CARD]
    assert (0, 0, 255) in {color for _, color in picture(changed).getcolors() or ()}


@pytest.mark.parametrize(
    ("language", "can"),
    [("en", True), ("de", True), ("vi", True), ("zh", False), ("ru", False), ("ja", False)],
)
def test_only_languages_whose_letters_the_typeface_has_get_cards(language: str, can: bool) -> None:
    assert can_write(language_of(language)) is can
