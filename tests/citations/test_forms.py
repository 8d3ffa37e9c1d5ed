"""Each format can be read by a library made for it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pybtex.database
import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from made import citation_files
from pybtex.plugin import find_plugin
from toy import CORPUS, EDITION, SITE, edition_of, many

from broadsheet.citations.bibtex import bibtex_of, protected
from broadsheet.citations.csl import csl_of
from broadsheet.citations.ris import ris_of
from broadsheet.citations.styles import STYLES, apa
from broadsheet.content.model import Paper, Place
from broadsheet.edition import Link
from broadsheet.outputs.citation_files import (
    LIST_LIMIT,
    citation_links,
    citation_text,
)
from broadsheet.outputs.pages.materials import materials_of
from broadsheet.outputs.pages.render import renderer
from broadsheet.outputs.pages.topics import topics_pages
from broadsheet.outputs.templates import templates_folder

CITATIONS = EDITION.citations
ALL_BIBTEX = citation_text(list(CITATIONS.values()), "bibtex")


def test_a_preprint_is_a_misc_entry_with_arxivs_eprint_fields() -> None:
    paper = Paper(
        slug="a",
        title="RAFT: Boats",
        authors=("Ada Zhang",),
        arxiv="2403.01234",
        published="2024-03-18",
    )
    assert bibtex_of(csl_of(paper, "zhang-2024-raft", SITE)) == (
        "@misc{zhang-2024-raft,\n"
        "  title = {{RAFT}: Boats},\n"
        "  author = {Zhang, Ada},\n"
        "  year = 2024,\n"
        "  month = mar,\n"
        "  eprint = {2403.01234},\n"
        "  archiveprefix = {arXiv},\n"
        "  url = {https://arxiv.org/abs/2403.01234},\n"
        "}\n"
    )


def test_a_venue_makes_an_article_or_a_conference_paper_of_the_venues_year() -> None:
    assert CITATIONS["raft-boats-that-float"].bibtex.startswith("@inproceedings{")
    assert "year = 2025" in CITATIONS["raft-boats-that-float"].bibtex
    assert CITATIONS["latex-in-the-title"].bibtex.startswith("@article{")


def test_a_journals_volume_issue_and_pages_have_their_own_fields() -> None:
    paper = Paper(slug="a", title="Toys", venue="PNAS 2025 (122(8), 10-22)", authors=("A. Zhang",))
    reference = csl_of(paper, "key", SITE)
    fields = parse_string(bibtex_of(reference)).entries[0].fields_dict
    assert {name: fields[name].value for name in ("journal", "volume", "number", "pages")} == {
        "journal": "PNAS",
        "volume": "122",
        "number": "8",
        "pages": "10--22",
    }
    (read,) = rispy.loads(ris_of(reference))
    assert (read["volume"], read["number"], read["start_page"]) == ("122", "8", "10-22")
    assert apa(reference).startswith("Zhang, A. (2025). Toys. PNAS, 122(8), 10")


def test_a_work_without_known_author_is_sorted_and_called_by_its_title() -> None:
    text = CITATIONS["arxiv-2406-04520"].bibtex
    assert "author" not in text
    (entry,) = pybtex.database.parse_string(text, "bibtex").entries.values()
    assert entry.fields["key"] == "arXiv:2406.04520"
    # BibTeX's standard styles make labels from the first letters of this field.
    style = find_plugin("pybtex.style.formatting", "alpha")()
    assert next(iter(style.format_entries([entry]))).label == "arX24"


@pytest.mark.parametrize(
    ("title", "called"),
    [
        ("NEWS: A Framework", "NEWS"),
        ("What Do Boats Know About Rivers", "What Do Boats Know"),
        ("Are Boats Afloat? A Survey & More", "Are Boats Afloat"),
        ("100% Boats", "100\\% Boats"),
    ],
)
def test_a_work_without_author_is_called_by_the_first_words_of_its_title(
    title: str, called: str
) -> None:
    text = bibtex_of(csl_of(Paper(slug="a", title=title, published="2024"), "key", SITE))
    assert f"= {{{called}}},\n" in next(line + "\n" for line in text.split("\n") if " key " in line)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Boats with GPT-4 and LLaMA", "Boats with {GPT-4} and {LLaMA}"),
        ("A Plan B for C4", "A Plan {B} for {C4}"),
        ("Chain-of-Thought (CoT), done", "Chain-of-Thought ({CoT}), done"),
        ("Costs of $n^{1+o(1)}$ & more", "Costs of {$n^{1+o(1)}$} \\& more"),
        ("It costs $5", "It costs \\$5"),
        ("{Braces} in pairs, $\\{a\\}$", "\\{Braces\\} in pairs, {$\\{a\\}$}"),
        (
            "Braces } and { and $a}$",
            "Braces \\textbraceright{} and \\textbraceleft{} and \\$a\\textbraceright{}\\$",
        ),
        ("$\\left\\{ a \\right.$", "{$\\left\\lbrace{} a \\right.$}"),
        (
            "50% of #1_2^3~4\\x",
            "50\\% of \\#1\\_2\\textasciicircum{}3\\textasciitilde{}4\\textbackslash{}x",
        ),
    ],
)
def test_a_title_is_escaped_and_its_names_keep_their_capitals(title: str, expected: str) -> None:
    assert protected(title) == expected


def test_pybtex_takes_names_apart_as_we_did() -> None:
    read = pybtex.database.parse_string(ALL_BIBTEX, "bibtex")
    people = read.entries[CITATIONS["raft-boats-that-float"].key].persons["author"]
    assert [(p.first_names, p.prelast_names, p.last_names) for p in people] == [
        (["Ada"], [], ["Zhang"]),
        (["Bob"], ["van", "der"], ["Sample"]),
        (["Carla"], [], ["{Dupré la Tour}"]),
        (["J."], [], ["Kolter"]),
    ]
    people = read.entries[CITATIONS["latex-in-the-title"].key].persons["author"]
    assert people[3].lineage_names == ["Jr."]
    people = read.entries[CITATIONS["by-a-group"].key].persons["author"]
    assert people[0].last_names == ["{Boat Team}"]


def test_rispy_reads_what_was_written() -> None:
    read = rispy.loads(citation_text(list(CITATIONS.values()), "ris"))
    assert [entry["id"] for entry in read] == [c.key for c in CITATIONS.values()]
    raft = next(entry for entry in read if "Boats That Float" in entry["title"])
    assert raft["authors"][1] == "van der Sample, Bob"
    assert raft["secondary_title"] == "EXAMPLE 2025"
    assert raft["doi"] == "10.1000/Raft.1"
    assert rispy.loads(rispy.dumps(read)) == read


def test_references_have_no_abstracts_which_would_make_them_long() -> None:
    for citation in CITATIONS.values():
        assert "abstract" not in citation.csl
        assert "AB  - " not in citation.ris


def test_formatted_references_follow_their_styles() -> None:
    text = CITATIONS["raft-boats-that-float"].text
    assert text["APA"].startswith(
        "Zhang, A., van der Sample, B., Dupré la Tour, C., & Kolter, J. Z. (2025)."
    )
    assert text["IEEE"].startswith("A. Zhang, B. van der Sample,")
    assert "RAFT: Boats That Float on LLaMA-3 & Co." in text["APA"]


def printed(style: str, **facts: Any) -> str:
    paper = Paper.model_validate(
        {"slug": "a", "title": "Boats", "published": "2024-05-02", **facts}
    )
    return STYLES[style](csl_of(paper, "key", SITE))


def test_a_preprint_is_printed_as_style_guides_have_it() -> None:
    facts = {"authors": ("Ada B. Zhang",), "arxiv": "2405.00001"}
    assert printed("APA", **facts) == (
        "Zhang, A. B. (2024). Boats (arXiv:2405.00001). arXiv. https://arxiv.org/abs/2405.00001"
    )
    assert printed("IEEE", **facts) == (
        "A. B. Zhang, “Boats,” May 02, 2024, arXiv:2405.00001. [Online]."
        " Available: https://arxiv.org/abs/2405.00001"
    )


def test_a_paper_that_came_out_is_printed_without_the_archive() -> None:
    facts = {"authors": ("Ada Zhang",), "arxiv": "2405.00001", "venue": "ICML 2024"}
    url = "https://arxiv.org/abs/2405.00001"
    assert printed("APA", **facts) == f"Zhang, A. (2024). Boats. ICML 2024. {url}"
    assert printed("IEEE", **facts) == (
        f"A. Zhang, “Boats,” in ICML 2024, 2024. [Online]. Available: {url}"
    )


def test_the_title_of_a_work_without_author_is_printed_once_and_first() -> None:
    assert printed("APA", arxiv="2405.00001") == (
        "Boats (arXiv:2405.00001). (2024). arXiv. https://arxiv.org/abs/2405.00001"
    )


def test_a_question_ends_with_its_mark_alone() -> None:
    facts = {"title": "Do Boats Float?", "authors": ("Ada Zhang",), "venue": "ICML 2024"}
    facts["doi"] = "10.1000/1"
    assert "Do Boats Float? ICML 2024." in printed("APA", **facts)
    assert "“Do Boats Float?” in ICML 2024, 2024." in printed("IEEE", **facts)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Zixu (James) Zhu", "Zhu, Z."),
        ("Wen-tau Yih", "Yih, W.-T."),
        ("Xiang-Bo Mao", "Mao, X.-B."),
        ("Mihaela van der Schaar", "van der Schaar, M."),
        ("Sam O'Neill Jr.", "O'Neill, S., Jr."),
    ],
)
def test_given_names_are_printed_as_initials(name: str, expected: str) -> None:
    assert printed("APA", authors=(name,)).startswith(f"{expected} (2024).")


def test_weeks_topics_and_collections_have_their_citation_files() -> None:
    files = citation_files(EDITION)
    assert {path for path in files if path.endswith(".bib")} == {
        "weeks/2024-W12/papers.bib",
        "weeks/2024-W18/papers.bib",
        "topics/boats/papers.bib",
        "topics/rivers/papers.bib",
        "collections/floating/papers.bib",
        "data/papers.bib",
    }
    read = pybtex.database.parse_string(files["weeks/2024-W18/papers.bib"].decode(), "bibtex")
    assert list(read.entries) == [CITATIONS[s].key for s in ("raft-again", "by-a-group")]


def test_a_list_of_references_is_in_the_order_of_its_style() -> None:
    week = [CITATIONS[slug] for slug in EDITION.weeks["2024-W18"].papers]
    apa = citation_text(week, "APA").split("\n\n")
    assert [line[:5] for line in apa] == ["Boat ", "ZHANG"]
    ieee = citation_text(week, "IEEE").split("\n\n")
    assert [line[:12] for line in ieee] == ["[1] A. ZHANG", "[2] Boat Tea"]
    assert citation_text([CITATIONS["raft-again"]], "IEEE").startswith("[1] A. ZHANG")


def test_a_list_has_the_formats_that_programs_import_and_all_papers_have_styles_too() -> None:
    files = citation_files(EDITION)
    for stem in ("weeks/2024-W18/papers", "data/papers"):
        found = [path.removeprefix(f"{stem}.") for path in files if path.startswith(stem)]
        more = ["csl.json", "apa.txt", "ieee.txt"] if "data" in stem else []
        assert found == ["bib", "ris", *more]


def test_the_files_of_a_long_list_have_its_first_papers() -> None:
    places = {("topic", slug): Place("topics.yml") for slug in CORPUS.topics}
    edition = edition_of(replace(many(LIST_LIMIT + 20), places=places))
    files = citation_files(edition)
    topic = parse_string(files["topics/boats/papers.bib"].decode()).entries
    first = edition.lists["topics/boats/"].papers[:LIST_LIMIT]
    assert [one.key for one in topic] == [edition.citations[slug].key for slug in first]
    assert len(json.loads(files["data/papers.csl.json"])) == LIST_LIMIT + 20
    assert "data/papers.apa.txt" in files
    assert "data/papers.apa.txt" not in citation_files(edition_of(many(1001)))
    materials = materials_of(edition, {}, dict.fromkeys(files, 1))
    assert materials.takeaway("topics/boats/").cited == LIST_LIMIT
    (page,) = [p for p in topics_pages(materials) if p.address == "topics/boats/"]
    assert "the first 200 papers" in renderer(templates_folder())(page.make())
    assert materials_of(EDITION, {}, {}).takeaway("topics/boats/").cited == 0


def test_links_to_citations_name_every_part_of_them() -> None:
    parts = ("data/papers-1.bib", "data/papers-2.bib", "data/papers.apa.txt", "data/papers.db")
    assert citation_links(parts, "data/papers") == (
        Link("BibTeX 1", "data/papers-1.bib"),
        Link("BibTeX 2", "data/papers-2.bib"),
        Link("APA", "data/papers.apa.txt"),
    )


def test_bulk_bibtex_is_cut_between_entries_below_the_limit() -> None:
    files = {
        path: text
        for path, text in citation_files(edition_of(many(40)), 3000).items()
        if path.startswith("data/") and path.endswith(".bib")
    }
    assert list(files) == [f"data/papers-{number}.bib" for number in range(1, len(files) + 1)]
    assert all(len(text) <= 3000 for text in files.values())
    keys = [entry.key for text in files.values() for entry in parse_string(text.decode()).entries]
    assert len(keys) == len(set(keys)) == 40


def test_every_csl_field_is_one_that_the_schema_of_csl_data_knows() -> None:
    texts = {"id", "title", "container-title", "DOI", "URL", "publisher", "number"}
    texts |= {"archive", "archive_location", "volume", "issue", "page"}
    for citation in CITATIONS.values():
        reference = dict(citation.csl)
        assert reference.pop("type") in {"article", "article-journal", "paper-conference"}
        for name in reference.pop("author", []):
            assert {"literal"} == set(name) or {"family", "given"} <= set(name)
            assert set(name) <= {"literal", "family", "given", "suffix", "non-dropping-particle"}
        ((*date,),) = reference.pop("issued", {"date-parts": [[2024]]})["date-parts"]
        assert 1 <= len(date) <= 3
        assert all(isinstance(part, int) for part in date)
        assert set(reference) <= texts
        assert all(isinstance(text, str) and text for text in reference.values())
