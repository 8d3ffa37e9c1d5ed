"""The files that scripts fetch: old slugs, news and what to keep, and what they make of a paper."""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import rispy
from made import api_files
from nodejs import node
from toy import CORPUS, EDITION, edition_of

from broadsheet.content.model import Corpus
from broadsheet.edition import links_of
from broadsheet.outputs.saved_papers import offline_files, reading_files

ROOT = Path(__file__).parents[1]
FILES = reading_files(EDITION)


def _read(files: Mapping[str, bytes], name: object) -> Any:
    return json.loads(files[f"reading/{name}.json"])


def _in_browser(slug: str) -> Any:
    """What scripts make of the file of a paper."""
    paper = api_files(EDITION)[f"api/v1/papers/{slug}.json"].decode()
    script = f"""
      import {{ cslOf, linksOf }} from "./site_templates/browser/paper-file.js";
      import {{ risOf }} from "./site_templates/browser/ris.js";
      const paper = {paper};
      const found = {{ links: linksOf(paper), ris: risOf(paper), csl: cslOf(paper) }};
      console.log(JSON.stringify(found));
    """
    command = [node(), "--input-type=module", "-e", script]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return json.loads(run.stdout)


def test_an_old_address_leads_to_the_new_one() -> None:
    assert _read(FILES, "moved") == {"raft-old-address": "raft-boats-that-float"}


def test_the_number_of_files_does_not_grow_with_the_corpus() -> None:
    assert set(FILES) == set(reading_files(edition_of(Corpus())))


@pytest.mark.parametrize("slug", ["raft-boats-that-float", "zhong-wen-ti-mu", "no-authors-no-date"])
def test_a_saved_paper_has_the_links_of_its_page(slug: str) -> None:
    links = links_of(CORPUS.papers[slug], EDITION.language)
    assert _in_browser(slug)["links"] == [[link.name, link.address] for link in links]


def test_a_reference_that_is_downloaded_has_the_abstract() -> None:
    found = _in_browser("raft-boats-that-float")
    (read,) = rispy.loads(found["ris"])
    assert read["abstract"] == "Logs float. We tie 100% of them together & measure."
    assert found["csl"]["abstract"] == CORPUS.papers["raft-boats-that-float"].abstract
    without = _in_browser("by-a-group")
    assert without["ris"] == EDITION.citations["by-a-group"].ris
    assert "abstract" not in without["csl"]


def test_a_paper_is_known_since_its_first_source_was_read() -> None:
    assert EDITION.added(["raft-boats-that-float"]) == "2024-04-02"


def test_the_edition_is_the_newest_day_and_counts_the_papers_of_each() -> None:
    edition = _read(FILES, "edition")
    days = [EDITION.added([slug]) for slug in CORPUS.papers]
    assert edition["edition"] == max(days)
    assert edition["added"] == {day: days.count(day) for day in set(days) if day}


def test_a_small_search_index_is_kept_for_reading_offline_and_a_large_one_is_not() -> None:
    index = {"search/index/b.bin": b"2", "search/index/a.bin": b"1"}
    assert _read(offline_files(index), "offline") == ["search/index/a.bin", "search/index/b.bin"]
    assert _read(offline_files({"search/index/a.bin": bytes(3_000_000)}), "offline") == []


def test_a_corpus_without_papers_has_an_edition() -> None:
    assert _read(reading_files(edition_of(Corpus())), "edition") == {"edition": "", "added": {}}
