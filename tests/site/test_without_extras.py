"""A site builds without the optional extras and doesn't mention what they would add."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

# Python in an environment without the extras.
_BARE = """
import importlib.machinery as machinery, sys
found = machinery.PathFinder.find_spec
def find_spec(name, *args):
    extras = ("PIL", "pyarrow")
    return None if name.partition(".")[0] in extras else found(name, *args)
machinery.PathFinder.find_spec = find_spec
from broadsheet.cli import main
main()
"""


def run(project: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", _BARE, *command],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_site_without_extras_is_whole_and_promises_nothing(
    toy_site: Path, with_fonts: Callable[[Path], Path]
) -> None:
    done = run(with_fonts(toy_site), "build", "-d", "built")
    assert (done.returncode, done.stderr) == (0, "")
    site = toy_site / "built"
    assert not (site / "cards").exists()
    assert not list(site.rglob("*.parquet"))
    texts = [f for f in site.rglob("*") if f.suffix in (".html", ".md", ".txt", ".json", ".xml")]
    assert len(texts) > 100
    for file in texts:
        text = file.read_text("utf-8")
        found = re.search(r"cards/\S*png|og:image|(?i:parquet)", text)
        assert not found, f"{file.relative_to(site)}: {found}"
    (first, *_) = sorted((site / "api/v1/papers").glob("*.json"))
    assert "bibtex" in json.loads(first.read_text("utf-8"))["citations"]


def test_an_export_that_needs_an_extra_says_how_to_get_it(toy_site: Path) -> None:
    done = run(toy_site, "export", "parquet")
    assert (done.returncode, done.stdout) == (1, "")
    assert re.fullmatch(r"error: .* \(run `pip install 'broadsheet\[parquet\]'`\)\n", done.stderr)


def test_the_other_exports_need_no_extra(toy_site: Path) -> None:
    done = run(toy_site, "export", "bibtex")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("@")
