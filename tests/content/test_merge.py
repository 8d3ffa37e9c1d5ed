"""Records become papers. What people wrote stays, and importing again changes nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from folders import tree, write_files

from broadsheet.content.changes import Changes, ImportOptions
from broadsheet.content.check import load_and_check
from broadsheet.content.fields import MOST_EXTRA
from broadsheet.content.merge import merge
from broadsheet.content.model import Provenance
from broadsheet.content.records import (
    ListedRecord,
    ReadCollection,
    Reading,
    ReadIssue,
    ReadSection,
    Record,
)
from broadsheet.content.save import changed_files, write

TODAY = date(2025, 1, 10)
TOPICS = (
    "boats: {name: Boats, aliases: [Vessels], terms: [boat]}\nrivers: {name: R, terms: [river]}\n"
)


def _records(*records: Record, source: str = "facts.jsonl") -> Reading:
    return Reading("records", source, records=records)


def _record(line: int = 1, **fields: Any) -> Record:
    return Record("facts.jsonl", line, **fields)


def _issue(source: str, *sections: tuple[str, list[str]]) -> Reading:
    listed = [
        (
            heading,
            [ListedRecord(Record(source, 9, title=t, text=f"About {t}."), "1.1") for t in titles],
        )
        for heading, titles in sections
    ]
    read = ReadIssue(
        date(2024, 12, 30),
        date(2025, 1, 5),
        tuple(ReadSection(heading, 3, tuple(entries)) for heading, entries in listed),
    )
    records = tuple(entry.record for _, entries in listed for entry in entries)
    return Reading("weekly-article", source, issues=(read,), records=records)


def _collection(source: str, *titles: str) -> Reading:
    records = tuple(Record(source, n, title=title) for n, title in enumerate(titles, start=1))
    return Reading(
        "papers-page", source, (), ReadCollection("list", "List", "A page", records), records
    )


def _import(folder: Path, *readings: Reading, texts: bool = True) -> Changes:
    loaded = load_and_check(folder, "content")
    assert not [p for p in loaded.problems if p.level == "error"], loaded.problems
    changes = merge(
        loaded.corpus, loaded.decisions, readings, ImportOptions(TODAY, "weekly", texts)
    )
    write(changed_files(changes, loaded.corpus, folder), folder)
    return changes


def _content(folder: Path, **papers: str) -> Path:
    files = {f"papers/{slug}.yml": text for slug, text in papers.items()}
    return write_files(folder, {"topics.yml": TOPICS, **files})


def test_importing_again_changes_nothing(tmp_path: Path) -> None:
    readings = (
        _issue("one.txt", ("Vessels", ["Rafts", "Boats"]), ("New Heading", ["Kites"])),
        _collection("list.txt", "Rafts", "Oars", "Oars"),
        _records(
            _record(
                title="Oars", arxiv="2412.00001", authors=("Ada",), links={"code": "https://a.b/"}
            )
        ),
    )
    _import(_content(tmp_path), *readings)
    before = tree(tmp_path)
    changes = _import(tmp_path, *readings)
    assert tree(tmp_path) == before
    assert (changes.new, changes.changed, changes.issues, changes.merged) == ((), (), (), ())
    assert changes.unchanged == 4


def test_the_order_of_sources_changes_no_fact(tmp_path: Path) -> None:
    sources = (
        _records(_record(title="Oars", arxiv="2412.00001")),
        _collection("list.txt", "Oars", "Rafts"),
    )
    found = []
    for name, readings in (("one", sources), ("two", sources[::-1])):
        folder = _content(tmp_path / name)
        _import(folder, *readings)
        papers = load_and_check(folder, "content").corpus.papers.values()
        found.append([(p.slug, p.title, p.arxiv) for p in papers])
    assert found[0] == found[1]


def test_what_a_person_wrote_is_never_overwritten(tmp_path: Path) -> None:
    mine = 'title: Rafts\nauthors: [Me]\narxiv: "2412.00001"\npublished: 2024\ntldr: Mine.\n'
    folder = _content(tmp_path, rafts=mine)
    record = _record(
        title="Rafts!", authors=("Other",), published="2023-01-01", tldr="Theirs.", venue="TOYS"
    )
    changes = _import(folder, _records(record))
    paper = load_and_check(folder, "content").corpus.papers["rafts"]
    assert (paper.title, paper.authors, paper.published, paper.tldr) == (
        "Rafts",
        ("Me",),
        "2024",
        "Mine.",
    )
    assert paper.venue == "TOYS"
    assert [str(p) for p in changes.problems] == [
        "facts.jsonl:1: published: 2023-01-01 differs from 2024, which is kept"
    ]


def test_a_more_precise_date_is_no_contradiction(tmp_path: Path) -> None:
    folder = _content(tmp_path, rafts="title: Rafts\npublished: 2024-12\n")
    changes = _import(folder, _records(_record(title="Rafts", published="2024-12-30")))
    assert changes.problems == ()


def test_facts_fill_what_is_missing_and_say_what_they_gave(tmp_path: Path) -> None:
    folder = _content(tmp_path, rafts="title: Rafts\n# mine\nvenue: TOYS\n")
    facts = {"authors": ("Ada", "Bob"), "arxiv": "2412.00001", "doi": "10.1000/x"}
    _import(folder, _records(_record(7, title="Rafts", links={"code": "https://a.b/"}, **facts)))
    assert (folder / "papers/rafts.yml").read_text() == (
        'title: Rafts\nauthors: [Ada, Bob]\narxiv: "2412.00001"\ndoi: 10.1000/x\n'
        "# mine\nvenue: TOYS\n"
        "links: {code: 'https://a.b/'}\nprovenance:\n"
        "  - {source: facts.jsonl, line: 7, retrieved: 2025-01-10, "
        "gave: [authors, arxiv, doi, links]}\n"
    )


def test_a_second_source_that_gives_nothing_new_is_remembered_once(tmp_path: Path) -> None:
    folder = _content(tmp_path, rafts="title: Rafts\n")
    for _ in range(2):
        _import(folder, _collection("list.txt", "Rafts"))
    paper = load_and_check(folder, "content").corpus.papers["rafts"]
    assert paper.provenance == (Provenance(source="list.txt", line=1, retrieved=TODAY),)


def test_another_title_of_a_paper_is_kept_so_that_it_can_be_found(tmp_path: Path) -> None:
    folder = _content(tmp_path, rafts='title: Rafts\narxiv: "2412.00001"\n')
    _import(folder, _records(_record(title="Rafts That Float", arxiv="2412.00001")))
    assert load_and_check(folder, "content").corpus.papers["rafts"].other_titles == (
        "Rafts That Float",
    )


def test_other_facts_are_kept_under_extra_and_only_missing_ones_are_added(tmp_path: Path) -> None:
    folder = _content(tmp_path, rafts="title: Rafts\nextra:\n  Rating: '5' # mine\n")
    facts = {"Rating": "4", "Task": "Floating\n\nand more", "Year read": "2024"}
    for _ in range(2):
        _import(folder, _records(_record(title="Rafts", extra=facts), _record(title="Oars")))
    text = (folder / "papers/rafts.yml").read_text()
    assert text.startswith("title: Rafts\nextra:\n  Rating: '5' # mine\n  Task: |")
    paper = load_and_check(folder, "content").corpus.papers["rafts"]
    assert paper.extra == {**facts, "Rating": "5"}
    assert paper.provenance[0].gave == ("extra",)


def test_a_paper_has_no_more_other_facts_than_content_may_have(tmp_path: Path) -> None:
    folder = _content(tmp_path, rafts="title: Rafts\nextra: {Mine: '5'}\n")
    for name in "ab":
        facts = {f"{name}{n}": "x" for n in range(60)}
        _import(folder, _records(_record(title="Rafts", extra=facts), source=name))
    assert len(load_and_check(folder, "content").corpus.papers["rafts"].extra) == MOST_EXTRA


def test_topics_are_suggested_for_new_papers_that_stand_under_no_heading(tmp_path: Path) -> None:
    folder = _content(tmp_path, old="title: An Old Boat\n")
    _import(
        folder,
        _issue("one.txt", ("Vessels", ["Boat of the Week"])),
        _records(_record(title="A Boat"), _record(2, title="An Old Boat"), _record(3, title="Oar")),
    )
    topics = {p.slug: p.topics for p in load_and_check(folder, "content").corpus.papers.values()}
    assert topics == {"a-boat": ("boats",), "old": (), "boat-of-the-week": (), "oar": ()}


def test_a_heading_that_no_topic_knows_becomes_one(tmp_path: Path) -> None:
    folder = _content(tmp_path)
    _import(folder, _issue("one.txt", ("VESSELS", ["Rafts"]), ("Kites & Wind", ["Kites"])))
    assert (folder / "topics.yml").read_text() == f"{TOPICS}kites-wind: {{name: Kites & Wind}}\n"
    assert load_and_check(folder, "content").problems == ()


def test_keywords_are_topics_if_a_topic_has_their_name_and_reported_if_none_has(
    tmp_path: Path,
) -> None:
    folder = _content(tmp_path)
    words = ("Vessels", "to read", "Rope")
    changes = _import(folder, _records(_record(title="Rafts", keywords=words)))
    (paper,) = load_and_check(folder, "content").corpus.papers.values()
    assert paper.topics == ("boats",)
    assert (folder / "topics.yml").read_text() == TOPICS
    (problem,) = changes.problems
    assert str(problem).startswith(
        "facts.jsonl: keywords: no topic is called 'to read', 'Rope'; left out (add those"
    )


def test_categories_of_arxiv_are_facts_and_need_no_topic(tmp_path: Path) -> None:
    folder = _content(tmp_path)
    categories = ("cs.CL", "hep-th", "cond-mat.mes-hall")
    found = _record(title="Rafts", arxiv="2403.00001", keywords=(*categories, "Vessels"))
    assert _import(folder, _records(found)).problems == ()
    (paper,) = load_and_check(folder, "content").corpus.papers.values()
    assert paper.facts
    assert (paper.facts.categories, paper.topics) == (categories, ("boats",))
    assert "facts" in paper.provenance[0].gave
    # Those that are known stay as they are.
    other = _record(title="Rafts", arxiv="2403.00001", keywords=("stat.ML",))
    assert _import(folder, _records(other)).problems == ()
    (paper,) = load_and_check(folder, "content").corpus.papers.values()
    assert paper.facts
    assert paper.facts.categories == categories


def test_known_papers_get_the_categories_that_they_lack(tmp_path: Path) -> None:
    folder = _content(tmp_path)
    _import(folder, _records(_record(title="Rafts", arxiv="2403.00001")))
    text = (folder / "papers/rafts.yml").read_text()
    found = _record(title="Rafts", arxiv="2403.00001", keywords=("cs.CL",))
    _import(folder, _records(found))
    after = (folder / "papers/rafts.yml").read_text()
    head, mark, _ = text.partition("provenance")
    assert after.startswith(f"{head}facts: {{categories: [cs.CL]}}\n{mark}")


def test_many_unknown_keywords_are_one_warning_with_the_most_frequent_first(
    tmp_path: Path,
) -> None:
    folder = _content(tmp_path)
    records = [_record(n, title=f"Raft {n}", keywords=("rope", f"own {n}")) for n in range(1, 8)]
    (problem,) = _import(folder, _records(*records)).problems
    assert problem.message.startswith("no topic is called 'rope', 'own 1', ")
    assert problem.message.endswith(" and 3 more; left out")


def test_topics_of_records_are_known_by_slug_name_or_alias_and_new_ones_are_added(
    tmp_path: Path,
) -> None:
    folder = _content(tmp_path)
    topics = ("rivers", "VESSELS", "Boats", "sea-anchors", "Sea Anchors", "Wind & Kites", "?!")
    _import(folder, _records(_record(title="Rafts", topics=topics)))
    paper = load_and_check(folder, "content").corpus.papers["rafts"]
    assert paper.topics == ("rivers", "boats", "sea-anchors", "wind-kites")
    added = "sea-anchors: {name: Sea anchors}\n"
    added += "wind-kites: {name: Wind & Kites}\n"
    assert (folder / "topics.yml").read_text() == TOPICS + added
    assert load_and_check(folder, "content").problems == ()


def test_a_collection_grows_at_its_end(tmp_path: Path) -> None:
    folder = _content(tmp_path)
    _import(folder, _collection("one.txt", "Rafts", "Boats"))
    file = folder / "collections/list.yml"
    file.write_text(file.read_text().replace("{paper: rafts}", "{paper: rafts}  # mine"))
    before = file.read_text()
    _import(folder, _collection("two.txt", "Oars", "Boats"))
    assert file.read_text() == f"{before}  - {{paper: oars}}\n"


def test_a_collection_has_what_its_source_says_about_each_paper(tmp_path: Path) -> None:
    folder = _content(tmp_path)
    _import(folder, _records(_record(title="Rafts", text="Logs: they float.", collection="List")))
    more = [_record(2, title=t, text=t, collection="List") for t in ("Rafts", "Oars")]
    _import(folder, _records(*more))
    (collection,) = load_and_check(folder).corpus.collections
    said = [(entry.paper, entry.text) for entry in collection.entries]
    assert said == [("rafts", "Logs: they float."), ("oars", "Oars")]


def test_two_sources_of_one_list_make_one_collection(tmp_path: Path) -> None:
    changes = _import(
        _content(tmp_path), _collection("one.txt", "Rafts"), _collection("two.txt", "Oars", "Rafts")
    )
    (collection,) = changes.collections
    assert [entry.paper for entry in collection.entries] == ["rafts", "oars"]


def test_a_title_that_is_taken_gets_a_number(tmp_path: Path) -> None:
    folder = _content(tmp_path, rafts='title: Rafts\narxiv: "2412.00001"\n')
    changes = _import(folder, _records(_record(title="Rafts", arxiv="2412.00002")))
    assert [paper.slug for paper in changes.new] == ["rafts-2"]
    assert "same title as arXiv:2412.00001 but a different arXiv id" in str(changes.problems[0])


def test_an_alias_is_taken_too(tmp_path: Path) -> None:
    folder = _content(tmp_path, boats="title: Boats\naliases: [rafts]\n")
    changes = _import(folder, _records(_record(title="Rafts!", arxiv="2412.00002")))
    assert [paper.slug for paper in changes.new] == ["rafts-2"]


def test_a_paper_of_an_id_alone_is_named_by_it(tmp_path: Path) -> None:
    changes = _import(_content(tmp_path), _records(_record(arxiv="2406.04520")))
    assert [(paper.slug, paper.name) for paper in changes.new] == [
        ("arxiv-2406-04520", "arXiv:2406.04520")
    ]


def test_a_paper_called_index_does_not_take_the_place_of_the_archive(tmp_path: Path) -> None:
    changes = _import(_content(tmp_path), _records(_record(title="Index")))
    assert changes.new[0].slug == "index-paper"


def test_without_texts_only_facts_are_taken(tmp_path: Path) -> None:
    folder = _content(tmp_path)
    _import(
        folder,
        _issue("one.txt", ("Vessels", ["Rafts"])),
        _records(_record(title="Oars", abstract="Oars row.", tldr="Row!")),
        texts=False,
    )
    text = "".join(path.read_text() for path in folder.rglob("*.yml"))
    assert "About Rafts" not in text
    assert "row" not in text.casefold()


def test_decisions_of_people_are_above_ids_and_titles(tmp_path: Path) -> None:
    folder = _content(tmp_path, rafts='title: Rafts\narxiv: "2412.00001"\n', oars="title: Oars\n")
    write_files(
        folder,
        {"merges.yml": "- same: [rafts, 2412.00002]\n- different: [oars, 2412.00003]\n"},
    )
    readings = _records(
        _record(title="Boats", arxiv="2412.00002"), _record(2, title="Oars", arxiv="2412.00003")
    )
    changes = _import(folder, readings)
    assert [(d.slug, d.reason) for d in changes.merged] == [("rafts", "merges.yml")]
    assert [paper.slug for paper in changes.new] == ["oars-2"]
    assert _import(folder, readings).changed == ()


def test_two_records_of_one_import_fill_one_paper(tmp_path: Path) -> None:
    changes = _import(
        _content(tmp_path),
        _records(
            _record(title="Rafts", arxiv="2412.00001"),
            _record(2, title="Other Name", arxiv="2412.00001", venue="TOYS"),
        ),
    )
    (paper,) = changes.new
    assert (paper.title, paper.venue, paper.other_titles) == ("Rafts", "TOYS", ("Other Name",))


def _issue_file(folder: Path, week: str = "2024-W48") -> str:
    return (folder / f"digests/weekly/{week}.yml").read_text()


def test_records_name_their_issue_section_and_number(tmp_path: Path) -> None:
    folder = _content(tmp_path)
    week: dict[str, Any] = {"issue": "2024-W48"}
    readings = _records(
        _record(title="Rafts", section="Vessels", number="1.1", **week),
        _record(2, title="Rapids", topics=("rivers",), **week),
        _record(3, title="Wind", **week),
        _record(4, title="Oars", section="Rowing", issue="rowing/2024-W48"),
    )
    changes = _import(folder, readings)
    assert _issue_file(folder) == (
        "title: Weekly, 25 November to 1 December 2024\nweek: 2024-W48\nstart: 2024-11-25\n"
        "end: 2024-12-01\nsections:\n"
        '  - heading: Vessels\n    entries:\n      - {paper: rafts, number: "1.1"}\n'
        "  - heading: R\n    entries:\n      - {paper: rapids}\n"
        "  - heading: More papers\n    entries:\n      - {paper: wind}\n"
    )
    assert [(i.digest, i.name, i.draft) for i in changes.issues] == [
        ("weekly", "2024-W48", False),
        ("rowing", "2024-W48", False),
    ]
    assert (folder / "topics.yml").read_text() == f"{TOPICS}rowing: {{name: Rowing}}\n"
    before = tree(folder)
    _import(folder, readings)
    assert tree(folder) == before


def test_records_are_sorted_by_their_numbers_in_each_section(tmp_path: Path) -> None:
    folder = _content(tmp_path)
    listed = [("Ten", "V", "10"), ("Rapids", "R", "b"), ("Two", "V", "2"), ("Wind", "R", "1")]
    records = [
        _record(line, title=title, section=section, number=number, issue="2024-W48")
        for line, (title, section, number) in enumerate(listed, start=1)
    ]
    _import(folder, _records(*records))
    found = [line.split()[-1] for line in _issue_file(folder).splitlines() if "number" in line]
    assert found == ['"2"}', '"10"}', "b}", '"1"}']


def test_records_go_to_the_end_of_sections_that_an_issue_has(tmp_path: Path) -> None:
    folder = _content(tmp_path)
    _import(folder, _records(_record(title="Rafts", section="Boats", issue="2024-W48")))
    file = folder / "digests/weekly/2024-W48.yml"
    file.write_text(_issue_file(folder).replace("heading: Boats", "heading: Boats  # mine"))
    before = _issue_file(folder)
    more = _records(
        _record(title="Rafts", section="Boats", issue="2024-W48"),
        _record(2, title="Canoes", section="Vessels", issue="2024-W48"),
        _record(3, title="Rapids", section="R", issue="2024-W48"),
    )
    _import(folder, more)
    assert _issue_file(folder) == (
        f"{before}      - {{paper: canoes}}\n"
        "  - heading: R\n    entries:\n      - {paper: rapids}\n"
    )


def test_records_that_no_list_has_become_a_collection_named_after_their_file(
    tmp_path: Path,
) -> None:
    folder = _content(tmp_path)
    named = _records(
        _record(title="Rafts", collection="Sailing & Rowing"),
        _record(2, title="Canoes", issue="2024-W48"),
        _record(3, title="Oars"),
        source="data/my_reading-list.jsonl",
    )
    changes = _import(folder, named)
    assert [(c.slug, c.title, [e.paper for e in c.entries]) for c in changes.collections] == [
        ("sailing-rowing", "Sailing & Rowing", ["rafts"]),
        ("my-reading-list", "My reading list", ["oars"]),
    ]


def test_facts_about_papers_that_other_lists_have_make_no_collection(tmp_path: Path) -> None:
    folder = _content(tmp_path)
    facts = _records(_record(title="Rafts", venue="TOYS"))
    changes = _import(folder, facts, _issue("one.txt", ("Vessels", ["Rafts"])))
    assert changes.collections == ()
    assert _import(folder, facts).collections == ()


def test_records_of_one_file_about_one_paper_are_counted_apart(tmp_path: Path) -> None:
    folder = _content(tmp_path, oars="title: Oars\n")
    twice = (_record(title="Rafts"), _record(2, title="rafts", venue="V"), _record(3, title="Oars"))
    changes = _import(folder, _records(*twice))
    assert [(d.line, d.slug) for d in changes.repeated] == [(2, "rafts")]
    assert [(d.line, d.slug) for d in changes.merged] == [(3, "oars")]
    changes = _import(folder, _records(*twice))
    assert ([d.line for d in changes.repeated], changes.merged) == ([2], ())
