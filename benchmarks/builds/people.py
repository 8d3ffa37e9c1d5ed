"""Authors: many write one paper, a few write many, and some names are more common than others.

The share of people who haven't written before falls as in the bundled content, where 2,237 places
in lists of authors are held by 2,031 people. So 10,000 papers have about 35,000 authors.
"""

from __future__ import annotations

import random
from array import array
from functools import cache

from benchmarks.builds.words import listed

_FIRST_SHARE, _DECREASE = 2.85, 0.173
_MOST_AUTHORS = 60
_GIVEN_FLAT, _FAMILY_FLAT, _NAMES = 30, 4, 20_000
_ONSETS = listed("b ch d f g h j k l m n p r s sh t v w x y z")
_VOWELS = listed("a e i o u ai ei ia uo")
_ENDS = ("", "", "n", "ng", "r", "s", "l", "th", "son", "man", "ski", "va")
_ACCENTS = str.maketrans("aeioun", "áéíöüñ")


class People:
    """The authors so far, from which the authors of the next paper are drawn."""

    def __init__(self) -> None:
        self._written = array("L")
        self._known = 0

    def team(self, chance: random.Random) -> tuple[str, ...]:
        """Draws the names of a paper's authors: 6 in the median, at most 60, all different."""
        size = max(1, min(_MOST_AUTHORS, round(chance.lognormvariate(1.79, 0.58))))
        team: dict[int, str] = {}
        while len(team) < size:
            person = self._person(chance)
            if name_of(person) not in team.values():
                team[person] = name_of(person)
        self._written.extend(team)
        return tuple(team.values())

    def _person(self, chance: random.Random) -> int:
        places = len(self._written)
        if chance.random() < _FIRST_SHARE * (places + 1) ** -_DECREASE:
            self._known += 1
            return self._known
        return self._written[int(chance.random() * places)]


@cache
def name_of(person: int) -> str:
    """Returns the name of a person. Two people may have the same name."""
    chance = random.Random(person)
    given = _name(_rank(chance, _GIVEN_FLAT), 2)
    middle = f" {chance.choice('ABCDEFGHJKLMNPRSTW')}." if chance.random() < 0.07 else ""
    return f"{given}{middle} {_name(-1 - _rank(chance, _FAMILY_FLAT), 1)}"


def _rank(chance: random.Random, flat: int) -> int:
    return int(flat * (_NAMES / flat) ** chance.random()) - flat


@cache
def _name(number: int, syllables: int) -> str:
    chance = random.Random(f"name {number}")
    count = syllables + chance.choice((0, 0, 1))
    parts = [chance.choice(_ONSETS) + chance.choice(_VOWELS) for _ in range(count)]
    name = "".join(parts) + chance.choice(_ENDS)
    return (name.translate(_ACCENTS) if chance.random() < 0.006 else name).capitalize()
