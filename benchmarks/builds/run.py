"""The measurement itself: every step of every corpus, in rounds."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from benchmarks.builds.corpora import corpus, many_authors
from benchmarks.builds.measuring import CommandFailedError, Cost, cost_of, size_of
from benchmarks.builds.peers import find_peers, machine, versions
from benchmarks.builds.projects import write_project
from benchmarks.builds.results import Measured, Results, Steps
from benchmarks.builds.serving import waiting_times
from benchmarks.builds.steps import Step, broadsheet_steps, bundled_project, steps_for

# How often corpora of at most so many papers are measured; larger ones are measured once.
_ROUNDS = {3_000: 3, 10_000: 2}
_MOST_TO_SERVE = 10_000


def measured(work: Path, sizes: Sequence[int], rounds: int | None = None) -> Results:
    """Measures everything in the folder `work` and says what it does.

    Raises:
        CommandFailedError: A build failed, or its site lacks pages.
    """
    peers = find_peers(work)
    results = Results(
        day=datetime.now().astimezone().date(),
        machine=machine(),
        busy=round(os.getloadavg()[0], 1),
        versions=versions(peers),
        notes=list(peers.notes),
    )
    # The bundled content comes first, because the first build on a machine reads a cold disk.
    bundled = list(broadsheet_steps(bundled_project(work / "bundled")))
    results.bundled = _costs("Bundled", bundled, 0, rounds or 3)
    shutil.rmtree(work / "bundled")
    results.many_authors = _many_authors(work / "many-authors")
    for size in sizes:
        folder = work / f"{size}"
        steps = list(steps_for(folder, list(corpus(size)), peers.programs))
        times = rounds or next((n for most, n in _ROUNDS.items() if size <= most), 1)
        results.sizes[size] = _costs(f"{size:,} papers", steps, size, times)
        if size <= _MOST_TO_SERVE:
            results.serve[size] = waiting_times(folder / "project")
        shutil.rmtree(folder)
    return results


def _many_authors(folder: Path) -> Measured:
    write_project(folder, many_authors())
    step = next(broadsheet_steps(folder))
    costs = _costs("Many authors", [step], 3, 1)
    shutil.rmtree(folder)
    return costs[step.name]


def _costs(title: str, steps: Sequence[Step], papers: int, rounds: int) -> Steps:
    """Runs all steps in turns, so that other work on the machine slows them alike."""
    costs: dict[str, list[Cost]] = {step.name: [] for step in steps}
    found: Steps = {}
    for number in range(1, rounds + 1):
        for step in steps:
            step.prepare()
            os.sync()  # or the disk would still be busy with the files of the last step
            cost = cost_of(step.command, step.folder)
            costs[step.name].append(cost)
            print(
                f"{title}, round {number} of {rounds}: {step.name} "
                f"{cost.cpu:.2f} s CPU, {cost.wall:.2f} s wall, {cost.peak / 2**20:.0f} MiB",
                flush=True,
            )
            if number == rounds:
                found[step.name] = _measured(step, costs[step.name], papers)
    return found


def _measured(step: Step, costs: list[Cost], papers: int) -> Measured:
    pages = size_of(step.site, r"\.html$").files
    if pages < papers:
        raise CommandFailedError(f"{step.name} wrote {pages:,} pages for {papers:,} papers")
    search = size_of(step.site, "^search/index/").files
    return Measured(costs=costs, site=size_of(step.site), pages=pages, search_files=search)
