"""A site is published whole or not at all: links, redirects, same bytes, every kind of failure."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from building import build_site
from filelock import FileLock
from folders import tree, write_files
from shown import shown
from waiting import PATIENCE, until

from broadsheet.base.errors import BroadsheetError
from broadsheet.site.publish import publish, working_folder


class _Links(HTMLParser):
    def __init__(self, page: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.feed(page.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.ids |= {value for name in ("id", "name") if (value := found.get(name))}
        names = () if tag == "base" else ("href", "src")
        self.links += [value for name in names if (value := found.get(name)) is not None]


def _pages(site: Path) -> dict[str, _Links]:
    return {
        path.relative_to(site).as_posix(): _Links(path) for path in sorted(site.rglob("*.html"))
    }


def test_every_internal_link_and_anchor_resolves(built: Path) -> None:
    pages = _pages(built)
    assert len(pages) > 20
    broken = [
        f"{name}: {link}"
        for name, page in pages.items()
        for link in page.links
        if not _resolves(built, pages, name, link)
    ]
    assert broken == []


def _resolves(site: Path, pages: dict[str, _Links], name: str, link: str) -> bool:
    home = "https://toys.example/digest/"
    address = urljoin(home + name, link)
    if not address.startswith(home):
        return urlsplit(address).netloc != "toys.example" or address == home.rstrip("/")
    parts = urlsplit(address.removeprefix(home))
    path = unquote(parts.path)
    file = f"{path}index.html" if not path or path.endswith("/") else path
    if not (site / file).is_file():
        return False
    ids = pages[file].ids if file in pages else set()
    # The theme's script creates ids that start with "__".
    return not parts.fragment or unquote(parts.fragment) in ids | {"__search"}


def test_no_page_asks_another_host_for_anything(built: Path) -> None:
    for path in built.rglob("*.html"):
        page = path.read_text("utf-8")
        for start in ("<script", "<img", "<iframe"):
            for piece in page.split(start)[1:]:
                assert "://" not in piece.split(">")[0].replace("https://toys.example/", ""), path


def test_an_alias_leads_to_its_paper(built: Path) -> None:
    for alias in ("rafts-that-float", "old-rafts"):
        page = (built / "papers" / alias / "index.html").read_text("utf-8")
        assert 'content="0; url=../floating-rafts-of-logs/"' in page
        assert "https://toys.example/digest/papers/floating-rafts-of-logs/" in page
        assert "noindex" in page


def test_a_site_under_a_sub_path_has_no_link_to_the_root(built: Path) -> None:
    for name, page in _pages(built).items():
        rooted = [link for link in page.links if link.startswith("/") and not link.startswith("//")]
        assert all(link.startswith("/digest/") for link in rooted), name
        assert name in ("404.html", "503.html") or not rooted, name


def test_a_hand_written_page_is_there_and_leads_to_generated_ones(built: Path) -> None:
    page = (built / "harbour-rules/index.html").read_text("utf-8")
    assert "Written by hand." in page


def test_a_hand_written_page_comes_before_a_generated_one(toy_site: Path) -> None:
    write_files(toy_site, {"content/pages/about.md": "# About us\n\nBy hand.\n"})
    build_site(toy_site)
    page = (toy_site / "site/about/index.html").read_text("utf-8")
    assert "By hand." in page
    assert "What is covered" not in page


def test_the_site_map_has_every_page_but_no_template(built: Path) -> None:
    text = (built / "sitemap.xml").read_text("utf-8")
    assert "{" not in text
    assert "<loc>https://toys.example/digest/papers/rivers-remember/</loc><lastmod>" in text


def test_a_page_leads_to_its_file_for_corrections(built: Path) -> None:
    page = (built / "papers/rivers-remember/index.html").read_text("utf-8")
    assert "https://git.example/toys/papers/edit/main/content/papers/rivers-remember.yml" in page


def test_hostile_titles_do_nothing_in_the_built_page(toy_site: Path) -> None:
    title = '</title><script>alert(1)</script>" onload="alert(2)'
    write_files(toy_site, {"content/papers/evil.yml": f"title: '{title}'\ntldr: '{title}'\n"})
    build_site(toy_site)
    for path in (toy_site / "site").rglob("*.html"):
        page = path.read_text("utf-8")
        assert "<script>alert(1)" not in page, path
        found = shown(page)
        assert not [tag for tag, attributes in found.elements if "onload" in attributes], path


def test_the_same_content_gives_the_same_bytes(built: Path, toy_site: Path) -> None:
    build_site(toy_site)
    first = tree(toy_site / "site")
    assert first == tree(built)
    build_site(toy_site)
    assert tree(toy_site / "site") == first


def test_neither_umask_nor_optimization_changes_a_byte_or_a_mode(
    built: Path, toy_site: Path
) -> None:
    for kept in ("spare", "cache/sites"):  # so that every file is made again
        shutil.rmtree(toy_site / ".broadsheet" / kept, ignore_errors=True)
    command = f"umask 077; exec {sys.executable} -OO -m broadsheet build --quiet"
    subprocess.run(["sh", "-c", command], cwd=toy_site, check=True)
    assert tree(toy_site / "site") == tree(built)
    modes = {
        (path.is_dir(), stat.S_IMODE(path.stat().st_mode))
        for path in [toy_site / "site", *(toy_site / "site").rglob("*")]
    }
    assert modes == {(True, 0o755), (False, 0o644)}


def test_an_incremental_build_gives_the_same_bytes_as_a_clean_one(
    toy_site: Path, tmp_path: Path
) -> None:
    build_site(toy_site)
    change = {"content/papers/new.yml": "title: New\npublished: 2025-01-03\n"}
    write_files(toy_site, change)
    (toy_site / "content/papers/the-weight-of-water.yml").rename(toy_site / "content/papers/w.yml")
    harbour = toy_site / "content/collections/harbour.yml"
    harbour.write_text(harbour.read_text().replace("the-weight-of-water", "w"))
    build_site(toy_site)
    clean = tmp_path / "clean"
    shutil.copytree(toy_site, clean, ignore=shutil.ignore_patterns("site"))
    build_site(clean)
    assert tree(toy_site / "site") == tree(clean / "site")
    assert not (toy_site / "site/papers/the-weight-of-water").exists()


def _spoil(name: str, text: str) -> Callable[[Path], object]:
    return lambda site: write_files(site, {name: text})


def _configure(old: str, new: str) -> Callable[[Path], object]:
    def change(site: Path) -> None:
        file = site / "mkdocs.yml"
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new), "utf-8")

    return change


FAILURES = {
    "broken content": (
        _spoil("content/papers/broken.yml", "titel: A\n"),
        "content/papers/broken.yml:1: titel: unknown key 'titel'",
    ),
    "broken reference": (
        _spoil("content/collections/c.yml", "title: C\nentries: [{paper: nowhere}]\n"),
        "content/collections/c.yml:2: entries[0].paper: there is no paper 'nowhere'",
    ),
    "broken template": (
        _spoil("site_templates/pages/search.html.j2", "# Search\n{{ nothing }}\n"),
        "pages/search.html.j2:2: 'nothing' is undefined",
    ),
    "template without an end": (
        _spoil("site_templates/pages/paper.html.j2", "{% for x in y %}\n"),
        "pages/paper.html.j2:1: Unexpected end of template",
    ),
    "broken theme": (
        _configure("font: false,", "font: false, custom_dir: over,"),
        "mkdocs.yml:7: theme: The path set in custom_dir",
    ),
    "unknown plugin": (
        _configure("[broadsheet]", "[broadsheet, nothing]"),
        'mkdocs.yml:8: plugins: The "nothing" plugin is not installed',
    ),
    "plugin switched off": (
        _configure("plugins: [broadsheet]", "plugins: []"),
        "mkdocs.yml: plugins: the plugin 'broadsheet' isn't enabled",
    ),
    "page excluded": (
        _configure("site_name:", "exclude_docs: rivers-remember.md\nsite_name:"),
        "papers/rivers-remember.md: MkDocs didn't build this page; the old site is unchanged",
    ),
    "addresses of files": (
        _configure("site_name:", "use_directory_urls: false\nsite_name:"),
        "use_directory_urls must be true",
    ),
    "no docs folder": (
        _configure("docs_dir: content/pages", "docs_dir: nowhere"),
        "mkdocs.yml:6: docs_dir: ",
    ),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_a_failure_leaves_the_old_site_as_it_is(
    failure: str, published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    toy_site = published
    monkeypatch.chdir(toy_site)
    before = tree(toy_site / "site")
    change, message = FAILURES[failure]
    change(toy_site)
    with pytest.raises(BroadsheetError) as caught:
        build_site(toy_site)
    assert message in str(caught.value)
    assert tree(toy_site / "site") == before
    assert _leftovers(toy_site) == []


def _leftovers(site: Path) -> list[str]:
    # Python keeps hooks compiled beside them.
    known = {".broadsheet", "site", "content", "mkdocs.yml", "site_templates", "__pycache__"}
    return sorted(path.name for path in site.iterdir() if path.name not in known)


def test_a_warning_of_mkdocs_fails_only_when_it_should(
    toy_site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(toy_site)
    write_files(toy_site, {"content/pages/x.md": "# X\n\n[nowhere](nowhere.md)\n"})
    problems = build_site(toy_site).problems
    assert [p.level for p in problems] == ["warning"]
    assert "nowhere.md" in problems[0].message
    before = tree(toy_site / "site")
    write_files(toy_site, {"content/papers/new.yml": "title: New\n"})
    with pytest.raises(BroadsheetError, match=r"nowhere\.md"):
        build_site(toy_site, strict=True)
    assert tree(toy_site / "site") == before


def test_a_warning_of_content_fails_only_when_it_should(published: Path) -> None:
    toy_site = published
    write_files(toy_site, {"content/papers/untitled.yml": 'arxiv: "2406.04520"\n'})
    assert [p.level for p in build_site(toy_site).problems] == ["warning"]
    with pytest.raises(BroadsheetError, match="has no title"):
        build_site(toy_site, strict=True)


def test_more_files_than_common_hosts_take_are_told_even_of_a_strict_build(
    published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = sum(path.is_file() for path in (published / "site").rglob("*"))
    monkeypatch.setattr("broadsheet.site.whole.MAX_FILES", count)
    assert build_site(published, strict=True).problems == ()
    monkeypatch.setattr("broadsheet.site.whole.MAX_FILES", count - 1)
    (published / "mkdocs.yml").touch()  # without a change, nothing is built
    (problem,) = build_site(published, strict=True).problems
    assert f"has {count:,} files; some hosts allow only {count - 1:,}" in problem.message


@pytest.mark.parametrize("target", [".", "content", "content/pages", ".."])
def test_a_site_never_takes_the_place_of_what_it_is_made_from(target: str, toy_site: Path) -> None:
    before = tree(toy_site)
    with pytest.raises(BroadsheetError, match="would replace"):
        build_site(toy_site, site_dir=toy_site / target)
    assert tree(toy_site) == before


def test_a_site_never_takes_the_place_of_something_else(toy_site: Path, tmp_path: Path) -> None:
    write_files(tmp_path, {"letters/dear.txt": "Ada", "clone/index.html": "", "clone/.git/x": ""})
    for name in ("letters", "clone"):
        with pytest.raises(BroadsheetError, match="choose a folder only for the site"):
            build_site(toy_site, site_dir=tmp_path / name)
    assert (tmp_path / "letters/dear.txt").read_text() == "Ada"
    assert (tmp_path / "clone/.git/x").exists()


def test_an_empty_folder_may_become_the_site(toy_site: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    build_site(toy_site, site_dir=tmp_path / "empty")
    assert (tmp_path / "empty/index.html").is_file()


def test_publishing_exchanges_whole_folders(tmp_path: Path) -> None:
    write_files(tmp_path, {"old/a": "1", "new/b": "2"})
    publish(tmp_path / "new", tmp_path / "old")
    assert tree(tmp_path / "old").keys() == {"b"}
    assert tree(tmp_path / "new").keys() == {"a"}


def test_publishing_without_the_system_call_leaves_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("broadsheet.site.publish._exchange", lambda *_: False)
    write_files(tmp_path, {"old/a": "1", "new/b": "2"})
    publish(tmp_path / "new", tmp_path / "old")
    assert tree(tmp_path / "old").keys() == {"b"}
    assert tree(tmp_path / "new").keys() == {"a"}
    assert sorted(p.name for p in tmp_path.iterdir()) == ["new", "old"]


def test_a_site_that_was_put_aside_by_a_killed_build_comes_back(tmp_path: Path) -> None:
    write_files(tmp_path, {".site.old/index.html": "old"})
    with working_folder(tmp_path / "site"):
        assert (tmp_path / "site/index.html").read_text() == "old"


def test_the_working_folder_of_a_running_build_is_left_alone(tmp_path: Path) -> None:
    with working_folder(tmp_path / "site") as one:
        with working_folder(tmp_path / "site") as other:
            assert one.is_dir()
            assert other != one
        assert one.is_dir()
        assert not other.exists()


Building = tuple[Path, subprocess.Popen[bytes]]


@pytest.fixture
def building(
    request: pytest.FixtureRequest, published: Path, interruptible: None
) -> Iterator[Building]:
    """A build over an older site, stopped at an event of MkDocs."""
    hook = f"""
