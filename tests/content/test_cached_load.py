"""Content that hasn't changed comes from the cache, and is the same as without one."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from folders import write_files
from growth import lines_run
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.base.cache import Cache
from broadsheet.content import load as module
from broadsheet.content.check import load_and_check
from broadsheet.content.load import Loaded, load

ISSUE = (
    "title: T\nweek: 2025-W01\nstart: 2024-12-30\nend: 2025-01-05\n"
    "sections: [{heading: Boats, entries: [{paper: a}]}]\n"
)
FILES = {
    "topics.yml": "boats: {name: Boats}\n",
    "papers/a.yml": "title: A\nlinks: {code: https://a.example/}\npublished: 2024-03\n",
    "papers/b.jsonl": '\n{"slug": "b", "title": "B", "topics": ["boats"]}\r\n{"slug": "c"}\n',
    "digests/d/2025-W01.yml": ISSUE,
    "collections/c.yml": "title: C\nsource: {name: N, retrieved: 2024-01-02}\nentries: []\n",
}
# Contents of a file, some with mistakes. None stands for a file that isn't there.
CONTENTS = {
    "papers/a.yml": [None, "title: A", "title: A\nauthors: [B]", "titel: A", "title: [", "\x07"],
    "papers/x.yml": [None, "title: A", "title: X\naliases: [a]"],
    "papers/b.jsonl": [
        None,
        *('{"slug": "%s", "title": "B"}\n' * n % (*"bcbx"[:n],) for n in range(5)),
    ],
    "papers/n.jsonl": [
        None,
        "\n" * 300 + '{"slug": "n", "title": "N"}\n{',
        '{"title": "N"}\n',
        "null",
    ],
    "digests/d/2025-W01.yml": [None, ISSUE, ISSUE + "introduction: I\n", ISSUE + "slug: x\n"],
    "digests/e/2025-W01.yml": [None, ISSUE],
    "collections/c.yml": [None, "title: C", "title: C\nentries: [{paper: nobody}]"],
    "topics.yml": [None, "boats: {name: Boats}", "boats: {name: Boats, terms: boat}"],
}
FOLDERS = st.fixed_dictionaries({file: st.sampled_from(texts) for file, texts in CONTENTS.items()})


def written(folder: Path, files: dict[str, str | None]) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return write_files(folder, {name: text for name, text in files.items() if text is not None})


@given(st.lists(FOLDERS, min_size=2, max_size=3))
def test_content_is_the_same_with_a_cache(states: list[dict[str, str | None]]) -> None:
    with TemporaryDirectory() as folder:
        cache = Cache(Path(folder, "cache"))
        for state in states:
            content = written(Path(folder, "content"), state)
            assert load_and_check(content, "content", cache) == load_and_check(content, "content")


def loaded(folder: Path) -> Loaded:
    return load(folder / "content", "content", Cache(folder / "cache"))


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are parsed from now on."""
    found: list[str] = []

    def noted(name: str) -> None:
        original = getattr(module, name)

        def parse(raw: bytes, file: str, *rest: object) -> object:
            found.append(file.removeprefix("content/"))
            return original(raw, file, *rest)

        monkeypatch.setattr(module, name, parse)

    noted("value_in_yaml")
    noted("papers_in_lines")
    return found


def test_only_changed_files_are_parsed(tmp_path: Path, parsed: list[str]) -> None:
    write_files(tmp_path / "content", FILES)
    before = loaded(tmp_path)
    assert sorted(parsed) == sorted(name for name in FILES if name != "topics.yml")
    parsed.clear()
    assert loaded(tmp_path) == before
    assert parsed == []
    write_files(tmp_path / "content", {"papers/a.yml": "title: Changed\n"})
    assert loaded(tmp_path).corpus.papers["a"].title == "Changed"
    assert parsed == ["papers/a.yml"]


def test_only_changed_lines_of_a_large_file_are_parsed(tmp_path: Path, parsed: list[str]) -> None:
    lines = [f'{{"slug": "p{n}", "title": "Paper {n}"}}\n' for n in range(3000)]
    write_files(tmp_path / "content", {"papers/p.jsonl": "".join(lines)})
    loaded(tmp_path)
    blocks = len(parsed)
    parsed.clear()
    lines[1500:1501] = ["\n", lines[1500].replace("Paper", "Changed"), '{"slug": "new"}\n']
    write_files(tmp_path / "content", {"papers/p.jsonl": "".join(lines)})
    after = loaded(tmp_path)
    assert 10 < blocks < 100
    assert 1 <= len(parsed) <= 4
    assert after == load(tmp_path / "content", "content")
    assert after.corpus.places["paper", "p2999"].line == 3002


def test_mistakes_are_reported_again(tmp_path: Path) -> None:
    wrong = {"papers/a.yml": "titel: A\n", "papers/b.jsonl": '{"slug": "b"}\n{\n'}
    write_files(tmp_path / "content", FILES | wrong)
    problems = loaded(tmp_path).problems
    assert [problem.line for problem in problems] == [1, 2]
    assert loaded(tmp_path).problems == problems


def test_content_of_removed_files_leaves_the_cache(tmp_path: Path) -> None:
    write_files(tmp_path / "content", FILES)
    loaded(tmp_path)
    for name in FILES:
        (tmp_path / "content" / name).unlink()
    loaded(tmp_path)
    kept = [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]
    assert all(b"Boats" not in path.read_bytes() for path in kept)


@pytest.mark.slow
def test_content_from_the_cache_takes_a_small_part_of_the_work(tmp_path: Path) -> None:
    papers = {f"papers/p{n}.yml": f"title: Paper {n}\nauthors: [A, B, C]\n" for n in range(300)}
    write_files(tmp_path / "content", papers)
    first = lines_run(lambda: loaded(tmp_path))
    assert lines_run(lambda: loaded(tmp_path)) < first / 2
