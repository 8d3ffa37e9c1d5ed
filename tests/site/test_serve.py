"""A served site follows every change and shows problems above the last good page."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

import pytest
from click.testing import CliRunner
from folders import write_files
from waiting import PATIENCE, until

from broadsheet.cli import main

STATUS = "assets/broadsheet/problems.json"


@dataclass(frozen=True)
class _Served:
    site: Path
    address: str

    def get(self, path: str) -> str:
        with urllib.request.urlopen(self.address + path, timeout=PATIENCE) as answer:
            return str(answer.read().decode())

    def problems(self) -> list[str]:
        found: list[str] = json.loads(self.get(STATUS))["problems"]
        return found

    def until(self, holds: Callable[[], bool]) -> None:
        """Waits for the effect of a change. The server may be replacing the page meanwhile."""
        until(holds, OSError, ValueError)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _started(site: Path, *command: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", *command],
        cwd=site,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )


def _ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    process.send_signal(signal.SIGINT)
    try:
        said, _ = process.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise
    return process.returncode, said


@pytest.fixture
def served(toy_site: Path, interruptible: None) -> Iterator[_Served]:
    port = _free_port()
    serve = "from broadsheet.cli import main; main()"
    process = _started(toy_site, serve, "serve", "--port", str(port))
    found = _Served(toy_site, f"http://127.0.0.1:{port}/digest/")
    try:
        found.until(lambda: "Toy Papers" in found.get(""))
        yield found
    finally:
        code, said = _ended(process)
        assert code in (0, 130), said
        assert f"Serving on {found.address} (press Ctrl+C to stop)\n" in said
        assert "Traceback" not in said


def test_the_site_follows_changes_shows_mistakes_and_recovers(served: _Served) -> None:
    assert served.problems() == []
    page = "papers/the-weight-of-water/"
    assert "The Weight of Water" in served.get(page)
    paper = "content/papers/the-weight-of-water.yml"
    write_files(served.site, {paper: "title: The Weight of Ice\ntopics: [rivers]\n"})
    served.until(lambda: "The Weight of Ice" in served.get(page))

    write_files(served.site, {paper: "titel: The Weight of Steam\n"})
    served.until(lambda: served.problems() != [])
    (problem,) = served.problems()
    assert problem == (
        "content/papers/the-weight-of-water.yml:1: titel: unknown key 'titel' "
        "(did you mean 'title'?)"
    )
    assert "The Weight of Ice" in served.get(page)

    write_files(served.site, {paper: "title: The Weight of Steam\n"})
    served.until(lambda: "The Weight of Steam" in served.get(page))
    served.until(lambda: served.problems() == [])

    config = (served.site / "mkdocs.yml").read_text("utf-8")
    write_files(served.site, {"mkdocs.yml": config.replace("papers_per_page: 3", "papers: 1")})
    served.until(lambda: "unknown key 'papers'" in "".join(served.problems()))
    write_files(
        served.site, {"mkdocs.yml": config.replace("papers_per_page: 3", "papers_per_page: 1")}
    )
    served.until(lambda: "Page 4 of 4" in served.get("collections/harbour/page-4/"))


def test_the_site_stands_below_the_path_that_the_site_will_have(served: _Served) -> None:
    host = served.address.removesuffix("digest/")
    with urllib.request.urlopen(host, timeout=PATIENCE) as answer:
        assert answer.url == served.address
    for path in ("", "nowhere/at/all/"):
        try:
            page = served.get(path)
        except urllib.error.HTTPError as error:
            page = error.read().decode()
        styles = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page)
        assert styles
        for link in styles:
            with urllib.request.urlopen(urljoin(served.address + path, link)) as answer:
                assert answer.status == 200


def test_a_page_that_is_not_there_is_the_sites_own(served: _Served) -> None:
    with pytest.raises(urllib.error.HTTPError) as caught:
        served.get("nowhere/")
    assert caught.value.code == 404
    assert "Toy Papers" in caught.value.read().decode()


def test_the_server_answers_to_this_machine_only(served: _Served) -> None:
    port = int(re.findall(r":(\d+)/", served.address)[0])
    with socket.socket() as other:
        other.settimeout(2)
        # Another address of this machine.
        assert other.connect_ex(("127.0.0.2", port)) != 0


@pytest.mark.parametrize("address", ["8000", "0.0.0.0:", ":8000", "localhost:http", "::1:70000"])
def test_an_address_that_is_none_is_wrong_usage(
    toy_site: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.chdir(toy_site)
    result = CliRunner().invoke(main, ["serve", "-a", address])
    assert result.exit_code == 2
    assert f"{address!r} isn't an address; write one like 0.0.0.0:8000" in result.output


def test_content_that_is_broken_at_the_start_is_named(toy_site: Path) -> None:
    write_files(toy_site, {"content/papers/broken.yml": "titel: A\n"})
    process = _started(
        toy_site, "from broadsheet.cli import main; main()", "serve", "-p", str(_free_port())
    )
    said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert "error: content/papers/broken.yml:1: titel: unknown key 'titel'" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("given", ["-p {port}", "-a 127.0.0.1:{port}", "dev_addr in mkdocs.yml"])
def test_a_port_that_is_taken_is_named_however_it_was_given(toy_site: Path, given: str) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        arguments = given.format(port=port).split() if given.startswith("-") else []
        if not arguments:
            with (toy_site / "mkdocs.yml").open("a") as settings:
                settings.write(f"dev_addr: 127.0.0.1:{port}\n")
        process = _started(toy_site, "from broadsheet.cli import main; main()", "serve", *arguments)
        said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert f"error: 127.0.0.1:{port}: can't serve at this address: " in said
    assert "(choose another port with --port)" in said


@pytest.mark.usefixtures("interruptible")
def test_plain_mkdocs_serves_and_follows_changes(toy_site: Path) -> None:
    port = _free_port()
    run = "from mkdocs.__main__ import cli; cli()"
    process = _started(toy_site, run, "serve", "--dev-addr", f"127.0.0.1:{port}")
    served = _Served(toy_site, f"http://127.0.0.1:{port}/digest/")
    try:
        served.until(lambda: "The Weight of Water" in served.get("papers/the-weight-of-water/"))
        write_files(toy_site, {"content/papers/the-weight-of-water.yml": "title: Solid Ice\n"})
        served.until(lambda: "Solid Ice" in served.get("papers/the-weight-of-water/"))
    finally:
        _, said = _ended(process)
    assert "Traceback" not in said
