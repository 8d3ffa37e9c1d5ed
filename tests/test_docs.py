"""The documentation builds, and whatever it names is there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).parents[1]


def test_the_documentation_builds_and_has_no_dead_link(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    where = ["--config-file", str(CHECKOUT / "docs.yml"), "--site-dir", str(tmp_path / "docs")]
    done = subprocess.run([*command, *where], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    pages = {path.relative_to(CHECKOUT / "docs") for path in (CHECKOUT / "docs").rglob("*.md")}
    built = {path.relative_to(tmp_path / "docs") for path in (tmp_path / "docs").rglob("*.html")}
    missing = {
        page
        for page in pages
        if page.name != "index.md" and page.with_suffix("") / "index.html" not in built
    }
    assert missing == set()
