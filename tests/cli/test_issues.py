"""Making issues: new drafts, filling them with papers, and publishing them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from folders import tree, write_files

from broadsheet.cli import main
from broadsheet.content.check import load_and_check

CONFIG = """\
site_name: Toys
extra: {broadsheet: {digest: toys, digests: {toys: Toy Papers}}}
"""
OLD = """\
title: Boats # all of them
week: 2024-W47
start: 2024-11-18
end: 2024-11-24
sections:
  # About boats.
  - heading: Vessels # as printed
    entries:
      - {paper: rafts, number: "1.1"} # the best
  # About nothing.
  - heading: More papers
    entries:
      - paper: wind
"""
FILES = {
    "mkdocs.yml": CONFIG,
    "content/topics.yml": (
        "boats: {name: Boats, aliases: [Vessels]}\nrivers: {name: Rivers}\nkites: {name: Kites}\n"
    ),
    "content/papers/rafts.yml": "title: Rafts\npublished: 2024-11-18\ntopics: [boats]\n",
    "content/papers/canoes.yml": "title: Canoes\npublished: 2024-11-26\ntopics: [boats]\n",
    "content/papers/rapids.yml": "title: Rapids\npublished: 2024-11-25\ntopics: [rivers, boats]\n",
    "content/papers/deltas.yml": "title: Deltas\npublished: 2024-12-01\ntopics: [rivers]\n",
    "content/papers/basins.yml": "title: Basins\npublished: 2024-12-01\ntopics: [rivers]\n",
    "content/papers/wind.yml": "title: Wind\npublished: 2024-11-27\n",
    "content/papers/kites.yml": "title: Kites\npublished: 2024-11\ntopics: [kites]\n",
    "content/digests/toys/2024-W47.yml": OLD,
    "content/collections/list.yml": (
        "title: List\nentries:\n"
        + "".join(f"  - {{paper: {slug}}}\n" for slug in ("wind", "kites", "canoes", "rapids"))
    ),
}
WEEK = """\
title: Toy Papers, 25 November to 1 December 2024
week: 2024-W48
start: 2024-11-25
end: 2024-12-01
draft: true
"""
FILLED = """\
sections:
  - heading: Rivers
    entries:
      - {paper: basins}
      - {paper: deltas}
      - {paper: rapids}
  - heading: Boats
    entries:
      - {paper: canoes}
  - heading: More papers
    entries:
      - {paper: wind}
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site with one issue."""
    monkeypatch.chdir(write_files(tmp_path, FILES))
    return tmp_path


def _issue(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(main, ["issue", *arguments], prog_name="broadsheet")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == code, result.output
    assert not [p for p in load_and_check(Path("content")).problems if p.level == "error"]
    return result.output


def _shown(*arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_issue(*arguments, "--json"))
    return found


def _file(week: str, digest: str = "toys") -> str:
    return Path(f"content/digests/{digest}/{week}.yml").read_text("utf-8")


def test_a_new_issue_is_a_draft_with_the_days_of_its_week() -> None:
    assert _issue("new", "2024-W48") == (
        "new draft toys/2024-W48, 'Toy Papers, 25 November to 1 December 2024': 0 new papers\n"
        "wrote content/digests/toys/2024-W48.yml\n"
    )
    assert _file("2024-W48") == WEEK
    _issue("new", "2025-W01", "--digest", "rafts", "--title", "New: Year")
    assert _file("2025-W01", "rafts").startswith(
        "title: 'New: Year'\nweek: 2025-W01\nstart: 2024-12-30\nend: 2025-01-05\n"
    )


def test_an_issue_that_exists_is_not_made_again() -> None:
    assert "content/digests/toys/2024-W47.yml: already exists" in _issue("new", "2024-W47", code=1)
    assert _file("2024-W47") == OLD
    assert "isn't an ISO week" in _issue("new", "2024-W60", code=2)


def test_an_issue_is_filled_with_the_papers_of_some_days_by_topic() -> None:
    assert _issue("fill", "2024-W48", "--published", "2024-11-25..2024-12-01") == (
        "new draft toys/2024-W48, 'Toy Papers, 25 November to 1 December 2024': 5 new papers\n"
        "  Rivers: 3 papers\n  Boats: 1 paper\n  More papers: 1 paper\n"
        "wrote content/digests/toys/2024-W48.yml\n"
    )
    assert _file("2024-W48") == WEEK + FILLED
    before = tree(Path("content"))
    again = _issue("fill", "2024-W48", "--published", "2024-11-25..2024-12-01")
    assert again == "toys/2024-W48: nothing to change\n"
    assert tree(Path("content")) == before


def test_an_issue_that_exists_is_filled_at_the_ends_of_its_sections() -> None:
    shown = _shown("fill", "2024-W47", "--collection", "list")
    (added,) = shown["added"]
    assert (added["issue"], added["draft"]) == ("toys/2024-W47", False)
    assert added["sections"] == {"Vessels": ["canoes"], "Kites": ["kites"], "Rivers": ["rapids"]}
    assert _file("2024-W47") == OLD.replace(
        "# the best\n",
        "# the best\n      - {paper: canoes}\n"
        "  - heading: Kites\n    entries:\n      - {paper: kites}\n"
        "  - heading: Rivers\n    entries:\n      - {paper: rapids}\n",
    )


@pytest.mark.parametrize(
    ("arguments", "sections"),
    [
        (["--topic", "boats"], {"Boats": ["canoes", "rapids", "rafts"]}),
        (["--topic", "boats", "--unlisted"], {"Boats": ["canoes", "rapids"]}),
        (["--topic", "boats", "--limit", "1"], {"Boats": ["canoes"]}),
        (["--collection", "list", "--limit", "2"], {"Kites": ["kites"], "More papers": ["wind"]}),
        (["--published", "2024-11-01..2024-11-30", "--topic", "kites"], {"Kites": ["kites"]}),
        (["--published", "2024-11-02..2024-11-30", "--topic", "kites"], None),
        (["--published", "2024-11-26"], {"Boats": ["canoes"]}),
    ],
)
def test_papers_are_chosen(arguments: list[str], sections: dict[str, list[str]] | None) -> None:
    added = _shown("fill", "2024-W48", *arguments, "--dry-run")["added"]
    found = {name: papers for issue in added for name, papers in issue["sections"].items()}
    assert found == (sections or {})
    assert not Path("content/digests/toys/2024-W48.yml").exists()


def test_an_issue_is_filled_from_a_file() -> None:
    records = '{"title": "Oars", "arxiv": "2411.00001", "topics": ["boats"]}\n{"title": "Wind"}\n'
    write_files(Path(), {"records.jsonl": records})
    shown = _shown("fill", "2024-W48", "--from", "records.jsonl")
    assert shown["papers"] == ["oars"]
    assert shown["added"][0]["sections"] == {"Boats": ["oars"], "More papers": ["wind"]}
    assert sorted(path.name for path in Path("content/collections").iterdir()) == ["list.yml"]
    again = _shown("fill", "2024-W48", "--from", "records.jsonl")
    assert (again["papers"], again["added"], again["written"]) == ([], [], [])


def test_an_article_is_not_filled_into_another_issue() -> None:
    article = "Papers from 18/03/2024 to 24/03/2024\n1. Boats\n1.1. Oars\nThey row.\n"
    write_files(Path(), {"week.txt": article})
    assert "week.txt: is an issue itself, of 2024-W12 (run `broadsheet import`" in _issue(
        "fill", "2024-W48", "--from", "week.txt", code=1
    )


def test_what_does_not_exist_is_named_with_the_nearest() -> None:
    for option, problem in (
        (["--topic", "boat"], "content/topics.yml: there is no topic 'boat' (did you mean 'boats'"),
        (["--collection", "lists"], "content/collections: there is no collection 'lists' (did you"),
    ):
        assert problem in _issue("fill", "2024-W48", *option, code=1)
    assert "isn't a range of days" in _issue("fill", "2024-W48", "--published", "x..y", code=2)
    backwards = "2024-12-01..2024-11-25"
    assert "ends before it" in _issue("fill", "2024-W48", "--published", backwards, code=2)
    assert "choose papers with" in _issue("fill", "2024-W48", code=2)


def test_a_draft_is_published() -> None:
    _issue("fill", "2024-W48", "--published", "2024-11-25..2024-12-01")
    assert _issue("publish", "2024-W48") == (
        "toys/2024-W48 is no longer a draft\nwrote content/digests/toys/2024-W48.yml\n"
    )
    assert _file("2024-W48") == WEEK.replace("draft: true\n", "") + FILLED
    assert _issue("publish", "2024-W48") == "toys/2024-W48: nothing to change\n"


def test_an_issue_without_papers_is_not_published() -> None:
    _issue("new", "2024-W48")
    assert "the issue has no papers" in _issue("publish", "2024-W48", code=1)
    assert "there is no issue toys/2024-W49 (drafts: 2024-W48)" in _issue(
        "publish", "2024-W49", code=1
    )


def test_papers_that_only_a_draft_lists_are_published_with_it() -> None:
    lines = '{"slug": "oars", "title": "Oars", "draft": true}\n{"slug": "sea", "title": "Sea"}\n'
    write_files(Path(), {"content/papers/bulk.jsonl": lines})
    write_files(
        Path(), {"records.jsonl": '{"title": "Oars"}\n{"title": "Sea"}\n{"title": "Sky"}\n'}
    )
    _issue("fill", "2024-W48", "--from", "records.jsonl")
    assert "draft: true" in Path("content/papers/sky.yml").read_text()
    assert _shown("publish", "2024-W48")["published"] == ["oars", "sky"]
    assert "draft" not in Path("content/papers/sky.yml").read_text()
    assert "draft" not in Path("content/papers/bulk.jsonl").read_text()
