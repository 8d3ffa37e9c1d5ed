"""Loading returns what was saved, and what people wrote stays as they wrote it."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import values
from folders import expect, tree, write_files
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from selecting import examples

from broadsheet.content import yaml_text
from broadsheet.content.changes import Changes
from broadsheet.content.check import load_and_check
from broadsheet.content.edit import add_keys, extend_list
from broadsheet.content.load import Loaded, load
from broadsheet.content.model import Collection, Corpus, Issue, Paper, Topic
from broadsheet.content.save import (
    PAPER_KEYS,
    as_mapping,
    changed_files,
    file_of,
    write,
)

GOLDEN = Path(__file__).parent / "edits"


def _loaded(files: dict[str, str]) -> Loaded:
    with tempfile.TemporaryDirectory() as folder:
        write(files, Path(folder))
        loaded = load(Path(folder), "content")
    assert not loaded.problems, loaded.problems
    return loaded


@settings(max_examples=examples(150))
@given(values.papers)
def test_a_paper_that_is_saved_is_loaded_as_it_was(paper: Paper) -> None:
    loaded = _loaded(dict([file_of(paper)]))
    assert loaded.corpus.papers == {paper.slug: paper}


@settings(max_examples=examples(100))
@given(values.issues())
def test_an_issue_that_is_saved_is_loaded_as_it_was(issue: Issue) -> None:
    assert _loaded(dict([file_of(issue)])).corpus.issues == (issue,)


@settings(max_examples=examples(60))
@given(values.collections)
def test_a_collection_that_is_saved_is_loaded_as_it_was(collection: Collection) -> None:
    assert _loaded(dict([file_of(collection)])).corpus.collections == (collection,)


@settings(max_examples=examples(60))
@given(st.lists(values.topics, max_size=3, unique_by=lambda topic: topic.slug))
def test_topics_that_are_saved_are_loaded_as_they_were(topics: list[Topic]) -> None:
    files = changed_files(Changes(topics=tuple(topics)), Corpus(), Path("empty"))
    assert _loaded(files).corpus.topics == {topic.slug: topic for topic in topics}


@settings(max_examples=examples(60))
@given(values.papers)
def test_saving_what_was_loaded_writes_the_same_bytes(paper: Paper) -> None:
    name, text = file_of(paper)
    again = _loaded({name: text}).corpus.papers[paper.slug]
    assert file_of(again) == (name, text)


@settings(max_examples=examples(100))
@given(values.papers, values.papers)
def test_keys_that_are_added_leave_every_other_line_alone(paper: Paper, other: Paper) -> None:
    name, before = file_of(paper)
    before = f"# A note above.\n{before}# A note below.\n"
    have, more = as_mapping(paper), as_mapping(other)
    added = {key: more[key] for key in PAPER_KEYS if key in more and key not in have}
    assume(len(have) > 1)
    after = add_keys(before, name, added, PAPER_KEYS)
    rest = iter(after.splitlines())
    assert all(line in rest for line in before.splitlines())
    assert yaml_text.parse(after, name).keys() == (have.keys() | added.keys()) - {"slug"}


def test_a_quoted_text_that_begins_a_line_like_a_comment_is_not_cut() -> None:
    text = add_keys('title: "A\n# B"\n# C\n', "a.yml", {"venue": "V"}, PAPER_KEYS)
    assert text == 'title: "A\n# B"\nvenue: V\n# C\n'


def test_a_file_of_braces_only_gets_its_first_key() -> None:
    assert add_keys("{}\n", "a.yml", {"venue": "V"}, PAPER_KEYS) == "venue: V\n"


EDITS = sorted(path.name.removesuffix(".before.yml") for path in GOLDEN.glob("*.before.yml"))


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_changes_nothing_else(name: str) -> None:
    """Adding `<name>.edit.yml` to `<name>.before.yml` gives `<name>.after.yml`."""
    text = (GOLDEN / f"{name}.before.yml").read_bytes().decode()
    edit = yaml_text.parse((GOLDEN / f"{name}.edit.yml").read_text("utf-8"), "edit")
    text = add_keys(text, "a.yml", edit.get("add", {}), PAPER_KEYS)
    for key, more in edit.get("extend", {}).items():
        text = extend_list(text, "a.yml", key, more)
    expect(GOLDEN / f"{name}.after.yml", text)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_file_that_is_edited_keeps_its_line_ends_and_its_byte_order_mark(
    end: str, mark: str, tmp_path: Path
) -> None:
    before = f"{mark}# A note.\ntitle: 'A'\nabstract: |\n  One.\n\n  Two.\n".replace("\n", end)
    bulk = f'{mark}{{"slug": "c", "title": "C"}}\n'.replace("\n", end)
    write_files(tmp_path, {"papers/a.yml": before, "papers/c.jsonl": bulk})
    loaded = load(tmp_path)
    assert not loaded.problems
    grown = {
        slug: paper.model_copy(update={"venue": "V"})
        for slug, paper in loaded.corpus.papers.items()
    }
    changes = Changes(changed=tuple((paper, ("venue",)) for paper in grown.values()))
    write(changed_files(changes, loaded.corpus, tmp_path), tmp_path)
    after = (tmp_path / "papers/a.yml").read_bytes().decode()
    assert after == before.replace(f"'A'{end}", f"'A'{end}venue: V{end}")
    assert (tmp_path / "papers/c.jsonl").read_bytes().decode() == bulk.replace(
        '"C"}', '"C", "venue": "V"}'
    )
    assert load(tmp_path).corpus.papers == grown


def test_each_line_of_a_file_with_mixed_line_ends_keeps_its_own(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.yml": b"title: A\r\n# One\n# Two\r\ntldr: T"})
    write({"a.yml": "title: A\nvenue: V\n# One\n# Two\ntldr: T\n"}, tmp_path)
    assert (tmp_path / "a.yml").read_bytes() == (
        b"title: A\r\nvenue: V\r\n# One\n# Two\r\ntldr: T\r\n"
    )


def test_a_link_to_a_file_stays_one_and_what_it_leads_to_is_written(tmp_path: Path) -> None:
    write_files(tmp_path, {"far/a.yml": "title: A\n", "papers/b.yml": "title: B\n"})
    (tmp_path / "papers/a.yml").symlink_to("../far/a.yml")
    write({"papers/a.yml": "title: C\n"}, tmp_path)
    assert (tmp_path / "papers/a.yml").is_symlink()
    assert (tmp_path / "far/a.yml").read_text() == "title: C\n"
    assert sorted(tree(tmp_path)) == ["far/a.yml", "papers/a.yml", "papers/b.yml"]


def test_a_file_keeps_who_may_read_it(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.yml": "title: A\n"})
    (tmp_path / "a.yml").chmod(0o640)
    write({"a.yml": "title: B\n"}, tmp_path)
    assert (tmp_path / "a.yml").stat().st_mode & 0o777 == 0o640


def test_a_file_that_cannot_be_written_leaves_all_others_as_they_were(tmp_path: Path) -> None:
    write_files(tmp_path, {"papers/a.yml": "title: A\n", "papers/b.yml/in-the-way": ""})
    before = tree(tmp_path)
    with pytest.raises(OSError, match=r"b\.yml"):
        write({"papers/a.yml": "title: B\n", "papers/b.yml": "title: B\n"}, tmp_path)
    assert tree(tmp_path) == before


def test_an_import_that_is_cut_off_leaves_nothing_that_names_what_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue = "week: 2024-W12\nstart: 2024-03-18\nend: 2024-03-24\ntitle: T\nsections:\n"
    issue += "  - {heading: B, entries: [{paper: a}]}\n"
    files = {
        "collections/c.yml": "title: C\nentries: [{paper: a}]\n",
        "digests/d/2024-W12.yml": issue,
        "papers/a.yml": "title: A\ntopics: [b]\n",
        "topics.yml": "b: {name: B}\n",
    }
    replace = os.replace
    for steps in range(1, len(files) + 1):
        left = iter(range(steps))
        folder = tmp_path / str(steps)

        def cut_off(
            path: Path, target: Path, left: Iterator[int] = left, folder: Path = folder
        ) -> None:
            if target.is_relative_to(folder) and next(left, None) is None:
                raise KeyboardInterrupt
            replace(path, target)

        monkeypatch.setattr(os, "replace", cut_off)
        with contextlib.suppress(KeyboardInterrupt):
            write(files, folder)
        assert len(tree(folder)) == steps
        assert not [p for p in load_and_check(folder).problems if p.level == "error"]


def test_new_files_name_their_schema_for_editors_if_there_is_one(tmp_path: Path) -> None:
    write_files(tmp_path, {"schemas/paper.json": "{}", "content/papers/old.yml": "title: Old\n"})
    new = ("papers/a.yml", "digests/weekly/2024-W12.yml", "topics.yml", "papers/old.yml")
    write(dict.fromkeys(new, "title: A\n"), tmp_path / "content")
    texts = [(tmp_path / "content" / name).read_text() for name in new]
    line = "# yaml-language-server: $schema=../../schemas/paper.json\n"
    assert texts == [f"{line}title: A\n", *["title: A\n"] * 3]


def test_no_half_written_file_is_left(tmp_path: Path) -> None:
    write({"papers/a.yml": "title: A\n"}, tmp_path)
    write({"papers/a.yml": "title: B\n"}, tmp_path)
    assert [p.name for p in (tmp_path / "papers").iterdir()] == ["a.yml"]


def test_an_import_changes_only_its_lines_of_json(tmp_path: Path) -> None:
    lines = ('{"slug": "b", "title": "B"}', "", '{"venue": "V", "slug": "c", "authors": []}', "")
    write_files(tmp_path, {"papers/b.jsonl": "\n".join(lines)})
    paper = Paper(slug="c", venue="V", arxiv="2406.04520", authors=("Ada",))
    corpus = load(tmp_path).corpus
    changes = Changes(changed=((paper, ("arxiv", "authors")),))
    files = changed_files(changes, corpus, tmp_path)
    assert files["papers/b.jsonl"].split("\n") == [
        '{"slug": "b", "title": "B"}',
        "",
        '{"venue": "V", "slug": "c", "authors": ["Ada"], "arxiv": "2406.04520"}',
        "",
    ]
