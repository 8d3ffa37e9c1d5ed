"""A release is prepared by one command, and nothing is released that doesn't fit together."""

from __future__ import annotations

import re
import subprocess
from datetime import date
from pathlib import Path

import pytest
import release
import yaml

CHECKOUT = Path(__file__).parents[1]
OURS = "https://github.com/harbour/broadsheet"
DAY = date(2031, 2, 3)


@pytest.fixture
def texts() -> release.Texts:
    """The files of this project, once its repository has an address."""
    found = release.read(CHECKOUT)
    return {
        name: text.replace(f"https://{release.PLACEHOLDER}", OURS) for name, text in found.items()
    }


def _later(texts: release.Texts) -> str:
    major = release.version_of(texts).partition(".")[0]
    return f"{int(major) + 1}.0.0"


def test_a_release_changes_the_version_the_citation_and_the_changelog(texts: release.Texts) -> None:
    version = _later(texts)
    changed = {**texts, **release.released(texts, version, DAY)}
    assert release.version_of(changed) == version
    citation = yaml.safe_load(changed[release.CITATION])
    assert (citation["version"], citation["date-released"]) == (version, DAY)
    changelog = changed[release.CHANGELOG]
    assert f"## [Unreleased]\n\n## [{version}] - 2031-02-03\n" in changelog
    assert f"[Unreleased]: {OURS}/compare/v{version}...HEAD\n[{version}]: {OURS}/" in changelog
    release.require_releasable(changed, f"v{version}", OURS)


def test_a_release_leaves_all_other_lines_as_they_are(texts: release.Texts) -> None:
    for name, text in release.released(texts, _later(texts), DAY).items():
        before, after = texts[name].splitlines(), text.splitlines()
        assert len([line for line in before if line not in after]) <= 2, name
        assert len([line for line in after if line not in before]) <= 4, name


def test_the_next_release_is_compared_with_the_one_before(texts: release.Texts) -> None:
    first = {**texts, **release.released(texts, "7.0.0", DAY)}
    changelog = first[release.CHANGELOG]
    with pytest.raises(release.RefusedError, match="no changes under"):
        release.released(first, "7.1.0", DAY)
    more = changelog.replace(
        "## [Unreleased]\n", "## [Unreleased]\n\n### Fixed\n\n- Boats float.\n"
    )
    second = release.released({**first, release.CHANGELOG: more}, "7.1.0", DAY)[release.CHANGELOG]
    assert release.notes(second, "7.1.0") == "### Fixed\n\n- Boats float."
    assert release.notes(second, "7.0.0") == release.notes(changelog, "7.0.0") != ""
    assert re.findall(r"^\[.+\]: .*", second, re.MULTILINE)[:2] == [
        f"[Unreleased]: {OURS}/compare/v7.1.0...HEAD",
        f"[7.1.0]: {OURS}/compare/v7.0.0...v7.1.0",
    ]
    assert second.count("[Unreleased]: ") == 1


@pytest.mark.parametrize("version", ["1.0", "v9.0.0", "9.0.0rc1", "09.0.0", "0.0.0", ""])
def test_only_a_later_version_is_released(texts: release.Texts, version: str) -> None:
    with pytest.raises(release.RefusedError, match=r"version|later"):
        release.released(texts, version, DAY)


def test_a_project_without_an_address_is_not_released(texts: release.Texts) -> None:
    unnamed = {
        name: text.replace(OURS, f"https://{release.PLACEHOLDER}") for name, text in texts.items()
    }
    with pytest.raises(release.RefusedError, match=r"in pyproject.toml, CITATION.cff, docs.yml, "):
        release.released(unnamed, _later(texts), DAY)


def test_all_files_that_name_the_repository_are_known() -> None:
    if not (CHECKOUT / ".git").exists():
        pytest.skip("this is no clone")
    command = ["git", "grep", "--files-with-matches", "--fixed-strings", release.PLACEHOLDER]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    allowed = {*release.NAMING, "RELEASING.md", "tests/release.py"}
    assert set(done.stdout.split()) <= allowed


@pytest.mark.parametrize(
    ("tag", "repository", "message"),
    [
        ("v8.0.0", OURS, "the tag is v8.0.0"),
        ("v9.0.0", "https://github.com/rafts/broadsheet", "but this is https://github.com/rafts"),
    ],
)
def test_a_tag_that_does_not_fit_is_refused(
    texts: release.Texts, tag: str, repository: str, message: str
) -> None:
    changed = {**texts, **release.released(texts, "9.0.0", DAY)}
    with pytest.raises(release.RefusedError, match=message):
        release.require_releasable(changed, tag, repository)


@pytest.mark.parametrize("name", [release.CHANGELOG, release.CITATION])
def test_a_version_that_was_only_bumped_is_refused(texts: release.Texts, name: str) -> None:
    changed = {**texts, **release.released(texts, "9.0.0", DAY), name: texts[name]}
    with pytest.raises(release.RefusedError, match=f"{name}.*make release"):
        release.require_releasable(changed, "v9.0.0", OURS)
