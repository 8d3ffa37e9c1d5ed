"""Colors become darker or lighter until they can be read."""

from __future__ import annotations

import pytest

from broadsheet.base.contrast import contrast, readable

WHITE, BLACK, GRAY = "#ffffff", "#000000", "#777777"


def test_contrast_is_that_of_wcag() -> None:
    assert contrast(WHITE, BLACK) == contrast(BLACK, WHITE) == pytest.approx(21)
    assert contrast(GRAY, GRAY) == 1
    assert contrast(GRAY, WHITE) == pytest.approx(4.48, abs=0.01)


def test_a_readable_color_stays() -> None:
    assert readable("#123456", (WHITE,)) == "#123456"


@pytest.mark.parametrize("color", ["#ffec3d", "#ffffff", "#00bdd6", "#808080"])
def test_a_light_color_gets_no_darker_than_needed(color: str) -> None:
    found = readable(color, (WHITE, "#f3f0e9"))
    assert 4.5 <= contrast(found, "#f3f0e9") < 4.8
    assert contrast(found, WHITE) >= 4.5


@pytest.mark.parametrize("color", ["#4051b5", "#000000"])
def test_a_dark_color_gets_lighter_on_dark_backgrounds(color: str) -> None:
    assert 4.5 <= contrast(readable(color, ("#17191c",)), "#17191c") < 4.8
    assert contrast(readable(color, (BLACK,), 7), BLACK) >= 7
