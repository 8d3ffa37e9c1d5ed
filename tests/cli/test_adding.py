"""Adding papers, with arXiv and Crossref played by a server of our own."""

from __future__ import annotations

import http.server
import json
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from click.testing import CliRunner, Result
from folders import tree, write_files

from broadsheet.base.identifiers import week_of
from broadsheet.cli import main
from broadsheet.cli.changing import today
from broadsheet.content.check import load_and_check
from broadsheet.content.model import Paper

FILES = {
    "mkdocs.yml": "site_name: Toys\nextra: {broadsheet: {digest: toys}}\n",
    "content/topics.yml": "kites: {name: Kites, terms: [kite]}\n",
    "content/papers/rafts.yml": (
        'title: Rafts of Logs\nauthors: [Ada]\narxiv: "2403.00001"\npublished: 2024\n'
        "summary: Logs float. # ours\n"
    ),
}
FEED = '<feed xmlns="http://www.w3.org/2005/Atom">{}</feed>'
ENTRY = (
    "<entry><id>http://arxiv.org/abs/2403.10131v1</id><published>2024-03-15T10:00:00Z</published>"
    "<title>A Kite for Calm Days</title><author><name>Ada Example</name></author>"
    "<summary>A kite of paper.</summary></entry>"
)
WORK = {
    "DOI": "10.1000/knots",
    "title": ["Knots That Hold"],
    "author": [{"given": "Cy", "family": "Doe"}],
    "published": {"date-parts": [[2023, 5, 1]]},
    "container-title": ["Journal of Knots"],
}


class _Services(http.server.BaseHTTPRequestHandler):
    """Knows one paper of arXiv and one work of Crossref."""

    asked: list[str]

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        query = {key: values[0] for key, values in parse_qs(url.query).items()}
        self.asked.append(f"{self.headers['User-Agent'].partition('/')[0]} {unquote(self.path)}")
        if url.path == "/arxiv":
            wanted = "2403.10131" in query.get("id_list", "") or "calm" in str(query).lower()
            self._send(FEED.format(ENTRY if wanted else ""))
        elif url.path == "/works":
            self._send(json.dumps({"message": {"items": [WORK]}}))
        elif unquote(url.path) == "/works/10.1000/knots":
            self._send(json.dumps({"message": WORK}))
        else:
            self.send_error(404)

    def _send(self, text: str) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_: object) -> None: ...


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site with one paper."""
    monkeypatch.chdir(write_files(tmp_path, FILES))
    return tmp_path


@pytest.fixture
def services(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What the services are asked."""
    handler = type("_Asked", (_Services,), {"asked": []})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        monkeypatch.setenv("BROADSHEET_ARXIV_API", f"{address}/arxiv")
        monkeypatch.setenv("BROADSHEET_CROSSREF_API", f"{address}/works")
        yield handler.asked  # type: ignore[attr-defined]
        server.shutdown()


