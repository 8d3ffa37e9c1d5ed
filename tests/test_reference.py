"""The reference in docs/ says what the code says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from building import build_site
from folders import expect
from reference import PAGES
from reference.files import FILES
from reference.formats import with_sources

# Any path of a page matches this pattern.
OWN_PAGES = "**/index.html"
ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "docs" / "reference"


@pytest.mark.parametrize("name", PAGES)
def test_the_reference_describes_this_version(name: str) -> None:
    expect(REFERENCE / f"{name}.md", PAGES[name]())


def test_the_readme_lists_all_sources_that_can_be_imported() -> None:
    readme = ROOT / "README.md"
    expect(readme, with_sources(readme.read_text("utf-8")))


def _regex(pattern: str) -> re.Pattern[str]:
    parts = re.split(r"(\*\*/|\*\*|<[a-z]+>)", pattern)
    known = {"**/": "(?:.+/)?", "**": ".+"} | {p: "[^/]+" for p in parts if p.startswith("<")}
    return re.compile("".join(known.get(part, re.escape(part)) for part in parts))


def test_every_file_of_a_site_is_in_the_reference(toy_site: Path) -> None:
    build_site(toy_site)
    folder = toy_site / "site"
    known = [pattern for files in FILES.values() for pattern in files if pattern != OWN_PAGES]
    patterns = [_regex(pattern) for pattern in known]
    built = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    own = {"harbour-rules/index.html"}
    unknown = {path for path in built if not any(p.fullmatch(path) for p in patterns)}
    assert len(built) > 100
    assert unknown - own == set()
