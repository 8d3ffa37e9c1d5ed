"""Whether a host takes a site is known before anything is pushed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from folders import write_files

from broadsheet.base.errors import Level
from broadsheet.content.settings import Settings
from broadsheet.site.host_guess import guessed_host
from broadsheet.site.hosts import HOSTS, READ, Host, Limit, Measure
from broadsheet.site.project import find_project
from broadsheet.site.weighing import KINDS, amount, refused, weigh

PUBLISH = Path(__file__).parents[2] / "docs/how-to/publish.md"
SITE = {
    "index.html": "x" * 100,
    "authors/ada/index.html": "x" * 300,
    "authors/ada/feed.xml": "x" * 200,
    "cards/papers/raft.png": "x" * 4000,
    "data/papers.db": "x" * 5000,
    "topics/boats/page-2/index.html": "x" * 50,
    "topics/boats/feed.xml": "x" * 60,
}


def _refused(tmp_path: Path, measure: Measure, most: int, seconds: float = 0) -> list[str]:
    host = Host("Boat Pages", ".boats", (Limit(measure, most, "https://boats.example/"),))
    site = weigh(write_files(tmp_path, SITE))
    return [str(problem) for problem in refused(site, host, seconds, "site", Level.WARNING)]


def test_a_site_is_weighed_by_what_it_is_made_of(tmp_path: Path) -> None:
    found = weigh(write_files(tmp_path, SITE))
    assert (found.files, found.folders, found.size) == (7, 8, 9710)
    assert found.largest == ("data/papers.db", 5000)
    assert found.fullest == ("authors/ada", 2)
    assert [(group.kind.name, group.files, group.size) for group in found.groups] == [
        ("the database", 1, 5000),
        ("cards of papers", 1, 4000),
        ("pages and feeds of authors", 2, 500),
        ("other files", 1, 100),
        ("feeds", 1, 60),
        ("further pages of lists", 1, 50),
    ]


def test_an_empty_site_is_weighed_too(tmp_path: Path) -> None:
    assert weigh(tmp_path).largest == ("", 0)


@pytest.mark.parametrize(
    ("measure", "fits"),
    [
        (Measure.FILES, 7),
        (Measure.ENTRIES, 15),
        (Measure.FOLDER, 2),
        (Measure.FILE, 5000),
        (Measure.SITE, 9710),
        (Measure.BUILD, 0),
    ],
)
def test_a_limit_is_what_a_host_still_takes(measure: Measure, fits: int, tmp_path: Path) -> None:
    assert _refused(tmp_path, measure, fits) == []
    assert len(_refused(tmp_path, measure, fits - 1)) == 1


def test_settings_that_save_enough_are_named_beginning_with_the_largest(tmp_path: Path) -> None:
    (said,) = _refused(tmp_path, Measure.SITE, 9000)
    assert said.endswith("(`database: false` saves up to 1 file (0.0 MB))")
    (said,) = _refused(tmp_path, Measure.FILES, 4)
    assert "author_papers` saves up to 2 files (0.0 MB); `database: false` saves" in said
    assert "enough" not in said


def test_settings_that_do_not_save_enough_are_said_not_to(tmp_path: Path) -> None:
    (said,) = _refused(tmp_path, Measure.SITE, 99)
    assert said.endswith(", which isn't enough: choose another host)")


def test_the_largest_file_is_named(tmp_path: Path) -> None:
    (said,) = _refused(tmp_path, Measure.FILE, 10)
    assert said.startswith("site/data/papers.db: largest file: 0.0 MB; Boat Pages takes at most")
    assert said.endswith("(`database: false` saves it)")


@pytest.mark.parametrize(
    ("files", "url", "remote", "host"),
    [
        ({}, "https://you.github.io/a/", "", "github"),
        ({}, "https://a.pages.dev/", "git@github.com:you/a.git", "cloudflare"),
        ({"netlify.toml": "[build]"}, "https://a.example/", "git@github.com:you/a", "netlify"),
        ({"wrangler.toml": 'pages_build_output_dir = "site"'}, "", "", "cloudflare"),
        ({"wrangler.toml": 'main = "worker.js"'}, "", "", None),
        ({".gitlab-ci.yml": "pages:\n"}, "", "", "gitlab"),
        ({".github/workflows/a.yml": "uses: actions/deploy-pages@v4"}, "", "", "github"),
        ({".github/workflows/a.yml": "run: make"}, "", "", None),
        ({}, "", "https://gitlab.com/you/a.git", "gitlab"),
        ({}, "", "git@github.com:you/a.git", "github"),
        ({}, "", "https://notgithub.com/you/a.git", None),
    ],
)
def test_the_host_is_guessed_from_what_a_project_says(
    files: dict[str, str], url: str, remote: str, host: str | None, tmp_path: Path
) -> None:
    project = write_files(tmp_path, {"mkdocs.yml": "site_name: A\n", **files}) / "mkdocs.yml"
    assert guessed_host(find_project(project), url, remote) == host


def test_each_limit_has_its_source_and_the_day_on_which_it_was_read() -> None:
    for host in HOSTS.values():
        assert host.limits, host.title
        for limit in host.limits:
            assert re.fullmatch(r"https://[\w./-]+", limit.source), limit
    assert READ.year >= 2026


def test_each_setting_that_saves_files_exists() -> None:
    named = {name for kind in KINDS for name in re.findall(r"`(\w+)", kind.setting)}
    assert named
    assert named <= Settings.model_fields.keys()


def test_the_guide_has_the_limits() -> None:
    text = PUBLISH.read_text("utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    for host in HOSTS.values():
        (row,) = [row for row in rows if row.startswith(f"| {host.title} ")]
        for limit in host.limits:
            assert amount(limit.measure, limit.most) in row, limit
    assert str(READ) in text
