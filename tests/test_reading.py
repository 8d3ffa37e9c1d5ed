"""The files that scripts fetch: shards of facts and references, and the edition."""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nodejs import node
from toy import CORPUS, EDITION, edition_of

from broadsheet.content.model import Corpus, Paper
from broadsheet.outputs.saved_papers import offline_files, reading_files, shard_of

ROOT = Path(__file__).parents[1]


def _read(files: Mapping[str, bytes], name: object) -> Any:
    return json.loads(files[f"reading/{name}.json"])


def _shard(files: Mapping[str, bytes], slug: str) -> Any:
    return _read(files, shard_of(slug, _read(files, "edition")["shards"]))


FILES = reading_files(EDITION)


def test_every_paper_is_in_the_shard_that_its_slug_names() -> None:
    for slug in CORPUS.papers:
        assert _shard(FILES, slug)[slug]["url"] == f"papers/{slug}/"


def test_a_paper_brings_its_references_in_three_forms() -> None:
    paper = _shard(FILES, "raft-boats-that-float")["raft-boats-that-float"]
    assert paper["bibtex"].startswith("@")
    assert paper["ris"].startswith("TY  - ")
    assert paper["csl"]["title"] == paper["title"]


def test_a_paper_brings_where_to_get_it() -> None:
    found = _shard(FILES, "raft-boats-that-float")["raft-boats-that-float"]["links"]
    assert [name for name, _ in found] == ["arXiv", "PDF", "Code", "DOI"]


def test_an_old_address_leads_to_the_new_one() -> None:
    found = _shard(FILES, "raft-old-address")["raft-old-address"]
    assert found == {"moved": "raft-boats-that-float"}


def test_a_paper_is_known_since_its_first_source_was_read() -> None:
    assert EDITION.added(["raft-boats-that-float"]) == "2024-04-02"


def test_the_edition_is_the_newest_day_and_counts_the_papers_of_each() -> None:
    edition = _read(FILES, "edition")
    days = [EDITION.added([slug]) for slug in CORPUS.papers]
    assert edition["edition"] == max(days)
    assert edition["added"] == {day: days.count(day) for day in set(days) if day}


def test_shards_stay_small_in_a_large_corpus() -> None:
    papers = {f"paper-{n}": Paper(slug=f"paper-{n}", title=f"Paper {n}") for n in range(1000)}
    corpus = Corpus(papers=papers)
    files = reading_files(edition_of(corpus))
    assert _read(files, "edition")["shards"] == 32
    assert max(len(_read(files, number)) for number in range(32)) < 60


def test_a_small_search_index_is_kept_for_reading_offline_and_a_large_one_is_not() -> None:
    index = {"search/index/b.bin": b"2", "search/index/a.bin": b"1"}
    assert _read(offline_files(index), "offline") == ["search/index/a.bin", "search/index/b.bin"]
    assert _read(offline_files({"search/index/a.bin": bytes(3_000_000)}), "offline") == []


def test_a_corpus_without_papers_has_an_edition() -> None:
    assert _read(reading_files(edition_of(Corpus())), "edition") == {
        "shards": 1,
        "edition": "",
        "added": {},
    }


def test_the_browser_finds_the_same_shard() -> None:
    slugs = ["a", "raft-boats-that-float", "x" * 80]
    script = f"""
      import {{ shardOf }} from "./site_templates/browser/shards.js";
      console.log(JSON.stringify({json.dumps(slugs)}.map((slug) => shardOf(slug, 64))));
    """
    command = [node(), "--input-type=module", "-e", script]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert json.loads(run.stdout) == [shard_of(slug, 64) for slug in slugs]
