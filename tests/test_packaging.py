"""What is published can be built again byte by byte, and works where there is no checkout."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from email import message_from_bytes
from email.message import Message
from pathlib import Path

import pytest
import yaml

CHECKOUT = Path(__file__).parents[1]
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["project"]

# A site is built by one engine, and assistants need no build.
ALONE = {"mcp", "properdocs", "zensical"}

# Whoever imports this has no network, whatever the system allows.
NO_NETWORK = """
import socket

def refuse(*_, **__):
    raise SystemExit("this asked for the network")

socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = refuse
"""


def _run(*command: str | Path, cwd: Path, umask: int = -1, **more: str) -> str:
    # Nothing in the environment may point to the checkout.
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL"))}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment | more,
        umask=umask,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def _build(source: Path, folder: Path, *options: str, umask: int = -1, **more: str) -> None:
    """Builds packages with the installed hatchling, as a release does."""
    command = (sys.executable, "-m", "build", "--no-isolation", "--outdir", folder)
    _run(*command, *options, source, cwd=source, umask=umask, **more)


@pytest.fixture(scope="module")
def tracked() -> list[str]:
    """The files that git tracks."""
    if not (CHECKOUT / ".git").exists():
        pytest.skip("what belongs to the package is asked of git, and this is no clone")
    names = _run("git", "ls-files", "-z", cwd=CHECKOUT).rstrip("\0").split("\0")
    return [name for name in names if (CHECKOUT / name).is_file()]


@pytest.fixture(scope="module")
def source(tracked: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what git tracks, and files beside it that git doesn't know."""
    folder: Path = tmp_path_factory.mktemp("source") / "broadsheet"
    for name in tracked:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(CHECKOUT / name, folder / name)
    for private in (".env", "notes.txt", "site/index.html", "letters/readers.csv"):
        (folder / private).parent.mkdir(exist_ok=True)
        (folder / private).write_text("mine")
    return folder


