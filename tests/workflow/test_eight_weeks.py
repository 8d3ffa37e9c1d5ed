"""Eight weeks of a publisher, from an empty folder to two digests, by the command line alone."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from aiosmtpd.controller import Controller
from folders import tree
from publisher import READERS, Mailbox, Publisher

RAFT = "raft-adapting-language-model-to-domain-specific-rag"
BOATS = "floating-boats"
ROPES = "ropes-that-hold"

# A program that drafts summaries: it answers with words of its own and no number.
WRITER = """
import sys
assert "Floating Boats" in sys.stdin.read()
print("Boats made of logs float on every river that was tried.")
print()
print("Logs are tied with ropes and put on water, and every boat of this kind stayed afloat.")
print("Nobody has to carve the logs first, so that building takes little time and few tools.")
"""
BIBTEX = """@article{example2024ropes,
  title = {Ropes That Hold},
  author = {Example, Ada and Sample, Bob},
  year = {2024},
  month = {3},
  journal = {Journal of Ropes},
  doi = {10.1000/ropes.1},
}
"""
RECORDS = [
    {
        "title": "Floating Boats",
        "authors": "Ada Example, Bob Sample",
        "arxiv": "2403.11111",
        "published": "2024-03-26T10:00:00Z",
        "links": {"code": "github.com/example/boats"},
        "abstract": "Logs that are tied with ropes float. We put 40 boats on rivers; all float.",
        "topics": ["Agents"],
    },
    {
        "title": "Sails and Winds",
        "authors": ["Carla Test"],
        "published": "2024-03-27",
        "abstract": "Sails catch winds.",
        "issue": "2024-W13",
        "section": "Winds",
    },
    {"title": "Anchors", "published": "2024-03-28", "abstract": "Anchors hold boats."},
]
ARTICLE = """Boat Papers of April from 08/04/2024 to 14/04/2024
Papers about water.
Table of Contents:
Water
1. Water
1.1. Waves at Night
Waves come and go, which the authors measure.
{second}1.{last}. Rivers Under Bridges
{rivers}
"""


@pytest.fixture
def publisher(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Publisher]:
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "Ada Example")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "ada@example.org")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = int(listening.getsockname()[1])
    mailbox = Mailbox()
    server = Controller(mailbox, hostname="127.0.0.1", port=port)
    server.start()
    folder = tmp_path / "boats"
    folder.mkdir()
    yield Publisher(folder, tmp_path / "host.git", mailbox, server)
    server.stop()


@pytest.mark.slow
def test_a_publisher_gets_through_eight_weeks_and_loses_nothing(publisher: Publisher) -> None:
    from_nothing_to_published(publisher)
    a_paper_is_added_and_an_issue_filled(publisher)
    summaries_are_drafted_and_letters_sent(publisher)
    a_mistake_is_corrected(publisher)
    a_paper_is_withdrawn_and_another_removed(publisher)
    papers_are_merged_and_renamed(publisher)
    an_article_is_imported_again(publisher)
    a_second_digest_begins(publisher)


def from_nothing_to_published(publisher: Publisher) -> None:
    told = publisher.run("new", "--name", "Boat Papers", "--url", "https://boats.example/")
    assert "Next, run" in told
    publisher.git("init", "--quiet", "--initial-branch", "main")
    subprocess.run(["git", "init", "--quiet", "--bare", str(publisher.host)], check=True)
    publisher.git("remote", "add", "origin", str(publisher.host))
    publisher.build()
    assert "RAFT" in publisher.page("weeks/2024-W12")
    publisher.deploy()
    assert "Boat Papers" in publisher.deployed("index.html")


def a_paper_is_added_and_an_issue_filled(publisher: Publisher) -> None:
    publisher.run("issue", "new", "2024-W13")
    told = publisher.run("add", "-", "--issue", "2024-W13", "--offline", typed=BIBTEX)
    assert ROPES in told
    paper = yaml.safe_load(publisher.content(f"papers/{ROPES}.yml"))
    assert paper["authors"] == ["Ada Example", "Bob Sample"]
    lines = "".join(f"{json.dumps(record)}\n" for record in RECORDS)
    (publisher.folder / "reading.jsonl").write_text(lines, "utf-8")
    publisher.run("import", "reading.jsonl")
    paper = yaml.safe_load(publisher.content(f"papers/{BOATS}.yml"))
    assert str(paper["published"]) == "2024-03-26"
    assert paper["links"]["code"] == "https://github.com/example/boats"
    publisher.run("issue", "fill", "2024-W13", "--published", "2024-03-25..2024-03-31")
    publisher.append(f"content/papers/{ROPES}.yml", "tldr: Ropes hold what is tied.  # by hand\n")
    publisher.edit(
        "content/digests/weekly/2024-W13.yml",
        "sections:",
        "# Ada wrote this introduction.\n"
        f"introduction: This week floats. See [[{BOATS}]].\nsections:",
    )
    # A draft is in no build.
    publisher.build()
    assert not publisher.has("weeks/2024-W13")
    publisher.run("issue", "publish", "2024-W13")
    publisher.build()
    page = publisher.page("weeks/2024-W13")
    for title in ("Floating Boats", "Sails and Winds", "Anchors", "Ropes That Hold"):
        assert title in page
    assert f'papers/{BOATS}/">Floating Boats</a>' in page
    publisher.deploy()


def summaries_are_drafted_and_letters_sent(publisher: Publisher) -> None:
    (publisher.folder / ".broadsheet" / "writer.py").write_text(WRITER, "utf-8")
    command = f"{sys.executable} .broadsheet/writer.py"
    publisher.run("write", BOATS, "--with", command, "--by", "a-program")
    publisher.build()
    label = "Machine-written, not yet reviewed"
    assert label.lower() in publisher.page(f"papers/{BOATS}").lower()
    # What a person wrote stays.
    publisher.run("write", ROPES, "--with", command, code=1)
    publisher.append(f"content/papers/{BOATS}.yml", "reviewed: Ada Example\n")
    publisher.build()
    assert label.lower() not in publisher.page(f"papers/{BOATS}").lower()

    readers = publisher.folder / "readers.txt"
    readers.write_text("\n".join(READERS) + "\n", "utf-8")
    send = ("newsletter", "2024-W13", "--send", "--to", "readers.txt")
    publisher.run(*send, "--dry-run")
    assert publisher.mailbox.letters == []
    publisher.run(*send, "--yes")
    publisher.run(*send, "--yes")  # nobody gets it twice
    assert sorted(reader for reader, _ in publisher.mailbox.letters) == sorted(READERS)
    for _, letter in publisher.mailbox.letters:
        assert letter["List-Unsubscribe"] == "<https://boats.example/leave>"
        body = letter.get_body(("html",))
        assert body is not None
        assert f"https://boats.example/papers/{BOATS}/" in body.get_content()
        assert "127.0.0.1" not in letter.as_string()
    publisher.deploy()
    assert "readers.txt" not in publisher.git("ls-files")


def a_mistake_is_corrected(publisher: Publisher) -> None:
    publisher.append(
        f"content/papers/{BOATS}.yml",
        "corrections:\n  - {on: 2024-04-02, text: The boats were made of logs.}\n",
    )
    publisher.append(
        "content/digests/weekly/2024-W13.yml",
        "corrections:\n  - {on: 2024-04-03, text: The title of a paper was wrong.}\n",
    )
    publisher.build()
    assert "The boats were made of logs." in publisher.page(f"papers/{BOATS}")
    assert "The title of a paper was wrong." in publisher.page("weeks/2024-W13")
    corrections = publisher.page("corrections")
    assert "The boats were made of logs." in corrections
    assert "The title of a paper was wrong." in corrections
    assert "The boats were made of logs." in publisher.site("feeds/all.xml")
    assert '"dateModified":"2024-04-02"' in publisher.page(f"papers/{BOATS}").replace(" ", "")
    publisher.deploy()


def a_paper_is_withdrawn_and_another_removed(publisher: Publisher) -> None:
    withdrawn = "withdrawn: {on: 2024-04-05, reason: The winds were made up., by: its authors}\n"
    publisher.append("content/papers/sails-and-winds.yml", withdrawn)
    (publisher.folder / "content/papers/anchors.yml").unlink()
    told = publisher.run("check", code=1)
    assert "there is no paper 'anchors'" in told
    issue = "content/digests/weekly/2024-W13.yml"
    text = (publisher.folder / issue).read_text("utf-8")
    kept = [line for line in text.splitlines() if "paper: anchors" not in line]
    (publisher.folder / issue).write_text("\n".join(kept) + "\n", "utf-8")
    listed = publisher.folder / "content/collections/reading.yml"
    if listed.exists():
        lines = listed.read_text("utf-8").splitlines()
        listed.write_text("\n".join(line for line in lines if "anchors" not in line) + "\n")
    publisher.build()
    assert "The winds were made up." in publisher.page("papers/sails-and-winds")
    assert "withdrawn" in publisher.page("weeks/2024-W13").lower()
    assert "removed" in publisher.page("papers/anchors").lower()
    assert "papers/anchors/" not in publisher.site("sitemap.xml")
    publisher.deploy()


def papers_are_merged_and_renamed(publisher: Publisher) -> None:
    publisher.run("add", "Floating Boats on Rivers", "--offline", "--issue", "2024-W14")
    other = "floating-boats-on-rivers"
    publisher.run("merge", BOATS, other)
    assert not (publisher.folder / f"content/papers/{other}.yml").exists()
    assert other in publisher.content("merges.yml")
    assert BOATS in publisher.content("digests/weekly/2024-W14.yml")
    key = _citation_key(publisher, BOATS)
    publisher.run("rename", BOATS, "boats-of-logs")
    publisher.written["content/papers/boats-of-logs.yml"] = publisher.written.pop(
        f"content/papers/{BOATS}.yml"
    )
    publisher.written["content/digests/weekly/2024-W13.yml"] = [
        line.replace(f"[[{BOATS}]]", "[[boats-of-logs]]")
        for line in publisher.written["content/digests/weekly/2024-W13.yml"]
    ]
    assert _citation_key(publisher, "boats-of-logs") == key
    publisher.run("issue", "publish", "2024-W14")
    publisher.build()
    for old in (BOATS, other):
        assert "boats-of-logs" in publisher.page(f"papers/{old}")
    assert "The boats were made of logs." in publisher.page("papers/boats-of-logs")
    publisher.deploy()


def _citation_key(publisher: Publisher, slug: str) -> str:
    lines = publisher.content("citation.keys").splitlines()
    return next(line for line in lines if line.startswith(f"{slug}: ")).partition(": ")[2]


def an_article_is_imported_again(publisher: Publisher) -> None:
    article = publisher.folder / "april.txt"
    first = ARTICLE.format(second="", last=2, rivers="Rivers flow under bridges all day long.")
    article.write_text(first, "utf-8")
    publisher.run("import", "april.txt")
    issue = "content/digests/weekly/2024-W15.yml"
    assert "Rivers flow under bridges" in (publisher.folder / issue).read_text("utf-8")
    publisher.build()
    assert publisher.run("import", "april.txt").rstrip().endswith("wrote 0 files")

    # A new entry in the middle, and a corrected text.
    second = "1.2. Lakes in Summer\nLakes are warm in summer, as shown here.\n"
    rivers = "Rivers flow under bridges, but only by day."
    (publisher.folder / "april-corrected.txt").write_text(
        ARTICLE.format(second=second, last=3, rivers=rivers), "utf-8"
    )
    publisher.run("import", "april-corrected.txt")
    text = (publisher.folder / issue).read_text("utf-8")
    assert text.index("waves-at-night") < text.index("lakes-in-summer") < text.index("rivers-under")
    assert rivers in text
    publisher.build()

    # A person and the source edit a text: nothing is written unless one of them is chosen.
    publisher.edit(issue, rivers, "Rivers flow under bridges by day. Trust us.")
    other = ARTICLE.format(second=second, last=3, rivers="Rivers flow under bridges at night.")
    (publisher.folder / "april-corrected.txt").write_text(other, "utf-8")
    before = (publisher.folder / issue).read_text("utf-8")
    publisher.run("import", "april-corrected.txt", code=1)
    assert (publisher.folder / issue).read_text("utf-8") == before
    publisher.run("import", "april-corrected.txt", "--take", "mine")
    publisher.check_hands()
    publisher.build()
    publisher.deploy()


def a_second_digest_begins(publisher: Publisher) -> None:
    publisher.edit(
        "mkdocs.yml",
        'digests: {weekly: "Boat Papers"}',
        'digests: {weekly: "Boat Papers", harbor: "Harbor News"}',
    )
    publisher.run("issue", "fill", "2024-W15", "--digest", "harbor", "--topic", "retrieval")
    publisher.run("issue", "publish", "2024-W15", "--digest", "harbor")
    publisher.build()
    week = publisher.page("weeks/2024-W15")
    assert 'id="harbor"' in week
    assert 'id="weekly"' in week
    assert "Harbor News" in publisher.page("digests/harbor")
    assert "harbor" in publisher.site("digests/harbor/feed.xml")
    assert 'digests/harbor/"' in publisher.page("")
    told = publisher.run("newsletter", "2024-W15", "--send", "--yes", "--to", "readers.txt", code=1)
    assert "--digest" in told
    harbor = ("--digest", "harbor", "--send", "--yes", "--to", "readers.txt")
    before = len(publisher.mailbox.letters)
    publisher.run("newsletter", "2024-W15", *harbor)
    assert len(publisher.mailbox.letters) == before + len(READERS)

    # A site of an earlier version has no schemas for editors. Nothing else is due.
    shutil.rmtree(publisher.folder / "schemas")
    content = tree(publisher.folder / "content")
    assert publisher.json("migrate", "--dry-run")["files"]
    publisher.run("migrate")
    assert tree(publisher.folder / "content") == content
    assert publisher.json("migrate")["files"] == []
    publisher.build()
    publisher.deploy()
    assert "Harbor News" in publisher.deployed("digests/harbor/index.html")
    assert publisher.run("check", "--strict", "--texts", "--allow-shrink")
