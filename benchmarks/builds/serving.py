"""How long a reader of `broadsheet serve` waits for a change."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from benchmarks.builds.measuring import CommandFailedError
from benchmarks.builds.projects import retitle

_CHANGES = 5
_MOST_SECONDS = 3600
_EVERY = 0.02


def waiting_times(project: Path) -> list[float]:
    """Serves a project, changes titles of a paper, and returns the seconds until each is there.

    The time runs from saving the file until its page has the new title.

    Raises:
        CommandFailedError: The server ended, or a change didn't show within an hour.
    """
    port = _free_port()
    command = [sys.executable, "-m", "broadsheet", "serve", "--port", str(port)]
    with subprocess.Popen(
        command, cwd=project, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            _wait_for(server, f"http://127.0.0.1:{port}/", "</html>")
            return [_time_of_change(server, project, port, n) for n in range(1, _CHANGES + 1)]
        finally:
            server.terminate()


def _time_of_change(
    server: subprocess.Popen[bytes], project: Path, port: int, number: int
) -> float:
    ending = f" Revision {number}"
    slug = retitle(project, ending)
    start = time.monotonic()
    _wait_for(server, f"http://127.0.0.1:{port}/papers/{slug}/", ending)
    return time.monotonic() - start


def _wait_for(server: subprocess.Popen[bytes], address: str, text: str) -> None:
    end = time.monotonic() + _MOST_SECONDS
    while text not in _page(address):
        if server.poll() is not None or time.monotonic() > end:
            raise CommandFailedError(f"`broadsheet serve` doesn't show {text!r} at {address}")
        time.sleep(_EVERY)


def _page(address: str) -> str:
    try:
        with urlopen(address) as response:
            return str(response.read(), "utf-8")
    except (URLError, ConnectionError):
        return ""  # the first build isn't finished yet


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port
