"""Filling in what services know about papers, with the services played by a server of our own."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from answering import Answer, Asked, Watch
from click.testing import CliRunner
from folders import tree, write_files
from scholarly import VARIABLES, Known, Scholarly, elsewhere, services
from waiting import until

from broadsheet.cli import main
from broadsheet.content.check import load_and_check
from broadsheet.content.model import Cited, Facts, Paper
from broadsheet.site.fetching import fetcher

KITES = Known(
    "Kites of Paper",
    arxiv="2403.00001",
    doi="10.1000/kites",
    venue="Journal of Kites",
    code="https://github.com/ada/kites",
)
KITES_FILE = 'title: Kites of Paper\n# mine\narxiv: "2403.00001"  # sic\n'


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site without papers."""
    monkeypatch.chdir(write_files(tmp_path, {"mkdocs.yml": "site_name: x\n"}))
    return tmp_path


@pytest.fixture(autouse=True)
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    """A clock that doesn't wait."""
    found = Watch()
    monkeypatch.setattr(fetcher, "CLOCK", found.clock)
    return found


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> Iterator[Scholarly]:
    """The services, which know about kites."""
    with services(KITES) as found:
        for name, url in found.environment.items():
            monkeypatch.setenv(name, url)
        yield found


def _write(**papers: str) -> None:
    write_files(Path("content/papers"), {f"{slug}.yml": text for slug, text in papers.items()})


def _text(slug: str) -> str:
    return Path(f"content/papers/{slug}.yml").read_text("utf-8")


def _paper(slug: str) -> Paper:
    return load_and_check(Path("content")).corpus.papers[slug]


