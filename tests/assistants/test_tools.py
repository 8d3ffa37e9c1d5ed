"""What assistants are told about a site, from a project and from the site that it becomes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from building import build_site
from folders import write_files

from broadsheet.base.errors import BroadsheetError
from broadsheet.cli.loading import edition_without_related
from broadsheet.outputs.assistants import tools
from broadsheet.outputs.assistants.library import Library
from broadsheet.outputs.assistants.shapes import FullWeek, Style
from broadsheet.site.library import CurrentLibrary, library_of_edition, library_of_folder
from broadsheet.site.project import find_project

RAFTS = "floating-rafts-of-logs"


@pytest.fixture(scope="module")
def libraries(
    tmp_path_factory: pytest.TempPathFactory, with_fonts: Callable[[Path], Path]
) -> dict[str, Library]:
    """The library of a project without related papers, and of its site."""
    toys = Path(__file__).parents[1] / "toy_site"
    folder = tmp_path_factory.mktemp("assistants")
    files = {
        p.relative_to(toys).as_posix(): p.read_bytes() for p in toys.rglob("*.*") if p.is_file()
    }
    files["mkdocs.yml"] += b"    related: 0\n"
    site = with_fonts(write_files(folder, files))
    project = find_project(site / "mkdocs.yml")
    build_site(site)
    return {
        "project": library_of_edition(edition_without_related(project), project),
        "site": library_of_folder(site / "site"),
    }


@pytest.fixture(params=["project", "site"])
def library(libraries: dict[str, Library], request: pytest.FixtureRequest) -> Library:
    return libraries[request.param]


ASKED: dict[str, Callable[[Library], object]] = {
    "search": lambda known: tools.search_papers(known, "rafts logs", 10, newest_first=False),
    "newest": lambda known: tools.search_papers(known, "topic:boats", 10, newest_first=True),
    "paper": lambda known: tools.read_paper(known, RAFTS),
    "citations": lambda known: tools.cite_papers(known, [RAFTS, "10.1000/toys.1"], "csl"),
    "weeks": lambda known: tools.list_weeks(known, 10, None),
    "week": lambda known: tools.read_week(known, "2024-W52", 100, 0),
    "topics": lambda known: tools.list_topics(known, 10, 0),
    "topic": lambda known: tools.topic_papers(known, "boats", 10, 0),
    "collections": lambda known: tools.list_collections(known, 10, 0),
    "collection": lambda known: tools.collection_papers(known, "harbour", 10, 0),
    "paper as text": lambda known: known.twin(RAFTS),
    "week as text": lambda known: known.week_twin("2024-W52"),
}


@pytest.mark.parametrize("name", ASKED)
def test_a_project_says_the_same_as_its_site(libraries: dict[str, Library], name: str) -> None:
    assert ASKED[name](libraries["project"]) == ASKED[name](libraries["site"])


@pytest.mark.parametrize(
    "name",
    [
        RAFTS,
        f" {RAFTS}\n",
        "2412.01230",
        "arXiv:2412.01230v3",
        "https://arxiv.org/abs/2412.01230",
        "10.1000/TOYS.1",
        "https://doi.org/10.1000/toys.1",
        f"https://toys.example/digest/papers/{RAFTS}/",
        f"papers/{RAFTS}/index.md",
        "rafts-that-float",
        "https://toys.example/digest/papers/old-rafts/",
    ],
)
def test_a_paper_has_many_names(library: Library, name: str) -> None:
    found = tools.read_paper(library, name)
    assert found.slug == RAFTS
    assert found.url == f"https://toys.example/digest/papers/{RAFTS}/"
    assert found.abstract
    assert found.abstract.startswith("Logs are light")


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("floating-raft-of-logs", f"did you mean '{RAFTS}'?"),
        ("paper sails", "did you mean 'sails-of-paper'?"),
        ("2412.99999", "search for it with search_papers"),
        ("10.1000/nothing", "search for it with search_papers"),
        ("../../../etc/passwd", "search for it with search_papers"),
        ("", "search for it with search_papers"),
    ],
)
def test_an_unknown_paper_is_refused_with_advice(library: Library, name: str, advice: str) -> None:
    with pytest.raises(BroadsheetError) as refused:
        tools.read_paper(library, name)
    assert f"paper {name!r}: isn't on this site ({advice})" == str(refused.value)


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda known: tools.read_week(known, "2024-W51", 9, 0), "the newest is 2025-W01"),
        (lambda known: tools.read_week(known, "next week", 9, 0), "the newest is 2025-W01"),
        (lambda known: tools.topic_papers(known, "boat", 9, 0), "did you mean 'boats'?"),
        (lambda known: tools.topic_papers(known, "../weeks", 9, 0), "list_topics has all"),
        (lambda known: tools.collection_papers(known, "x", 9, 0), "list_collections has all"),
    ],
)
def test_an_unknown_list_is_refused_with_advice(
    library: Library, ask: Callable[[Library], object], said: str
) -> None:
    with pytest.raises(BroadsheetError, match=said.replace("?", r"\?")):
        ask(library)


def test_a_topic_is_found_by_its_name(library: Library) -> None:
    (boats,) = [one for one in tools.list_topics(library, 50, 0).members if one.slug == "boats"]
    assert tools.topic_papers(library, boats.name.upper(), 1, 0).slug == "boats"


def _pages(part: Callable[[int], tuple[list[str], int]]) -> Iterator[str]:
    """All members of a list, two at a time."""
    offset, more = 0, 1
    while more:
        members, more = part(offset)
        assert len(members) <= 2
        yield from members
        offset += 2


def test_long_lists_come_in_parts(library: Library) -> None:
    def topic(offset: int) -> tuple[list[str], int]:
        found = tools.topic_papers(library, "boats", 2, offset)
        return [paper.slug for paper in found.papers], found.more

    def week(offset: int) -> tuple[list[str], int]:
        found = tools.read_week(library, "2024-W52", 2, offset)
        return _in_week(found), found.more

    whole = tools.topic_papers(library, "boats", 100, 0)
    assert list(_pages(topic)) == [paper.slug for paper in whole.papers]
    assert len(whole.papers) == whole.count > 2
    known = tools.read_week(library, "2024-W52", 100, 0)
    assert list(_pages(week)) == _in_week(known)
    assert len(_in_week(known)) == known.count


def _in_week(found: FullWeek) -> list[str]:
    sections = (section for issue in found.issues for section in issue.sections)
    return [paper.slug for section in sections for paper in section.papers]


def test_weeks_go_on_before_the_last_one(library: Library) -> None:
    first = tools.list_weeks(library, 1, None)
    assert ([one.slug for one in first.members], first.count, first.more) == (["2025-W01"], 2, 1)
    rest = tools.list_weeks(library, 1, "2025-w01")
    assert ([one.slug for one in rest.members], rest.count, rest.more) == (["2024-W52"], 1, 0)


@pytest.mark.parametrize(
    ("style", "starts"),
    [
        ("bibtex", "@inproceedings{"),
        ("apa", "Example, A., van der Sample, B."),
        ("ieee", "A. Example, B. van der Sample"),
        ("ris", "TY  - CONF"),
        ("csl", '[{"id":'),
    ],
)
def test_each_style_has_references(library: Library, style: Style, starts: str) -> None:
    found = tools.cite_papers(library, [RAFTS, "rivers-remember", RAFTS], style)
    assert [reference.slug for reference in found.references] == [RAFTS, "rivers-remember"]
    assert found.text.startswith(starts)
    if style == "csl":
        assert [one["id"] for one in json.loads(found.text)] == [r.key for r in found.references]


def test_what_was_found_and_how_is_told(library: Library) -> None:
    def told(query: str) -> tuple[str, int]:
        found = tools.search_papers(library, query, 10, newest_first=False)
        return found.how, found.count

    assert told("rafts") == ("All words of the query are in these papers.", 4)
    how, count = told("rafst")
    assert how.endswith("these have words that are spelled like them: raft")
    assert count == 4
    assert told("zzz")[1] == 0


def test_a_folder_without_a_site_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BroadsheetError, match="isn't a site that Broadsheet has built"):
        library_of_folder(tmp_path)


def test_files_that_another_version_wrote_are_refused(tmp_path: Path) -> None:
    files = {"api/v1/manifest.json": "{}", "api/v1/papers/a.json": '{"slug": "a"}'}
    library = library_of_folder(write_files(tmp_path, files))
    with pytest.raises(BroadsheetError, match=r"papers/a\.json: isn't what this version"):
        tools.read_paper(library, "a")


def test_no_file_outside_of_a_site_is_read(tmp_path: Path) -> None:
    paper = '{"slug": "a", "title": "A", "title_known": true, "citations": {}}'
    write_files(tmp_path, {"a.json": paper, "site/api/v1/manifest.json": "{}"})
    papers = tmp_path / "site" / "api" / "v1" / "papers"
    papers.mkdir()
    (papers / "a.json").symlink_to(tmp_path / "a.json")
    library = library_of_folder(tmp_path / "site")
    with pytest.raises(BroadsheetError, match=r"table\.json: is missing"):
        tools.read_paper(library, "a")


def test_a_change_of_content_is_seen(toy_site: Path) -> None:
    project = find_project(toy_site / "mkdocs.yml")
    loads: list[Library] = []

    def load() -> Library:
        loads.append(library_of_edition(edition_without_related(project), project))
        return loads[-1]

    current = CurrentLibrary(project, load)
    assert current() is current()
    assert len(loads) == 1
    file = toy_site / "content" / "papers" / "kites.yml"
    file.write_text("title: Kites\n")
    assert tools.read_paper(current(), "kites").title == "Kites"
    file.write_text("titel: Kites\n")
    with pytest.raises(BroadsheetError, match="did you mean 'title'"):
        current()
    file.write_text("title: Kites of Paper\ndraft: true\n")
    with pytest.raises(BroadsheetError, match="isn't on this site"):
        tools.read_paper(current(), "kites")
