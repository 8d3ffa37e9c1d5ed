"""The benchmark of builds: its corpora are real enough and valid, and it measures what it says."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from benchmarks.builds import peers, report
from benchmarks.builds.bounds import bounds
from benchmarks.builds.corpora import corpus, many_authors
from benchmarks.builds.measuring import CommandFailedError, Cost, Size, cost_of, size_of
from benchmarks.builds.picture import growth_picture
from benchmarks.builds.projects import papers, retitle, write_project
from benchmarks.builds.results import Measured, Results
from benchmarks.importers import KINDS

from broadsheet.base.errors import Level
from broadsheet.content.check import load_and_check
from broadsheet.content.model import Collection, Corpus, Issue
from broadsheet.importers import IMPORTERS, detect

ROOT = Path(__file__).parents[1]
SIZE = 300


def loaded(folder: Path) -> Corpus:
    """A project's corpus, which must load without problems."""
    found = load_and_check(folder / "content", "content")
    assert not found.problems, "\n".join(map(str, found.problems))
    return found.corpus


@pytest.mark.parametrize("as_yaml", [False, True])
def test_check_finds_nothing_in_a_generated_project(tmp_path: Path, as_yaml: bool) -> None:
    write_project(tmp_path, corpus(SIZE), as_yaml=as_yaml)
    found = loaded(tmp_path)
    assert list(found.papers.values()) == sorted(papers(corpus(SIZE)), key=lambda p: p.slug)
    assert found.issues
    assert found.collections


def test_a_size_gives_the_same_bytes_in_every_process(tmp_path: Path) -> None:
    for seed in ("1", "2"):
        command = [sys.executable, "-m", "benchmarks.builds.projects", "60", str(tmp_path / seed)]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run(command, check=True, cwd=ROOT, env=environment)
    one, two = (files_of(tmp_path / seed) for seed in ("1", "2"))
    assert one
    assert one == two


def files_of(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_a_smaller_corpus_is_the_start_of_a_larger_one() -> None:
    small, large = list(papers(corpus(50))), list(papers(corpus(120)))
    assert (len(small), len(large)) == (50, 120)
    assert small == large[:50]


def test_papers_are_as_long_as_real_ones_and_have_as_many_authors() -> None:
    found = list(papers(corpus(SIZE)))
    assert 1000 < statistics.mean(len(paper.abstract or "") for paper in found) < 1200
    assert 60 < statistics.mean(len(paper.title or "") for paper in found) < 80
    assert statistics.median(len(paper.authors) for paper in found) == 6
    assert all(len(set(paper.authors)) == len(paper.authors) for paper in found)


def test_words_are_as_frequent_as_in_real_abstracts() -> None:
    """The most frequent words of the bundled summaries have 4.2, 3.5 and 2.1 % of all places, the
    100th has 0.12 %, and half of the different words occur once."""
    words = Counter(
        word for paper in papers(corpus(SIZE)) for word in (paper.abstract or "").split()
    )
    frequencies = sorted(words.values(), reverse=True)
    assert 0.035 < frequencies[0] / words.total() < 0.05
    assert 0.0006 < frequencies[100] / words.total() < 0.0018
    assert 0.4 < frequencies.count(1) / len(frequencies) < 0.65


def test_issues_have_about_15_papers_and_no_paper_is_in_two_lists() -> None:
    values = list(corpus(SIZE))
    sizes = [len(value.entries()) for value in values if isinstance(value, Issue)]
    assert 13 < statistics.mean(sizes) < 17
    lists = [value.entries() for value in values if isinstance(value, Issue)]
    lists += [value.entries for value in values if isinstance(value, Collection)]
    listed = [entry.paper for entries in lists for entry in entries]
    assert len(listed) == len(set(listed))


def test_three_papers_have_many_authors_and_share_some(tmp_path: Path) -> None:
    write_project(tmp_path, many_authors())
    loaded(tmp_path)
    first, second, third = (set(paper.authors) for paper in papers(many_authors()))
    assert [len(first), len(second), len(third)] == [313, 546, 573]
    assert len(second & third) > 300


@pytest.mark.parametrize("as_yaml", [False, True])
def test_a_change_is_in_the_title_of_one_paper(tmp_path: Path, as_yaml: bool) -> None:
    write_project(tmp_path, corpus(60), as_yaml=as_yaml)
    before = loaded(tmp_path).papers
    slug = retitle(tmp_path, " Revised")
    after = loaded(tmp_path).papers
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {slug}
    assert after[slug].title == f"{before[slug].title} Revised"


WORK = "x = b'x' * 80_000_000\nfor n in range(6_000_000): pass\nimport time; time.sleep(0.3)\n"
CHILD = f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {WORK!r}], check=True)\n"


@pytest.mark.parametrize("program", [WORK, CHILD])
def test_costs_include_those_of_child_processes(tmp_path: Path, program: str) -> None:
    cost = cost_of([sys.executable, "-c", program], tmp_path)
    assert cost.cpu > 0.05
    assert cost.wall > 0.3
    assert 80e6 < cost.peak < 160e6


