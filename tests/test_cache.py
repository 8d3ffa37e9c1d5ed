"""Results are kept for later builds, and whatever is wrong with them is no reason to fail."""

from __future__ import annotations

import os
import pickle
from multiprocessing import get_context
from pathlib import Path

import pytest

from broadsheet.base import cache
from broadsheet.base.cache import Cache

VALUE = {"a": [1, 2.5, "ü", b"\0"], "b": ("x", None, True), "c": {3, 4}}


def test_a_value_is_kept_for_the_next_build(tmp_path: Path) -> None:
    assert Cache(tmp_path).value("related") is None
    Cache(tmp_path).keep("related", VALUE)
    assert Cache(tmp_path).value("related") == VALUE
    Cache(tmp_path).keep("related", [])
    assert Cache(tmp_path).value("related") == []


def test_without_a_folder_nothing_is_kept() -> None:
    Cache().keep("related", VALUE)
    assert Cache().value("related") is None


def test_another_version_of_the_program_makes_its_own_values(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Cache(tmp_path).keep("related", VALUE)
    monkeypatch.setattr(cache, "program", lambda: b"another")
    assert Cache(tmp_path).value("related") is None


def test_a_damaged_value_is_as_good_as_none(tmp_path: Path) -> None:
    Cache(tmp_path).keep("related", VALUE)
    whole = (tmp_path / "related").read_bytes()
    for damaged in (b"", whole[:10], whole[:-1], whole[:40] + b"?" + whole[41:], b"?" * 99):
        (tmp_path / "related").write_bytes(damaged)
        assert Cache(tmp_path).value("related") is None


def test_a_folder_in_the_place_of_a_value_is_as_good_as_none(tmp_path: Path) -> None:
    (tmp_path / "related").mkdir()
    assert Cache(tmp_path).value("related") is None


class _Malicious:
    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, ("malicious",)


def test_a_value_runs_no_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Cache(tmp_path).keep("related", _Malicious())
    assert Cache(tmp_path).value("related") is None
    assert not (tmp_path / "malicious").exists()
    pickle.loads((tmp_path / "related").read_bytes()[32:])
    assert (tmp_path / "malicious").exists(), "the value above does nothing"


def _keep_and_read(folder: Path) -> bool:
    kept = Cache(folder)
    values = [[number] * 50_000 for number in range(20)]
    for value in values:
        kept.keep("related", value)
        if kept.value("related") not in values:
            return False
    return True


def test_processes_keep_values_at_the_same_time(tmp_path: Path) -> None:
    with get_context("spawn").Pool(2) as processes:
        assert processes.map(_keep_and_read, [tmp_path] * 2) == [True, True]
    assert [path.name for path in tmp_path.iterdir()] == ["related"]
