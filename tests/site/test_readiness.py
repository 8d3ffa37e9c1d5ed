"""Whether `broadsheet check` notices a site that isn't ready to be published."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from folders import write_files

from broadsheet.cli import main
from broadsheet.site.readiness import is_local

CONFIG = """\
site_name: Boats
site_url: https://boats.example/
theme: {name: material, font: false}
plugins: [broadsheet]
"""
COLLECTION = "title: Boats\nentries:\n  - {paper: raft}\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with a single paper. The tests are in it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CI", raising=False)
    return write_files(
        tmp_path,
        {
            "mkdocs.yml": CONFIG,
            "docs/.gitkeep": "",
            "content/papers/raft.yml": "title: Raft\nabstract: Logs float.\n",
            "content/collections/boats.yml": COLLECTION,
        },
    )


def _check(*arguments: str, **environment: str) -> Result:
    return CliRunner(env=environment).invoke(main, ["check", *arguments])


def _publish(site: Path, papers: int) -> None:
    write_files(site, {"api/v1/papers.json": json.dumps({"count": papers})})


@pytest.fixture
def host(tmp_path: Path) -> Iterator[str]:
    """Serves the folder "published" and yields its URL."""
    (tmp_path / "published").mkdir()
    handler = partial(SimpleHTTPRequestHandler, directory=str(tmp_path / "published"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


def test_a_site_that_is_ready_has_no_problems(project: Path) -> None:
    result = _check("--strict")
    assert (result.exit_code, result.stderr) == (0, "")


@pytest.mark.parametrize("url", ["http://127.0.0.1:8000/", "http://localhost/", ""])
def test_a_local_address_is_a_warning_and_in_ci_an_error(project: Path, url: str) -> None:
    (project / "mkdocs.yml").write_text(CONFIG.replace("https://boats.example/", f'"{url}"'))
    told = _check()
    assert told.exit_code == 0
    assert told.stderr.startswith("warning: mkdocs.yml:2: site_url: ")
    assert _check(CI="true").exit_code == 1


def test_only_addresses_of_this_machine_are_local() -> None:
    assert is_local("http://[::1]:8000/")
    assert is_local("http://0.0.0.0/")
    assert not is_local("https://localhost.example/")
    assert not is_local("https://192.0.2.7/")


def test_letters_without_a_way_to_unsubscribe_are_a_warning(project: Path) -> None:
    told = _check(BROADSHEET_MAIL_FROM="digest@boats.example").stderr
    assert told.startswith("warning: environment: BROADSHEET_MAIL_UNSUBSCRIBE: isn't set (")
    both = {"BROADSHEET_MAIL_FROM": "d@b.example", "BROADSHEET_MAIL_UNSUBSCRIBE": "mailto:u@b"}
    assert _check(**both).stderr == ""


def test_a_corpus_that_shrank_is_an_error_unless_it_is_allowed(project: Path) -> None:
    _publish(project / "site", 2)
    told = _check()
    assert told.exit_code == 1
    assert told.stderr == (
        "error: content: has 1 paper, but the published site has 2 (restore what's missing, or "
        "use --allow-shrink if it was removed on purpose)\n"
    )
    assert _check("--allow-shrink").exit_code == 0


def test_a_corpus_that_shrank_a_little_is_fine(project: Path) -> None:
    papers = {f"content/papers/p{n}.yml": f"title: P{n}\nabstract: A.\n" for n in range(9)}
    listed = "".join(f"  - {{paper: p{n}}}\n" for n in range(9))
    write_files(project, {**papers, "content/collections/boats.yml": COLLECTION + listed})
    _publish(project / "site", 11)
    assert _check("--strict").exit_code == 0


def test_the_published_site_can_be_asked(project: Path, host: str) -> None:
    _publish(project / "published", 40)
    assert "has 1 paper, but the published site has 40" in _check("--published", host).stderr
    _publish(project / "published", 1)
    assert _check("--published", host).exit_code == 0


def test_a_site_that_is_not_published_yet_can_have_any_size(project: Path, host: str) -> None:
    assert _check("--published", host).exit_code == 0


def test_a_published_site_that_does_not_answer_is_named(project: Path) -> None:
    told = _check("--published", "http://127.0.0.1:1/")
    assert told.exit_code == 1
    assert "error: http://127.0.0.1:1/: can't read how many papers it has: " in told.stderr


def test_in_ci_the_published_site_is_asked_where_it_will_be(
    project: Path, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("broadsheet.site.readiness.is_local", lambda _: False)
    (project / "mkdocs.yml").write_text(CONFIG.replace("https://boats.example/", host))
    _publish(project / "published", 40)
    told = _check(CI="true")
    assert (told.exit_code, "the published site has 40" in told.stderr) == (1, True)
    (project / "mkdocs.yml").write_text(
        CONFIG.replace("https://boats.example/", "http://127.0.0.1:1/")
    )
    told = _check(CI="true")
    assert (told.exit_code, "can't read how many papers" in told.stderr) == (0, True)