@pytest.fixture(scope="module")
def dist(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A source archive, and the wheel that is built from it."""
    if "BROADSHEET_DIST" in os.environ:  # those of a release
        return CHECKOUT / os.environ["BROADSHEET_DIST"]
    folder: Path = tmp_path_factory.mktemp("dist")
    _build(source, folder)
    return folder


@pytest.fixture(scope="module")
def wheel(dist: Path) -> Path:
    (found,) = dist.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def metadata(wheel: Path) -> Message:
    archive = zipfile.ZipFile(wheel)
    (name,) = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
    return message_from_bytes(archive.read(name))


def test_the_archive_names_everything_that_git_tracks(tracked: list[str]) -> None:
    settings = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]
    named = settings["build"]["targets"]["sdist"]["only-include"]
    parts = {name for name in tracked if not name.startswith(tuple(f"{each}/" for each in named))}
    assert parts - {*named} == {"pyproject.toml"}, "name it in pyproject.toml"
    assert [name for name in named if not (CHECKOUT / name).exists()] == []


def test_everything_that_sites_use_is_in_one_extra() -> None:
    extras = PROJECT["optional-dependencies"]
    (line,) = extras["all"]
    named = re.fullmatch(r"broadsheet\[(.*)\]", line)
    assert named is not None
    assert named[1].split(",") == sorted(extras.keys() - {"all", "dev", "node"} - ALONE)


def test_the_documentation_says_how_to_install_each_extra() -> None:
    guides = [
        (CHECKOUT / name).read_text("utf-8") for name in ("docs/index.md", "docs/tutorial.md")
    ]
    assert all("pip install 'broadsheet[all]'" in guide for guide in guides)
    pages = "\n".join(path.read_text("utf-8") for path in (CHECKOUT / "docs").rglob("*.md"))
    assert [extra for extra in sorted(ALONE) if f"'broadsheet[{extra}]'" not in pages] == []


def test_each_python_that_is_tested_is_named() -> None:
    workflow = yaml.safe_load((CHECKOUT / ".github/workflows/test.yml").read_text("utf-8"))
    tested = workflow["jobs"]["test"]["strategy"]["matrix"]["python"]
    before = "Programming Language :: Python :: 3."
    named = [text.rpartition(" ")[2] for text in PROJECT["classifiers"] if text.startswith(before)]
    assert named == tested
    assert PROJECT["requires-python"] == f">={tested[0]}"


@pytest.mark.slow
def test_two_builds_elsewhere_and_at_another_time_give_the_same_bytes(
    dist: Path, source: Path, tmp_path: Path
) -> None:
    other = shutil.copytree(source, tmp_path / "another folder" / "copy")
    for path in other.rglob("*"):
        path.chmod(0o700 if path.is_dir() or os.access(path, os.X_OK) else 0o600)
        os.utime(path, (1_000_000_000, 1_000_000_000))
    around = {"TZ": "Asia/Kathmandu", "LC_ALL": "C", "HOME": str(tmp_path)}
    _build(other, tmp_path / "dist", umask=0o077, **around)
    first, second = (
        {p.name: p.read_bytes() for p in d.iterdir()} for d in (dist, tmp_path / "dist")
    )
    assert len(first) == 2
    assert first == second


@pytest.mark.slow
def test_the_archive_has_what_git_tracks_and_nothing_else(dist: Path, tracked: list[str]) -> None:
    (path,) = dist.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert names - {"PKG-INFO"} == set(tracked)


@pytest.mark.slow
def test_the_metadata_says_what_pages_about_packages_show(metadata: Message) -> None:
    assert metadata["License-Expression"] == "MIT"
    assert metadata["License-File"] == "LICENSE"
    assert metadata["Author"] == "The Broadsheet authors"
    assert len(metadata["Keywords"].split(",")) > 5
    urls = dict(url.split(", ") for url in metadata.get_all("Project-URL", []))
    assert {"Documentation", "Source", "Issues", "Changelog"} <= urls.keys()
    assert all(url.startswith(urls["Source"]) for url in urls.values())


@pytest.mark.slow
def test_the_links_of_the_readme_work_outside_of_the_repository(metadata: Message) -> None:
    text = metadata.get_payload()
    assert isinstance(text, str)
    links = re.findall(r"\]\((?!#)(.*?)\)", text)
    own = f"{PROJECT['urls']['Source']}/"
    assert len(links) > 5
    assert [link for link in links if not link.startswith("https://")] == []
    named = [link for link in links if link.startswith(own)]
    place = re.compile(rf"{re.escape(own)}(?:raw|blob)/v{re.escape(metadata['Version'])}/(.+)")
    found = [place.fullmatch(link) for link in named]
    assert [name for match in found if match and not (CHECKOUT / (name := match[1])).exists()] == []
    assert all(found)


@pytest.mark.slow
def test_the_wheel_has_the_templates_the_theme_and_the_licence(wheel: Path, source: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder, place in (("site_templates", "broadsheet/site_templates"), ("generator", ".")):
        kept = [p for p in (source / folder).rglob("*") if p.is_file()]
        wanted = {(Path(place) / p.relative_to(source / folder)).as_posix() for p in kept}
        assert wanted <= names, sorted(wanted - names)
    assert "broadsheet/py.typed" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert all(name.startswith(("broadsheet/", "broadsheet-")) for name in names)


@pytest.mark.slow
def test_the_wheel_of_the_checkout_is_that_of_the_archive(
    wheel: Path, source: Path, tmp_path: Path
) -> None:
    _build(source, tmp_path, "--wheel")
    (direct,) = tmp_path.glob("*.whl")
    assert direct.read_bytes() == wheel.read_bytes()


@pytest.mark.slow
def test_no_file_of_the_wheel_names_a_path_of_this_machine(wheel: Path, source: Path) -> None:
    found = zipfile.ZipFile(wheel)
    paths = [str(place).encode() for place in (CHECKOUT, source, Path.home(), Path(sys.prefix))]
    for name in found.namelist():
        content = found.read(name)
        assert not [p for p in paths if len(p) > 5 and p in content], name


def _installed(wheel: Path, folder: Path) -> Path:
    """A new environment with a wheel, the versions that are pinned, and no network from then on."""
    _run(sys.executable, "-m", "venv", folder / "env", cwd=folder)
    python = folder / "env" / "bin" / "python"
    # With hashes, pip would want one of the wheel, too.
    pins = (CHECKOUT / "constraints.txt").read_text("utf-8")
    (folder / "pins.txt").write_text(re.sub(r" *\\\n *--hash=\S+", "", pins))
    pip = (python, "-m", "pip", "install", "--quiet", "--constraint", folder / "pins.txt")
    _run(*pip, f"{wheel}[all]", cwd=folder)
    where = _run(python, "-c", "import site; print(site.getsitepackages()[0])", cwd=folder)
    packages = Path(where.strip())
    (packages / "no_network.py").write_text(NO_NETWORK)
    (packages / "no_network.pth").write_text("import no_network\n")
    return folder / "env" / "bin"


@pytest.mark.slow
def test_the_command_works_where_there_is_no_checkout_and_no_network(
    wheel: Path, tmp_path: Path
) -> None:
    programs = _installed(wheel, tmp_path)
    home = tmp_path / "home"
    home.mkdir()
    command = programs / "broadsheet"
    asking = "import socket; socket.create_connection(('papers.example', 80))"
    with pytest.raises(AssertionError, match="this asked for the network"):
        _run(programs / "python", "-c", asking, cwd=home)
    _run(command, "new", "--bare", cwd=home)
    (home / "facts.jsonl").write_text('{"title": "Boats", "arxiv": "2403.01230"}\n')
    _run(command, "import", "facts.jsonl", cwd=home)
    assert "site: 1 paper on" in _run(command, "build", "--strict", cwd=home)
    site = home / "site"
    assert "Boats" in (site / "papers/boats/index.html").read_text("utf-8")
    assert list((site / "assets/broadsheet").glob("*.css"))
    assert list((site / "search/index").iterdir())
    before = (site / "index.html").read_bytes()
    _run(programs / "mkdocs", "build", "--quiet", cwd=home)
    assert (site / "index.html").read_bytes() == before
    _run(command, "new", "sample", "--url", "https://sample.example/", cwd=home)
    assert "9 papers" in _run(command, "check", "--strict", cwd=home / "sample")
    assert "9 papers" in _run(command, "build", "--strict", cwd=home / "sample")
    shown = _run(
        programs / "python", "-c", "import broadsheet; print(broadsheet.__file__)", cwd=home
    )
    assert str(tmp_path / "env") in shown
