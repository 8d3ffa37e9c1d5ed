"""The wheel, built from the checkout or from the source archive, works without them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[1]

pytestmark = pytest.mark.slow


def _run(*command: str | Path, cwd: Path) -> str:
    # Nothing in the environment may point to the checkout.
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL"))}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the checkout without files that git ignores."""
    if not (CHECKOUT / ".git").exists():
        pytest.skip("what belongs to the package is asked of git, and this is no clone")
    folder: Path = tmp_path_factory.mktemp("source") / "broadsheet"
    names = _run("git", "ls-files", "-z", cwd=CHECKOUT).rstrip("\0").split("\0")
    for name in names:
        if (CHECKOUT / name).is_file() and not name.startswith(("content/", "tests/")):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(CHECKOUT / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def dist(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A source archive, and the wheel that is built from it."""
    folder: Path = tmp_path_factory.mktemp("dist")
    _run(sys.executable, "-m", "build", "--outdir", folder, source, cwd=folder)
    return folder


@pytest.fixture(scope="module")
def wheel(dist: Path) -> Path:
    (found,) = dist.glob("*.whl")
    return found


def test_the_wheel_has_the_templates_the_theme_and_the_licence(wheel: Path, source: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder, place in (("site_templates", "broadsheet/site_templates"), ("generator", ".")):
        kept = [p for p in (source / folder).rglob("*") if p.is_file()]
        wanted = {(Path(place) / p.relative_to(source / folder)).as_posix() for p in kept}
        assert wanted <= names, sorted(wanted - names)
    assert "broadsheet/py.typed" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert all(name.startswith(("broadsheet/", "broadsheet-")) for name in names)


def test_the_wheel_of_the_checkout_is_that_of_the_archive(
    wheel: Path, source: Path, tmp_path: Path
) -> None:
    _run(sys.executable, "-m", "build", "--wheel", "--outdir", tmp_path, source, cwd=tmp_path)
    (direct,) = tmp_path.glob("*.whl")
    archived = zipfile.ZipFile(wheel)
    found = zipfile.ZipFile(direct)
    assert found.namelist() == archived.namelist()
    assert all(found.read(name) == archived.read(name) for name in found.namelist())


def test_no_file_of_the_wheel_names_a_path_of_this_machine(wheel: Path, source: Path) -> None:
    found = zipfile.ZipFile(wheel)
    paths = [str(place).encode() for place in (CHECKOUT, source, Path.home(), Path(sys.prefix))]
    for name in found.namelist():
        content = found.read(name)
        assert not [p for p in paths if len(p) > 5 and p in content], name


def test_the_command_works_where_there_is_no_checkout(wheel: Path, tmp_path: Path) -> None:
    _run(sys.executable, "-m", "venv", tmp_path / "env", cwd=tmp_path)
    python = tmp_path / "env" / "bin" / "python"
    _run(python, "-m", "pip", "install", "--quiet", wheel, cwd=tmp_path)
    home = tmp_path / "home"
    home.mkdir()
    command = tmp_path / "env" / "bin" / "broadsheet"
    _run(command, "new", "--bare", cwd=home)
    (home / "facts.jsonl").write_text('{"title": "Boats", "arxiv": "2403.01230"}\n')
    _run(command, "import", "facts.jsonl", cwd=home)
    assert "site: 1 paper on" in _run(command, "build", "--strict", cwd=home)
    site = home / "site"
    assert "Boats" in (site / "papers/boats/index.html").read_text("utf-8")
    assert list((site / "assets/broadsheet").glob("*.css"))
    assert list((site / "search/index").iterdir())
    before = (site / "index.html").read_bytes()
    _run(tmp_path / "env" / "bin" / "mkdocs", "build", "--quiet", cwd=home)
    assert (site / "index.html").read_bytes() == before
    _run(command, "new", "sample", "--url", "https://sample.example/", cwd=home)
    assert "9 papers" in _run(command, "check", "--strict", cwd=home / "sample")
    shown = _run(python, "-c", "import broadsheet; print(broadsheet.__file__)", cwd=home)
    assert str(tmp_path / "env") in shown
