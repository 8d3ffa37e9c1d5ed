from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from building import build_site

TOY_SITE = Path(__file__).parents[1] / "toy_site"


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, with_fonts: Callable[[Path], Path]) -> Path:
    """The toy site, built strictly. Tests must not change it."""
    folder = Path(shutil.copytree(TOY_SITE, tmp_path_factory.mktemp("built") / "toys"))
    with_fonts(folder)
    assert build_site(folder, strict=True).problems == ()
    return folder / "site"


@pytest.fixture
def published(built: Path, tmp_path: Path) -> Path:
    """A copy of the toy project with its built site, which a test may change."""
    return Path(shutil.copytree(built.parent, tmp_path / "toys"))


@pytest.fixture
def toy_site(published: Path) -> Path:
    """A copy of the toy project without a site, but with the cache of a build, to save time."""
    shutil.rmtree(published / "site")
    return published
