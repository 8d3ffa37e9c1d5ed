"""Other packages add formats to Broadsheet."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from answering import Answer, serving
from folders import tree, write_files
from scholarly import services

from broadsheet.site.enriching.asking import ASK_ARXIV

CHECKOUT = Path(__file__).parents[1]
EXAMPLE = CHECKOUT / "examples" / "broadsheet-bullets"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the example package, installed from a wheel of it."""
    folder: Path = tmp_path_factory.mktemp("installed")
    source = shutil.copytree(EXAMPLE, folder / "source")  # builds leave files behind
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    options = ["--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*pip, "wheel", *options, "-w", str(folder), str(source)], check=True)
    wheel = next(folder.glob("*.whl"))
    target = folder / "packages"
    subprocess.run([*pip, "install", *options, "--target", str(target), str(wheel)], check=True)
    return target


def _broadsheet(packages: Path, here: Path, *arguments: str, **environment: str) -> tuple[int, str]:
    path = os.pathsep.join([str(packages), str(CHECKOUT / "generator")])
    done = subprocess.run(
        [sys.executable, "-m", "broadsheet", *arguments],
        cwd=here,
        env={**os.environ, **environment, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.slow
def test_an_installed_package_adds_an_importer_and_an_exporter(
    installed: Path, toy_site: Path
) -> None:
    (toy_site / "list.txt").write_text("* Boats on Lakes (2403.01234)\n* Rafts on Lakes\n")
    code, said = _broadsheet(installed, toy_site, "import", "list.txt")
    assert code == 0, said
    assert "list.txt: bullets, 2 papers" in said
    code, said = _broadsheet(installed, toy_site, "export", "bullets")
    assert code == 0, said
    assert {"* Boats on Lakes (2403.01234)", "* Rafts on Lakes"} <= {*said.splitlines()}


@pytest.mark.slow
def test_an_installed_package_adds_a_service_that_is_asked_after_ours(
    installed: Path, tmp_path: Path
) -> None:
    paper = 'title: Kites of Paper\narxiv: "2403.00001"\n'
    rafts = 'title: Rafts\narxiv: "2403.00002"\nlinks: {code: "https://mine.example/rafts"}\n'
    files = {"papers/kites.yml": paper, "papers/rafts.yml": rafts}
    write_files(tmp_path / "content", files)
    found = [
        {"arxiv": "2403.00001", "title": "Kites of Paper", "code": "https://a.example/kites"},
        {"arxiv": "2403.00009", "title": "Oars", "code": "https://a.example/oars"},
    ]
    with services() as ours, serving(lambda _: Answer(json.dumps(found))) as server:
        environment = {**ours.environment, "BULLETS_API": server.url}
        code, said = _broadsheet(installed, tmp_path, "enrich", "--only", "code", **environment)
    assert (code, said) == (0, "kites: code from Bullets\nwrote 1 file\n")
    assert [asked.query for asked in server.asked] == [{"ids": "2403.00001"}]
    text = (tmp_path / "content/papers/kites.yml").read_text("utf-8")
    assert "links: {code: 'https://a.example/kites'}" in text
    assert "source: Bullets" in text


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("raise ImportError('no such module: rafts')", "couldn't be loaded: no such module: rafts"),
        ("X = 1", "is int and not Importer"),
        (
            "from broadsheet.importers.bibtex import BIBTEX as X",
            "the name 'bibtex' is taken",
        ),
    ],
)
def test_a_package_that_can_not_be_used_is_named(tmp_path: Path, code: str, message: str) -> None:
    packages, here = tmp_path / "packages", tmp_path / "here"
    metadata = packages / "harbour-1.0.dist-info"
    metadata.mkdir(parents=True)
    here.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: harbour\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text("[broadsheet.importers]\nx = harbour:X\n")
    (packages / "harbour.py").write_text(f"{code}\n")
    (here / "content").mkdir()
    (here / "list.bib").write_text("@misc{a, title = {Boats}}\n")
    status, said = _broadsheet(packages, here, "import", "list.bib")
    assert status == 1
    assert said == (
        f"error: harbour: x: broadsheet.importers: {message} (upgrade or uninstall harbour)\n"
    )


@pytest.mark.slow
def test_an_installed_package_takes_part_in_builds_that_name_its_hook(
    installed: Path, toy_site: Path, with_fonts: Callable[[Path], Path]
) -> None:
    settings = (with_fonts(toy_site) / "mkdocs.yml").read_text("utf-8")
    write_files(toy_site, {"mkdocs.yml": f"{settings}    hooks: [bullets]\n"})
    for command in ("check", "build"):
        code, said = _broadsheet(installed, toy_site, command)
        assert code == 0, said
    site = toy_site / "site"
    assert "* Rivers Remember" in (site / "bullets.txt").read_text("utf-8")
    paper = json.loads((site / "api/v1/papers/rivers-remember.json").read_text("utf-8"))
    assert paper["extra"]["Words"] == str(len(paper["abstract"].split()))
    before = tree(site)
    path = os.pathsep.join([str(installed), str(CHECKOUT / "generator")])
    mkdocs = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    subprocess.run(mkdocs, cwd=toy_site, env={**os.environ, "PYTHONPATH": path}, check=True)
    assert tree(site) == before


def test_an_enricher_gives_only_fields_that_papers_have() -> None:
    with pytest.raises(ValueError, match=r"unknown field 'venu'.*venue"):
        replace(ASK_ARXIV, gives=frozenset(["venu"]))


def test_a_failure_in_another_package_names_it_and_its_line(tmp_path: Path) -> None:
    packages, here = tmp_path / "packages", tmp_path / "here"
    write_files(
        packages,
        {
            "harbour-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: harbour\nVersion: 1\n",
            "harbour-1.0.dist-info/entry_points.txt": "[broadsheet.importers]\nx = harbour:X\n",
            "harbour.py": "from broadsheet.importers.importer import Importer\n\n"
            "def read(text, source):\n    return {}[source]\n\n"
            "X = Importer('knots', 'knots', lambda text: text.startswith('knot'), read)\n",
        },
    )
    write_files(here, {"list.txt": "knot\n", "content/topics.yml": ""})
    status, said = _broadsheet(packages, here, "import", "list.txt")
    assert status == 1
    assert said == (
        "error: harbour: knots: broadsheet.importers: failed: KeyError: 'list.txt' "
        f"({packages}/harbour.py:4) (tell the authors of harbour, or uninstall it)\n"
    )
