"""Markdown twins of all pages that show papers, and llms.txt, which links to them.

They have the content of the page without its frame and are made from the edition. The twins of
other pages are made from HTML (`from_html`), which takes longer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from broadsheet.base.addresses import Site, absolute, paper_url, topic_url, twin_url
from broadsheet.base.identifiers import arxiv_url, doi_url
from broadsheet.base.markup import plain
from broadsheet.base.text import counted
from broadsheet.content.model import Entry, Issue, Paper
from broadsheet.edition import Edition, Kind, PaperList, Week
from broadsheet.edition.textlinks import whole_links
from broadsheet.outputs.api.files import API
from broadsheet.outputs.notices import marked, notices_of
from broadsheet.outputs.pages import Page
from broadsheet.outputs.pages.home_views import HomeView
from broadsheet.outputs.pages.parts import Part
from broadsheet.outputs.pages.views import (
    AuthorsView,
    CollectionsView,
    ListView,
    PaperView,
    TopicsView,
    View,
    WeeksView,
    WeekView,
)

_DIRECTORIES: Mapping[type[View], tuple[str, Kind]] = {
    TopicsView: ("Topics", Kind.TOPIC),
    CollectionsView: ("Collections", Kind.COLLECTION),
    WeeksView: ("Weeks", Kind.WEEK),
}


def twin_text(edition: Edition, page: Page) -> str:
    """Returns the twin of a page that shows papers, or ""."""
    view = page.view
    if isinstance(view, PaperView):
        return _paper(view.paper, edition)
    if isinstance(view, WeekView):
        return _week(view.week, edition)
    if isinstance(view, ListView):
        return _list(page, view, edition)
    return _overview(page, view, edition)


def _overview(page: Page, view: View, edition: Edition) -> str:
    """Returns the twin of a page that leads to others, or ""."""
    if isinstance(view, AuthorsView):
        return _authors(page, view, edition.site)
    if isinstance(view, HomeView):
        return llms_text(edition)
    if type(view) in _DIRECTORIES:
        title, kind = _DIRECTORIES[type(view)]
        # Weeks are in the order of their dates, and readers want the last one first.
        found = edition.lists_of(kind)[:: -1 if kind is Kind.WEEK else 1]
        return _directory(title, found, edition.site)
    return ""


_DATABASE = "- [All papers as an SQLite database]({})"


def llms_text(edition: Edition) -> str:
    """Returns llms.txt, which describes the site and links to its twins and files for programs."""
    site = edition.site
    hint = "To read a page as Markdown, add index.md to its address."
    lines = [f"# {_text(site.name)}", ""]
    lines += [f"> {_text(site.description)}", ""] if site.description else []
    lines += [
        f"{counted(len(edition.papers), 'paper')}. {hint}",
        "",
        "## Weeks",
        "",
        *_links(edition.lists_of(Kind.WEEK)[::-1], site),
        "",
        "## Topics",
        "",
        *_links(edition.lists_of(Kind.TOPIC), site),
        "",
        "## Collections",
        "",
        *_links(edition.lists_of(Kind.COLLECTION), site),
        "",
        "## Files",
        "",
        f"- [All papers as JSON Lines]({absolute(site, 'data/papers.jsonl')})",
        *(
            [_DATABASE.format(absolute(site, "data/papers.db"))]
            if edition.settings.database
            else ()
        ),
        f"- [API]({absolute(site, f'{API}/papers.json')}): papers as JSON, in parts",
        f"- [Manifest]({absolute(site, f'{API}/manifest.json')}): a hash of every file",
        "",
        "## Optional",
        "",
        f"- [All papers]({absolute(site, twin_url('papers/'))})",
        f"- [Feeds]({absolute(site, 'feeds/all.opml')}): OPML of all feeds",
        "",
    ]
    return "\n".join(lines)


def _links(lists: Iterable[PaperList], site: Site) -> Iterator[str]:
    for papers in lists:
        address = absolute(site, twin_url(papers.url))
        yield f"- [{_label(papers.name)}]({address}): {counted(len(papers.papers), 'paper')}"


def _directory(title: str, lists: Sequence[PaperList], site: Site) -> str:
    return "\n".join([f"# {title}", "", *_links(lists, site), ""])


def _paper(paper: Paper, edition: Edition) -> str:
    """Returns the twin of a paper. Its citations are in the API, which is for programs, too."""
    parts = [f"# {_text(plain(paper.name))}", *_notices(paper, edition)]
    parts.append("\n".join(_facts(paper, edition)))
    parts += [_text(paper.tldr)] if paper.tldr else []
    parts += ["## Summary", _block(paper.summary)] if paper.summary else []
    parts += ["## Abstract", _block(paper.abstract)] if paper.abstract else []
    return "\n\n".join(parts) + "\n"


def _facts(paper: Paper, edition: Edition) -> Iterator[str]:
    """Yields facts about a paper, one per line."""
    site = edition.site
    topics = (
        f"[{_label(topic.name)}]({absolute(site, twin_url(topic_url(topic.slug)))})"
        for topic in edition.topics_of(paper)
    )
    facts = {
        "Authors": _text(", ".join(paper.authors)),
        "Published": paper.published,
        "Venue": _text(paper.venue or ""),
        "arXiv": f"<{arxiv_url(paper.arxiv)}>" if paper.arxiv else None,
        "DOI": _text(doi_url(paper.doi)) if paper.doi else None,
        "Topics": ", ".join(topics),
        "Page": absolute(site, paper_url(paper.slug)),
    }
    facts |= {name.capitalize(): _text(url) for name, url in paper.links.named().items()}
    for name, value in facts.items():
        if value:
            yield f"- {name}: {value}"


def _week(week: Week, edition: Edition) -> str:
    return "\n".join(_issue(issue, edition) for issue in week.issues)


def _issue(issue: Issue, edition: Edition) -> str:
    parts = [f"# {_text(issue.title)}", f"{issue.start} to {issue.end}"]
    parts += _notices(issue, edition)
    issue = whole_links(issue, edition.site)
    parts += [_rich(issue.introduction)] if issue.introduction else []
    for section in issue.sections:
        parts.append(f"## {_text(section.heading)}")
        parts += [_quoted(section.commentary)] if section.commentary else []
        parts += [_entry(entry, edition) for entry in section.entries]
    return "\n\n".join(parts) + "\n"


def _entry(entry: Entry, edition: Edition) -> str:
    paper = edition.papers[entry.paper]
    number = f"{_text(entry.number)} " if entry.number else ""
    title = marked(plain(paper.name), paper, edition.language)
    parts = [f"### {number}[{_label(title)}]({_twin(paper, edition.site)})"]
    parts += [_text(", ".join(paper.authors))] if paper.authors else []
    parts += [_text(paper.tldr)] if paper.tldr else []
    parts += [_block(entry.text)] if entry.text else []
    parts += [_quoted(entry.commentary)] if entry.commentary else []
    return "\n\n".join(parts)


def _authors(page: Page, view: AuthorsView, site: Site) -> str:
    lines = (
        f"- [{_label(author.name)}]({absolute(site, twin_url(author.address))}): "
        f"{counted(author.count, 'paper')}"
        for author in view.authors
    )
    return "\n".join([f"# {_text(page.title)}", "", *lines, *_following(view.part, site), ""])


def _following(part: Part, site: Site) -> list[str]:
    """Returns a link to the next part of a list, if any."""
    return ["", f"[Next page]({absolute(site, twin_url(part.next))})"] if part.next else []


def _list(page: Page, view: ListView, edition: Edition) -> str:
    # The description is only on the first page.
    about = view.list.description if view.part.number == 1 else ""
    parts = [f"# {_text(page.title)}"]
    parts += [_block(about)] if about else []
    parts += ["\n".join(_line(edition.papers[row.slug], edition.site) for row in view.papers)]
    parts += _following(view.part, edition.site)
    return "\n\n".join(part for part in parts if part) + "\n"


def _line(paper: Paper, site: Site) -> str:
    """Returns the line of a paper. Its summary is in its own twin, and in that of its week."""
    date = f" ({paper.published})" if paper.published else ""
    title = marked(plain(paper.name), paper, site.words)
    return f"- [{_label(title)}]({_twin(paper, site)}){date}"


def _twin(paper: Paper, site: Site) -> str:
    return absolute(site, twin_url(paper_url(paper.slug)))


def _block(text: str) -> str:
    """Returns paragraphs and lists, which are Markdown in the corpus, too."""
    return "\n".join(_text(line) for line in text.split("\n"))


def _rich(text: str) -> str:
    """Returns one of our own texts, which is Markdown, but must not contain HTML."""
    return text.replace("<", "&lt;")


def _notices(value: Paper | Issue, edition: Edition) -> Iterator[str]:
    """Yields the notices about a paper or an issue as quotations."""
    for notice in notices_of(value, edition.language):
        lines = [f"**{_text(notice.title)}**", *_block(notice.text).split("\n")]
        yield "\n".join(f"> {line}".rstrip() for line in lines)


def _quoted(commentary: str) -> str:
    """Returns a commentary as a quotation, to tell it from the printed text."""
    return "\n".join(f"> {line}".rstrip() for line in _rich(commentary).split("\n"))


def _text(line: str) -> str:
    """Escapes a text so that it has no HTML and no links. Everything else stays as typed."""
    return re.sub(r"\](?=[(\[])", r"\\]", line.replace("<", "&lt;"))


def _label(text: str) -> str:
    """Escapes a text for the brackets of a link."""
    return re.sub(r"([\[\]])", r"\\\1", text.replace("<", "&lt;"))
