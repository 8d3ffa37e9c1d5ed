"""What hosts of static sites allow. Whoever reads their documentation again only changes this file.

The numbers were read on the day in `READ`, on the pages that are named beside them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

READ = date(2026, 11, 22)


class Measure(StrEnum):
    """What a host limits."""

    FILES = "files"
    ENTRIES = "files and folders"
    FOLDER = "files in one folder"
    FILE = "largest file"
    SITE = "size"
    BUILD = "time of this build"
    DEPLOY = "time to deploy"


# These are in bytes or seconds; all others are counts.
BYTES = (Measure.FILE, Measure.SITE)
SECONDS = (Measure.BUILD, Measure.DEPLOY)


@dataclass(frozen=True)
class Limit:
    """A limit of a host.

    Attributes:
        measure: What is limited.
        most: The largest number that the host takes: files, bytes or seconds.
        source: The page of the host that says so.
        note: For whom it holds, if not for everyone.
    """

    measure: Measure
    most: int
    source: str
    note: str = ""


@dataclass(frozen=True)
class Host:
    """A host of static sites.

    Attributes:
        title: Its name.
        ending: How the addresses of sites there end.
        limits: What it limits, as far as it says so.
    """

    title: str
    ending: str
    limits: tuple[Limit, ...]


_GITHUB = "https://docs.github.com/en/pages/getting-started-with-github-pages/github-pages-limits"
_LARGE = (
    "https://docs.github.com/en/repositories/working-with-files/managing-large-files/"
    "about-large-files-on-github"
)
_GITLAB = "https://docs.gitlab.com/user/gitlab_com/"
_ENTRIES = "https://docs.gitlab.com/administration/instance_limits/"
_CLOUDFLARE = "https://developers.cloudflare.com/pages/platform/limits/"
_NETLIFY = "https://docs.netlify.com/deploy/deploy-overview/"
_BUILDS = (
    "https://answers.netlify.com/t/"
    "support-guide-how-to-use-the-api-to-increase-your-sites-build-time-limit/52805"
)

HOSTS: dict[str, Host] = {
    "github": Host(
        "GitHub Pages",
        ".github.io",
        (
            Limit(Measure.SITE, 10**9, _GITHUB),
            Limit(Measure.FILE, 100 * 2**20, _LARGE, "if it's pushed to a branch"),
            Limit(Measure.DEPLOY, 10 * 60, _GITHUB, "after the upload"),
        ),
    ),
    "gitlab": Host(
        "GitLab Pages",
        ".gitlab.io",
        (
            Limit(Measure.SITE, 10**9, _GITLAB, "on GitLab.com"),
            Limit(Measure.ENTRIES, 200_000, _ENTRIES),
        ),
    ),
    "netlify": Host(
        "Netlify",
        ".netlify.app",
        (
            Limit(Measure.FOLDER, 54_000, _NETLIFY),
            Limit(Measure.BUILD, 15 * 60, _BUILDS, "unless Netlify raises it for you"),
        ),
    ),
    "cloudflare": Host(
        "Cloudflare Pages",
        ".pages.dev",
        (
            Limit(Measure.FILES, 20_000, _CLOUDFLARE, "on the Free plan; paid plans take 100,000"),
            Limit(Measure.FILE, 25 * 2**20, _CLOUDFLARE),
            Limit(Measure.BUILD, 20 * 60, _CLOUDFLARE),
        ),
    ),
}
