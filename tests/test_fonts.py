"""The fonts that the site serves are small, complete, and made once."""

import io
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from broadsheet.base.cache import Cache
from broadsheet.outputs import fonts

BRAND = Path("site_templates/theme/assets/broadsheet/brand.css")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fonts")


@pytest.fixture(scope="module")
def made(kept: Path) -> Mapping[str, bytes]:
    return fonts.font_files(Cache(kept))


def _letters(content: bytes) -> set[int]:
    return set(TTFont(io.BytesIO(content)).getBestCmap())


def test_each_font_holds_its_letters_and_no_other(made: Mapping[str, bytes]) -> None:
    western = _letters(made["assets/broadsheet/fonts/newsreader.woff2"])
    assert set(map(ord, "Zürich’s “naïve” —")) <= western
    assert western <= fonts.WESTERN
    assert set(map(ord, "Łukasz Žižek")) - western <= _letters(
        made["assets/broadsheet/fonts/newsreader-more.woff2"]
    )


def test_the_upright_font_has_weights_from_regular_to_bold(made: Mapping[str, bytes]) -> None:
    font = TTFont(io.BytesIO(made["assets/broadsheet/fonts/newsreader.woff2"]))
    assert [(a.axisTag, a.minValue, a.maxValue) for a in font["fvar"].axes] == [("wght", 400, 700)]


def test_the_fonts_of_a_first_visit_are_at_most_40_kilobytes(made: Mapping[str, bytes]) -> None:
    assert len(made["assets/broadsheet/fonts/newsreader.woff2"]) < 40_000


def test_the_licence_goes_with_the_fonts(made: Mapping[str, bytes]) -> None:
    assert b"SIL Open Font License" in made["assets/broadsheet/fonts/LICENSE.txt"]


def test_subsets_are_made_once_and_then_cached(
    made: Mapping[str, bytes], kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts, "_subset", lambda *_: pytest.fail("subset again"))
    assert fonts.font_files(Cache(kept)) == made


def test_the_style_sheet_promises_the_letters_that_the_font_has() -> None:
    styles = BRAND.read_text("utf-8")
    face = re.search(r"newsreader\.woff2.*?unicode-range:\s*([^;]+);", styles, re.DOTALL)
    assert face
    promised: set[int] = set()
    for part in face[1].split(","):
        first, _, last = part.strip().removeprefix("U+").partition("-")
        promised |= set(range(int(first, 16), int(last or first, 16) + 1))
    controls = set(range(0x20)) | set(range(0x7F, 0xA0))
    assert promised - controls == set(fonts.WESTERN)
