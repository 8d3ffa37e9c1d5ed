"""Introductions and commentary are Markdown with links to papers, and nothing else is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from folders import write_files
from made import made_of
from shown import shown
from toy import CORPUS, edition_of, placed

from broadsheet.base.markup import plain_prose, prose
from broadsheet.content.check import load_and_check
from broadsheet.content.model import Entry, Issue
from broadsheet.content.paper_links import linked_papers, with_links
from broadsheet.edition import Edition
from broadsheet.outputs.newsletter import newsletter_of
from broadsheet.outputs.newsletter.mail import html_of, text_of
from broadsheet.outputs.newsletter.markdown import markdown_of


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("See [[raft]] and [[ rag | this one ]].", ["raft", "rag"]),
        ("In `[[code]]` and ``a [[b]] ` c`` and \\[[escaped]], but [[raft]].", ["raft"]),
        ("[[two\nlines|and\nmore]]", ["two\nlines"]),
        ("[[]] [[ ]] [raft] [[a|]] [[a[b]]]", []),
    ],
)
def test_links_are_found_where_they_are_links(text: str, slugs: list[str]) -> None:
    assert list(linked_papers(text)) == slugs


def test_everything_but_links_stays_as_it_was_typed() -> None:
    text = "`[[a]]` [[b]] [[c|words]] \\[[d]]"
    assert with_links(text, lambda slug, words: f"<{slug}:{words}>") == (
        "`[[a]]` <b:> <c:words> \\[[d]]"
    )


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*a* **b** `c*`\n\nd", "<p><em>a</em> <strong>b</strong> <code>c*</code></p>\n<p>d</p>"),
        ("> said\n> twice", "<blockquote>\n<p>said\ntwice</p>\n</blockquote>"),
        ("1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>"),
        ("- a\n  - b", "<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>"),
        ("# a\n\n---\n\n    b", "<p># a</p>\n<p>---</p>\n<p>b</p>"),
        ("<b onclick=x>a</b>", "<p>&lt;b onclick=x&gt;a&lt;/b&gt;</p>"),
        ("[a](javascript:b)", "<p>[a](javascript:b)</p>"),
        ("[a](//evil.example)", "<p>[a](//evil.example)</p>"),
        ("![a](https://a.example/b.png)", '<p>!<a href="https://a.example/b.png">a</a></p>'),
        ("[m](mailto:a@b.example)", '<p><a href="mailto:a@b.example">m</a></p>'),
        ("&amp; $$", "<p>&amp;amp; $$</p>"),
    ],
)
def test_the_markdown_of_editors_is_small(text: str, html: str) -> None:
    assert prose(text) == html


def test_formulas_in_markdown_become_mathml() -> None:
    assert set(shown(str(prose("> *a* $x_1$ and $y_1$")).replace("\n", "")).tags) >= {"math", "em"}
    assert plain_prose("> *a* $x^2$\n\n- [b](https://b.example/)") == "a x² b"


WEEK = "weeks/2024-W12/"
TITLE = "RAFT: Boats That Float on LLaMA-3 &amp; Co."


def _commented(text: str) -> Issue:
    issue = CORPUS.issues[0]
    first = issue.sections[0]
    entries = (first.entries[0].model_copy(update={"commentary": f"Entry {text}"}),)
    section = first.model_copy(update={"commentary": f"Section {text}", "entries": entries})
    sections = (section, *issue.sections[1:])
    return issue.model_copy(update={"introduction": f"Intro {text}", "sections": sections})


def _edition(text: str) -> Edition:
    collection = CORPUS.collections[0]
    entry = Entry(paper="raft-again", commentary=f"Listed {text}")
    entries = (*collection.entries, entry)
    issues = (_commented(text), *CORPUS.issues[1:])
    floating = collection.model_copy(update={"entries": entries})
    return edition_of(placed(replace(CORPUS, issues=issues, collections=(floating,))))


def test_a_link_leads_to_the_paper_from_every_page() -> None:
    html = made_of(_edition("[[raft-old-address]], [[raft-boats-that-float|*rafts*]].")).html
    for kind in ("Intro", "Section", "Entry"):
        assert (
            f'<p>{kind} <a href="../../papers/raft-boats-that-float/">{TITLE}</a>, '
            '<a href="../../papers/raft-boats-that-float/"><em>rafts</em></a>.</p>'
        ) in html[WEEK]
    assert '<p>Listed <a href="../../papers/raft' in html["collections/floating/"]


def test_a_title_is_shown_as_it_is_whatever_it_has() -> None:
    page = made_of(_edition("[[latex-in-the-title]] [[html-in-the-title]]")).html[WEEK]
    links = shown(page.partition("Intro")[2].partition("</p>")[0]).line
    assert "IP and 100" in links
    assert "of C_4: {Braces}, ~tildes~ and #hashes^" in links
    assert "<script>alert('x')</script> & \"quotes\" in <b>Titles</b>" in links


def test_links_are_whole_outside_of_the_site() -> None:
    edition = _edition("[[raft-again|rafts]]")
    made = made_of(edition)
    url = "https://papers.example/digest/papers/raft-again/"
    letter = newsletter_of(edition.issues[0], edition)
    for kind in ("Intro", "Section", "Entry"):
        assert f"{kind} [rafts]({url})" in made.twins[WEEK]
        assert f"{kind} [rafts]({url})" in markdown_of(letter)
        assert f"{kind} rafts" in text_of(letter)
        assert f'href="{url}"' in html_of(letter).partition(f"{kind} <a")[2][:120]
    assert f"> Entry [rafts]({url})" in made.twins[WEEK]
    assert "[[raft" not in b"".join(made.files.values()).decode("utf-8", "ignore")


def test_brackets_in_other_texts_are_text() -> None:
    papers = {**CORPUS.papers}
    papers["raft-again"] = papers["raft-again"].model_copy(update={"tldr": "See [[by-a-group]]."})
    edition = edition_of(placed(replace(CORPUS, papers=papers)))
    assert "See [[by-a-group]]." in made_of(edition).html["papers/raft-again/"]


DRAFT = "publish the paper first, or remove the link"
MISSING = "add papers/nothing-here.yml, or fix the name"
ISSUE = """\
title: T
week: 2024-W12
start: 2024-03-18
end: 2024-03-24
introduction: |
  See [[boats]] and [[ships]].

  And [[botas|them]].
