"""Templates only loop and branch, and whatever they print is escaped."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import jinja2
import jinja2.meta
import jinja2.nodes
import pytest
from folders import write_files
from hostile import HOSTILE, NAMES
from made import made_of
from shown import shown
from toy import BRAND

from broadsheet.base.addresses import Site
from broadsheet.base.characters import without_harmful
from broadsheet.base.errors import BroadsheetError
from broadsheet.content.model import (
    Cited,
    Collection,
    Corpus,
    Correction,
    Entry,
    Facts,
    Issue,
    Links,
    Paper,
    Place,
    Provenance,
    Section,
    Signature,
    Source,
    Topic,
    Withdrawal,
)
from broadsheet.content.settings import LetterSettings, Settings
from broadsheet.edition import make_edition
from broadsheet.outputs.pages import Page
from broadsheet.outputs.pages.render import renderer
from broadsheet.outputs.pages.views import CollectionsView, SearchView
from broadsheet.outputs.templates import templates_folder

FOLDER = templates_folder() / "pages"
TEMPLATES = sorted(path.name for path in FOLDER.glob("*.j2"))
# Filters that print (and escape), and filters that only select or count.
FILTERS = {"inline", "blocks", "rich", "prose", "url", "code", "join", "items", "length"} | {
    "commas",
    "day",
    "number",
    "series",
    "together",
}
SEARCH = Page("search/", "S", "d", SearchView(1))
SITE = Site("https://toys.example/", "Toys <&> *Toys*", "Invented {{ 7 * 7 }}", brand=BRAND)
DAY = date(2025, 1, 2)


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_template_marks_anything_safe(name: str) -> None:
    tree = jinja2.Environment(autoescape=True).parse((FOLDER / name).read_text("utf-8"))
    assert {node.name for node in tree.find_all(jinja2.nodes.Filter)} <= FILTERS
    names = {node.name for node in tree.find_all(jinja2.nodes.Name)}
    assert not names & {"Markup", "safe"}
    assert not list(tree.find_all((jinja2.nodes.MarkSafe, jinja2.nodes.ScopedEvalContextModifier)))


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_template_concatenates_markup_from_texts(name: str) -> None:
    """`'<b>' ~ text` would be escaped either completely or not at all."""
    text = (FOLDER / name).read_text("utf-8")
    assert not re.search(r"~\s*['\"][^'\"]*<|<[^'\"]*['\"]\s*~", text)


def _hostile_corpus(hostile: str) -> Corpus:
    text = without_harmful(hostile)  # content with harmful characters is refused
    paragraphs = f"{text}\n\n- {text}"
    paper = Paper(
        slug="p",
        title=text,
        authors=(text, text),
        arxiv="2406.04520",
        doi='10.1000/<script>"',
        published="2024-12-30",
        venue=text,
        links=Links(code='https://a.example/"><script>alert(1)</script>(x)[y]'),
        other_titles=(text,),
        provenance=(Provenance(source=text, line=1, gave=(text,)),),
        tldr=text,
        summary=paragraphs,
        abstract=paragraphs,
        topics=("t",),
        extra={**dict.fromkeys(NAMES, text), text[:99].strip() or "x": text},
        facts=Facts(categories=(text,), cited=Cited(count=7, read=DAY, by=text)),
        written=Signature(by=text),
        corrections=(Correction(on=DAY, text=paragraphs),),
        withdrawn=Withdrawal(on=DAY, reason=text, by=text),
    )
    other = Paper(
        slug="q", title=f"{text} again", tldr=text, summary=paragraphs, abstract=paragraphs
    )
    entry = Entry(paper="p", number=text, text=paragraphs, commentary=paragraphs)
    source = Source(name=text, url="https://a.example/?a=(b)&c=[d]")
    issue = Issue(
        digest="d",
        name="2025-W01",
        title=text,
        week="2025-W01",
        start=date(2024, 12, 30),
        end=date(2025, 1, 5),
        source=source,
        introduction=text,
        lead="q",
        corrections=(Correction(on=DAY, text=text),),
        sections=(Section(heading=text, commentary=paragraphs, entries=(entry, Entry(paper="q"))),),
    )
    topic = Topic(slug="t", name=text, description=text, aliases=(text, f"{text} 2"))
    collection = Collection(slug="c", title=text, description=text, source=source, entries=(entry,))
    keys = ("paper p", "paper q", "issue d/2025-W01", "collection c", "topic t")
    return Corpus(
        {"p": paper, "q": other},
        (issue,),
        (collection,),
        {"t": topic},
        {(kind, key): Place("papers/p.yml") for kind, key in map(str.split, keys)},
    )


def _is_allowed(text: str) -> bool:
    """Whether content may have a text. Loading refuses others."""
    try:
        Source(name=text)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("text", [text for text in HOSTILE if _is_allowed(text)])
def test_a_hostile_corpus_makes_pages_that_do_nothing(text: str) -> None:
    for name, html in _pages(text).items():
        _check_page(name, html)


def _pages(text: str) -> Mapping[str, str]:
    subscribe = 'https://a.example/"onmouseover="alert(1)'
    letters = LetterSettings(subscribe=subscribe)
    byline = without_harmful(text).strip()
    config = Settings(papers_per_page=1, digests={"d": text}, byline=byline, newsletter=letters)
    return made_of(make_edition(_hostile_corpus(text), config, SITE)).html


def _check_page(page: str, html: str) -> None:
    found = shown(html)
    assert found.balance == 0, page
    assert not set(found.tags) & {"script", "img", "iframe", "style", "form", "object", "base"}
    for tag, attributes in found.elements:
        assert not [name for name in attributes if name.startswith("on")], (page, attributes)
        for name in ("href", "src"):
            address = attributes.get(name) or ""
            scheme = re.match(r"\s*([\w.+-]+):", address)
            assert not scheme or scheme[1] in ("http", "https"), (page, tag, address)


def test_a_number_with_markup_is_shown_as_it_is() -> None:
    text = "[x](javascript:alert(1)) *1*"
    assert f"{text} {text}" in shown(_pages(text)["weeks/2025-W01/"]).line


def test_a_name_that_no_page_gives_is_an_error_with_its_line(tmp_path: Path) -> None:
    write_files(tmp_path, {"search.html.j2": "<h1>Search</h1>\n\n{{ wrong_name }}\n"})
    with pytest.raises(BroadsheetError, match=r"pages/search.html.j2:3: 'wrong_name' is undefined"):
        renderer(templates_folder(), tmp_path)(SEARCH)


def test_a_field_that_a_view_lacks_is_an_error_that_names_the_view(tmp_path: Path) -> None:
    write_files(tmp_path, {"search.html.j2": "<h1>Search</h1>\n{{ view.nope.more }}\n"})
    with pytest.raises(BroadsheetError, match=r"search.html.j2:2: a \w*View has no 'nope'"):
        renderer(templates_folder(), tmp_path)(SEARCH)


def test_a_broken_template_is_an_error_with_its_line(tmp_path: Path) -> None:
    write_files(tmp_path, {"search.html.j2": "<h1>Search</h1>\n{% if view.count %}\n"})
    with pytest.raises(BroadsheetError, match=r"pages/search.html.j2:\d: Unexpected end"):
        renderer(templates_folder(), tmp_path)(SEARCH)


def test_an_error_in_an_included_template_has_the_line_of_that_template(tmp_path: Path) -> None:
    files = {
        "search.html.j2": '\n{% include "part.html.j2" %}',
        "part.html.j2": "\n\n\n{{ nothing.at }}",
    }
    write_files(tmp_path, files)
    with pytest.raises(BroadsheetError, match=r"pages/part.html.j2:4: 'nothing' is undefined"):
        renderer(templates_folder(), tmp_path)(SEARCH)


def test_an_unknown_filter_is_an_error_with_its_line(tmp_path: Path) -> None:
    write_files(tmp_path, {"search.html.j2": "\n{{ view.count|bold }}\n"})
    with pytest.raises(BroadsheetError, match=r"pages/search.html.j2:2: No filter named 'bold'"):
        renderer(templates_folder(), tmp_path)(SEARCH)


def test_a_missing_template_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(BroadsheetError, match=r"pages/search.html.j2: no such template"):
        renderer(tmp_path)(SEARCH)


def test_a_template_named_as_in_earlier_versions_is_refused(tmp_path: Path) -> None:
    write_files(tmp_path, {"search.md.j2": "# Ours"})
    with pytest.raises(BroadsheetError, match=r"pages/search.md.j2: .*HTML in search.html.j2"):
        renderer(templates_folder(), tmp_path)


def test_a_projects_own_template_comes_first_and_the_rest_stays(tmp_path: Path) -> None:
    write_files(tmp_path, {"search.html.j2": "<h1>Ours: {{ view.count }}</h1>\n"})
    render = renderer(templates_folder(), tmp_path)
    assert "<h1>Ours: 3</h1>" in render(Page("search/", "S", "d", SearchView(3)))
    collections = Page("collections/", "C", "d", CollectionsView(()))
    assert "<h1>C</h1>" in render(collections)


def test_a_number_that_is_not_text_is_printed(tmp_path: Path) -> None:
    write_files(tmp_path, {"search.html.j2": "{{ view.count }} {{ '' }}\n"})
    assert renderer(templates_folder(), tmp_path)(SEARCH) == "1 \n"
