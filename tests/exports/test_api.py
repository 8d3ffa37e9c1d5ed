from __future__ import annotations

import hashlib
import json
from typing import Any, get_type_hints

import jsonschema
import pytest
from made import api_files
from toy import EDITION, SITE, edition_of, many

from broadsheet.outputs.api.files import manifest
from broadsheet.outputs.saved_papers import SavedCitations, SavedPaper, SavedTopic

FILES = api_files(EDITION)


def read(path: str) -> Any:
    return json.loads(FILES[f"api/v1/{path}"])


def schema_of(path: str) -> str:
    folder, _, name = path.removeprefix("api/v1/").partition("/")
    if not name:
        return "papers" if folder.startswith("papers") else "catalog"
    return {"papers": "paper", "weeks": "week"}.get(folder, "list")


@pytest.mark.parametrize("path", [path for path in FILES if "/schema/" not in path])
def test_every_file_is_valid_by_the_schema_that_is_published_for_it(path: str) -> None:
    schema = read(f"schema/{schema_of(path)}.json")
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(json.loads(FILES[path]))


def test_a_schema_refuses_what_it_does_not_know() -> None:
    paper = read("papers/raft-again.json") | {"unheard": 1}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(paper, read("schema/paper.json"))


def test_a_paper_has_one_file_with_everything_its_page_needs_for_downloads() -> None:
    assert sum("raft-again" in path for path in FILES) == 1
    paper = read("papers/raft-boats-that-float.json")
    citation = EDITION.citations["raft-boats-that-float"]
    assert paper["citations"]["bibtex"] == citation.bibtex
    assert paper["citations"]["csl"] == citation.csl
    assert [listing.get("week") for listing in paper["listings"]] == ["2024-W12", None]
    assert f"api/v1/topics/{paper['topics'][0]['slug']}.json" in FILES


def test_lists_name_papers_and_leave_facts_to_their_own_files() -> None:
    raft = "raft-boats-that-float"
    named = {"slug": raft, "title": read(f"papers/{raft}.json")["title"]}
    assert named in read("papers.json")["papers"]
    assert named in read("topics/boats.json")["papers"]
    (issue,) = read("weeks/2024-W12.json")["issues"]
    assert named in [listed for section in issue["sections"] for listed in section["papers"]]


def test_a_papers_file_repeats_no_long_text_and_has_no_white_space() -> None:
    text = FILES["api/v1/papers/raft-boats-that-float.json"].decode()
    assert text.count("We tie 100%") == 1
    assert text.count("\n") == 1
    assert '": ' not in text


def test_the_schema_has_what_scripts_read_of_a_paper() -> None:
    schema = read("schema/paper.json")
    assert set(get_type_hints(SavedPaper)) <= set(schema["properties"])
    shapes = schema["$defs"]
    assert set(get_type_hints(SavedCitations)) <= set(shapes["Citations"]["properties"])
    assert set(get_type_hints(SavedTopic)) == set(shapes["Label"]["properties"])


def test_a_paper_without_a_title_says_so() -> None:
    assert read("papers/arxiv-2406-04520.json")["title_known"] is False
    assert read("papers/raft-again.json")["title_known"] is True


def test_a_week_keeps_its_sections_in_the_printed_order() -> None:
    week = read("weeks/2024-W12.json")
    assert [s["heading"] for s in week["issues"][0]["sections"]] == ["Boats & Rafts", "Rivers"]


def test_following_next_gives_every_paper_once() -> None:
    corpus = many(25)
    files = api_files(edition_of(corpus), page_size=10)
    for start in ("papers", "topics/boats"):
        found, path = [], f"api/v1/{start}.json"
        while path:
            page = json.loads(files[path])
            found += [paper["slug"] for paper in page["papers"]]
            path = page.get("next", "").removeprefix(SITE.url)
        assert sorted(found) == sorted(corpus.papers)
        assert len(found) == page["count"] == 25
        assert page["pages"] == 3


def states(files: dict[str, bytes]) -> dict[str, tuple[int, str]]:
    return {path: (len(raw), hashlib.sha256(raw).hexdigest()) for path, raw in files.items()}


def test_the_manifest_tells_which_files_changed() -> None:
    before = json.loads(manifest(states(FILES)))
    jsonschema.validate(before, read("schema/manifest.json"))
    assert set(before["files"]) == set(FILES)
    for path, state in before["files"].items():
        assert state["sha256"] == hashlib.sha256(FILES[path]).hexdigest()
    changed = FILES | {"api/v1/papers/raft-again.json": b"{}"}
    after = json.loads(manifest(states(changed)))
    assert after["digest"] != before["digest"]
    assert [p for p in changed if after["files"][p] != before["files"][p]] == [
        "api/v1/papers/raft-again.json"
    ]


def test_two_builds_give_the_same_bytes() -> None:
    assert api_files(EDITION) == FILES
