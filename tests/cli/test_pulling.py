"""Taking new papers from the sources of a site."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from answering import Answer, Asked, Watch
from click.testing import CliRunner, Result
from folders import tree, write_files
from scholarly import Known, Scholarly, services

from broadsheet.base.identifiers import week_of
from broadsheet.cli import main
from broadsheet.cli.changing import today
from broadsheet.content.check import load_and_check
from broadsheet.content.model import Issue
from broadsheet.site.fetching import fetcher

LIST = '{"title": "Rafts of Logs", "arxiv": "2403.00002"}\n{"title": "Knots", "doi": "10.1000/k"}\n'
KNOWN = 'title: Rafts of Logs  # ours\narxiv: "2403.00002"\n'


@pytest.fixture(autouse=True)
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    """A clock that doesn't wait."""
    found = Watch()
    monkeypatch.setattr(fetcher, "CLOCK", found.clock)
    return found


@pytest.fixture
def known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scholarly]:
    """arXiv, which has two papers about kites, and a list on the same server."""
    monkeypatch.chdir(tmp_path)
    kites = [Known(f"Kites of {what}", arxiv=f"2403.1000{n}") for n, what in enumerate("AB")]
    with services(*kites) as found:
        for name, url in found.environment.items():
            monkeypatch.setenv(name, url)

        def answer(asked: Asked) -> Answer:
            return Answer(LIST) if asked.path == "/list" else found.answer(asked)

        found.server.answer = answer
        yield found


def _site(*sources: dict[str, Any], **files: str) -> None:
    config = {"site_name": "x", "extra": {"broadsheet": {"digest": "toys", "sources": sources}}}
    papers = {f"content/papers/{slug}.yml": text for slug, text in files.items()}
    topics = "kites: {name: Kites, terms: [kite]}\n"
    text = json.dumps(config)
    write_files(Path(), {"mkdocs.yml": text, "content/topics.yml": topics, **papers})


def _pull(*arguments: str, code: int = 0) -> Result:
    result = CliRunner().invoke(main, ["pull", *arguments], prog_name="broadsheet")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == code, result.output
    return result


def _issue() -> Issue:
    (issue,) = load_and_check(Path("content")).corpus.issues
    return issue


def _sources(known: Scholarly) -> tuple[dict[str, Any], dict[str, Any]]:
    return {"arxiv": "ti:kites", "name": "Kites"}, {"url": f"{known.server.url}/list?w={{week}}"}


def test_new_papers_come_into_the_draft_of_this_week(known: Scholarly) -> None:
    _site(*_sources(known), rafts=KNOWN)
    output = _pull().output
    assert "Kites: 2 papers, 2 new\n" in output
    assert f"{known.server.url}/list?w={{week}}: 2 papers, 1 new\n" in output
    issue = _issue()
    assert (issue.digest, issue.name, issue.draft) == ("toys", week_of(today()), True)
    assert {section.heading: len(section.entries) for section in issue.sections} == {
        "Kites": 2,
        "More papers": 1,
    }
    papers = load_and_check(Path("content")).corpus.papers
    assert {slug: paper.draft for slug, paper in papers.items()} == {
        "kites-of-a": True,
        "kites-of-b": True,
        "knots": True,
        "rafts": False,
    }
    assert Path("content/papers/rafts.yml").read_text() == KNOWN
    url = f"{known.server.url}/list?w={week_of(today())}"
    assert [given.source for given in papers["knots"].provenance] == [url]


def test_new_papers_of_a_feed_come_into_the_draft(known: Scholarly) -> None:
    item = "<item><title>Knots</title><link>https://arxiv.org/abs/2403.0000{}</link></item>"
    items = "".join(map(item.format, (2, 3)))
    feed = f'<rss version="2.0"><channel><title>New papers</title>{items}</channel></rss>'
    known.faults = {"/feed": Answer(feed)}
    _site({"url": f"{known.server.url}/feed", "name": "Feed"}, rafts=KNOWN)
    assert "Feed: 2 papers, 1 new\n" in _pull().output
    assert _issue().papers() == ("knots",)
    assert load_and_check(Path("content")).corpus.collections == ()


