"""What readers would stumble over: it's reported, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest
from folders import write_files

from broadsheet.content.check import load_and_check
from broadsheet.content.completeness import incomplete

TOPICS = "boats: {name: Boats}\n"


def _issue(week: int, entries: str) -> str:
    first, last = 1 + 7 * (week - 1), 7 * week
    return (
        f"title: Week {week}\nweek: 2024-W0{week}\nstart: 2024-01-{first:02}\n"
        f"end: 2024-01-{last:02}\nsections:\n  - heading: Boats\n    entries:\n{entries}"
    )


def _entry(slug: str, number: str = "") -> str:
    return f"      - {{paper: {slug}{f', number: {number!r}' if number else ''}}}\n"


def _paper(title: str, more: str = "") -> str:
    return f"title: {title}\nabstract: Logs float.\ntopics: [boats]\n{more}"


def _many(week: int, count: int) -> dict[str, str]:
    slugs = [f"p{week}-{number}" for number in range(count)]
    return {
        f"digests/d/2024-W0{week}.yml": _issue(week, "".join(map(_entry, slugs))),
        **{f"papers/{slug}.yml": _paper(slug) for slug in slugs},
    }


LISTED = {"digests/d/2024-W01.yml": _issue(1, _entry("raft")), "papers/raft.yml": _paper("Raft")}
CASES: dict[str, tuple[dict[str, str], str]] = {
    "a_paper_in_no_list": (
        {**LISTED, "papers/ark.yml": _paper("Ark"), "papers/tub.yml": _paper("Tub")},
        (
            "content/papers: 2 papers in no issue and no collection: ark, tub "
            "(list them with `broadsheet issue fill`, or in a collection)"
        ),
    ),
    "a_paper_without_any_text": (
        {**LISTED, "papers/raft.yml": "title: Raft\ntopics: [boats]\n"},
        (
            "content/papers: 1 paper without an abstract or a summary: raft "
            "(readers only see the title; add an `abstract` or a `summary`)"
        ),
    ),
    "a_topic_without_papers": (
        {**LISTED, "topics.yml": f"{TOPICS}rivers:\n  name: Rivers\n"},
        (
            "content/topics.yml:2: the topic has no papers "
            "(give it papers, or remove it from topics.yml)"
        ),
    ),
    "a_gap_in_the_numbers": (
        {
            "digests/d/2024-W01.yml": _issue(
                1, _entry("raft", "1.1") + _entry("ark", "1.2") + _entry("tub", "1.4")
            ),
            **{f"papers/{slug}.yml": _paper(slug) for slug in ("raft", "ark", "tub")},
        },
        (
            "content/digests/d/2024-W01.yml:10: sections[0].entries[2].number: 1.4 comes after 1.2 "
            "(write 1.3, or add what's missing)"
        ),
    ),
    "a_gap_in_plain_numbers": (
        {
            "digests/d/2024-W01.yml": _issue(1, _entry("raft", "1") + _entry("ark", "3")),
            **{f"papers/{slug}.yml": _paper(slug) for slug in ("raft", "ark")},
        },
        (
            "content/digests/d/2024-W01.yml:9: sections[0].entries[1].number: 3 comes after 1 "
            "(write 2, or add what's missing)"
        ),
    ),
    "a_paper_from_after_its_issue": (
        {**LISTED, "papers/raft.yml": _paper("Raft", "published: 2024-01-08\n")},
        (
            "content/digests/d/2024-W01.yml:8: sections[0].entries[0].paper: 'raft' was published "
            "on 2024-01-08, after 2024-01-07 (check the date of the paper and the dates of the "
            "issue)"
        ),
    ),
    "an_issue_that_is_much_smaller_than_those_before": (
        {**_many(1, 9), **_many(2, 8), **_many(3, 10), **_many(4, 2)},
        (
            "content/digests/d/2024-W04.yml:1: has 2 papers; issues before it had 9 "
            "(check that nothing is missing)"
        ),
    ),
}


def _problems(folder: Path, files: dict[str, str]) -> list[str]:
    content = write_files(folder / "content", {"topics.yml": TOPICS, **files})
    loaded = load_and_check(content, "content")
    assert not loaded.problems
    return [str(problem) for problem in incomplete(loaded.corpus, content, "content")]


@pytest.mark.parametrize("name", CASES)
def test_what_readers_would_stumble_over_is_named(name: str, tmp_path: Path) -> None:
    files, expected = CASES[name]
    assert _problems(tmp_path, files) == [expected]


def test_complete_content_is_not_reported(tmp_path: Path) -> None:
    assert _problems(tmp_path, LISTED) == []


def test_a_date_that_could_be_before_the_end_of_the_issue_is_not_reported(tmp_path: Path) -> None:
    paper = _paper("Raft", "published: 2024-01\n")
    assert _problems(tmp_path, {**LISTED, "papers/raft.yml": paper}) == []


def test_drafts_may_be_incomplete(tmp_path: Path) -> None:
    assert _problems(tmp_path, {**LISTED, "papers/ark.yml": "title: Ark\ndraft: true\n"}) == []


def test_an_issue_of_another_digest_may_be_small(tmp_path: Path) -> None:
    files = {**_many(1, 9), **_many(2, 8), **_many(3, 10), **_many(4, 2)}
    files["digests/other/2024-W04.yml"] = files.pop("digests/d/2024-W04.yml")
    assert _problems(tmp_path, files) == []