@pytest.fixture
def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """No service can be reached."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Services) as server:
        address = f"http://127.0.0.1:{server.server_port}"
    monkeypatch.setenv("BROADSHEET_ARXIV_API", f"{address}/arxiv")
    monkeypatch.setenv("BROADSHEET_CROSSREF_API", f"{address}/works")


def _run(*arguments: str, code: int = 0, given: str | None = None) -> Result:
    result = CliRunner().invoke(main, ["add", *arguments], prog_name="broadsheet", input=given)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == code, result.output
    assert not [p for p in load_and_check(Path("content")).problems if p.level == "error"]
    return result


def _shown(*arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_run(*arguments, "--json").stdout)
    return found


def _paper(slug: str) -> Paper:
    return load_and_check(Path("content")).corpus.papers[slug]


def _listed() -> dict[str, list[str]]:
    (issue,) = load_and_check(Path("content")).corpus.issues
    assert (issue.digest, issue.name, issue.draft) == ("toys", week_of(today()), True)
    return {section.heading: [e.paper for e in section.entries] for section in issue.sections}


def test_a_paper_of_arxiv_is_looked_up_and_listed_in_the_draft_of_this_week(
    services: list[str],
) -> None:
    output = _run("https://huggingface.co/papers/2403.10131").output
    assert output.startswith("new paper a-kite-for-calm-days: A Kite for Calm Days")
    assert services == ["broadsheet /arxiv?id_list=2403.10131&max_results=1"]
    paper = _paper("a-kite-for-calm-days")
    assert (paper.arxiv, paper.authors, paper.published, paper.topics, paper.abstract) == (
        *("2403.10131", ("Ada Example",), "2024-03-15", ("kites",), "A kite of paper."),
    )
    assert [given.source for given in paper.provenance] == ["arXiv"]
    assert _listed() == {"Kites": ["a-kite-for-calm-days"]}
    before = tree(Path("content"))
    assert "nothing to change" in _run("2403.10131").output
    assert (len(services), tree(Path("content"))) == (1, before)


def test_a_work_of_crossref_is_looked_up_by_its_doi(services: list[str]) -> None:
    output = _run(
        "https://doi.org/10.1000/Knots", "--section", "Strings", "--topic", "kites"
    ).output
    assert "missing" not in output  # Crossref often has no abstract
    assert services == ["broadsheet /works/10.1000/knots"]
    paper = _paper("knots-that-hold")
    assert (paper.doi, paper.authors, paper.published, paper.venue, paper.topics) == (
        *("10.1000/knots", ("Cy Doe",), "2023-05-01", "Journal of Knots", ("kites",)),
    )
    assert _listed() == {"Strings": ["knots-that-hold"]}


def test_a_paper_is_looked_up_by_its_title(services: list[str]) -> None:
    _run("A kite for calm days!", "knots that hold")
    assert [url.partition("?")[0] for url in services] == [
        *("broadsheet /arxiv", "broadsheet /arxiv", "broadsheet /works"),
    ]
    assert _listed() == {"Kites": ["a-kite-for-calm-days"], "More papers": ["knots-that-hold"]}


def test_a_title_that_only_resembles_another_is_not_taken_for_it(services: list[str]) -> None:
    output = _run("A Kite for Calm Days and Nights").output
    assert "neither arXiv nor Crossref has a paper with exactly this title; missing: auth" in output
    assert _paper("a-kite-for-calm-days-and-nights").arxiv is None


def test_an_id_that_nobody_has_is_refused(services: list[str]) -> None:
    before = tree(Path("content"))
    assert "arXiv has no paper 2403.99999 (check it" in _run("2403.99999", code=1).output
    assert "Crossref has no work with the DOI 10.1000/x" in _run("10.1000/x", code=1).output
    assert tree(Path("content")) == before


def test_a_known_paper_is_only_listed(services: list[str]) -> None:
    before = Path("content/papers/rafts.yml").read_text()
    for given in ("2403.00001", "rafts of logs"):
        assert "known paper rafts: Rafts of Logs\n" in _run(given).output
    assert Path("content/papers/rafts.yml").read_text() == before
    assert _listed() == {"More papers": ["rafts"]}
    assert services == []


def test_without_a_network_a_paper_is_added_with_what_is_known(nobody: None) -> None:
    output = _run("2403.10131").output
    assert (
        "warning: content/papers/arxiv-2403-10131.yml: 127.0.0.1 can't be reached: Connection "
        "refused; missing: title, authors, published, abstract (fill them in, or run "
        "`broadsheet add 2403.10131` again later)\n"
    ) in output
    assert _listed() == {"More papers": ["arxiv-2403-10131"]}


def test_adding_a_paper_again_completes_it(services: list[str]) -> None:
    output = _run("2403.10131", "--offline").output
    assert "not looked up because of --offline; missing: title" in output
    assert services == []
    output = _run("2403.10131").output
    assert "known paper arxiv-2403-10131: A Kite for Calm Days (added title, authors, " in output
    assert "run `broadsheet rename arxiv-2403-10131 a-kite-for-calm-days`\n" in output
    assert _paper("arxiv-2403-10131").abstract == "A kite of paper."
    assert _listed() == {"More papers": ["arxiv-2403-10131"]}


def test_a_paper_is_added_from_bibtex(services: list[str]) -> None:
    entry = "@article{k, title = {{KITE}s}, author = {Doe, Cy}, year = 2024, eprint = {%s}}"
    _run("-", given=entry % "2403.10131")
    paper = _paper("kites")
    assert (paper.title, paper.authors, paper.published) == ("KITEs", ("Cy Doe",), "2024")
    assert (paper.other_titles, paper.abstract) == (("A Kite for Calm Days",), "A kite of paper.")
    assert [given.source for given in paper.provenance] == ["BibTeX", "arXiv"]
    assert "standard input: is empty" in _run("-", given="", code=1).output


CSL = {"type": "article", "title": "Kites", "author": [{"family": "Doe", "given": "Cy"}]}
MARKDOWN = "# Papers\n\n- [Kites](https://arxiv.org/abs/2403.10131): a kite.\n"


@pytest.mark.parametrize(
    ("given", "source"),
    [
        ("TY  - JOUR\nTI  - Kites\nAU  - Doe, Cy\nPY  - 2024\nER  - \n", "RIS"),
        (json.dumps([CSL]), "CSL-JSON"),
        ('{"title": "Kites", "authors": ["Cy Doe"], "issue": "2024-W01"}\n', "records"),
        ("title,authors\nKites,Cy Doe\n", "table"),
        (f"<feed xmlns='http://www.w3.org/2005/Atom'><title>arXiv Query</title>{ENTRY}</feed>", ""),
        (MARKDOWN, "markdown"),
    ],
    ids=["RIS", "CSL-JSON", "JSON Lines", "CSV", "Atom of arXiv", "Markdown"],
)
def test_a_paper_is_added_from_whatever_an_import_recognizes(given: str, source: str) -> None:
    _run("-", "--offline", "--issue", "2024-W48", given=given)
    slug = "kites" if source else "a-kite-for-calm-days"
    assert [known.source for known in _paper(slug).provenance] == [source or "arxiv-api"]
    corpus = load_and_check(Path("content")).corpus
    assert [issue.name for issue in corpus.issues if slug in str(issue)] == ["2024-W48"]


def test_what_no_import_recognizes_is_not_added() -> None:
    assert "no importer recognizes this text" in _run("-", given="Dear reader,", code=1).output


def test_a_paper_is_added_to_another_issue_or_to_none(services: list[str]) -> None:
    _run("2403.00001", "--issue", "2024-W48", "--digest", "others")
    shown = _shown("2403.10131", "--no-issue")
    assert (shown["papers"], shown["added"]) == (["a-kite-for-calm-days"], [])
    loaded = load_and_check(Path("content")).corpus
    assert [(issue.digest, issue.name) for issue in loaded.issues] == [("others", "2024-W48")]
    assert loaded.collections == ()
    assert (
        "can't be combined"
        in _run("2403.10131", "--no-issue", "--issue", "2024-W48", code=2).output
    )


def test_a_new_paper_is_a_draft_until_its_issue_is_published(services: list[str]) -> None:
    _run("2403.10131", "2403.00001")
    _run("10.1000/knots", "--no-issue")
    loaded = load_and_check(Path("content")).corpus
    drafts = {slug: paper.draft for slug, paper in loaded.papers.items()}
    assert drafts == {"a-kite-for-calm-days": True, "knots-that-hold": False, "rafts": False}
    before = Path("content/papers/a-kite-for-calm-days.yml").read_text()
    arguments = ["issue", "publish", week_of(today())]
    output = CliRunner().invoke(main, arguments, prog_name="broadsheet").output
    assert "is no longer a draft\npublished 1 paper with it\nwrote 2 files\n" in output
    after = Path("content/papers/a-kite-for-calm-days.yml").read_text()
    assert after == before.replace("draft: true\n", "")
    _run("10.1000/knots")
    assert not _paper("knots-that-hold").draft


def test_a_dry_run_writes_nothing(services: list[str]) -> None:
    before = tree(Path("content"))
    shown = _shown("2403.10131", "--dry-run")
    assert (shown["dry_run"], shown["written"]) == (
        True,
        [f"digests/toys/{week_of(today())}.yml", "papers/a-kite-for-calm-days.yml"],
    )
    assert tree(Path("content")) == before


def test_what_a_dry_run_was_answered_is_not_asked_again(services: list[str]) -> None:
    _run("2403.10131", "10.1000/knots", "--dry-run")
    _run("2403.10131", "10.1000/knots")
    assert len(services) == 2


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        (
            "ftp://arxiv.example/api",
            "arxiv.example can't be reached: 'ftp://arxiv.example/api?id_li",
        ),
        ("{}?", "arXiv sent an unreadable reply: invalid XML: not well-formed"),
        ("{}/none", "arXiv sent an unreadable reply: invalid XML: no element found"),
    ],
)
def test_a_reply_that_cannot_be_read_is_like_none(
    services: list[str], monkeypatch: pytest.MonkeyPatch, address: str, problem: str
) -> None:
    other = address.format(os.environ["BROADSHEET_CROSSREF_API"])
    monkeypatch.setenv("BROADSHEET_ARXIV_API", other)
    assert f"arxiv-2403-10131.yml: {problem}" in _run("2403.10131").output
    assert _listed() == {"More papers": ["arxiv-2403-10131"]}