def test_a_failed_command_says_what_it_printed(tmp_path: Path) -> None:
    with pytest.raises(CommandFailedError, match="out of paper"):
        cost_of([sys.executable, "-c", "raise SystemExit('out of paper')"], tmp_path)


def test_sizes_count_files_that_match(tmp_path: Path) -> None:
    (tmp_path / "search").mkdir()
    (tmp_path / "search" / "a.bin").write_bytes(b"12345")
    (tmp_path / "index.html").write_bytes(b"123")
    assert size_of(tmp_path) == Size(2, 8)
    assert size_of(tmp_path, "^search/") == Size(1, 5)


def step(*seconds: float, files: int = 1) -> Measured:
    costs = [Cost(cpu=one, wall=one / 2, peak=100 * 2**20) for one in seconds]
    return Measured(costs=costs, site=Size(files, 1000), pages=1, search_files=0)


def results(**steps: Measured) -> Results:
    return Results(
        day=date(2026, 11, 21), machine="2 cores", busy=0.1, versions={}, sizes={10_000: steps}
    )


def test_ratios_are_medians_of_those_within_a_round() -> None:
    found = results(stock=step(10, 20, 40), first=step(11, 24, 80))
    assert found.cpu_ratio(10_000, "first") == pytest.approx(1.2)


def test_bounds_tell_what_is_broken_and_what_was_not_measured() -> None:
    found = results(stock=step(10), first=step(21, files=50_000), changed=step(0.1))
    verdicts = {bound.what: bound.verdict for bound in bounds(found)}
    name = "First build at 10,000 papers, compared with as many bare pages"
    assert verdicts[f"{name}, CPU"] == "FAIL"
    assert verdicts["Files a paper at 10,000 papers"] == "FAIL"
    assert verdicts["The same, compared with a first build, CPU"] == "ok"
    assert verdicts["Memory at 10,000 papers"] == "ok"
    assert verdicts["From 10,000 to 30,000 papers, CPU"] == "not measured"


def test_results_outlive_a_file() -> None:
    found = results(stock=step(10, 12))
    assert Results.model_validate_json(found.model_dump_json()) == found


def test_writing_the_readme_replaces_only_its_section(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(f"before\n{report.MARK}\nold\n{report.MARK}\nafter\n", "utf-8")
    monkeypatch.setattr(report, "README", readme)
    monkeypatch.setattr(report, "PICTURE", tmp_path / "growth.svg")
    report.write_readme(results(stock=step(10), first=step(20)))
    text = readme.read_text("utf-8")
    assert text.startswith(f"before\n{report.MARK}\n")
    assert text.endswith(f"{report.MARK}\nafter\n")
    assert "old" not in text
    assert "| 10,000 | Broadsheet, first build | 20.00 | 10.00 | 2.00 |" in text


def test_a_million_papers_are_extrapolated_from_the_measured_growth() -> None:
    found = results()
    found.sizes = {10_000: {"first": step(60)}, 100_000: {"first": step(600, files=10)}}
    text = report.section(found)
    assert "would take 50 minutes (100 minutes of CPU time) and 0.1 GiB" in text


def test_the_readme_of_the_benchmarks_has_a_place_for_results() -> None:
    assert report.README.read_text("utf-8").count(report.MARK) == 2


@pytest.mark.parametrize("sizes", [{1000: 3.0}, {1000: 3.0, 3000: 9.0, 10_000: 30.0}])
def test_the_picture_is_an_svg_with_a_line_for_each_build(sizes: dict[int, float]) -> None:
    found = results()
    found.sizes = {size: {"stock": step(one), "first": step(one)} for size, one in sizes.items()}
    picture = ET.fromstring(growth_picture(found))
    assert len(picture.findall("{*}polyline")) == 2


def test_a_peer_that_is_missing_is_left_out_with_a_note(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    failed = subprocess.CompletedProcess[str]((), returncode=1)
    monkeypatch.setattr("subprocess.run", lambda *_, **__: failed)
    found = peers.find_peers(tmp_path)
    assert not found.programs
    assert len(found.notes) == 2


def test_every_importer_of_papers_has_a_generated_text() -> None:
    # OPML only names feeds, which have the papers.
    assert set(KINDS) == {found.name for found in IMPORTERS} - {"opml"}


@pytest.mark.parametrize("name", KINDS)
def test_generated_texts_are_recognized_and_read_without_problems(name: str) -> None:
    text = KINDS[name](tuple(papers(corpus(SIZE)))[:100])
    found = detect(text, "papers")
    reading = found.read(text, "papers")
    assert found.name == name
    # An entry of a weekly article has the abstracts of ten papers.
    assert len(reading.records) == (10 if name == "weekly-article" else 100)
    assert [problem for problem in reading.problems if problem.level is Level.ERROR] == []