def test_pulling_again_changes_nothing(known: Scholarly) -> None:
    _site(*_sources(known))
    _pull()
    before = tree(Path("content"))
    assert "nothing to change" in _pull().output
    assert tree(Path("content")) == before


def test_later_papers_join_the_draft(known: Scholarly, watch: Watch) -> None:
    _site(*_sources(known))
    _pull()
    known.known.append(Known("Kites of C", arxiv="2403.10003"))
    watch.passed += 24 * 3600
    _pull()
    assert len(_issue().papers()) == 5


def test_a_week_is_chosen_and_stands_in_addresses(known: Scholarly) -> None:
    url = f"{known.server.url}/list?w={{week}}&from={{start}}&to={{end}}"
    _site({"url": url, "limit": 1, "topics": ["Kites"]})
    _pull("--week", "2024-W12", "--digest", "others")
    issue = _issue()
    assert (issue.digest, issue.name, issue.papers()) == ("others", "2024-W12", ("rafts-of-logs",))
    assert [section.heading for section in issue.sections] == ["Kites"]
    (asked,) = known.server.asked
    assert asked.query == {"w": "2024-W12", "from": "2024-03-18", "to": "2024-03-24"}


def test_a_table_is_read_as_was_decided_about_its_columns(known: Scholarly, watch: Watch) -> None:
    known.server.answer = lambda _: Answer("Obra;Nota\nBarcos;5\nRemos;4\n")
    _site({"url": f"{known.server.url}/list"})
    assert "no column is known to be a title" in _pull(code=1).output
    write_files(Path("content"), {"imports.yml": "- columns: {Obra: title, Nota: extra}\n"})
    watch.passed += 24 * 3600
    _pull()
    assert load_and_check(Path("content")).corpus.papers["barcos"].extra == {"Nota": "5"}
    write_files(Path("content"), {"imports.yml": "- columns: {Obra: titel}\n"})
    assert "content/imports.yml:1: columns.Obra: there is no field 'titel'" in _pull(code=1).output


def test_a_source_that_fails_leaves_the_others(known: Scholarly) -> None:
    missing = {"url": f"{known.server.url}/none/at/all", "name": "Gone"}
    known.faults = {"/none": Answer(status=404), "/prose": Answer("Dear reader,")}
    prose = {"url": f"{known.server.url}/prose", "name": "Prose"}
    _site(missing, prose, *_sources(known))
    result = _pull(code=1)
    assert "Gone: there is nothing at this address (check the URL)" in result.output
    assert "Prose: no importer recognizes this text" in result.output
    assert len(_issue().papers()) == 4
    shown = json.loads(_pull("--json", code=1).stdout)
    assert len(shown["problems"]) == 2


def test_a_dry_run_writes_nothing(known: Scholarly) -> None:
    _site(*_sources(known))
    before = tree(Path("content"))
    assert "would write 5 files" in _pull("--dry-run").output
    assert tree(Path("content")) == before


def test_nothing_comes_into_a_published_issue_by_itself(known: Scholarly) -> None:
    _site(*_sources(known))
    _pull("--week", "2024-W12")
    arguments = ["issue", "publish", "2024-W12"]
    assert CliRunner().invoke(main, arguments, prog_name="broadsheet").exit_code == 0
    output = _pull("--week", "2024-W12", code=1).output
    assert "the issue toys/2024-W12 is published, so nothing is added to it by itself" in output


def test_a_site_without_sources_is_told_how_to_name_some(known: Scholarly) -> None:
    _site()
    output = _pull(code=1).output
    assert "mkdocs.yml: extra.broadsheet.sources: there are no sources to pull from (add" in output


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ({}, "write either `url` or `arxiv`"),
        ({"url": "https://a.org/", "arxiv": "cat:cs.CL"}, "write either `url` or `arxiv`"),
        ({"url": "ftp://a.org/"}, "isn't a safe address"),
        ({"arxiv": "cat:cs.CL", "limit": 0}, "limit: Input should be greater"),
        ({"feed": "https://a.org/"}, "unknown key 'feed'"),
    ],
)
def test_a_source_has_one_origin(known: Scholarly, source: dict[str, Any], problem: str) -> None:
    _site(source)
    output = _pull(code=1).output
    assert "mkdocs.yml:1: " in output
    assert "sources[0]" in output
    assert problem in output