def _run(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(main, ["enrich", *arguments], prog_name="broadsheet")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == code, result.output
    assert not [p for p in load_and_check(Path("content")).problems if p.level == "error"]
    return result.output


def _shown(*arguments: str, code: int = 0) -> dict[str, Any]:
    result = CliRunner().invoke(main, ["enrich", *arguments, "--json"], prog_name="broadsheet")
    assert result.exit_code == code, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_what_is_missing_is_filled_in_and_nothing_else_changes(known: Scholarly) -> None:
    _write(kites=KITES_FILE)
    assert _run() == (
        "kites: authors, doi, published, categories, version from arXiv\n"
        "kites: venue from Crossref\n"
        "kites: code from Hugging Face\n"
        "kites: citations from Semantic Scholar\n"
        "kites: has been published: Journal of Kites, https://doi.org/10.1000/kites\n"
        "wrote 1 file\n"
    )
    assert _text("kites") == (
        "title: Kites of Paper\n"
        "authors: [Ada Example, Bob Sample]\n"
        "# mine\n"
        'arxiv: "2403.00001"  # sic\n'
        "doi: 10.1000/kites\n"
        "published: 2024-03-18\n"
        "venue: Journal of Kites\n"
        "links: {code: 'https://github.com/ada/kites'}\n"
        "facts:\n"
        "  categories: [cs.CL, cs.LG]\n"
        "  version: 1\n"
        "  cited: {count: 7, read: 2026-11-22, by: Semantic Scholar}\n"
        "provenance:\n"
        "  - {source: arXiv, retrieved: 2026-11-22, gave: [authors, doi, published, facts]}\n"
        "  - {source: Crossref, retrieved: 2026-11-22, gave: [venue]}\n"
        "  - {source: Hugging Face, retrieved: 2026-11-22, gave: [links]}\n"
        "  - {source: Semantic Scholar, retrieved: 2026-11-22, gave: [facts]}\n"
    )


def test_enriching_again_changes_nothing_and_asks_nobody(known: Scholarly) -> None:
    _write(kites=KITES_FILE)
    _run()
    before, asked = tree(Path("content")), len(known.server.asked)
    assert _run() == "wrote 0 files\n"
    assert (tree(Path("content")), len(known.server.asked)) == (before, asked)


def test_a_dry_run_writes_nothing(known: Scholarly) -> None:
    _write(kites=KITES_FILE)
    shown = _shown("--dry-run")
    assert (shown["dry_run"], shown["written"]) == (True, ["papers/kites.yml"])
    assert {
        "field": "venue",
        "value": "Journal of Kites",
        "service": "Crossref",
    } in shown["papers"]["kites"]["given"]
    assert _text("kites") == KITES_FILE


def test_only_some_fields_are_looked_at(known: Scholarly) -> None:
    _write(kites=KITES_FILE)
    _run("--only", "abstract,code")
    paper = _paper("kites")
    assert (paper.abstract, paper.links.code) == ("An abstract.", KITES.code)
    assert (paper.authors, paper.facts) == ((), None)
    output = _run("--only", "author", code=2)
    assert "unknown field 'author'; did you mean 'authors'?" in output


def test_only_some_papers_are_looked_at(known: Scholarly) -> None:
    known.known.append(Known("Rafts of Logs", arxiv="2403.00002"))
    _write(kites=KITES_FILE, rafts='title: Rafts of Logs\narxiv: "2403.00002"\n')
    _run("rafts")
    assert _text("kites") == KITES_FILE
    assert _paper("rafts").authors
    assert "there is no paper 'raft' (did you mean 'rafts'?)" in _run("raft", code=1)


def test_what_a_person_wrote_stays_and_differences_are_shown(known: Scholarly) -> None:
    text = (
        "title: Kites of Silk\nauthors: [Ada Example]\narxiv: '2403.00001'\ndoi: 10.1000/other\n"
        "published: 2023-01-01\nvenue: Boats\nlinks:\n  code: https://example.org/mine  # ok\n"
        "facts: {categories: [cs.AI], version: 1, cited: {count: 3, read: 2026-01-01}}\n"
    )
    _write(kites=text)
    shown = _shown()["papers"]["kites"]
    assert shown["given"] == []
    assert {(one["field"], one["yours"], one["theirs"]) for one in shown["differences"]} == {
        ("title", "Kites of Silk", "Kites of Paper"),
        ("authors", "Ada Example", "Ada Example, Bob Sample"),
        ("doi", "10.1000/other", "10.1000/kites"),
        ("published", "2023-01-01", "2024-03-18"),
        ("categories", "cs.AI", "cs.CL, cs.LG"),
    }
    assert _text("kites") == text
    output = _run()
    assert "Services disagree with these values, which stay" in output
    assert re.search(r"kites +published +2023-01-01 +2024-03-18 +arXiv", output)


def test_comments_inside_of_braces_stay(known: Scholarly) -> None:
    _write(
        kites=(
            f"{KITES_FILE}links: {{pdf: 'https://a.org/x#y',  # checked\n"
            "  demo: https://d.org/}  # ours\nfacts: {\n  # unsure “ä”\n  version: 1}\n"
        )
    )
    _run()
    text = _text("kites")
    assert (
        "# checked\nlinks: {code: 'https://github.com/ada/kites', pdf: 'https://a.org/x#y'" in text
    )
    assert "demo: 'https://d.org/'}  # ours\n# unsure “ä”\nfacts:\n" in text
    assert text.count("#") == KITES_FILE.count("#") + 4


def test_services_replace_a_value_only_on_request(known: Scholarly) -> None:
    _write(
        kites=(
            "title: Kites of Silk  # really\nauthors:\n  - Ada Example  # me\narxiv: '2403.00001'\n"
            "published: 2023-01-01\nlinks: {code: 'https://example.org/mine', demo: 'https://d.org/'}\n"
        )
    )
    _run("kites", "--take", "title,code", "--take", "authors")
    paper = _paper("kites")
    assert (paper.title, paper.other_titles) == ("Kites of Paper", ("Kites of Silk",))
    assert (paper.links.code, paper.links.demo) == (KITES.code, "https://d.org/")
    assert (paper.authors, paper.published) == (KITES.authors, "2023-01-01")


def test_other_spellings_are_no_differences(known: Scholarly) -> None:
    _write(
        kites=(
            'title: "KITES of paper."\nauthors: ["Example, A.", "B. Sample"]\narxiv: "2403.00001"\n'
            "doi: 10.1000/KITES\npublished: 2024\nvenue: Journal of Kites 12\n"
            "links: {code: 'https://GitHub.com/ada/kites.git'}\n"
        )
    )
    assert _shown()["papers"]["kites"]["differences"] == []


def test_a_withdrawal_is_told_and_only_written_on_request(known: Scholarly) -> None:
    known.known = list(elsewhere(KITES, "a", comment="This paper has been withdrawn: wrong data"))
    _write(kites=KITES_FILE)
    output = _run()
    assert (
        "kites: arXiv says that it was withdrawn: 'This paper has been withdrawn: wrong" in output
    )
    assert _paper("kites").withdrawn is None
    _run("--take", "withdrawn")
    withdrawn = _paper("kites").withdrawn
    assert withdrawn
    assert withdrawn.reason == "This paper has been withdrawn: wrong data"


def test_a_newer_version_is_told_and_only_written_on_request(
    known: Scholarly, watch: Watch
) -> None:
    _write(kites=KITES_FILE)
    _run()
    known.known = list(elsewhere(KITES, "a", version=3))
    watch.passed += 2 * 24 * 3600
    assert "arXiv has version 3, and had version 1 when the paper was last looked up" in _run()
    facts = _paper("kites").facts
    assert facts
    assert facts.version == 1
    _run("--take", "version")
    facts = _paper("kites").facts
    assert facts
    assert (facts.version, facts.categories) == (3, KITES.categories)


def test_counts_of_citations_are_brought_up_to_date_on_request(
    known: Scholarly, watch: Watch
) -> None:
    _write(kites=KITES_FILE)
    _run()
    known.known = list(elsewhere(KITES, "s", citations=9))
    watch.passed += 8 * 24 * 3600
    assert _run() == "wrote 0 files\n"
    before = _text("kites")
    _run("--only", "citations")
    assert _text("kites") == before.replace(
        "count: 7, read: 2026-11-22", "count: 9, read: 2026-11-30"
    )


def test_a_count_that_a_person_wrote_stays(known: Scholarly) -> None:
    _write(kites=f"{KITES_FILE}facts: {{cited: {{count: 2, read: 2024-01-01}}}}\n")
    _run("--only", "citations")
    assert _paper("kites").facts == Facts(cited=Cited(count=2, read=date(2024, 1, 1)))


RAFTS = Known("Rafts of Logs", ("Ada Example",), "2403.00002", published="2024-03-19")
RAFTS_FILE = "title: Rafts of Logs\nauthors: ['Example, Ada']\npublished: 2024\n"


def test_a_paper_without_an_id_is_found_by_title_author_and_year(known: Scholarly) -> None:
    known.known.append(RAFTS)
    _write(rafts=RAFTS_FILE)
    assert "rafts: arxiv, categories, version from arXiv\n" in _run()
    assert _paper("rafts").arxiv == "2403.00002"


@pytest.mark.parametrize(
    "other",
    [
        {"authors": ("Cy Doe", "Ada Example")},
        {"published": "2023-03-19"},
        {"title": "Rafts of Logs and Planks"},
        {"title": "On Rafts of Logs"},
        {"authors": ()},
    ],
)
def test_a_paper_that_only_resembles_it_is_not_taken_for_it(
    known: Scholarly, other: dict[str, Any]
) -> None:
    known.known += elsewhere(RAFTS, RAFTS.at, **other)
    _write(rafts=RAFTS_FILE)
    assert _run() == "wrote 0 files\n"
    assert _text("rafts") == RAFTS_FILE


def test_two_papers_that_could_be_it_are_as_good_as_none(known: Scholarly) -> None:
    known.known += [RAFTS, *elsewhere(RAFTS, RAFTS.at, arxiv="2403.99999")]
    _write(rafts=RAFTS_FILE)
    assert _run() == "wrote 0 files\n"


@pytest.mark.parametrize(
    "text", ["title: Rafts of Logs\n", "title: Rafts of Logs\npublished: 2024\n"]
)
def test_a_title_alone_finds_nothing(known: Scholarly, text: str) -> None:
    known.known.append(RAFTS)
    _write(rafts=text)
    _run()
    assert (_text("rafts"), known.server.asked) == (text, [])


@pytest.mark.parametrize("letter", list("acosh"))
def test_an_answer_about_another_paper_is_left_out(known: Scholarly, letter: str) -> None:
    """One service has another paper under this id; the others are right."""
    other = {"title": "Boats", "authors": ("Cy Doe",), "venue": "Boats", "code": "https://b.org/"}
    known.known = list(elsewhere(KITES, letter, **other, citations=99, published="1999"))
    _write(kites='title: Kites of Paper\nauthors: [Ada Example]\narxiv: "2403.00001"\n')
    output = _run()
    text = _text("kites")
    assert "Cy" not in text
    assert "Boats" not in text
    assert "count: 99" not in text
    assert "https://b.org/" not in text
    if letter in "acs":
        assert ", which is about 'Boats'; check the ids\n" in output


def test_an_answer_with_another_id_is_left_out(known: Scholarly) -> None:
    """A service may ignore what it was asked for."""
    known.faults = {
        "/scholar": Answer(
            json.dumps([{"externalIds": {"ArXiv": "2403.99999"}, "title": "Boats"}])
        ),
        "/hugging-face": Answer('{"id": "2403.99999", "githubRepo": "https://b.org/"}'),
    }
    _write(kites=KITES_FILE)
    _run()
    text = _text("kites")
    assert "Boats" not in text
    assert "https://b.org/" not in text


def test_services_that_disagree_about_an_id_give_none(known: Scholarly) -> None:
    without = list(elsewhere(KITES, "ac", doi=None))
    known.known = [*elsewhere(without[0], "o", doi="10.1000/else"), without[1]]
    _write(kites=KITES_FILE)
    output = _run()
    assert "left out doi, because services disagree" in output or _paper("kites").doi
    known.known = []


@pytest.mark.parametrize(
    "fault",
    [
        Answer("<html>Log in</html>"),
        Answer("{"),
        Answer("[" * 10_000),
        Answer(""),
        Answer(status=406),
        Answer(status=500),
        Answer(status=429, headers={"Retry-After": "9999"}),
        Answer(status=503),
        Answer(status=302, headers={"Location": "file:///etc/passwd"}),
        Answer("{}", length=99),
        Answer(b"\x1f\x8b?", headers={"Content-Encoding": "gzip"}),
    ],
    ids=str,
)
@pytest.mark.parametrize("service", VARIABLES.values())
def test_the_fault_of_a_service_leaves_the_others(
    known: Scholarly, service: str, fault: Answer
) -> None:
    known.faults = {service: fault}
    _write(kites=f"{KITES_FILE}doi: 10.1000/kites\n")
    output = _run(code=0 if service == "/openalex" else 1)
    paper = _paper("kites")
    assert paper.authors == KITES.authors
    assert (paper.links.code is None) == (service == "/hugging-face")
    if service != "/openalex":  # nothing was missing any more
        assert "error: " in output
    known.faults = {}
    _run()
    assert _paper("kites").links.code == KITES.code
    assert _paper("kites").venue == KITES.venue


def test_offline_only_answers_of_earlier_runs_count(known: Scholarly) -> None:
    _write(kites=KITES_FILE)
    output = _run("--offline")
    assert "warning: --offline: 4 answers not in the cache (run the command again" in output
    assert (_text("kites"), known.server.asked) == (KITES_FILE, [])
    _run("--dry-run")
    asked = len(known.server.asked)
    _run("--offline")
    assert _paper("kites").venue == "Journal of Kites"
    assert len(known.server.asked) == asked


def test_a_damaged_cache_is_repaired(known: Scholarly) -> None:
    _write(kites=KITES_FILE)
    _run("--dry-run")
    for path in Path(".broadsheet/cache/answers").iterdir():
        path.write_bytes(b"?")
    _run()
    assert _paper("kites").venue == "Journal of Kites"


def test_many_papers_are_asked_for_together(known: Scholarly) -> None:
    ids = [f"2403.{number:05d}" for number in range(120)]
    known.known = [Known(f"Kite {name}", arxiv=name) for name in ids]
    _write(**{f"kite-{name[5:]}": f'arxiv: "{name}"\n' for name in ids})
    _run("--only", "authors")
    assert all(paper.authors for paper in load_and_check(Path("content")).corpus.papers.values())
    assert [line.partition(" ")[0] for line in known.asked()] == ["/arxiv", "/scholar/batch"] * 3


def test_an_id_that_breaks_a_service_leaves_the_others(known: Scholarly) -> None:
    ids = [f"2403.{number:05d}" for number in range(20)]
    known.known = [Known(f"Kite {name}", arxiv=name) for name in ids]
    _write(**{f"kite-{name[5:]}": f'arxiv: "{name}"\n' for name in ids})

    def answer(asked: Asked) -> Answer:
        is_broken = asked.path.startswith("/scholar") and b"2403.00007" in asked.content
        return Answer(status=500) if is_broken else known.answer(asked)

    known.server.answer = answer
    output = _run("--only", "citations", code=1)
    assert "error: 127.0.0.1: answered 500 (Internal Server Error)" in output
    papers = load_and_check(Path("content")).corpus.papers.values()
    by = [paper.facts.cited.by for paper in papers if paper.facts and paper.facts.cited]
    assert by == ["Semantic Scholar"] * 7 + ["OpenAlex"] + ["Semantic Scholar"] * 12


def test_arxiv_is_asked_for_an_id_that_another_service_has_given(known: Scholarly) -> None:
    _write(kites="title: Kites of Paper\ndoi: 10.1000/kites\n")
    _run()
    paper = _paper("kites")
    assert (paper.arxiv, paper.links.code) == (KITES.arxiv, KITES.code)
    assert paper.facts
    assert paper.facts.categories == KITES.categories


def test_what_content_may_not_have_is_left_out(known: Scholarly) -> None:
    harmful = {
        "authors": ("Ada \u202eExample",),
        "venue": "V" * 2000,
        "code": "javascript:alert(1)",
        "citations": -1,
        "categories": ("a\x9bb",),
    }
    known.known = list(elsewhere(KITES, "acosh", **harmful))
    _write(kites=KITES_FILE)
    _run()
    paper = _paper("kites")
    assert (paper.authors, paper.venue, paper.links.code) == (("Ada Example",), None, None)
    assert paper.facts == Facts(version=1)
    assert paper.doi == KITES.doi


def test_papers_in_json_lines_are_filled_in(known: Scholarly) -> None:
    lines = ['{"slug": "a", "title": "A"}', '{"slug": "kites", "arxiv": "2403.00001"}', ""]
    write_files(Path("content/papers"), {"all.jsonl": "\n".join(lines)})
    _run()
    assert _paper("kites").title == "Kites of Paper"
    assert Path("content/papers/all.jsonl").read_text().startswith(lines[0] + "\n")


def test_a_file_that_cannot_be_edited_leaves_the_others(known: Scholarly) -> None:
    known.known.append(RAFTS)
    indented = ' title: Rafts of Logs\n arxiv: "2403.00002"\n'
    _write(kites=KITES_FILE, rafts=indented)
    output = _run(code=1)
    assert "error: content/papers/rafts.yml:2: " in output
    assert "rafts: " not in output
    assert _paper("kites").authors
    assert _text("rafts") == indented


def test_a_file_that_was_edited_meanwhile_is_left_alone(known: Scholarly) -> None:
    _write(kites=KITES_FILE)
    edited = f"{KITES_FILE}authors: [Me]\n"

    def answer(asked: Asked) -> Answer:
        _write(kites=edited)
        return known.answer(asked)

    known.server.answer = answer
    output = _run(code=1)
    assert "papers/kites.yml: another program has changed this file since it was read" in output
    assert _text("kites") == edited
    assert len(known.server.asked) == 4
    _run()
    assert (_paper("kites").authors, len(known.server.asked)) == (("Me",), 4)


def test_papers_of_one_file_are_written_group_by_group(known: Scholarly) -> None:
    ids = [f"2403.{number:05d}" for number in range(60)]
    known.known = [Known(f"Kite {name}", arxiv=name) for name in ids]
    lines = [json.dumps({"slug": f"kite-{name[5:]}", "arxiv": name}) for name in ids]
    write_files(Path("content/papers"), {"all.jsonl": "\n".join(lines) + "\n"})
    assert _run("--only", "title").endswith("wrote 1 file\n")
    papers = load_and_check(Path("content")).corpus.papers.values()
    assert [paper.title for paper in papers] == [known.title for known in known.known]


def _command(known: Scholarly, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "broadsheet", "enrich", *arguments],
        env={**os.environ, **known.environment},
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )


def _stopping_at(known: Scholarly, service: str, number: int) -> None:
    """Makes the service hang from its n-th question on."""
    answer, count = known.answer, [0]

    def hanging(asked: Asked) -> Answer:
        if asked.path.startswith(service):
            count[0] += 1
            if count[0] >= number:
                return Answer("x", hang=known.gate)
        return answer(asked)

    known.server.answer = hanging


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_what_was_written_before_an_interruption_stays_and_is_not_asked_for_again(
    known: Scholarly, watch: Watch, how: signal.Signals
) -> None:
    ids = [f"2403.{number:05d}" for number in range(120)]
    known.known = [Known(f"Kite {name}", arxiv=name) for name in ids]
    _write(**{f"kite-{name[5:]}": f'arxiv: "{name}"\n' for name in ids})
    _stopping_at(known, "/scholar", 3)
    process = _command(known, "--only", "authors")
    until(lambda: len(known.server.asked) == 6)
    process.send_signal(how)
    output, errors = process.communicate()
    known.gate.set()
    assert process.returncode == (130 if how is signal.SIGINT else -how)
    if how is signal.SIGINT:
        assert b"wrote 100 files" in output
        assert b"interrupted" in errors
    loaded = load_and_check(Path("content"))
    assert not [problem for problem in loaded.problems if problem.level == "error"]
    assert sum(bool(paper.authors) for paper in loaded.corpus.papers.values()) == 100
    known.server.answer = known.answer
    known.server.asked.clear()
    # The command that was interrupted had the clock of this machine.
    watch.passed = (datetime.now(UTC) - watch.now()).total_seconds()
    _run("--only", "authors")
    assert all(paper.authors for paper in load_and_check(Path("content")).corpus.papers.values())
    (asked,) = known.asked()
    assert asked.startswith("/scholar/batch")
    assert asked.count("ARXIV:") == 20