import pathlib, signal
def {request.param}(*arguments, **values):
    pathlib.Path("here").touch()
    signal.pause()
"""
    config = (published / "mkdocs.yml").read_text("utf-8")
    added = {"content/papers/new.yml": "title: New\n", "hook.py": hook}
    write_files(published, {**added, "mkdocs.yml": f"hooks: [hook.py]\n{config}"})
    command = [sys.executable, "-c", "from broadsheet.cli import main; main()", "build"]
    process = subprocess.Popen(
        command, cwd=published, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    until((published / "here").exists)
    (published / "here").unlink()
    (published / "hook.py").unlink()
    write_files(published, {"mkdocs.yml": config})
    yield published, process
    process.kill()
    process.wait()
    assert process.stderr
    process.stderr.close()


# The working folder is empty before the first page and complete after the last one.
@pytest.mark.parametrize(
    "building",
    [pytest.param("on_page_markdown", marks=pytest.mark.slow), "on_post_build"],
    indirect=True,
)
def test_a_build_that_is_killed_leaves_the_old_site_and_the_next_one_cleans_up(
    building: Building,
) -> None:
    site, process = building
    before = tree(site / "site")
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert tree(site / "site") == before
    assert list(site.glob(".site.building-*"))
    build_site(site)
    assert _leftovers(site) == []
    assert (site / "site/papers/new/index.html").is_file()


@pytest.mark.parametrize(
    "building",
    [pytest.param("on_page_markdown", marks=pytest.mark.slow), "on_post_build"],
    indirect=True,
)
def test_a_build_that_is_interrupted_says_so_and_leaves_nothing_behind(building: Building) -> None:
    site, process = building
    before = tree(site / "site")
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=PATIENCE) == 130
    assert process.stderr
    assert process.stderr.read().decode().strip() == "interrupted"
    assert tree(site / "site") == before
    assert _leftovers(site) == []


def test_two_builds_of_one_project_at_once_are_both_whole(toy_site: Path, built: Path) -> None:
    command = [sys.executable, "-m", "broadsheet", "build", "--site-dir"]
    builds = [subprocess.Popen([*command, name], cwd=toy_site) for name in ("one", "other")]
    assert [process.wait(timeout=PATIENCE) for process in builds] == [0, 0]
    assert tree(toy_site / "one") == tree(toy_site / "other") == tree(built)


@contextmanager
def _waiting(site: Path, tool: str) -> Iterator[tuple[FileLock, subprocess.Popen[str]]]:
    """A build that waits for another one, and the lock that the other one holds."""
    with FileLock(site / ".broadsheet/lock") as lock:
        command = [sys.executable, "-m", tool, "build", "--site-dir", "other"]
        process = subprocess.Popen(command, cwd=site, stderr=subprocess.PIPE, text=True)
        assert process.stderr
        lines = iter(process.stderr.readline, "")
        assert any("Waiting for another build of this project to finish" in line for line in lines)
        yield lock, process


@pytest.mark.parametrize("tool", ["broadsheet", pytest.param("mkdocs", marks=pytest.mark.slow)])
def test_a_build_waits_for_another_one_of_the_same_project(
    tool: str, toy_site: Path, built: Path
) -> None:
    with _waiting(toy_site, tool) as (lock, process):
        assert process.poll() is None
        assert not (toy_site / "other").exists()
        lock.release()
        process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert tree(toy_site / "other") == tree(built)


@pytest.mark.usefixtures("interruptible")
def test_a_build_that_waits_can_be_interrupted(toy_site: Path) -> None:
    with _waiting(toy_site, "broadsheet") as (_, process):
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=PATIENCE)[1] == "interrupted\n"
    assert process.returncode == 130
    assert not (toy_site / "other").exists()


def _mkdocs(site: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return _run(site, "-m", "mkdocs", *arguments)


def _run(site: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=site,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )


def test_plain_mkdocs_builds_the_same_site(toy_site: Path, built: Path) -> None:
    done = _mkdocs(toy_site, "build", "--strict")
    assert done.returncode == 0, done.stderr
    assert tree(toy_site / "site") == tree(built)


def test_plain_mkdocs_names_what_is_wrong_in_content(toy_site: Path) -> None:
    write_files(toy_site, {"content/papers/broken.yml": "titel: A\n"})
    done = _mkdocs(toy_site, "build")
    assert done.returncode == 1
    assert "content/papers/broken.yml:1: titel: unknown key 'titel'" in done.stderr
    assert "Traceback" not in done.stderr
