from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.citations.coins import inverted
from broadsheet.citations.names import Name, parse_name


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Ada Zhang", Name("Zhang", "Ada")),
        ("Joseph E. Gonzalez", Name("Gonzalez", "Joseph E.")),
        ("Zixu (James) Zhu", Name("Zhu", "Zixu (James)")),
        ("Mihaela van der Schaar", Name("Schaar", "Mihaela", "van der")),
        ("Ludwig von Beispiel", Name("Beispiel", "Ludwig", "von")),
        ("Guy Van den Broeck", Name("Van den Broeck", "Guy")),
        ("Ronan Le Bras", Name("Le Bras", "Ronan")),
        ("Tom Dupré la Tour", Name("Dupré la Tour", "Tom")),
        ("Maria de la Cruz", Name("Cruz", "Maria", "de la")),
        ("Arnaldo Cândido Júnior", Name("Cândido Júnior", "Arnaldo")),
        ("Sam O'Neill Jr.", Name("O'Neill", "Sam", suffix="Jr.")),
        ("Sam O'Neill III", Name("O'Neill", "Sam", suffix="III")),
        ("Sam O'Neill, Jr.", Name("O'Neill", "Sam", suffix="Jr.")),
        ("O'Neill, Jr., Sam", Name("O'Neill", "Sam", suffix="Jr.")),
        ("García Márquez, Gabriel", Name("García Márquez", "Gabriel")),
        ("van der Schaar, Mihaela", Name("Schaar", "Mihaela", "van der")),
        ("Di Jin", Name("Jin", "Di")),
        ("Van Nguyen", Name("Nguyen", "Van")),
        ("Qingyao Ai", Name("Ai", "Qingyao")),
        ("张天骏", Name("张", "天骏")),
        ("欧阳小明", Name("欧阳", "小明")),
        ("山田 太郎", Name("山田", "太郎")),
        ("김민수", Name("김", "민수")),
        ("Plato", Name(literal="Plato")),
        ("山田たろう", Name(literal="山田たろう")),
        ("Gemini Team", Name(literal="Gemini Team")),
        ("Llama Team, AI @ Meta", Name(literal="Llama Team, AI @ Meta")),
        ("BigScience Workshop", Name(literal="BigScience Workshop")),
    ],
)
def test_a_name_is_taken_apart_as_its_bearer_writes_it(printed: str, name: Name) -> None:
    assert parse_name(printed) == name


def test_a_name_is_inverted_with_particle_and_suffix() -> None:
    assert inverted(parse_name("Bob van der Sample Jr.")) == "van der Sample, Bob Jr."
    assert inverted(parse_name("Gemini Team")) == "Gemini Team"


@given(st.lists(st.text("abcXYZé张.-", min_size=1, max_size=8), min_size=1, max_size=5))
def test_no_word_of_a_name_is_lost_or_invented(words: list[str]) -> None:
    name = parse_name(" ".join(words))
    parts = f"{name.literal} {name.given} {name.particle} {name.family} {name.suffix}"
    assert sorted("".join(parts.split())) == sorted("".join(words))
