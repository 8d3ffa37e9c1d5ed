"""Guessing the host of a site from what its project says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from broadsheet.site.hosts import HOSTS
from broadsheet.site.project import Project

# The files with which a project tells its host what to do, and what's in them.
_FILES = (
    ("netlify", "netlify.toml", ""),
    ("cloudflare", "wrangler.*", "pages_build_output_dir"),
    ("gitlab", ".gitlab-ci.yml", "pages"),
    ("github", ".github/workflows/*.yml", "actions/deploy-pages"),
)
_REMOTES = (("github", "github.com"), ("gitlab", "gitlab.com"))


def guessed_host(project: Project, site_url: str, remote: str) -> str | None:
    """Returns the host that a project is for, by its name in `HOSTS`, or None.

    Args:
        project: The project.
        site_url: The URL of the published site, or "".
        remote: The URL of the Git remote, or "".
    """
    return next(_guesses(project, site_url, remote), None)


def _guesses(project: Project, site_url: str, remote: str) -> Iterator[str]:
    address = urlsplit(site_url).hostname or ""
    yield from (name for name, host in HOSTS.items() if address.endswith(host.ending))
    for name, pattern, words in _FILES:
        found = (path.read_text("utf-8", "replace") for path in project.root.glob(pattern))
        if any(words in text for text in found):
            yield name
    yield from (name for name, at in _REMOTES if re.search(rf"[/@.]{re.escape(at)}[:/]", remote))
