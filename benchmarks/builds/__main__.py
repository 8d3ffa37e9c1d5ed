"""Measures whole builds, from content to finished site, beside those of other tools.

    python -m benchmarks.builds [--full] [--check] [--write-readme]

See benchmarks/README.md.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from benchmarks.builds.bounds import bounds
from benchmarks.builds.report import table, write_readme
from benchmarks.builds.results import Results
from benchmarks.builds.run import measured

SIZES, FULL = [1_000, 3_000], [1_000, 3_000, 10_000, 30_000, 100_000]


def main() -> None:
    given = _arguments()
    if given.read:
        results = Results.model_validate_json(given.read.read_bytes())
    else:
        with _folder(given.work) as work:
            results = measured(Path(work), given.sizes, given.rounds)
    if given.json:
        given.json.write_text(results.model_dump_json(indent=1), "utf-8")
    if given.write_readme:
        write_readme(results)
    print(table(results))
    found = list(bounds(results))
    print(*found, *results.notes, sep="\n")
    sys.exit(given.check and any(bound.broken for bound in found))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.builds", description=__doc__)
    sizes = parser.add_mutually_exclusive_group()
    sizes.add_argument("--sizes", type=_numbers, default=SIZES, help="how many papers: 1000,3000")
    sizes.add_argument(
        "--full", dest="sizes", action="store_const", const=FULL, help="up to 100,000 papers"
    )
    parser.add_argument("--rounds", type=int, help="how often (default: less often when larger)")
    parser.add_argument("--check", action="store_true", help="exit with 1 if a bound is broken")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep the results in FILE")
    parser.add_argument(
        "--read", type=Path, metavar="FILE", help="read results instead of measuring"
    )
    parser.add_argument(
        "--write-readme", action="store_true", help="put the results into benchmarks/README.md"
    )
    parser.add_argument(
        "--work", type=Path, metavar="FOLDER", help="where to build (default: a new folder)"
    )
    return parser.parse_args()


def _numbers(text: str) -> list[int]:
    return [int(number) for number in text.split(",")]


def _folder(work: Path | None) -> AbstractContextManager[str | Path]:
    if work is None:
        return tempfile.TemporaryDirectory(prefix="broadsheet-benchmark-")
    work.mkdir(parents=True, exist_ok=True)
    return nullcontext(work)


if __name__ == "__main__":
    main()
