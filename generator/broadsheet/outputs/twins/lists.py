"""The Markdown twin of every page that shows papers, and llms.txt, which leads to them.

Twins are for programs that read text, so they hold what the page holds, without its frame. They
are made from the corpus: `pagetext`, which makes the other pages' twins, has to read HTML first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from broadsheet.base.addresses import (
    Site,
    absolute,
    paper_url,
    topic_url,
    twin_url,
    week_url,
)
from broadsheet.base.markup import plain
from broadsheet.citations import Citation
from broadsheet.content.model import Corpus, Entry, Issue, Paper
from broadsheet.edition.lists import Kind, PaperList, paper_lists, weeks_of
from broadsheet.edition.textlinks import whole_links
from broadsheet.outputs.api.files import API


@dataclass(frozen=True)
class ListPage:
    """One page of a list of papers, by slug. `next` is the address of the page that goes on."""

    address: str
    title: str
    papers: tuple[str, ...]
    next: str | None = None


_LISTS = {Kind.TOPIC: "Topics", Kind.COLLECTION: "Collections", Kind.AUTHOR: "Authors"}


def twin_files(
    corpus: Corpus,
    site: Site,
    citations: Mapping[str, Citation],
    authors_at_least: int,
    pages: Iterable[ListPage],
) -> dict[str, bytes]:
    """The twins of home, papers, weeks, of `pages`, which are those of lists of papers, and of
    the pages that list weeks, topics, collections and authors; and llms.txt, which is home's."""
    lists = paper_lists(corpus, authors_at_least)
    about = {papers.url: papers.description for papers in lists}
    texts = {paper_url(s): _paper(p, corpus, site, citations[s]) for s, p in corpus.papers.items()}
    texts |= _weeks(corpus, site)
    texts |= {p.address: _list(p, about.get(p.address, ""), corpus, site) for p in pages}
    for kind, title in _LISTS.items():
        if of_kind := [papers for papers in lists if papers.kind is kind]:
            texts[f"{title.lower()}/"] = _directory(title, of_kind, site)
    texts["weeks/"] = _directory("Weeks", list(reversed(weeks_of(corpus))), site)
    texts[""] = llms_text(corpus, site)
    files = {twin_url(page): text.encode() for page, text in texts.items()}
    return files | {"llms.txt": files[twin_url("")]}


