"""The content of feed entries as HTML with full URLs."""

from __future__ import annotations

from markupsafe import Markup

from broadsheet.base.addresses import Site, absolute, paper_url
from broadsheet.base.markup import (
    NOTHING,
    blocks,
    element,
    escape,
    plain,
    plain_rich,
    rich_html,
    text,
)
from broadsheet.base.text import shortened
from broadsheet.content.model import Entry, Issue, Paper, Section
from broadsheet.content.parts import Withdrawal
from broadsheet.edition import Corrected, Edition, Link, Week, links_of
from broadsheet.edition.textlinks import whole_links
from broadsheet.outputs.notices import marked, withdrawal_notice

# The most characters of an abstract, which is about a third of it.
_ABSTRACT = 400


def paper_html(paper: Paper, site: Site) -> str:
    """Returns the content for a paper: our summary and its links.

    Without a summary, there's the start of its abstract: feeds are read to find out what is new.
    """
    parts = [_withdrawal(paper.withdrawn, site)] if paper.withdrawn else []
    parts += [element("p", plain_rich(paper.tldr))] if paper.tldr else []
    if paper.summary:
        parts.append(rich_html(paper.summary))
    if paper.abstract and not parts:
        parts.append(element("p", shortened(plain(paper.abstract), _ABSTRACT)))
    links = links_of(paper, site.words) or (_page(paper, site),)
    shown = (element("a", link.name, href=link.address) for link in links)
    return str(NOTHING.join([*parts, element("p", escape(" · ").join(shown))]))


def _withdrawal(withdrawn: Withdrawal, site: Site) -> Markup:
    notice = withdrawal_notice(withdrawn, site.words)
    return element("p", element("strong", f"{notice.title}."), f" {notice.text}")


def correction_html(found: Corrected, site: Site) -> str:
    """Returns the content for a correction: what was wrong, and a link to what it's about."""
    link = element("a", plain(found.title), href=absolute(site, found.address))
    return str(blocks(found.text, lambda line: text(plain(line))) + element("p", link))


def _page(paper: Paper, site: Site) -> Link:
    """Returns a link to the page of a paper, to which its title leads, too."""
    return Link(site.words.text("Page"), absolute(site, paper_url(paper.slug)))


def week_html(week: Week, edition: Edition) -> str:
    """Returns the content for a week: the introduction and sections of each issue."""
    return "".join(issue_html(issue, edition) for issue in week.issues)


def issue_html(issue: Issue, edition: Edition) -> str:
    """Returns the content for an issue: its introduction and sections."""
    issue = whole_links(issue, edition.site)
    introduction = rich_html(issue.introduction or "")
    parts = [introduction, *(_section(found, edition) for found in issue.sections)]
    return str(NOTHING.join(parts))


def _section(section: Section, edition: Edition) -> Markup:
    entries = element("ul", *(_entry(entry, edition) for entry in section.entries))
    return element("h2", section.heading) + rich_html(section.commentary or "") + entries


def _entry(entry: Entry, edition: Edition) -> Markup:
    paper = edition.papers[entry.paper]
    address = absolute(edition.site, paper_url(paper.slug))
    title = marked(plain(paper.name), paper, edition.language)
    parts: list[object] = [element("a", title, href=address)]
    if paper.authors:
        parts.append(f" — {edition.language.names(paper.authors)}")
    if paper.tldr:
        parts += [element("br"), plain_rich(paper.tldr)]
    parts += [rich_html(entry.commentary)] if entry.commentary else []
    return element("li", *parts)
