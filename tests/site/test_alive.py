"""What is published stays alive: a site that has lost far too much doesn't replace a good one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from folders import tree, write_files

from broadsheet.base.errors import BroadsheetError
from broadsheet.cli import main
from broadsheet.content.check import load_and_check
from broadsheet.site.alive import addresses_of, confirm_removals, lost_problems
from broadsheet.site.project import Project, find_project

CONFIG = """\
site_name: Boats
site_url: https://boats.example/digest/
theme: {name: material, font: false}
plugins: [broadsheet]
"""
ROOT = "https://boats.example/digest/"


def _site_map(*addresses: str) -> str:
    return "".join(f"<url><loc>{ROOT}{address}</loc></url>\n" for address in ("", *addresses))


def _keys(count: int) -> str:
    return "".join(f"p-{n}: anon-nd-p{n}\n" for n in range(count))


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project with 40 papers, with keys."""
    papers = {f"content/papers/p-{n}.yml": f"title: P {n}\nabstract: A.\n" for n in range(40)}
    files = {"mkdocs.yml": CONFIG, "docs/.gitkeep": "", "content/citation.keys": _keys(40)}
    monkeypatch.chdir(write_files(tmp_path, {**papers, **files}))
    return find_project(None)


def _lost(project: Project, *addresses: str) -> list[str]:
    corpus = load_and_check(project.content).corpus
    pages = [f"papers/{slug}/" for slug in corpus.papers]
    found = lost_problems(project, corpus, [*pages, *addresses], Path("site"))
    return [str(problem) for problem in found]


def _remove(*numbers: int) -> None:
    for number in numbers:
        Path(f"content/papers/p-{number}.yml").unlink()


ADVICE = " (restore what's missing, or use --allow-shrink if it was removed on purpose)"


def test_single_papers_may_go(project: Project) -> None:
    _remove(0, 1, 2, 3)
    assert _lost(project) == []


def test_many_papers_at_once_may_not_also_after_a_fresh_clone(project: Project) -> None:
    _remove(*range(7))
    message = "content/citation.keys: 7 of 40 published papers would be gone: "
    assert _lost(project) == [f"{message}p-0, p-1, p-2, p-3, p-4 and 2 more{ADVICE}"]


def test_a_paper_that_has_moved_is_alive(project: Project) -> None:
    _remove(*range(1, 11))
    aliases = ", ".join(f"p-{n}" for n in range(1, 11))
    write_files(Path(), {"content/papers/p-0.yml": f"title: P 0\naliases: [{aliases}]\n"})
    write_files(Path(), {"site/sitemap.xml": _site_map(*(f"papers/p-{n}/" for n in range(40)))})
    assert _lost(project) == []


def test_what_was_removed_on_purpose_is_kept_with_the_content(project: Project) -> None:
    _remove(*range(7))
    confirm_removals(project, load_and_check(project.content).corpus)
    lines = Path("content/removed.papers").read_text().splitlines()
    assert lines[0].startswith("# ")
    assert lines[1:] == [f"p-{n}" for n in range(7)]
    assert _lost(project) == []
    assert load_and_check(project.content).problems == ()
    _remove(*range(7, 12))
    assert "5 of 33 published papers would be gone" in _lost(project)[0]
    Path("content/removed.papers").write_text("<<<<<<< HEAD\n")
    with pytest.raises(BroadsheetError, match=r"content/removed.papers:1: isn't the slug"):
        _lost(project)


def test_the_addresses_of_the_last_site_stay(project: Project) -> None:
    weeks = [f"weeks/2024-w{n}/" for n in range(10, 40)]
    write_files(Path(), {"site/sitemap.xml": _site_map(*weeks)})
    assert _lost(project, "", *weeks[:20]) == []
    message = "site: 11 of 31 addresses of the last site would be gone: weeks/2024-w29/, "
    [found] = _lost(project, "", *weeks[:19])
    assert found.startswith(message)
    assert found.endswith(f"weeks/2024-w33/ and 6 more{ADVICE}")


def test_the_addresses_of_a_large_site_are_in_several_site_maps(project: Project) -> None:
    files = {"sitemap.xml": f"<loc>{ROOT}sitemap-1.xml</loc>", "sitemap-1.xml": _site_map("a/")}
    assert addresses_of(write_files(Path("site"), files)) == {"", "a/"}
    assert addresses_of(Path("nowhere")) == set()


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def test_a_site_without_papers_does_not_replace_one_with_papers(project: Project) -> None:
    shutil.rmtree("content/papers")
    papers = {f"content/papers/p-{n}.yml": "title: P\nabstract: A.\n" for n in range(2)}
    Path("content/citation.keys").unlink()
    write_files(Path(), papers)
    assert _run("build").exit_code == 0
    before = tree(Path("site"))
    shutil.rmtree("content/papers")
    message = "error: site: 2 of 2 papers of the last site would be gone: papers/p-0/, papers/p-1/"
    for command in ("build", "check"):
        result = _run(command)
        assert result.exit_code == 1
        assert f"{message}{ADVICE}\n" in result.output
    assert tree(Path("site")) == before
    result = _run("build", "--allow-shrink")
    assert (result.exit_code, result.stdout.partition(" on ")[0]) == (0, "site: 0 papers")
    assert _run("build").exit_code == 0
