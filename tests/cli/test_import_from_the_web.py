"""Importing from an address on the web."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from answering import Answer, Asked, Server, serving
from click.testing import CliRunner
from folders import tree, write_files

from broadsheet.cli import main
from broadsheet.content.check import load_and_check
from broadsheet.site.addresses import file_of

RECORDS = '{"title": "Kites of Paper", "arxiv": "2403.00001", "authors": ["Ada Example"]}\n'
PAGES = {"/lists/to-read.jsonl": RECORDS, "/": RECORDS, "/prose": "Dear reader,\n"}


def _answer(asked: Asked) -> Answer:
    text = PAGES.get(asked.path)
    return Answer(status=404) if text is None else Answer(text)


@pytest.fixture
def server() -> Iterator[Server]:
    with serving(_answer) as found:
        yield found


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site without content."""
    monkeypatch.chdir(write_files(tmp_path, {"mkdocs.yml": "site_name: x\n"}))
    return tmp_path


def _import(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(main, ["import", *arguments], prog_name="broadsheet")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == code, result.output
    return result.output


def test_a_list_on_the_web_is_imported_like_a_file(server: Server) -> None:
    url = f"{server.url}/lists/to-read.jsonl"
    assert _import(f"{url}#part").startswith(f"{url}: records, 1 paper\n")
    assert server.asked[0].target == "/lists/to-read.jsonl"
    corpus = load_and_check(Path("content")).corpus
    (paper,) = corpus.papers.values()
    assert [given.source for given in paper.provenance] == [url]
    (collection,) = corpus.collections
    assert collection.slug == "to-read"
    assert collection.source
    assert (collection.source.url, collection.source.file) == (url, None)
    before = tree(Path("content"))
    assert "1 unchanged; wrote 0 files" in _import(url)
    assert (tree(Path("content")), len(server.asked)) == (before, 1)


def test_a_dry_run_writes_no_content_and_is_not_paid_for_twice(server: Server) -> None:
    assert "would write" in _import(server.url, "--as", "records", "--dry-run")
    assert not Path("content").exists()
    _import(server.url, "--as", "records")
    assert [found.slug for found in load_and_check(Path("content")).corpus.collections] == [
        "127-0-0-1"
    ]
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("/none", "there is nothing at this address (check the URL)"),
        ("/prose", "no importer recognizes this text, which starts with 'Dear reader,'"),
    ],
)
def test_what_cannot_be_imported_is_named_by_its_address(
    server: Server, path: str, problem: str
) -> None:
    assert f"error: {server.url}{path}" in _import(server.url + path, code=1)
    assert problem in _import(server.url + path, code=1)
    assert not Path("content").exists()


def test_a_packed_file_is_unpacked(server: Server) -> None:
    content = gzip.compress(RECORDS.encode())
    server.answer = lambda _: Answer(content, headers={"Content-Type": "application/gzip"})
    assert "records, 1 paper" in _import(f"{server.url}/list.jsonl.gz")


def test_an_address_with_a_password_is_refused_without_printing_it() -> None:
    output = _import("https://ada:secret@example.org/list", code=1)
    assert "https://…@example.org/list: the URL has a user name or password" in output
    assert "secret" not in output


@pytest.mark.parametrize("given", ["ftp://example.org/list", "file:///etc/passwd"])
def test_other_addresses_are_files_that_do_not_exist(given: str) -> None:
    assert "does not exist" in _import(given, code=2)


@pytest.mark.parametrize(
    ("page", "file"),
    [
        (
            "https://github.com/ada/kites/blob/main/lists/a.md",
            "https://raw.githubusercontent.com/ada/kites/main/lists/a.md",
        ),
        ("https://gist.github.com/ada/0a1b2c", "https://gist.github.com/ada/0a1b2c/raw"),
        (
            "https://gitlab.com/ada/kites/-/blob/main/a.md",
            "https://gitlab.com/ada/kites/-/raw/main/a.md",
        ),
        (
            "https://huggingface.co/datasets/ada/kites/blob/main/a.jsonl",
            "https://huggingface.co/datasets/ada/kites/resolve/main/a.jsonl",
        ),
        ("https://github.com/ada/kites", "https://github.com/ada/kites"),
        ("https://example.org/github.com/a/b/blob/c", "https://example.org/github.com/a/b/blob/c"),
    ],
)
def test_a_page_that_shows_a_file_stands_for_the_file(page: str, file: str) -> None:
    assert file_of(page) == file


def test_an_issue_is_filled_from_the_web(server: Server) -> None:
    arguments = ["issue", "fill", "2024-W12", "--from", f"{server.url}/lists/to-read.jsonl"]
    result = CliRunner().invoke(main, arguments, prog_name="broadsheet")
    assert result.exit_code == 0, result.output
    (issue,) = load_and_check(Path("content")).corpus.issues
    assert (issue.papers(), issue.draft) == (("kites-of-paper",), True)


def _feed(title: str, arxiv: str) -> str:
    link = f"https://arxiv.org/abs/{arxiv}"
    item = f"<item><title>{title}</title><link>{link}</link></item>"
    return f'<rss version="2.0"><channel><title>Feed of {title}</title>{item}</channel></rss>'


def _opml(*urls: str) -> Path:
    outlines = "".join(f'<outline type="rss" text="x" xmlUrl="{url}"/>' for url in urls)
    head = '<opml version="2.0"><body><outline text="Papers">'
    path = Path("reader.opml")
    path.write_text(f"{head}{outlines}</outline></body></opml>", "utf-8")
    return path


def _feeds(asked: Asked) -> Answer:
    papers = {"/rafts": ("Rafts", "2403.00001"), "/oars": ("Oars", "2403.00002")}
    return Answer(_feed(*papers[asked.path])) if asked.path in papers else _answer(asked)


def test_the_feeds_of_a_reader_are_fetched_and_imported(server: Server) -> None:
    server.answer = _feeds
    urls = [f"{server.url}/{name}" for name in ("rafts", "oars", "rafts")]
    output = _import(str(_opml(*urls)))
    assert f"{urls[0]}: feed, " in output
    assert "2 new papers" in output
    assert [asked.path for asked in server.asked] == ["/rafts", "/oars"]
    papers = load_and_check(Path("content")).corpus.papers.values()
    assert {(p.title, p.arxiv) for p in papers} == {("Rafts", "2403.00001"), ("Oars", "2403.00002")}


def test_feeds_that_cannot_be_read_leave_the_others_alone(server: Server) -> None:
    server.answer = _feeds
    broken = [f"{server.url}/none", f"{server.url}/prose", "file:///etc/passwd"]
    output = _import(str(_opml(*broken, f"{server.url}/oars")), code=1)
    assert f"error: {broken[0]}: there is nothing at this address" in output
    assert f"error: {broken[1]}:1: no importer recognizes this text" in output
    assert "file:///etc/passwd: " in output
    assert [p.title for p in load_and_check(Path("content")).corpus.papers.values()] == ["Oars"]


@pytest.mark.parametrize(
    ("urls", "problem"),
    [
        ([], "lists 0 feeds and no papers"),
        (["http://localhost:1/a"], "error: http://localhost:1/a: can't be reached: "),
        (["https://ada:secret@example.org/a"], "the URL has a user name or password"),
        ([f"https://example.org/{n}" for n in range(201)], "lists 201 feeds"),
    ],
)
def test_a_list_without_feeds_that_can_be_read_imports_nothing(
    urls: list[str], problem: str
) -> None:
    output = _import(str(_opml(*urls)), code=1)
    assert problem in output
    assert "secret" not in output
    assert not Path("content").exists()