def llms_text(corpus: Corpus, site: Site) -> str:
    """llms.txt: what this site is, and where its texts and its files for programs are."""
    lists = paper_lists(corpus, 1)
    lines = [f"# {_text(site.name)}", ""]
    lines += [f"> {_text(site.description)}", ""] if site.description else []
    lines += [
        f"{len(corpus.papers)} papers. A page's address with index.md is the page as Markdown.",
        "",
        "## Weeks",
        "",
        *_links((p for p in reversed(lists) if p.kind is Kind.WEEK), site),
        "",
        "## Topics",
        "",
        *_links((p for p in lists if p.kind is Kind.TOPIC), site),
        "",
        "## Collections",
        "",
        *_links((p for p in lists if p.kind is Kind.COLLECTION), site),
        "",
        "## Files",
        "",
        f"- [All papers as JSON Lines]({absolute(site, 'data/papers.jsonl')})",
        f"- [All papers as an SQLite database]({absolute(site, 'data/papers.db')})",
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
        yield f"- [{_label(papers.name)}]({address}): {_count(len(papers.papers))}"


def _count(papers: int) -> str:
    return f"{papers} {'paper' if papers == 1 else 'papers'}"


def _directory(title: str, lists: Sequence[PaperList], site: Site) -> str:
    return "\n".join([f"# {title}", "", *_links(lists, site), ""])


def _paper(paper: Paper, corpus: Corpus, site: Site, citation: Citation) -> str:
    parts = [f"# {_text(plain(paper.name))}", "\n".join(_facts(paper, corpus, site))]
    parts += [_text(paper.tldr)] if paper.tldr else []
    parts += ["## Summary", _block(paper.summary)] if paper.summary else []
    parts += ["## Abstract", _block(paper.abstract)] if paper.abstract else []
    parts += ["## Citation", f"````bibtex\n{citation.bibtex.rstrip()}\n````"]
    return "\n\n".join(parts) + "\n"


def _facts(paper: Paper, corpus: Corpus, site: Site) -> Iterator[str]:
    """What is known of a paper, a line each."""
    topics = [corpus.topics[t] for t in paper.topics if t in corpus.topics]
    links = (f"[{_label(t.name)}]({absolute(site, twin_url(topic_url(t.slug)))})" for t in topics)
    facts = {
        "Authors": _text(", ".join(paper.authors)),
        "Published": paper.published,
        "Venue": _text(paper.venue or ""),
        "arXiv": f"<https://arxiv.org/abs/{paper.arxiv}>" if paper.arxiv else None,
        "DOI": _text(f"https://doi.org/{paper.doi}") if paper.doi else None,
        "Topics": ", ".join(links),
        "Page": absolute(site, paper_url(paper.slug)),
    }
    facts |= {name.capitalize(): _text(url) for name, url in paper.links.named().items()}
    for name, value in facts.items():
        if value:
            yield f"- {name}: {value}"


def _weeks(corpus: Corpus, site: Site) -> dict[str, str]:
    texts: dict[str, str] = {}
    for issue in corpus.issues:
        page = week_url(issue.week)
        before = f"{texts[page]}\n" if page in texts else ""
        texts[page] = before + _issue(issue, corpus, site)
    return texts


def _issue(issue: Issue, corpus: Corpus, site: Site) -> str:
    parts = [f"# {_text(issue.title)}", f"{issue.start} to {issue.end}"]
    parts += [_rich(whole_links(issue, site))] if issue.introduction else []
    for section in issue.sections:
        parts.append(f"## {_text(section.heading)}")
        parts += [_entry(entry, corpus, site) for entry in section.entries]
    return "\n\n".join(parts) + "\n"


def _entry(entry: Entry, corpus: Corpus, site: Site) -> str:
    paper = corpus.papers[entry.paper]
    number = f"{_text(entry.number)} " if entry.number else ""
    parts = [f"### {number}[{_label(plain(paper.name))}]({_twin(paper, site)})"]
    parts += [_text(", ".join(paper.authors))] if paper.authors else []
    parts += [_text(paper.tldr)] if paper.tldr else []
    parts += [_block(entry.text)] if entry.text else []
    return "\n\n".join(parts)


def _list(page: ListPage, description: str, corpus: Corpus, site: Site) -> str:
    parts = [f"# {_text(page.title)}"]
    parts += [_block(description)] if description else []
    parts += ["\n".join(_line(corpus.papers[slug], site) for slug in page.papers)]
    parts += [f"[Next page]({absolute(site, twin_url(page.next))})"] if page.next else []
    return "\n\n".join(part for part in parts if part) + "\n"


def _line(paper: Paper, site: Site) -> str:
    date = f" ({paper.published})" if paper.published else ""
    said = f": {_text(paper.tldr)}" if paper.tldr else ""
    return f"- [{_label(plain(paper.name))}]({_twin(paper, site)}){date}{said}"


def _twin(paper: Paper, site: Site) -> str:
    return absolute(site, twin_url(paper_url(paper.slug)))


def _block(text: str) -> str:
    """Paragraphs and lists as they are: the corpus writes them as Markdown does."""
    return "\n".join(_text(line) for line in text.split("\n"))


def _rich(text: str) -> str:
    """A text of ours, which is Markdown already, but may hold no HTML."""
    return text.replace("<", "&lt;")


def _text(line: str) -> str:
    """Text that is no HTML and no link when a viewer renders the twin; else as it was typed."""
    return re.sub(r"\](?=[(\[])", r"\\]", line.replace("<", "&lt;"))


def _label(text: str) -> str:
    """Text inside a link's brackets."""
    return re.sub(r"([\[\]])", r"\\\1", text.replace("<", "&lt;"))
