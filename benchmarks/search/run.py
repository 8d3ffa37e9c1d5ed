"""Compares our search with Pagefind, whole lunr and Material's search, and writes the tables.

    python benchmarks/search/run.py [--sizes 10000,100000] [--readme benchmarks/README.md]

Needs node, npm and Chromium; Pagefind is installed from npm into the working folder.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from corpora import generated
from measuring import (
    Loaded,
    chromium,
    cold_page,
    cold_query,
    further_query,
    key_times,
    mean,
    new_reader,
    percentile,
    reciprocal_rank,
    sent_bytes,
    served,
    timed,
)
from oracle import bundled
from questions import KINDS, Question, drawn_questions, written_questions
from sites import SYSTEMS, WRITERS

from broadsheet.outputs.search import SearchDocument

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
# Systems that load the whole index. With more papers, which a browser tab can hardly hold, only
# the size of their files is reported.
LARGEST = {"lunr": 20_000, "material": 20_000}
# How many first queries are measured, each in a new browser.
FIRST = 45
MARK = "<!-- search: written by benchmarks/search/run.py -->"
ABOUT_BUILDS = """
CPU time of one process with the documents in memory. lunr.py uses the same text analysis.
"""
ABOUT_COSTS = """
A kB is 1,000 bytes, compressed with gzip if that makes a file smaller; of a file requested in part,
only that part counts. *First results* is what a new browser loads until it has the titles of ten
results, including all scripts and our style sheet. For us, that is the whole page /search/, which
shows facets after the results; the others have no page. *Successive requests* had to wait for each
other. The number in parentheses is that of queries with a word that no paper has, for which similar
spellings are looked up. *Further query* is a second query after another one. Times are from
Chromium with files served from this machine. *Key to results* is the time from each key in the
search box to its results, for texts typed before. Systems that load everything first have no times
for corpora that a browser tab can hardly hold.
"""
ABOUT_RANKS = """
Mean reciprocal rank among the first ten results. People wrote the questions about the bundled
papers (questions.txt); those about generated papers are generated, too (questions.py).
"""
Row = list[str]


def kilobytes(count: float) -> str:
    return f"{count / 1000:,.1f}"


def build_rows(sizes: Sequence[int]) -> list[Row]:
    """Returns CPU time and peak memory of building our index and that of lunr.py."""
    rows = []
    for size in sizes:
        costs = {
            system: json.loads(_output("build_once.py", system, str(size)))
            for system in ("broadsheet", "lunr")
        }
        ours, lunr = costs["broadsheet"], costs["lunr"]
        rows.append([
            f"{size:,}", f"{ours['seconds']:.1f}", f"{1000 * ours['seconds'] / size:.2f}",
            f"{ours['peak_gib']:.2f}", f"{lunr['seconds']:.1f}", f"{lunr['peak_gib']:.2f}",
            f"{lunr['seconds'] / ours['seconds']:.1f}",
        ])  # fmt: skip
        print("build", rows[-1], flush=True)
    return rows


def _output(*command: str) -> str:
    run = [sys.executable, str(HERE / command[0]), *command[1:]]
    return subprocess.run(run, check=True, capture_output=True, text=True).stdout


def measure(folder: Path, system: str, questions: Sequence[Question]) -> tuple[Row, list[str]]:
    """Returns what readers load and wait for, and mean reciprocal ranks by kind of question."""
    texts = [question.text for question in questions]
    reads_all = system in LARGEST
    sample = spread(texts, 2 if reads_all else 20)
    ours = system == "broadsheet"
    with chromium() as browser:
        with served(folder, latency=0.25) as base:
            ask = cold_page if ours else cold_query
            cold = [ask(browser, base, text) for text in spread(texts, 1 if reads_all else FIRST)]
        with served(folder) as base:
            further = [
                further_query(browser, base, folder, other, text)
                for other, text in zip(sample, sample[1:] + sample[:1], strict=True)
            ]
            with new_reader(browser) as (page, _):
                page.goto(f"{base}/index.html")
                fresh, found = timed(page, texts)
                times, _ = timed(page, texts)
                keys = key_times(page, spread(texts, 8)) if ours else []
    sizes = [one.bytes(folder) for one in cold]
    row = [
        kilobytes(statistics.median(sizes)), kilobytes(max(sizes)),
        depths(cold), kilobytes(statistics.median(further)),
        f"{percentile(fresh[1:], 0.95):.0f}", f"{percentile(times, 0.95):.0f}",
        f"{percentile(keys, 0.95):.0f}" if keys else "–",
    ]  # fmt: skip
    return row, ranks(questions, found)


def depths(cold: Sequence[Loaded]) -> str:
    """Returns the largest number of successive requests.

    The number in parentheses is that of queries with an unknown word, for which similar spellings
    are looked up.
    """
    known = [one.depth() for one in cold if not one.asked_for("forward/")]
    unknown = [one.depth() for one in cold if one.asked_for("forward/")]
    return f"{max(known)} ({max(unknown)})" if known and unknown else str(max(known + unknown))


def size_only(folder: Path) -> Row:
    """Returns the row of a system that has to load all files first, with their size only."""
    files = [path for path in folder.iterdir() if path.name not in {"index.html", "driver.js"}]
    size = kilobytes(sum(map(sent_bytes, files)))
    return [size, size, "2", "0.0", "–", "–", "–"]


def spread(texts: Sequence[str], count: int) -> list[str]:
    """Returns `count` texts, evenly spread over all."""
    return list(texts[:: max(1, len(texts) // count)][:count])


def ranks(questions: Sequence[Question], found: Sequence[Sequence[str]]) -> list[str]:
    shown = []
    for kind in (*KINDS, ""):
        values = [
            reciprocal_rank(urls, f"papers/{question.ref}/")
            for question, urls in zip(questions, found, strict=True)
            if not kind or question.kind == kind
        ]
        shown.append(f"{mean(values):.3f}")
    return shown


def compare(
    name: str,
    documents: Sequence[SearchDocument],
    questions: Sequence[Question],
    work: Path,
    systems: Sequence[str],
) -> tuple[list[Row], list[Row]]:
    """Returns rows of costs and of ranks for all systems, for the same documents."""
    costs, relevance = [], []
    for system in systems:
        folder = work / f"{system}-{len(documents)}"
        started = time.monotonic()
        WRITERS[system](folder, documents)
        built = time.monotonic() - started
        print(f"{name} {system}: written in {built:.0f} s", flush=True)
        if len(documents) > LARGEST.get(system, len(documents)):
            costs.append([name, system, *size_only(folder)])
        else:
            row, rank = measure(folder, system, questions)
            costs.append([name, system, *row])
            relevance.append([name, system, *rank])
        print(costs[-1], flush=True)
    return costs, relevance


def table(head: Sequence[str], rows: Sequence[Row]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def report(builds: list[Row], costs: list[Row], relevance: list[Row]) -> str:
    """Returns the section of the README: the tables and explanations of their columns."""
    build_head = [
        "papers",
        "s",
        "ms per paper",
        "peak GiB",
        "lunr.py: s",
        "peak GiB",
        "times faster",
    ]
    cost_head = [
        "papers", "search", "first results, kB (median)", "(largest)", "successive requests",
        "further query, kB (median)", "new query, ms (p95)", "repeated query, ms (p95)",
        "key to results, ms (p95)",
    ]  # fmt: skip
    rank_head = ["papers", "search", *(f"{kind}" for kind in KINDS), "all"]
    parts = [
        *("### Building the index", table(build_head, builds), ABOUT_BUILDS),
        *("### What readers load, and how long they wait", table(cost_head, costs), ABOUT_COSTS),
        *("### Finding a known paper", table(rank_head, relevance), ABOUT_RANKS),
    ]
    return "\n\n".join([MARK, *(part.strip() for part in parts), MARK])


def write_readme(readme: Path, section: str) -> None:
    """Writes the section between its marks in the README, or at the end."""
    text = readme.read_text("utf-8") if readme.is_file() else "# Benchmarks\n"
    if text.count(MARK) == 2:
        before, _, after = text.split(MARK)
        readme.write_text(before + section + after, "utf-8")
        return
    command = "    python benchmarks/search/run.py\n"
    readme.write_text(f"{text}\n## Search\n\nMade by\n\n{command}\n{section}\n", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="10000,100000")
    parser.add_argument("--builds", default="1000,10000,30000,100000")
    parser.add_argument("--questions", type=int, default=30, help="of each kind")
    parser.add_argument("--systems", default=",".join(SYSTEMS))
    parser.add_argument("--readme", type=Path)
    options = parser.parse_args()
    systems = options.systems.split(",")
    costs, relevance = [], []
    with tempfile.TemporaryDirectory() as work:
        rows = compare("bundled", bundled(), written_questions(), Path(work), systems)
        costs += rows[0]
        relevance += rows[1]
        for size in map(int, filter(None, options.sizes.split(","))):
            documents = list(generated(size))
            questions = drawn_questions(documents, options.questions)
            rows = compare(f"{size:,}", documents, questions, Path(work), systems)
            costs += rows[0]
            relevance += rows[1]
    builds = build_rows([int(size) for size in filter(None, options.builds.split(","))])
    section = report(builds, costs, relevance)
    print(section)
    if options.readme:
        write_readme(options.readme, section)


if __name__ == "__main__":
    main()
