"""Images have what they need, nothing private, and programs that don't run as root."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from folders import write_files
from hosts.host_files import CHECKOUT
from hosts.images import Stage, built, context

from broadsheet.site.new import NewSite, files_of

URL = "https://boats.example/"


def _project(folder: Path) -> Path:
    return write_files(folder, files_of(NewSite("A", URL, "container"), is_sample=True))


def _user(project: Path) -> str:
    *_, last = re.findall(r"^USER (.*)$", (project / "Dockerfile").read_text("utf-8"), re.MULTILINE)
    return str(last)


def test_images_do_not_run_as_root(tmp_path: Path) -> None:
    for project in (CHECKOUT, _project(tmp_path)):
        assert int(_user(project).partition(":")[0]) > 0


def test_nothing_private_gets_into_an_image(tmp_path: Path) -> None:
    project = _project(tmp_path)
    private = [".env", "readers.txt", "letter.eml", "newsletter/a.md", "site/index.html", ".git/a"]
    write_files(project, dict.fromkeys(private, "mine"))
    there = set(context(project))
    assert there >= {"content", "mkdocs.yml", "requirements.txt"}
    assert there.isdisjoint(name.partition("/")[0] for name in private)
    assert "tests" not in context(CHECKOUT)
    assert "generator" in context(CHECKOUT)


@pytest.fixture
def outside(machine: Mapping[str, str], programs: Path) -> dict[str, str]:
    """What commands in images know of this machine."""
    return {**machine, "PATH": f"{programs}:/usr/bin:/bin"}


@pytest.mark.slow
def test_the_image_of_broadsheet_builds_a_project_of_yours(
    outside: Mapping[str, str], tmp_path: Path
) -> None:
    image = built(CHECKOUT, tmp_path / "image", outside)
    assert image.entry == ["broadsheet", "build"]
    project = _project(tmp_path / "mine")
    said = _run(image, project)
    assert said == "site: 9 papers on 42 pages\n"
    assert URL in (project / "site/index.html").read_text("utf-8")
    assert list(image.root.glob("opt/broadsheet/lib/*/site-packages/hatchling")) == []


def _run(image: Stage, here: Path) -> str:
    program = shutil.which(image.entry[0], path=image.variables["PATH"].partition(":")[0])
    assert program
    return subprocess.run(
        # An environment of Python doesn't work at another place, unless Python is named.
        [Path(program).with_name("python"), "-m", "broadsheet", *image.entry[1:]],
        cwd=here,
        env={**image.variables, "HOME": str(here.parent)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout


@pytest.mark.slow
def test_the_image_of_a_project_has_its_site(outside: Mapping[str, str], tmp_path: Path) -> None:
    image = built(_project(tmp_path / "mine"), tmp_path / "image", outside)
    assert URL in (image.root / "usr/share/nginx/html/index.html").read_text("utf-8")
    assert (image.root / "etc/nginx/conf.d/default.conf").is_file()
    assert not (image.root / "project").exists()


def test_nginx_understands_its_configuration(tmp_path: Path) -> None:
    nginx = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/opt/homebrew/bin")
    if not nginx:
        pytest.skip("nginx isn't installed")
    site = _project(tmp_path / "mine") / "nginx.conf"
    paths = "".join(
        f"{name}_temp_path {tmp_path / name};"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    text = f"pid {tmp_path}/pid; events {{}} http {{ access_log off; {paths} include {site}; }}"
    main = write_files(tmp_path, {"main.conf": text}) / "main.conf"
    command = [nginx, "-t", "-q", "-e", "stderr", "-c", str(main)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
