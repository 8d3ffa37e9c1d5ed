"""Results are kept for later builds, and whatever is wrong with them is no reason to fail."""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterator
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from broadsheet.base import cache
from broadsheet.base.cache import Cache

VALUE = {"a": [1, 2.5, "ü", b"\0"], "b": ("x", None, True), "c": {3, 4}}


def kept(folder: Path) -> list[Any]:
    return list(Cache(folder).values("related"))


def test_values_are_kept_for_the_next_build(tmp_path: Path) -> None:
    assert kept(tmp_path) == []
    Cache(tmp_path).keep("related", [VALUE, 7])
    assert kept(tmp_path) == [VALUE, 7]
    Cache(tmp_path).keep("related", [None])
    assert kept(tmp_path) == [None]
    Cache(tmp_path).keep("related", [])
    assert kept(tmp_path) == []


def test_large_values_are_kept(tmp_path: Path) -> None:
    large = [bytes(3_000_000), "ü" * 1_000_000]
    Cache(tmp_path).keep("related", large)
    assert kept(tmp_path) == large


def test_without_a_folder_nothing_is_kept() -> None:
    Cache().keep("related", [VALUE])
    assert list(Cache().values("related")) == []


def test_another_version_of_the_program_makes_its_own_values(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Cache(tmp_path).keep("related", [VALUE])
    monkeypatch.setattr(cache, "program", lambda: b"another")
    assert kept(tmp_path) == []


def test_damaged_values_are_as_good_as_none(tmp_path: Path) -> None:
    Cache(tmp_path).keep("related", [VALUE, VALUE])
    whole = (tmp_path / "related").read_bytes()
    damages = (b"", whole[:10], whole[:-1], whole[:40] + b"?" + whole[41:], b"?" * 99, whole + b"?")
    for damaged in damages:
        (tmp_path / "related").write_bytes(damaged)
        assert kept(tmp_path) == []


def test_a_folder_in_the_place_of_values_is_as_good_as_none(tmp_path: Path) -> None:
    (tmp_path / "related").mkdir()
    assert kept(tmp_path) == []


def test_values_that_cannot_be_made_leave_the_old_ones(tmp_path: Path) -> None:
    def broken() -> Iterator[int]:
        yield 1
        raise ValueError("broken")

    Cache(tmp_path).keep("related", [VALUE])
    with pytest.raises(ValueError, match="broken"):
        Cache(tmp_path).keep("related", broken())
    assert kept(tmp_path) == [VALUE]
    assert [path.name for path in tmp_path.iterdir()] == ["related"]


class _Malicious:
    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, ("malicious",)


def test_values_run_no_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Cache(tmp_path).keep("related", [_Malicious()])
    assert kept(tmp_path) == []
    assert not (tmp_path / "malicious").exists()
    pickle.loads((tmp_path / "related").read_bytes())
    assert (tmp_path / "malicious").exists(), "the value above does nothing"


def _keep_and_read(folder: Path) -> bool:
    values = [[number] * 50_000 for number in range(20)]
    for value in values:
        Cache(folder).keep("related", [value])
        if kept(folder)[0] not in values:
            return False
    return True


def test_processes_keep_values_at_the_same_time(tmp_path: Path) -> None:
    with get_context("spawn").Pool(2) as processes:
        assert processes.map(_keep_and_read, [tmp_path] * 2) == [True, True]
    assert [path.name for path in tmp_path.iterdir()] == ["related"]
