from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from building import build_site, made_once

TOY_SITE = Path(__file__).parents[1] / "toy_site"


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, with_fonts: Callable[[Path], Path]) -> Path:
    """The toy site, built strictly. Tests must not change it."""

    def build(folder: Path) -> None:
        shutil.copytree(TOY_SITE, folder)
        assert build_site(with_fonts(folder), strict=True).problems == ()

    return made_once(tmp_path_factory, "built-toys", build) / "site"


@pytest.fixture
def published(built: Path, tmp_path: Path) -> Path:
    """A copy of the toy project with its built site, which a test may change."""
    return Path(shutil.copytree(built.parent, tmp_path / "toys"))


@pytest.fixture
def toy_site(published: Path) -> Path:
    """A copy of the toy project without a site, but with the cache of a build, to save time."""
    shutil.rmtree(published / "site")
    return published
