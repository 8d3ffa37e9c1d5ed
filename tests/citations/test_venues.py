from __future__ import annotations

import pytest

from broadsheet.citations.venues import Venue, parse_venue


@pytest.mark.parametrize(
    ("stated", "venue"),
    [
        ("Nature Toys 2025", Venue("Nature Toys", True, "2025")),
        ("Journal of Toys (2024)", Venue("Journal of Toys", True, "2024")),
        ("Trans. on Toys 16(5) (2025)", Venue("Trans. on Toys", True, "2025", "16", "5")),
        ("Toy Review 2025 (vol. 9, no. 2)", Venue("Toy Review", True, "2025", "9", "2")),
        ("Toy Review 2025 (19(11))", Venue("Toy Review", True, "2025", "19", "11")),
        ("Toy Letters 2025, vol 7", Venue("Toy Letters", True, "2025", "7")),
        (
            "PNAS 2025 (122(8), e2422455122)",
            Venue("PNAS", True, "2025", "122", "8", "e2422455122"),
        ),
        ("Toy Bulletin 3(1), pp. 10-22", Venue("Toy Bulletin", True, "", "3", "1", "10-22")),
        ("Toys (vol. 9, no. 2, 10-22)", Venue("Toys", True, "", "9", "2", "10-22")),
        (
            "Toy Review (vol. 1999, 2001-2010)",
            Venue("Toy Review", True, "", "1999", "", "2001-2010"),
        ),
        ("IEEE Access", Venue("IEEE Access", True)),
        ("2024 Review", Venue("2024 Review", True, "2024")),
        # The year and remarks are part of a conference's name.
        ("ICML 2024", Venue("ICML 2024", False, "2024")),
        (
            "Workshop on Science 2023 (vol. 2)",
            Venue("Workshop on Science 2023 (vol. 2)", False, "2023"),
        ),
    ],
)
def test_a_journal_is_parted_from_its_year_volume_and_pages(stated: str, venue: Venue) -> None:
    assert parse_venue(stated) == venue
