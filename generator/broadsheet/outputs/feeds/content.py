"""What a feed's entry shows: HTML made of plain texts, with whole addresses."""

from __future__ import annotations

from broadsheet.base.addresses import Site, absolute, paper_url
from broadsheet.base.markup import plain, plain_rich
from broadsheet.base.plaintext import escape, summary_html, text_html
from broadsheet.base.text import shown_authors
from broadsheet.content.model import Entry, Issue, Paper, Section
from broadsheet.edition import Edition, Link, Week, links_of
from broadsheet.edition.textlinks import whole_links


def paper_html(paper: Paper, site: Site) -> str:
    """A paper: the site's summary, then the paper's own abstract, then links."""
    parts = [f"<p>{escape(plain_rich(paper.tldr))}</p>"] if paper.tldr else []
    if paper.summary:
        parts.append(summary_html(paper.summary))
    if paper.abstract:
        parts.append(f"<h2>Abstract</h2>{text_html(paper.abstract)}")
    return "".join([*parts, _links(paper, site)])


def _links(paper: Paper, site: Site) -> str:
    links = (Link("Page", absolute(site, paper_url(paper.slug))), *links_of(paper, site.words))
    shown = (f'<a href="{escape(link.address)}">{escape(link.name)}</a>' for link in links)
    return f"<p>{' · '.join(shown)}</p>"


def week_html(week: Week, edition: Edition) -> str:
    """A week: for each issue its introduction, then its sections in the printed order."""
    return "".join(_issue(issue, edition) for issue in week.issues)


def _issue(issue: Issue, edition: Edition) -> str:
    text = whole_links(issue, edition.site)
    introduction = summary_html(text) if text else ""
    return introduction + "".join(_section(section, edition) for section in issue.sections)


def _section(section: Section, edition: Edition) -> str:
    entries = "".join(_entry(entry, edition) for entry in section.entries)
    return f"<h2>{escape(section.heading)}</h2><ul>{entries}</ul>"


def _entry(entry: Entry, edition: Edition) -> str:
    paper = edition.papers[entry.paper]
    address = escape(absolute(edition.site, paper_url(paper.slug)))
    by = f" — {escape(shown_authors(paper.authors))}" if paper.authors else ""
    summary = f"<br>{escape(plain_rich(paper.tldr))}" if paper.tldr else ""
    return f'<li><a href="{address}">{escape(plain(paper.name))}</a>{by}{summary}</li>'
