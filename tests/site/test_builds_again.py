"""Building again does the work of the change, and nobody notices that but the clock."""

from __future__ import annotations

import errno
import os
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from building import build_site
from folders import tree, write_files

from broadsheet.content.check import load_and_check
from broadsheet.outputs.task import Task
from broadsheet.outputs.templates import templates_folder
from broadsheet.site.kept import Made
from broadsheet.site.parallel import Maker, StoppedError
from broadsheet.site.trees import change

NEW = {"content/papers/new.yml": "title: New\npublished: 2025-01-03\n"}


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the tasks that builds have made."""
    names: list[str] = []
    make = Maker.make

    def watched(self: Maker, tasks: Sequence[Task]) -> Iterator[Made]:
        names.extend(task.name for task in tasks)
        return make(self, tasks)

    monkeypatch.setattr(Maker, "make", watched)
    return names


def _loads(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    calls: list[object] = []

    def counted(*arguments: Any) -> object:
        calls.append(arguments)
        return load_and_check(*arguments)

    monkeypatch.setattr("broadsheet.site.whole.load_and_check", counted)
    return calls


def _age(folder: Path) -> None:
    """Makes everything look older than the build, as it mostly is."""
    then = time.time() - 60
    for path in (folder, *folder.rglob("*")):
        if ".broadsheet" not in path.parts and "site" not in path.parts:
            os.utime(path, (then, then))


def test_without_a_change_nothing_is_even_loaded(
    toy_site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _age(toy_site)
    first = build_site(toy_site)
    before = tree(toy_site / "site")
    loaded = _loads(monkeypatch)
    assert build_site(toy_site) == first
    assert loaded == []
    assert tree(toy_site / "site") == before


@pytest.mark.parametrize(
    "change",
    [
        lambda site: write_files(site, NEW),
        lambda site: (site / "site/index.html").write_text("mine"),
        *(
            pytest.param(change, marks=pytest.mark.slow)
            for change in (
                lambda site: (site / "content/papers/rivers-remember.yml").touch(),
                lambda site: (site / "mkdocs.yml").touch(),
                lambda site: (site / "site/about/index.html").unlink(),
                lambda site: (site / "site/extra.html").write_text("mine"),
                lambda site: write_files(
                    site, {"site_templates/pages/about.html.j2": "<h1>x</h1>"}
                ),
            )
        ),
    ],
)
def test_any_change_is_noticed(
    toy_site: Path,
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[Path], object],
    with_fonts: Callable[[Path], Path],
) -> None:
    _age(toy_site)
    build_site(toy_site)
    loaded = _loads(monkeypatch)
    change(toy_site)
    build_site(toy_site)
    assert len(loaded) == 1
    clean = toy_site.with_name("clean")
    shutil.copytree(toy_site, clean, ignore=shutil.ignore_patterns("site", ".broadsheet"))
    build_site(with_fonts(clean))
    assert tree(toy_site / "site") == tree(clean / "site")


@pytest.mark.parametrize("text", ["hooks: [hook.py]\n", "# INHERIT\n"])
def test_a_build_that_reads_more_is_never_skipped(
    toy_site: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    config = (toy_site / "mkdocs.yml").read_text("utf-8")
    write_files(toy_site, {"mkdocs.yml": text + config, "hook.py": ""})
    _age(toy_site)
    build_site(toy_site)
    loaded = _loads(monkeypatch)
    build_site(toy_site)
    assert len(loaded) == 1


def test_another_environment_is_a_change(toy_site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = (toy_site / "mkdocs.yml").read_text("utf-8")
    config = config.replace("site_name: Toy Papers", 'site_name: !ENV [TOYS, "Toys"]')
    write_files(toy_site, {"mkdocs.yml": config})
    _age(toy_site)
    for name in ("One", "Two"):
        monkeypatch.setenv("TOYS", name)
        build_site(toy_site)
        assert f"<title>{name}" in (toy_site / "site/index.html").read_text("utf-8")


def test_a_theme_that_is_only_a_copy_of_ours_changes_no_page(
    toy_site: Path, made: list[str]
) -> None:
    shutil.copytree(templates_folder() / "theme", toy_site / "theme")
    config = (toy_site / "mkdocs.yml").read_text("utf-8")
    config = config.replace("font: false,", "font: false, custom_dir: theme,")
    write_files(toy_site, {"mkdocs.yml": config})
    build_site(toy_site)
    made.clear()
    (toy_site / "mkdocs.yml").touch()
    build_site(toy_site)
    assert made == []


def test_a_changed_title_makes_few_pages_anew(toy_site: Path, made: list[str]) -> None:
    build_site(toy_site)
    everything = len(made)
    made.clear()
    write_files(toy_site, {"content/papers/sails.yml": "title: Sails\n"})
    build_site(toy_site)
    made.clear()
    write_files(toy_site, {"content/papers/sails.yml": "title: Other Sails\n"})
    build_site(toy_site)
    assert any("papers/sails/" in name for name in made)
    assert not any("papers/ropes-and-knots/" in name for name in made)
    assert len(made) < everything / 2


def test_unchanged_files_are_the_same_files(toy_site: Path) -> None:
    build_site(toy_site)
    page = toy_site / "site/papers/ropes-and-knots/index.html"
    number = page.stat().st_ino
    for title in ("One", "Two", "Three"):
        write_files(toy_site, {"content/papers/other.yml": f"title: {title}\n"})
        build_site(toy_site)
        assert page.stat().st_ino == number


@pytest.mark.parametrize("name", ["cache", pytest.param("spare", marks=pytest.mark.slow)])
def test_what_is_kept_can_be_deleted_or_damaged(toy_site: Path, name: str) -> None:
    build_site(toy_site)
    write_files(toy_site, NEW)
    build_site(toy_site)
    before = tree(toy_site / "site")
    for path in (toy_site / ".broadsheet" / name).rglob("*"):
        if path.is_file():
            path.write_bytes(b"damaged")
    (toy_site / "content/papers/new.yml").touch()
    build_site(toy_site)
    assert tree(toy_site / "site") == before
    shutil.rmtree(toy_site / ".broadsheet" / name)
    (toy_site / "content/papers/new.yml").touch()
    build_site(toy_site)
    assert tree(toy_site / "site") == before


def test_where_files_cannot_be_shared_they_are_copied(
    toy_site: Path, monkeypatch: pytest.MonkeyPatch, with_fonts: Callable[[Path], Path]
) -> None:
    def fail(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(os, "link", fail)
    build_site(toy_site)
    write_files(toy_site, NEW)
    build_site(toy_site)
    clean = toy_site.with_name("clean")
    shutil.copytree(toy_site, clean, ignore=shutil.ignore_patterns("site", ".broadsheet"))
    build_site(with_fonts(clean))
    assert tree(toy_site / "site") == tree(clean / "site")


def test_pages_can_be_there_before_everything_else(toy_site: Path) -> None:
    memory: dict[Path, Any] = {}
    page, data = toy_site / "site/papers/sails/index.html", toy_site / "site/data/papers.jsonl"
    write_files(toy_site, {"content/papers/sails.yml": "title: Sails\n"})
    assert build_site(toy_site, memory=memory).is_complete
    write_files(toy_site, {"content/papers/sails.yml": "title: Other Sails\n"})
    assert not build_site(toy_site, pages_first=True, memory=memory).is_complete
    assert "Other Sails" in page.read_text("utf-8")
    assert "Other Sails" not in data.read_text("utf-8")
    assert build_site(toy_site, memory=memory).is_complete
    assert "Other Sails" in data.read_text("utf-8")


def test_a_build_that_is_asked_to_stop_leaves_the_old_site(toy_site: Path) -> None:
    build_site(toy_site)
    before = tree(toy_site / "site")
    write_files(toy_site, {"content/papers/sails.yml": "title: Sails\n"})
    with pytest.raises(StoppedError):
        build_site(toy_site, stop=lambda: True)
    assert tree(toy_site / "site") == before


def test_a_served_site_that_was_changed_halfway_is_whole_again_after_the_next_build(
    toy_site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory: dict[Path, Any] = {}
    write_files(toy_site, {"content/papers/sails.yml": "title: Sails\n"})
    build_site(toy_site, memory=memory)
    whole = tree(toy_site / "site")
    write_files(toy_site, {"content/papers/sails.yml": "title: Other Sails\n"})

    def half(site: Path, work: Path, paths: frozenset[str], _: set[str]) -> None:
        change(site, work, sorted(paths)[::2], ())
        raise OSError(errno.ENOSPC, "No space left on device", str(site))

    with monkeypatch.context() as full_disk:
        full_disk.setattr("broadsheet.site.whole.change", half)
        with pytest.raises(OSError, match="No space"):
            build_site(toy_site, memory=memory)
    write_files(toy_site, {"content/papers/sails.yml": "title: Sails\n"})
    build_site(toy_site, memory=memory)
    assert tree(toy_site / "site") == whole


def test_in_a_served_site_only_changed_files_are_touched(toy_site: Path) -> None:
    memory: dict[Path, Any] = {}
    own = {"content/pages/own.md": "# Our own\n", "content/papers/sails.yml": "title: Sails\n"}
    write_files(toy_site, own | NEW)
    build_site(toy_site, memory=memory)
    other = toy_site / "site/papers/new/index.html"
    before = other.stat().st_mtime_ns, other.stat().st_ino
    (toy_site / "content/pages/own.md").unlink()
    (toy_site / "content/papers/sails.yml").unlink()
    build_site(toy_site, memory=memory)
    assert (other.stat().st_mtime_ns, other.stat().st_ino) == before
    assert not (toy_site / "site/own").exists()
    assert not (toy_site / "site/papers/sails").exists()
