"""The files for hosts: those of this repository, and those that `broadsheet new` writes."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from broadsheet.site.new import HOSTS, NewSite, files_of

CHECKOUT = Path(__file__).parents[2]
URL = "https://you.github.io/my-digest/"
# The files that hosts read, by what they are. The names are patterns of paths in a repository.
KINDS = {
    "vendor.github-workflows": ".github/workflows/*.yml",
    "vendor.github-actions": "action.yml",
    "vendor.dependabot": ".github/dependabot.yml",
    "vendor.gitlab-ci": ".gitlab-ci.yml",
}


@functools.cache
def repositories() -> dict[str, dict[str, bytes]]:
    """The files for hosts in each repository, by path."""
    own = {
        path.relative_to(CHECKOUT).as_posix(): path.read_bytes()
        for pattern in KINDS.values()
        for path in CHECKOUT.glob(pattern)
    }
    made = {
        f"{host}{'-known' if url else ''}": files_of(NewSite("A", url, host), is_sample=False)
        for host in HOSTS
        for url in ("", URL)
    }
    return {"own": own, **made}


def of_kind(kind: str) -> Iterator[tuple[str, bytes]]:
    """Yields the files of a kind: their names with that of the repository, and their content."""
    for repository, files in repositories().items():
        for path, content in files.items():
            if Path(path).match(KINDS[kind]) and path.count("/") == KINDS[kind].count("/"):
                yield f"{repository}/{path}", content


def scripts_of(content: bytes) -> Iterator[dict[str, Any]]:
    """Yields the steps of a workflow or a composite action that run commands."""
    loaded = yaml.safe_load(content)
    jobs = loaded["jobs"].values() if "jobs" in loaded else [loaded["runs"]]
    yield from (step for job in jobs for step in job["steps"] if "run" in step)
