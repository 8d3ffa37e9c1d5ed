"""Files that GitHub and citation managers read have the form that they expect."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

CHECKOUT = Path(__file__).parents[1]
FORMS = CHECKOUT / ".github" / "ISSUE_TEMPLATE"
SCHEMAS = {
    "CITATION.cff": "citation-file-format",
    ".github/ISSUE_TEMPLATE/bug.yml": "github-issue-forms",
    ".github/ISSUE_TEMPLATE/importer.yml": "github-issue-forms",
    ".github/ISSUE_TEMPLATE/config.yml": "github-issue-config",
}


def _fits(path: Path, schema: str) -> bool:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}"]
    done = subprocess.run([*command, str(path)], capture_output=True, text=True, check=False)
    assert "schema" in done.stdout or done.returncode == 0, done.stderr
    return done.returncode == 0


@pytest.mark.parametrize(("name", "schema"), SCHEMAS.items())
def test_a_file_fits_its_schema(name: str, schema: str, tmp_path: Path) -> None:
    assert _fits(CHECKOUT / name, schema)
    broken = tmp_path / "broken.yml"
    broken.write_text((CHECKOUT / name).read_text("utf-8") + "surprising: [true]\n")
    assert not _fits(broken, schema)


def test_every_form_is_checked() -> None:
    found = {path.relative_to(CHECKOUT).as_posix() for path in FORMS.iterdir()}
    assert found <= SCHEMAS.keys()


def test_the_citation_names_what_the_package_says() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["project"]
    citation = yaml.safe_load((CHECKOUT / "CITATION.cff").read_text("utf-8"))
    assert citation["authors"] == project["authors"]
    assert citation["version"] == project["version"]
    assert citation["license"] == project["license"]
    assert citation["abstract"] == project["description"]
    assert citation["repository-code"] == project["urls"]["Source"]
    assert set(citation["keywords"]) <= set(project["keywords"])


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "RELEASING.md", "CODE_OF_CONDUCT.md"])
def test_what_people_read_first_is_short(name: str) -> None:
    assert len((CHECKOUT / name).read_text("utf-8").splitlines()) <= 60