def test_nobody_can_be_reached(known: Scholarly) -> None:
    known.server.answer = lambda _: Answer(status=503)
    _write(kites=KITES_FILE)
    shown = _shown(code=1)
    assert {problem["file"] for problem in shown["problems"]} == {"127.0.0.1"}
    assert _text("kites") == KITES_FILE


@pytest.fixture(scope="module")
def bundled() -> list[Paper]:
    """The papers of the bundled corpus that have a title, authors and a year."""
    content = Path(__file__).parents[2] / "content"
    papers = load_and_check(content).corpus.papers.values()
    return [paper for paper in papers if paper.title and paper.authors and paper.published]


@pytest.mark.slow
def test_no_paper_of_the_bundled_corpus_is_taken_for_one_with_a_similar_title(
    known: Scholarly, bundled: list[Paper]
) -> None:
    """Services know each paper and five that resemble it. Most are found, and none is mistaken."""
    known.known = [one for number, paper in enumerate(bundled) for one in _alike(paper, number)]
    facts = ("title", "authors", "published")
    _write(**{paper.slug: _text_of(paper, facts) for paper in bundled})
    _run()
    found = load_and_check(Path("content")).corpus.papers
    with_id = [paper for paper in bundled if paper.arxiv or paper.doi]
    right = [paper for paper in with_id if _ids(found[paper.slug]) & _ids(paper)]
    wrong = [paper.slug for paper in bundled if _ids(found[paper.slug]) - _ids(paper)]
    assert wrong == []
    assert len(with_id) > 300
    assert len(right) >= 0.99 * len(with_id)


