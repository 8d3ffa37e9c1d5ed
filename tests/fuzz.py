"""Looks for texts that end in a traceback, in a hang or in too much memory, with atheris.

    pip install atheris
    python tests/fuzz.py importers FOLDER -max_total_time=120
    python tests/fuzz.py content FOLDER -max_total_time=120

FOLDER keeps the texts that reach new code, so that the next run goes on from there. Whatever comes
after it is for libFuzzer. A text that fails is written to the folder that the script is run from.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

try:
    import atheris
except ImportError:
    sys.exit("atheris isn't installed: run `pip install atheris`")

with atheris.instrument_imports(include=["broadsheet"]):
    from broadsheet.base import markup
    from broadsheet.base.errors import BroadsheetError
    from broadsheet.content.columns import NO_CHOICES
    from broadsheet.content.model import Collection, Issue, Paper
    from broadsheet.content.parsing import papers_in_lines, value_in_yaml
    from broadsheet.importers import IMPORTERS, Importer, detect
    from broadsheet.importers.files import text_of_file

TESTS = Path(__file__).resolve().parent
SEEDS = {
    "importers": (TESTS / "importers", ("*.txt", "*.md", "*.html", "*.eml")),
    "content": (
        TESTS.parent / "content",
        ("papers/a*.yml", "digests/*/*.yml", "collections/*.yml"),
    ),
}
LIMITS = ["-timeout=20", "-rss_limit_mb=2000", "-max_len=4096"]
MODELS: tuple[tuple[Any, dict[str, str]], ...] = (
    (Paper, {"slug": "a"}),
    (Issue, {"digest": "d", "name": "2025-W01"}),
    (Collection, {"slug": "c"}),
)


def try_importers(raw: bytes) -> None:
    """Reads a file with the importer that its first byte names, and with the one that fits it."""
    forced, raw = raw[:1], raw[1:]
    try:
        text = text_of_file(raw, "a.txt")
    except BroadsheetError:
        return
    _try(IMPORTERS[sum(forced) % len(IMPORTERS)], text)
    try:
        found = detect(text, "a.txt")
    except BroadsheetError as error:
        _refused(error)
        return
    _try(found, text)


def _refused(error: BroadsheetError) -> None:
    assert all(line.isprintable() for line in str(error).splitlines()), error


def _try(importer: Importer, text: str) -> None:
    try:
        reading = importer.read(text, "a.txt")
        if importer.read_columns:
            importer.read_columns(text, "a.txt", NO_CHOICES)
    except BroadsheetError as error:
        _refused(error)
        return
    for problem in reading.problems:
        assert str(problem).isprintable(), problem


def try_content(raw: bytes) -> None:
    """Reads a file of content as each kind, and shows what a paper says."""
    for model, given in MODELS:
        found: Any = value_in_yaml(raw, "a.yml", model, given)
        if isinstance(found, tuple):
            assert all(str(problem).isprintable() for problem in found), found
        elif isinstance(found, Paper):
            markup.rich(found.summary or "")
            markup.blocks(found.abstract or "")
    papers_in_lines(raw, "a.jsonl", 1)


TARGETS: dict[str, Callable[[bytes], None]] = {"importers": try_importers, "content": try_content}


def _sow(target: str, folder: Path) -> None:
    """Puts what tests and the bundled content have into an empty folder."""
    folder.mkdir(parents=True, exist_ok=True)
    source, patterns = SEEDS[target]
    start = b"" if target == "content" else b"\0"
    for pattern in patterns:
        for number, path in enumerate(sorted(source.rglob(pattern))):
            content = path.read_bytes()
            if len(content) <= 4096:
                (folder / f"{path.stem[:60]}-{number}").write_bytes(start + content)


def main() -> None:
    if len(sys.argv) < 3 or sys.argv[1] not in TARGETS:
        sys.exit(__doc__)
    target, folder = sys.argv[1], Path(sys.argv[2])
    if not (folder.is_dir() and any(folder.iterdir())):
        _sow(target, folder)
    atheris.Setup([sys.argv[0], *LIMITS, str(folder), *sys.argv[3:]], TARGETS[target])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
