"""Finds or installs the Chromium that browser tests use: `python tests/chromium.py`.

Prefers the system's Chromium, then Playwright's download, then Debian's package. If none can be
installed, fails with a message: browser tests are never skipped silently.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
# No sandbox, because CI runs tests as root in containers. No background requests.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find() -> str | None:
    """Returns the path of a Chromium, or None."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    return next(filter(None, map(shutil.which, NAMES)), None) or _of_playwright()


def _of_playwright() -> str | None:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - slow, and rarely needed

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if os.path.exists(path) else None  # noqa: PTH110


def install() -> None:
    """Tries Playwright's download, then Debian's package."""
    tries = [
        [
            ["apt-get", "update"],
            ["apt-get", "install", "-y", "--no-install-recommends", "chromium"],
        ],
        [[sys.executable, "-m", "playwright", "install", "chromium"]],
    ]
    if not (shutil.which("apt-get") and os.geteuid() == 0):
        tries.reverse()
    for commands in tries:
        try:
            for command in commands:
                subprocess.run(command, check=True, capture_output=True, timeout=600)
        except (OSError, subprocess.SubprocessError):
            continue
        if find():
            return


def main() -> int:
    if not find():
        print("No Chromium here; installing one for the browser tests …")  # noqa: T201
        install()
    path = find()
    if not path:
        print(  # noqa: T201
            "No Chromium could be found or installed, so the browser tests cannot run.\n"
            "Install one (Debian: apt install chromium) or name it: CHROMIUM=/path make test",
            file=sys.stderr,
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
