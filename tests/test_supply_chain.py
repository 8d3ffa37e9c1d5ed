"""What the project is made of is pinned, has hashes, has a license that fits, and is explained."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

import pytest
import yaml

CHECKOUT = Path(__file__).parents[1]
PINS = {
    name: (CHECKOUT / name).read_text("utf-8")
    for name in ("constraints.txt", "constraints-dev.txt", "constraints-node.txt")
}
WORKFLOWS = sorted(
    (
        *CHECKOUT.glob(".github/**/*.yml"),
        *CHECKOUT.glob("site_templates/new/**/*.yml"),
        CHECKOUT / "action.yml",
    )
)
# Licenses that let everyone use, change and pass on a project under the MIT license.
FITTING = re.compile(
    r"MIT|MIT-CMU|BSD(-[23]-Clause)?|ISC|Apache-2\.0|Apache License 2\.0|PSF-2\.0|MPL-2\.0|OFL-1\.1"
    r"|(Apache Software|MIT|BSD|ISC|Mozilla Public) License.*|Apache-2\.0 OR BSD-2-Clause"
)
# These don't name their license in their metadata; docs/explanation/dependencies.md does.
UNNAMED = {"quickjs-ng"}
# Extras that `all` leaves out: no build needs mcp, and a site at most one of the others.
LEFT_OUT = ("mcp", "properdocs", "zensical")


def _normalized(requirement: str) -> str:
    """The normalized name of a package, without extras and versions."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=~!; ]", requirement)[0]).lower()


def _pinned(name: str) -> dict[str, str]:
    """The pins of a file: the names of packages with everything that is said of them."""
    entries = re.split(r"\n(?=\S)", PINS[name].strip())
    return {_normalized(entry): entry for entry in entries}


def _project() -> dict[str, list[str]]:
    """What the project names, by extra; the empty name is that of what everyone needs."""
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["project"]
    groups = {"": project["dependencies"], **project["optional-dependencies"]}
    own = project["name"]
    return {
        extra: [name for name in map(_normalized, named) if name != own]
        for extra, named in groups.items()
    }


def _of_users() -> set[str]:
    development = ("dev", "node")
    return {
        name for extra, named in _project().items() if extra not in development for name in named
    }


@pytest.mark.parametrize("name", PINS)
def test_every_pin_is_one_version_with_its_hashes(name: str) -> None:
    pin = re.compile(r"[a-z0-9.-]+==[\w.]+(?: ; [^\n\\]+)?(?: \\\n    --hash=sha256:[0-9a-f]{64})+")
    bad = [entry for entry in _pinned(name).values() if not pin.fullmatch(entry)]
    assert bad == [], "make pins writes the constraints"
    assert "//" not in PINS[name], "where packages were downloaded from isn't recorded"


def test_every_package_that_the_project_names_is_pinned() -> None:
    named = _project()
    others = {name for extra in LEFT_OUT for name in named[extra]}
    assert _of_users() - others <= _pinned("constraints.txt").keys(), "run make pins"
    assert {*named["dev"], *_of_users()} <= _pinned("constraints-dev.txt").keys(), "run make pins"
    assert {*named["node"]} <= _pinned("constraints-node.txt").keys(), "run make pins"


def test_sites_and_tests_use_the_same_versions() -> None:
    assert _pinned("constraints.txt").items() <= _pinned("constraints-dev.txt").items()


def test_every_package_of_users_is_explained() -> None:
    page = (CHECKOUT / "docs/explanation/dependencies.md").read_text("utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| ")]
    explained = {row.split("|")[1].strip() for row in rows} - {"package"}
    assert explained == _of_users()
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    assert [row for row in cells if not all(row)] == []


def test_every_license_fits() -> None:
    looked_at = 0
    for name in {*_pinned("constraints.txt"), *_of_users()}:
        try:
            said = metadata(name)
        except PackageNotFoundError:
            continue  # another system's
        looked_at += 1
        classifiers = [text for text in said.get_all("Classifier") or [] if "License ::" in text]
        named = [
            *(said.get_all("License-Expression") or []),
            *(text.partition("\n")[0] for text in said.get_all("License") or []),
            *(text.rpartition(":: ")[2] for text in classifiers),
        ]
        known = [license_ for license_ in named if license_ and license_ != "UNKNOWN"]
        assert all(map(FITTING.fullmatch, known)), f"{name}: {known}"
        assert bool(known) != (name in UNNAMED), f"{name} names no license; look at it"
    assert looked_at > 50


def test_the_package_that_can_download_fonts_is_never_imported() -> None:
    code = """
import sys
import broadsheet.cli, broadsheet.site.plugin
from broadsheet.outputs.fonts import *
import broadsheet.outputs.social_cards.drawing, fontpkg_newsreader
sys.exit("fontpkg" in sys.modules)
"""
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: str(path.relative_to(CHECKOUT)))
def test_actions_are_pinned_by_the_hash_of_their_commit(path: Path) -> None:
    used = re.findall(r"^.*\buses: *(.*)$", path.read_text("utf-8"), re.MULTILINE)
    pinned = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+(\.\d+)*|\./ # .*")
    assert [action for action in used if not pinned.fullmatch(action)] == []


def test_workflows_may_only_do_what_they_say() -> None:
    found = [path for path in WORKFLOWS if path.is_relative_to(CHECKOUT / ".github/workflows")]
    assert len(found) >= 3
    for path in found:
        permissions = yaml.safe_load(path.read_text("utf-8"))["permissions"]
        assert permissions in ({}, {"contents": "read"}), path.name


def test_an_action_has_the_same_version_everywhere() -> None:
    text = "".join(path.read_text("utf-8") for path in WORKFLOWS)
    used = set(re.findall(r"uses: *([\w./-]+)@([0-9a-f]{40})", text))
    assert len({action for action, _ in used}) == len(used) > 5


def test_new_versions_are_suggested() -> None:
    settings = yaml.safe_load((CHECKOUT / ".github/dependabot.yml").read_text("utf-8"))
    kinds = {update["package-ecosystem"] for update in settings["updates"]}
    assert kinds == {"pip", "npm", "docker", "github-actions"}
