"""All content is read, and each mistake is reported with file, line, field and a fix."""

from __future__ import annotations

from pathlib import Path

import pytest
from folders import write_files
from growth import lines_run

from broadsheet.base.errors import BroadsheetError
from broadsheet.content.check import load_and_check
from broadsheet.content.load import Loaded

ISSUE = (
    "title: T\nweek: 2025-W01\nstart: 2024-12-30\nend: 2025-01-05\n"
    "sections: [{heading: Boats, entries: [{paper: a}]}]\n"
)
TOPICS = "boats: {name: Boats}\n"
GOOD = {"topics.yml": TOPICS, "papers/a.yml": "title: A\n", "digests/d/2025-W01.yml": ISSUE}


def _problems(folder: Path, files: dict[str, str | bytes]) -> list[str]:
    write_files(folder, {**GOOD, **files})
    return [f"{p.level}: {p}" for p in load_and_check(folder, "content").problems]


def test_good_content_has_no_problem(tmp_path: Path) -> None:
    assert _problems(tmp_path, {}) == []


def test_a_missing_folder_is_an_error_with_advice(tmp_path: Path) -> None:
    with pytest.raises(BroadsheetError, match=r"no such folder .*mkdocs.yml"):
        load_and_check(tmp_path / "none", "none")


CASES = {
    "an_unknown_key_suggests_the_nearest": (
        {"papers/a.yml": "title: A\nauthor: [B]\n"},
        "error: content/papers/a.yml:2: author: unknown key 'author' (did you mean 'authors'?)",
    ),
    "an_unknown_key_like_no_other_lists_what_is_known": (
        {"papers/a.yml": "title: A\nlinks: {zzz: https://a.example/}\n"},
        (
            "error: content/papers/a.yml:2: links.zzz: unknown key 'zzz' "
            "(expected one of: code, data, demo, pdf, project, video)"
        ),
    ),
    "an_unknown_key_in_an_entry_is_found_at_its_line": (
        {
            "collections/c.yml": "title: C\nentries:\n  - paper: a\n    txet: x\n",
        },
        (
            "error: content/collections/c.yml:4: entries[0].txet: unknown key 'txet' "
            "(did you mean 'text'?)"
        ),
    ),
    "a_slug_inside_of_a_paper_follows_from_its_name": (
        {"papers/a.yml": "title: A\nslug: a\n"},
        ("error: content/papers/a.yml:2: slug: comes from the path of the file (remove this key)"),
    ),
    "a_slug_inside_of_an_issue_is_unknown": (
        {"digests/d/2025-W01.yml": ISSUE + "slug: x\n"},
        (
            "error: content/digests/d/2025-W01.yml:6: slug: unknown key 'slug' "
            "(expected one of: corrections, draft, end, introduction, lead, sections, source, "
            "start, "
            "title, week)"
        ),
    ),
    "a_text_where_a_list_belongs": (
        {"papers/a.yml": "title: A\nauthors: Ada Example\n"},
        (
            "error: content/papers/a.yml:2: authors: must be a list, not 'Ada Example' (write "
            "`authors: [Ada Example, Bob van der Sample]`)"
        ),
    ),
    "a_list_where_a_text_belongs": (
        {"papers/a.yml": "title: [A, B]\n"},
        "error: content/papers/a.yml:1: title: must be text, not a list",
    ),
    "a_mapping_in_a_list_of_texts": (
        {"papers/a.yml": "title: A\nauthors:\n  - {name: Ada}\n"},
        "error: content/papers/a.yml:3: authors[0]: must be text, not a mapping",
    ),
    "a_text_where_a_mapping_belongs": (
        {"papers/a.yml": "title: A\nlinks: https://code.example/\n"},
        (
            "error: content/papers/a.yml:2: links: must be a mapping (key: value), not "
            "'https://code.example/' (write `links: {code: https://…}`)"
        ),
    ),
    "a_missing_key_is_named": (
        {"collections/c.yml": "entries: []\n"},
        "error: content/collections/c.yml:1: title: 'title' is missing (add `title: …`)",
    ),
    "an_empty_text": (
        {"papers/a.yml": 'title: "  "\n'},
        (
            "error: content/papers/a.yml:1: title: must not be empty (write some text or "
            "remove the key)"
        ),
    ),
    "an_empty_file": (
        {"papers/b.yml": ""},
        "error: content/papers/b.yml:1: the file is empty (write keys such as `title: …`)",
    ),
    "a_file_that_is_a_list": (
        {"papers/b.yml": "- a\n"},
        (
            "error: content/papers/b.yml:1: must be a mapping, not a list (write keys such as "
            "`title: …`)"
        ),
    ),
    "a_key_that_is_nothing": (
        {"papers/b.yml": "title: B\n~: x\n"},
        "error: content/papers/b.yml:2: invalid YAML: a key must be text",
    ),
    "a_file_name_that_is_no_address": (
        {"papers/Bad Name.yml": "title: B\n"},
        (
            "error: content/papers/Bad Name.yml: 'Bad Name' can't be part of a URL; use "
            "lowercase letters, digits and hyphens, at most 80 characters (rename the file)"
        ),
    ),
    "a_paper_cannot_take_the_address_of_the_archive": (
        {"papers/index.yml": "title: Index\n"},
        (
            "error: content/papers/index.yml: 'index' can't be part of a URL; use lowercase "
            "letters, digits and hyphens, at most 80 characters (rename the file)"
        ),
    ),
    "a_file_name_that_is_no_address_beside_another_mistake": (
        {"papers/Bad Name.yml": "titel: B\n"},
        (
            "error: content/papers/Bad Name.yml: 'Bad Name' can't be part of a URL; use "
            "lowercase letters, digits and hyphens, at most 80 characters (rename the file)"
        ),
    ),
    "a_digest_folder_that_is_no_address": (
        {"digests/My Digest/2025-W01.yml": ISSUE},
        (
            "error: content/digests/My Digest/2025-W01.yml: 'My Digest' can't be part of a "
            "URL; use lowercase letters, digits and hyphens, at most 80 characters (rename "
            "the folder)"
        ),
    ),
    "an_arxiv_id_that_is_none": (
        {"papers/a.yml": "title: A\narxiv: 24.1\n"},
        (
            "error: content/papers/a.yml:2: arxiv: '24.1' isn't an arXiv id (write one like "
            "2403.01234, with 4 digits, a period and 4 or 5 digits)"
        ),
    ),
    "a_date_that_is_none": (
        {"papers/a.yml": "title: A\npublished: 2024-02-30\n"},
        (
            "error: content/papers/a.yml:2: published: '2024-02-30' isn't a date (write one "
            "like 2024-03-18, 2024-03 or 2024)"
        ),
    ),
    "a_link_with_a_script": (
        {"papers/a.yml": 'title: A\nlinks:\n  code: "javascript:alert(1)"\n'},
        (
            "error: content/papers/a.yml:3: links.code: 'javascript:alert(1)' isn't a URL (it "
            "must start with https:// or http://)"
        ),
    ),
    "a_day_that_is_none": (
        {"digests/d/2025-W01.yml": ISSUE.replace("2025-01-05", "2025-01-35")},
        "error: content/digests/d/2025-W01.yml:4: end: ",
    ),
    "a_day_in_other_words": (
        {"digests/d/2025-W01.yml": ISSUE.replace("2025-01-05", "5 January")},
        (
            "error: content/digests/d/2025-W01.yml:4: end: '5 January' isn't a date "
            "(write one like 2024-03-18)"
        ),
    ),
    "a_week_that_is_none": (
        {"digests/d/2025-W01.yml": ISSUE.replace("2025-W01", "2025-W54")},
        (
            "error: content/digests/d/2025-W01.yml:2: week: '2025-W54' isn't an ISO week "
            "(write one like 2024-W12)"
        ),
    ),
    "a_week_of_the_wrong_year": (
        {"digests/d/2025-W01.yml": ISSUE.replace("week: 2025-W01", "week: 2024-W01")},
        (
            "error: content/digests/d/2025-W01.yml:2: week: 2024-12-30 is in week 2025-W01, "
            "not 2024-W01 (write `week: 2025-W01`)"
        ),
    ),
    "an_end_before_its_start": (
        {"digests/d/2025-W01.yml": ISSUE.replace("2025-01-05", "2024-12-05")},
        (
            "error: content/digests/d/2025-W01.yml:4: end: the issue ends on 2024-12-05, "
            "before it starts on 2024-12-30 (fix one of the two dates)"
        ),
    ),
    "an_issue_of_a_month": (
        {"digests/d/2025-W01.yml": ISSUE.replace("2025-01-05", "2025-01-30")},
        (
            "warning: content/digests/d/2025-W01.yml:4: end: the issue covers 32 days (issues "
            "usually cover a week; check the dates)"
        ),
    ),
    "an_issue_under_another_name": (
        {"digests/d/first.yml": ISSUE},
        (
            "warning: content/digests/d/first.yml:1: the file name 'first' doesn't start with "
            "the week (rename the file to 2025-W01.yml)"
        ),
    ),
    "a_heading_that_no_topic_knows": (
        {"topics.yml": "rivers: {name: Rivers}\n"},
        (
            "warning: content/digests/d/2025-W01.yml:5: sections[0].heading: no topic has the "
            "heading 'Boats' (add it to the `aliases` of a topic in topics.yml)"
        ),
    ),
    "an_entry_without_its_paper": (
        {"collections/c.yml": "title: C\nentries:\n  - {paper: a}\n  - {paper: aa}\n"},
        (
            "error: content/collections/c.yml:4: entries[1].paper: there is no paper 'aa' "
            "(did you mean 'a'?)"
        ),
    ),
    "an_entry_like_no_paper": (
        {"collections/c.yml": "title: C\nentries:\n  - {paper: whale}\n"},
        (
            "error: content/collections/c.yml:3: entries[0].paper: there is no paper 'whale' "
            "(add papers/whale.yml, or fix the name)"
        ),
    ),
    "an_entry_under_an_older_address": (
        {
            "papers/a.yml": "title: A\naliases: [old-a]\n",
            "collections/c.yml": "title: C\nentries:\n  - {paper: old-a}\n",
        },
        (
            "error: content/collections/c.yml:3: entries[0].paper: there is no paper 'old-a' "
            "(it has moved to 'a')"
        ),
    ),
    "a_paper_listed_twice": (
        {"collections/c.yml": "title: C\nentries:\n  - {paper: a}\n  - {paper: a}\n"},
        (
            "warning: content/collections/c.yml:4: entries[1].paper: 'a' is listed twice "
            "(remove one of the two entries)"
        ),
    ),
    "a_topic_that_is_none": (
        {"papers/a.yml": "title: A\ntopics: [boats, boat]\n"},
        (
            "error: content/papers/a.yml:2: topics[1]: there is no topic 'boat' in topics.yml "
            "(did you mean 'boats'?)"
        ),
    ),
    "an_alias_that_is_another_paper": (
        {"papers/b.yml": "title: B\naliases: [a]\n"},
        (
            "error: content/papers/b.yml:2: aliases[0]: 'a' is also the address of another "
            "paper (remove it from one of the two papers)"
        ),
    ),
    "an_alias_that_is_the_paper_itself": (
        {"papers/b.yml": "title: B\naliases: [b]\n"},
        "error: content/papers/b.yml:2: aliases[0]: 'b' ",
    ),
    "an_arxiv_id_of_two_papers": (
        {
            "papers/a.yml": 'title: A\narxiv: "2406.04520"\n',
            "papers/b.yml": "title: B\narxiv: https://arxiv.org/abs/2406.04520v2\n",
        },
        (
            "error: content/papers/b.yml:2: arxiv: 2406.04520 already belongs to the paper "
            "'a' (if it's the same paper, run `broadsheet merge a b`)"
        ),
    ),
    "a_doi_of_two_papers": (
        {
            "papers/a.yml": "title: A\ndoi: 10.1000/X\n",
            "papers/b.yml": "title: B\ndoi: https://doi.org/10.1000/x\n",
        },
        (
            "warning: content/papers/b.yml:2: doi: 10.1000/x already belongs to the paper 'a' "
            "(if it's the same paper, run `broadsheet merge a b`)"
        ),
    ),
    "a_paper_without_a_title": (
        {"papers/b.yml": 'arxiv: "2406.04520"\n'},
        (
            "warning: content/papers/b.yml:1: has no title; the site calls it "
            "'arXiv:2406.04520' (add `title: …`, or import records with its arXiv id and "
            "title)"
        ),
    ),
    "topics_that_are_a_list": (
        {"topics.yml": "- boats\n"},
        (
            "error: content/topics.yml:1: must be a mapping of topics (write `retrieval:` and "
            "below it an indented `name: Retrieval`)"
        ),
    ),
    "a_topic_without_a_name": (
        {"topics.yml": TOPICS + "rivers:\n  nmae: R\n"},
        "error: content/topics.yml:3: nmae: unknown key 'nmae' (did you mean 'name'?)",
    ),
    "a_topic_that_is_only_a_word": (
        {"topics.yml": TOPICS + "rivers: Rivers\n"},
        (
            "error: content/topics.yml:2: must be a mapping, not 'Rivers' (write keys such as "
            "`title: …`)"
        ),
    ),
    "a_topic_whose_word_is_no_address": (
        {"topics.yml": TOPICS + "Big Rivers: {name: R}\n"},
        (
            "error: content/topics.yml:2: 'Big Rivers' can't be part of a URL; use lowercase "
            "letters, digits and hyphens, at most 80 characters (rename the key)"
        ),
    ),
    "a_file_with_a_slip_in_its_name": (
        {"topic.yml": ""},
        "warning: content/topic.yml: is ignored (did you mean 'topics.yml'?)",
    ),
    "a_folder_with_a_slip_in_its_name": (
        {"paper/a.yml": ""},
        "warning: content/paper: is ignored (did you mean 'papers'?)",
    ),
    "a_file_with_another_ending": (
        {"papers/b.yaml": "title: B\n"},
        (
            "warning: content/papers/b.yaml: is ignored (Broadsheet reads papers/*.yml and "
            "papers/*.jsonl)"
        ),
    ),
    "a_paper_in_a_folder_below": (
        {"papers/2024/b.yml": "title: B\n"},
        (
            "warning: content/papers/2024/b.yml: is ignored (Broadsheet reads papers/*.yml "
            "and papers/*.jsonl)"
        ),
    ),
    "an_issue_beside_the_digests": (
        {"digests/2025-W02.yml": ISSUE},
        ("warning: content/digests/2025-W02.yml: is ignored (Broadsheet reads digests/*/*.yml)"),
    ),
    "a_line_of_json_that_is_broken": (
        {"papers/b.jsonl": '{"slug": "b", "title": "B"}\n{"slug": "c",\n'},
        "error: content/papers/b.jsonl:2: invalid JSON: ",
    ),
    "a_line_of_json_without_a_slug": (
        {"papers/b.jsonl": '\n{"title": "Big Boats"}\n'},
        'error: content/papers/b.jsonl:2: slug: \'slug\' is missing (add "slug": "big-boats")',
    ),
    "a_line_of_json_with_a_key_twice": (
        {"papers/b.jsonl": '{"slug": "b", "title": "B", "title": "C"}\n'},
        (
            "error: content/papers/b.jsonl:1: invalid JSON: duplicate key 'title' (write one "
            "JSON object per line)"
        ),
    ),
    "a_line_of_json_that_is_a_list": (
        {"papers/b.jsonl": '["b"]\n'},
        "error: content/papers/b.jsonl:1: must be a mapping, not a list",
    ),
    "a_line_of_json_that_nests_without_end": (
        {"papers/b.jsonl": "[" * 200_000 + "\n"},
        (
            "error: content/papers/b.jsonl:1: invalid JSON: nested too deeply (write one JSON "
            "object per line)"
        ),
    ),
    "a_line_of_json_that_nests_deep": (
        {"papers/b.jsonl": '{"slug": "b", "title": ' + "[" * 300 + "]" * 300 + "}\n"},
        (
            "error: content/papers/b.jsonl:1: invalid JSON: nested too deeply (write one JSON "
            "object per line)"
        ),
    ),
    "half_a_character_of_json": (
        {"papers/b.jsonl": '{"slug": "b", "title": "\\ud800"}\n'},
        "error: content/papers/b.jsonl:1: title: ",
    ),
    "a_slug_of_json_that_is_a_file_too": (
        {"papers/b.jsonl": '{"slug": "a", "title": "Other"}\n'},
        (
            "error: content/papers/b.jsonl:1: slug: 'a' is already the slug of papers/a.yml:1 "
            "(choose another slug, or remove one of the two papers)"
        ),
    ),
    "merges_that_are_a_mapping": (
        {"merges.yml": "same: [a, b]\n"},
        (
            "error: content/merges.yml:1: must be a list of decisions "
            "(write `- same: [a-slug, 2403.01234]` or `- different: [a-slug, b-slug]`)"
        ),
    ),
    "a_decision_about_one_name": (
        {"merges.yml": "- same: [a, b]\n- different: [a]\n"},
        (
            "error: content/merges.yml:2: [1]: must have either `same` or `different` with at "
            "least two names (write `- same: [a-slug, 2403.01234]` or `- different: [a-slug, "
            "b-slug]`)"
        ),
    ),
    "a_decision_with_an_unknown_key": (
        {"merges.yml": "- sames: [a, b]\n"},
        "error: content/merges.yml:1: sames: unknown key 'sames' (did you mean 'same'?)",
    ),
    "decisions_that_contradict_each_other": (
        {"merges.yml": "- same: [a, b]\n- different: [b, a, c]\n"},
        (
            "error: content/merges.yml:1: a and b are listed as both the same and different "
            "(remove one of the two decisions)"
        ),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_wrong_is_named(name: str, tmp_path: Path) -> None:
    files, expected = CASES[name]
    problems = _problems(tmp_path, dict(files))
    assert any(found.startswith(expected) for found in problems), "\n".join(problems)


def test_every_mistake_of_a_file_is_reported_at_once(tmp_path: Path) -> None:
    problems = _problems(tmp_path, {"papers/b.yml": "titel: B\narxiv: x\nlinks: {cod: y}\n"})
    assert [p.split(" ")[1] for p in problems] == [f"content/papers/b.yml:{n}:" for n in (1, 2, 3)]


def test_a_broken_paper_is_reported_once_and_not_by_those_who_list_it(tmp_path: Path) -> None:
    problems = _problems(tmp_path, {"papers/a.yml": "titel: A\n"})
    assert len(problems) == 1


def test_numbers_in_json_keep_their_zeros(tmp_path: Path) -> None:
    line = '{"slug": "b", "title": "B", "arxiv": 2406.04520, "published": 2024}\n'
    assert _problems(tmp_path, {"papers/b.jsonl": line}) == []
    paper = load_and_check(tmp_path, "content").corpus.papers["b"]
    assert (paper.arxiv, paper.published) == ("2406.04520", "2024")


def test_an_arxiv_id_without_quotes_keeps_its_zero(tmp_path: Path) -> None:
    assert _problems(tmp_path, {"papers/b.yml": "title: No\narxiv: 2406.04520\n"}) == []
    paper = load_and_check(tmp_path, "content").corpus.papers["b"]
    assert (paper.title, paper.arxiv) == ("No", "2406.04520")


def test_a_paper_of_json_is_placed_at_its_line(tmp_path: Path) -> None:
    _problems(tmp_path, {"papers/b.jsonl": '\n{"slug": "b", "title": "B"}\n'})
    place = load_and_check(tmp_path, "content").corpus.places["paper", "b"]
    assert (place.file, place.line) == ("papers/b.jsonl", 2)


def test_a_line_of_json_that_is_not_utf_8_is_reported_and_the_others_are_read(
    tmp_path: Path,
) -> None:
    lines = b'{"slug": "b", "title": "B"}\n{"slug": "c", "title": "\xe9"}\r\n{"slug": "d"}\n'
    assert _problems(tmp_path, {"papers/b.jsonl": lines})[0].startswith(
        "error: content/papers/b.jsonl:2: isn't UTF-8 text: unexpected byte 0xe9"
    )
    assert sorted(load_and_check(tmp_path, "content").corpus.papers) == ["a", "b", "d"]


def test_a_file_of_json_may_be_larger_than_other_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("broadsheet.base.encoding.SIZE_LIMIT", 200)
    lines = "".join(f'{{"slug": "p{n}", "title": "P"}}\n' for n in range(9))
    assert _problems(tmp_path, {"papers/p.jsonl": lines}) == []


def test_a_key_without_a_value_is_a_key_left_out(tmp_path: Path) -> None:
    assert _problems(tmp_path, {"papers/b.yml": "title: B\nvenue:\nlinks:\n  code: ~\n"}) == []


def test_issues_are_in_order_of_time_and_across_a_year(toy_content: Loaded) -> None:
    assert [issue.week for issue in toy_content.corpus.issues] == ["2024-W52", "2025-W01"]


def _with_problems(folder: Path, count: int) -> Path:
    """Content in which every paper, entry and collection has problems, in files of each kind."""
    entries = "".join(f"  - {{paper: wrong-{n}}}\n" for n in range(count))
    papers = "".join(
        f'{{"slug": "right-{n}", "title": "A", "topics": ["no-{n}"]}}\n' for n in range(count)
    )
    wrong = "".join(f"wrong-{n}: {{naem: A}}\n" for n in range(count))
    return write_files(
        folder / str(count),
        {
            "topics.yml": TOPICS + wrong,
            "collections/missing.yml": f"title: C\nentries:\n{entries}",
            "collections/wrong.yml": f"title: C\nentries:\n{entries}".replace("paper", "papre"),
            "papers/p.jsonl": papers,
            "merges.yml": "- same: [a]\n" * count,
        },
    )


@pytest.mark.slow
def test_twice_the_problems_take_about_twice_the_work(tmp_path: Path) -> None:
    def work(count: int) -> int:
        folder = _with_problems(tmp_path, count)
        assert len(load_and_check(folder).problems) > 5 * count
        return lines_run(lambda: load_and_check(folder))

    work(10)  # whatever is set up on first use
    assert work(200) < 2.4 * work(100)
