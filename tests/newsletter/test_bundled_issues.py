"""The three bundled issues, as newsletters and as articles that can be imported again."""

from __future__ import annotations

import email
import email.policy
import re
from datetime import date
from email.message import EmailMessage
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt
from toy import SITE, edition_of

from broadsheet.content.changes import ImportOptions
from broadsheet.content.check import load_and_check
from broadsheet.content.merge import merge
from broadsheet.content.model import Corpus, Issue
from broadsheet.content.overrides import MergeDecisions
from broadsheet.importers import read
from broadsheet.outputs.newsletter import newsletter_of
from broadsheet.outputs.newsletter.article import article_of, article_problems
from broadsheet.outputs.newsletter.mail import HTML_LIMIT, Sender, message
from broadsheet.outputs.newsletter.markdown import markdown_of

CORPUS = load_and_check(Path(__file__).parents[2] / "content").corpus
EDITION = edition_of(CORPUS, related=0)
SENDER = Sender("digest@papers.example", "LLM Papers", unsubscribe="https://papers.example/leave")
every_issue = pytest.mark.parametrize("issue", CORPUS.issues, ids=lambda issue: issue.week)


class _Links(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if tag == "a" and name == "href"]


def _mail(issue: Issue) -> EmailMessage:
    raw = message(newsletter_of(issue, EDITION), SENDER).as_bytes()
    return email.message_from_bytes(raw, policy=email.policy.default)


def _imported(text: str) -> Corpus:
    """The corpus from importing an article into an empty folder."""
    options = ImportOptions(date(2026, 1, 1), CORPUS.issues[0].digest)
    merged = merge(Corpus(), MergeDecisions(), [read(text, "article.txt")], options)
    return Corpus({paper.slug: paper for paper in merged.new}, merged.issues)


def _shown(issue: Issue, corpus: Corpus) -> dict[str, Any]:
    """The parts of an issue that an article can express, so without its source."""
    shown = issue.model_dump(exclude={"source", "sections"})
    shown["sections"] = [
        (section.heading, [(e.number, e.paper, e.text) for e in section.entries])
        for section in issue.sections
    ]
    shown["titles"] = [corpus.papers[entry.paper].title for entry in issue.entries()]
    return shown


@every_issue
def test_importing_the_article_of_an_issue_gives_the_same_issue(issue: Issue) -> None:
    again = _imported(article_of(issue, EDITION))
    assert _shown(again.issues[0], again) == _shown(issue, CORPUS)
    assert article_problems(issue, EDITION, "article.txt") == ()


@every_issue
def test_the_mail_has_both_parts_and_keeps_its_limit(issue: Issue) -> None:
    mail = _mail(issue)
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    html = mail.get_body(("html",))
    assert html is not None
    assert len(html.get_payload(decode=True)) < HTML_LIMIT


@every_issue
def test_every_link_of_the_mail_leads_to_a_page_of_the_site_or_out(issue: Issue) -> None:
    html = _mail(issue).get_body(("html",))
    assert html is not None
    links = _Links(html.get_content()).found
    papers = {f"{SITE.url}papers/{slug}/" for slug in CORPUS.papers}
    inside = {link for link in links if link.startswith(SITE.url)}
    assert inside <= papers | {SITE.url, f"{SITE.url}weeks/{issue.week}/"}
    assert {f"{SITE.url}papers/{entry.paper}/" for entry in issue.entries()} <= inside
    assert all(link.startswith("https://") for link in links)


@every_issue
def test_the_introduction_has_its_links_in_markdown_and_none_in_plain_text(issue: Issue) -> None:
    named = re.findall(r"\]\(\.\./papers/([^)]+)\.md\)", issue.introduction or "")
    assert named
    tokens = MarkdownIt().parse(markdown_of(newsletter_of(issue, EDITION)))
    inner = [child for token in tokens for child in token.children or []]
    links = [str(child.attrs["href"]) for child in inner if child.type == "link_open"]
    assert {f"{SITE.url}papers/{slug}/" for slug in named} <= set(links)
    plain = _mail(issue).get_body(("plain",))
    assert plain is not None
    assert "](" not in plain.get_content()
