"""Prepares a release: `make release VERSION=1.0.0` writes the version and the day into files.

`python tests/release.py --check TAG REPOSITORY` tells whether a tag may be released, and
`python tests/release.py --notes VERSION` prints its changes.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

CHECKOUT = Path(__file__).parents[1]
PYPROJECT, CITATION, CHANGELOG = "pyproject.toml", "CITATION.cff", "CHANGELOG.md"
# The files that name the repository. Before the first release, they name none.
NAMING = (PYPROJECT, CITATION, "docs.yml", ".github/ISSUE_TEMPLATE/config.yml")
PLACEHOLDER = "github.com/example/broadsheet"
_VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")
_UNRELEASED = re.compile(
    r"^## \[Unreleased\]\n(.*?)(?=^## \[|^\[Unreleased\]: |\Z)", re.MULTILINE | re.DOTALL
)

Texts = Mapping[str, str]


class RefusedError(Exception):
    """A version can't be released."""


def version_of(texts: Texts) -> str:
    """Returns the version that the project has."""
    version: str = tomllib.loads(texts[PYPROJECT])["project"]["version"]
    return version


def repository_of(texts: Texts) -> str:
    """Returns the address of the repository."""
    address: str = tomllib.loads(texts[PYPROJECT])["project"]["urls"]["Source"]
    return address


def released(texts: Texts, version: str, day: date) -> dict[str, str]:
    """Returns the files of a project with a new version, which is released on a day.

    Raises:
        RefusedError: The version is no later one, nothing has changed, or no repository is named.
    """
    _require_later(version_of(texts), version)
    if unnamed := [name for name in NAMING if PLACEHOLDER in texts[name]]:
        message = f"write the repository in place of {PLACEHOLDER} in {', '.join(unnamed)}"
        raise RefusedError(message)
    citation = re.sub(r"^date-released: .*\n", "", texts[CITATION], flags=re.MULTILINE)
    dated = f"version: {version}\ndate-released: {day}"
    return {
        PYPROJECT: _replaced(r'^version = ".*"$', f'version = "{version}"', texts[PYPROJECT]),
        CITATION: _replaced(r"^version: .*$", dated, citation),
        CHANGELOG: _dated(texts[CHANGELOG], version, day, repository_of(texts)),
    }


def _require_later(now: str, version: str) -> None:
    found, last = _VERSION.fullmatch(version), _VERSION.fullmatch(now)
    if not found:
        raise RefusedError(f"{version!r} is not a version such as 1.0.0")
    if last and [*map(int, found.groups())] <= [*map(int, last.groups())]:
        raise RefusedError(f"{version} isn't later than {now}")


def _replaced(pattern: str, replacement: str, text: str) -> str:
    changed, count = re.subn(pattern, lambda _: replacement, text, count=1, flags=re.MULTILINE)
    assert count == 1, pattern
    return changed


def _dated(changelog: str, version: str, day: date, repository: str) -> str:
    """Gives the changes that aren't released a version and a day, and links to the code."""
    unreleased = _UNRELEASED.search(changelog)
    if not unreleased or not unreleased[1].strip():
        raise RefusedError(f"{CHANGELOG} has no changes under [Unreleased]")
    last = re.search(r"^## \[(\d[^]]*)\]", changelog, re.MULTILINE)
    own = f"compare/v{last[1]}...v{version}" if last else f"releases/tag/v{version}"
    links = (
        f"[Unreleased]: {repository}/compare/v{version}...HEAD\n[{version}]: {repository}/{own}\n"
    )
    text = changelog.replace("## [Unreleased]\n", f"## [Unreleased]\n\n## [{version}] - {day}\n", 1)
    if re.search(r"^\[Unreleased\]: ", text, re.MULTILINE):
        return _replaced(r"^\[Unreleased\]: .*\n", links, text)
    return f"{text.rstrip()}\n\n{links}"


def notes(changelog: str, version: str) -> str:
    """Returns the changes of a version, or "" if it has none."""
    section = rf"^## \[{re.escape(version)}\] - \d{{4}}-\d\d-\d\d\n(.*?)(?=^## \[|^\[[^]]+\]: |\Z)"
    found = re.search(section, changelog, re.MULTILINE | re.DOTALL)
    return found[1].strip() if found else ""


def require_releasable(texts: Texts, tag: str, repository: str) -> None:
    """Compares what a release consists of.

    Raises:
        RefusedError: A tag isn't that of the version, or something else doesn't belong to it.
    """
    version = version_of(texts)
    if tag != f"v{version}":
        raise RefusedError(f"the tag is {tag}, but {PYPROJECT} has version {version}")
    if repository != repository_of(texts):
        raise RefusedError(f"{PYPROJECT} names {repository_of(texts)}, but this is {repository}")
    if not notes(texts[CHANGELOG], version):
        raise RefusedError(f"{CHANGELOG} has no dated section for {version}; run make release")
    if f"version: {version}\n" not in texts[CITATION]:
        raise RefusedError(f"{CITATION} has another version; run make release")


def read(folder: Path) -> Texts:
    """Reads the files that concern a release."""
    return {name: (folder / name).read_bytes().decode() for name in (*NAMING, CHANGELOG)}


def main(arguments: list[str]) -> None:
    """Runs the command."""
    texts = read(CHECKOUT)
    try:
        match arguments:
            case ["--check", tag, repository]:
                require_releasable(texts, tag, repository)
            case ["--notes", version]:
                sys.stdout.write(f"{notes(texts[CHANGELOG], version)}\n")
            case [version]:
                for name, text in released(texts, version, datetime.now(UTC).date()).items():
                    (CHECKOUT / name).write_bytes(text.encode())
                sys.stdout.write(f"This is {version} now. Review the diff; RELEASING.md goes on.\n")
            case _:
                sys.exit("usage: make release VERSION=1.0.0")
    except RefusedError as error:
        sys.exit(f"error: {error}")


if __name__ == "__main__":
    main(sys.argv[1:])
