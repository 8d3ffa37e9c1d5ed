"""A build after any edits gives the same bytes as one from scratch."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from building import build_site
from folders import tree
from hypothesis import given, settings
from hypothesis import strategies as st

TOPICS = ("boats", "rivers", "ropes")
WORDS = ("anchor", "barge", "current", "delta", "eddy", "ferry", "gauge", "harbour")
AUTHORS = ("Ada Example", "Bob Beam", "Cleo Creek", "Dag Deep")
DATES = ("2024", "2024-11", "2024-12-30", "2025-01-02", None)
CONFIG = """\
site_name: {name}
site_url: https://toys.example/
docs_dir: content/pages
theme: {{name: material, font: false}}
plugins: [broadsheet]
markdown_extensions: [attr_list, md_in_html]
validation: {{nav: {{omitted_files: ignore}}, links: {{unrecognized_links: ignore}}}}
nav: [{{Home: index.md}}, {{Weeks: weeks/index.md}}, {{Topics: topics/index.md}}]
extra: {{broadsheet: {{papers_per_page: {size}, card_papers: 1, author_papers: {authors}}}}}
"""


@dataclass(frozen=True)
class Content:
    """A project as values."""

    papers: dict[str, dict[str, object]] = field(default_factory=dict)
    issues: dict[str, tuple[str, ...]] = field(default_factory=dict)
    collection: tuple[str, ...] = ()
    topics: tuple[str, ...] = TOPICS
    name: str = "Toys"
    size: int = 2
    authors: int = 2
    template: str = ""
    page: str = "# By hand\n"


Edit = Callable[[Content], Content]
titles = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
papers = st.fixed_dictionaries(
    {
        "title": titles,
        "authors": st.lists(st.sampled_from(AUTHORS), max_size=3, unique=True),
        "abstract": st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join),
        "topics": st.lists(st.sampled_from(TOPICS[:2]), max_size=2, unique=True),
        "published": st.sampled_from(DATES),
        "tldr": st.none() | titles,
        "draft": st.sampled_from([False, False, True]),
        "withdrawn": st.sampled_from([None, None, {"on": "2025-02-01", "reason": "It sank."}]),
        "corrections": st.sampled_from([[], [], [{"on": "2025-01-05", "text": "It floats."}]]),
    }
)
slugs = st.integers(0, 7).map(lambda number: f"paper-{number}")
weeks = st.sampled_from(["2024-W50", "2024-W52", "2025-W01"])


def _put(slug: str, paper: dict[str, object]) -> Edit:
    return lambda content: replace(content, papers={**content.papers, slug: paper})


def _without(content: Content, slug: str) -> Content:
    def rest(listed: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(other for other in listed if other != slug)

    kept = {name: paper for name, paper in content.papers.items() if name != slug}
    issues = {week: rest(listed) for week, listed in content.issues.items()}
    return replace(content, papers=kept, issues=issues, collection=rest(content.collection))


def _rename(old: str, new: str) -> Edit:
    def edit(content: Content) -> Content:
        if old not in content.papers or new in content.papers:
            return content
        paper = {**content.papers[old], "aliases": [old]}
        left = _without(content, old)
        return replace(left, papers={**left.papers, new: paper})

    return edit


def _list(week: str, numbers: list[int]) -> Edit:
    def edit(content: Content) -> Content:
        known = sorted(content.papers)
        listed = tuple(dict.fromkeys(known[n % len(known)] for n in numbers)) if known else ()
        if week == "collection":
            return replace(content, collection=listed)
        return replace(content, issues={**content.issues, week: listed})

    return edit


edits: st.SearchStrategy[Edit] = st.one_of(
    st.builds(_put, slugs, papers),
    st.builds(_put, slugs, papers),
    slugs.map(lambda slug: lambda content: _without(content, slug)),
    st.builds(_rename, slugs, slugs),
    st.builds(_list, weeks | st.just("collection"), st.lists(st.integers(0, 9), max_size=4)),
    st.sampled_from([TOPICS, TOPICS[:2]]).map(lambda t: lambda content: replace(content, topics=t)),
    st.sampled_from(["Toys", "Others"]).map(lambda n: lambda content: replace(content, name=n)),
    st.integers(1, 3).map(lambda size: lambda content: replace(content, size=size)),
    st.integers(1, 3).map(lambda least: lambda content: replace(content, authors=least)),
    st.sampled_from(["", "<p>x</p>"]).map(lambda t: lambda content: replace(content, template=t)),
    titles.map(lambda page: lambda content: replace(content, page=f"# {page}\n")),
)


def _write(content: Content, folder: Path) -> None:
    """Replaces the files of a project, except for its cache and its site."""
    shutil.rmtree(folder / "content", ignore_errors=True)
    shutil.rmtree(folder / "site_templates", ignore_errors=True)
    files: dict[str, str] = {
        "mkdocs.yml": CONFIG.format(name=content.name, size=content.size, authors=content.authors),
        "content/pages/by-hand.md": content.page,
        # A build refuses a site that has lost all its papers.
        "content/papers/always.yml": "title: Always\n",
        "content/topics.yml": yaml.safe_dump(
            {
                slug: {"name": slug.title(), "description": f"About {slug}."}
                for slug in content.topics
            }
        ),
    }
    for slug, paper in content.papers.items():
        known = [topic for topic in paper["topics"] if topic in content.topics]  # type: ignore[attr-defined]
        whole = {**paper, "topics": known}
        files[f"content/papers/{slug}.yml"] = json.dumps(
            {name: value for name, value in whole.items() if value}
        )
    for week, listed in content.issues.items():
        if listed:
            files[f"content/digests/weekly/{week}.yml"] = _issue(week, listed)
    if content.collection:
        listed_ = [{"paper": slug} for slug in content.collection]
        files["content/collections/all.yml"] = json.dumps({"title": "All", "entries": listed_})
    if content.template:
        own = Path(__file__).parents[2] / "site_templates/pages/paper.html.j2"
        files["site_templates/pages/paper.html.j2"] = own.read_text("utf-8") + content.template
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def _issue(week: str, listed: tuple[str, ...]) -> str:
    day = {"2024-W50": "2024-12-15", "2024-W52": "2024-12-29", "2025-W01": "2025-01-05"}[week]
    entries = [{"paper": slug} for slug in listed]
    sections = [{"heading": "Boats", "entries": entries}]
    return json.dumps(
        {"title": f"Week {week}", "week": week, "start": day, "end": day, "sections": sections}
    )


@pytest.mark.parametrize("served", [False, True])
@settings(max_examples=2)
@given(st.lists(edits, min_size=2, max_size=5), st.lists(edits, min_size=1, max_size=3))
def test_a_build_after_any_edits_gives_the_same_bytes_as_a_clean_one(
    served: bool, first: list[Edit], later: list[Edit]
) -> None:
    _check(first, later, served=served)


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("served", [False, True])
@settings(max_examples=15)
@given(st.lists(edits, min_size=4, max_size=12), st.lists(edits, min_size=1, max_size=6))
def test_a_build_after_many_edits_gives_the_same_bytes_as_a_clean_one(
    served: bool, first: list[Edit], later: list[Edit]
) -> None:
    _check(first, later, served=served)


def _check(first: list[Edit], later: list[Edit], *, served: bool) -> None:
    memory: dict[Path, Any] | None = {} if served else None
    with tempfile.TemporaryDirectory() as folder:
        edited, clean = Path(folder, "edited"), Path(folder, "clean")
        content = Content()
        for edit in first:
            content = edit(content)
        for number, edit in enumerate((lambda unchanged: unchanged, *later)):
            content = edit(content)
            _write(content, edited)
            if served:
                build_site(edited, pages_first=True, memory=memory)
                if number % 2:
                    continue  # the next edit comes before everything is made
            build_site(edited, memory=memory)
            shutil.rmtree(clean, ignore_errors=True)
            _write(content, clean)
            build_site(clean)
            assert tree(edited / "site") == tree(clean / "site")