sections:
  - heading: Boats
    commentary: On [[nothing-here]] and [[secret]].
    entries:
      - {paper: boats, commentary: "`[[code]]`"}
"""


def test_links_to_nothing_are_errors_with_their_line(tmp_path: Path) -> None:
    write_files(
        tmp_path,
        {
            "topics.yml": "boats: {name: Boats}\n",
            "papers/boats.yml": "title: Boats\naliases: [ships]\n",
            "papers/secret.yml": "title: Secret\ndraft: true\n",
            "digests/d/2024-W12.yml": ISSUE,
        },
    )
    found = load_and_check(tmp_path, "content").problems
    assert [(p.line, p.field, f"{p.level}: {p.message} ({p.advice})") for p in found] == [
        (
            8,
            "introduction",
            "error: there is no paper 'botas' to link to (did you mean 'boats'?)",
        ),
        (
            11,
            "sections[0].commentary",
            f"warning: [[secret]] links to a draft, so the published text has no link ({DRAFT})",
        ),
        (
            11,
            "sections[0].commentary",
            f"error: there is no paper 'nothing-here' to link to ({MISSING})",
        ),
    ]


def test_a_published_text_shows_nothing_of_a_draft_but_its_own_words() -> None:
    page = made_of(_edition("[[a-secret-boat|soon]]")).html[WEEK]
    assert "<p>Intro soon</p>" in page
