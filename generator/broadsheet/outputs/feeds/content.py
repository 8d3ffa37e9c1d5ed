"""What a feed's entry shows: HTML made of plain texts, with whole addresses."""

from __future__ import annotations

from broadsheet.base.addresses import Site, absolute, paper_url
from broadsheet.base.markup import plain, plain_rich
from broadsheet.base.plaintext import escape, summary_html, text_html
from broadsheet.base.text import shown_authors
from broadsheet.content.model import Corpus, Entry, Issue, Paper, Section
from broadsheet.edition.textlinks import whole_links


def paper_html(paper: Paper, site: Site) -> str:
    """A paper: what we say of it, then its own abstract, then where to go."""
    parts = [f"<p>{escape(plain_rich(paper.tldr))}</p>"] if paper.tldr else []
    if paper.summary:
        parts.append(summary_html(paper.summary))
    if paper.abstract:
        parts.append(f"<h2>Abstract</h2>{text_html(paper.abstract)}")
    return "".join([*parts, _links(paper, site)])


def _links(paper: Paper, site: Site) -> str:
    links = {"Page": absolute(site, paper_url(paper.slug))}
    if paper.arxiv:
        links["arXiv"] = f"https://arxiv.org/abs/{paper.arxiv}"
    if paper.doi:
        links["DOI"] = f"https://doi.org/{paper.doi}"
    links |= {name.capitalize(): url for name, url in paper.links.named().items()}
    shown = (f'<a href="{escape(url)}">{name}</a>' for name, url in links.items())
    return f"<p>{' · '.join(shown)}</p>"


def week_html(issue: Issue, corpus: Corpus, site: Site) -> str:
    """An issue: its introduction, then each section with its papers in the printed order."""
    text = whole_links(issue, site)
    introduction = summary_html(text) if text else ""
    return introduction + "".join(_section(section, corpus, site) for section in issue.sections)


def _section(section: Section, corpus: Corpus, site: Site) -> str:
    entries = "".join(_entry(entry, corpus, site) for entry in section.entries)
    return f"<h2>{escape(section.heading)}</h2><ul>{entries}</ul>"


def _entry(entry: Entry, corpus: Corpus, site: Site) -> str:
    paper = corpus.papers[entry.paper]
    address = escape(absolute(site, paper_url(paper.slug)))
    by = f" — {escape(shown_authors(paper.authors))}" if paper.authors else ""
    said = f"<br>{escape(plain_rich(paper.tldr))}" if paper.tldr else ""
    return f'<li><a href="{address}">{escape(plain(paper.name))}</a>{by}{said}</li>'