@pytest.mark.slow
def test_no_paper_of_the_bundled_corpus_gets_facts_of_one_with_its_id(
    known: Scholarly, bundled: list[Paper]
) -> None:
    """Three services have another paper under the id of each."""
    other = {"doi": "10.9999/x", "venue": "Wrong", "code": "https://w.org/", "citations": 9999}
    by_id = [paper for paper in bundled if paper.arxiv]
    known.known = [
        one
        for number, paper in enumerate(by_id)
        for one in elsewhere(_known(paper), "osh"[number % 3], title="Another Paper", **other)
    ]
    _write(**{paper.slug: _text_of(paper, ("title", "arxiv")) for paper in by_id})
    _run()
    found = load_and_check(Path("content")).corpus.papers
    for paper in by_id:
        after = found[paper.slug]
        assert _ids(after) <= _ids(paper)
        assert after.venue in (paper.venue, None)
        assert after.links.code is None
        assert after.authors == paper.authors
        assert not after.facts or not after.facts.cited or after.facts.cited.count != 9999


def _ids(paper: Paper) -> set[str]:
    return {found.lower() for found in (paper.arxiv, paper.doi) if found}


def _text_of(paper: Paper, names: tuple[str, ...]) -> str:
    return json.dumps({name: getattr(paper, name) for name in names})


def _known(paper: Paper) -> Known:
    """A paper as services have it."""
    day = f"{paper.published}-01-01"[:10]
    return Known(paper.title or "", paper.authors, paper.arxiv, paper.doi, day, paper.venue)


def _alike(paper: Paper, number: int) -> Iterator[Known]:
    """A paper as services have it, and others that resemble it."""
    real = _known(paper)
    yield real
    others: tuple[dict[str, Any], ...] = (
        {"authors": ("Decoy Person", *paper.authors)},
        {"title": f"{paper.title}: An Extended Version"},
        {"title": f"Towards {paper.title}"},
        {"title": "Another Paper of the Same Year"},
        {"published": f"{int(real.published[:4]) - 1}{real.published[4:]}"},
    )
    for n, other in enumerate(others):
        arxiv = f"99{n + 1:02d}.{number:05d}"
        yield from elsewhere(real, real.at, arxiv=arxiv, doi=f"10.9999/{arxiv}", **other)[1:]
