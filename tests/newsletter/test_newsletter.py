from __future__ import annotations

import email
import email.policy
import re
from dataclasses import replace
from datetime import date
from email.message import EmailMessage

import lxml.html
import pytest
from markdown_it import MarkdownIt
from sources import Article
from toy import CORPUS, EDITION, ISSUES, SITE, edition_of

from broadsheet.base.errors import BroadsheetError
from broadsheet.content.changes import ImportOptions
from broadsheet.content.merge import merge
from broadsheet.content.model import Corpus, Entry, Issue, Section
from broadsheet.content.overrides import MergeDecisions
from broadsheet.importers import read
from broadsheet.outputs.newsletter import (
    NewsletterPaper,
    NewsletterSection,
    issue_of,
    newsletter_of,
)
from broadsheet.outputs.newsletter.article import article_of, article_problems
from broadsheet.outputs.newsletter.mail import HTML_LIMIT, Sender, html_of, message, text_of
from broadsheet.outputs.newsletter.markdown import markdown_of

NEWSLETTER = newsletter_of(ISSUES[0], EDITION)
SENDER = Sender("digest@papers.example", "Toy Papers", unsubscribe="https://papers.example/leave")


def corpus_of(text: str) -> Corpus:
    """The corpus from importing an article into an empty folder."""
    merged = merge(
        Corpus(),
        MergeDecisions(),
        [read(text, "article.txt")],
        ImportOptions(date(2026, 1, 1), "toys"),
    )
    papers = {paper.slug: paper for paper in merged.new}
    return Corpus(papers, merged.issues)


def parsed(raw: bytes) -> EmailMessage:
    return email.message_from_bytes(raw, policy=email.policy.default)


def test_importing_the_article_again_gives_the_same_issue() -> None:
    for issue in ISSUES:
        text = article_of(issue, EDITION)
        once = corpus_of(text)
        assert article_of(once.issues[0], edition_of(once)) == text
        assert once.issues[0].title == issue.title
        assert [s.heading for s in once.issues[0].sections] == [s.heading for s in issue.sections]
        texts = [entry.text for entry in once.issues[0].entries()]
        assert texts == [entry.text for entry in issue.entries()]
        assert article_problems(issue, EDITION, "a.txt") == ()


def test_importing_a_source_article_writing_it_and_importing_it_again_is_exact(
    article: Article,
) -> None:
    once = corpus_of(article.text)
    again = corpus_of(article_of(once.issues[0], edition_of(once)))
    assert again.issues == once.issues
    assert list(again.papers) == list(once.papers)
    assert len(once.issues[0].entries()) == sum(article.sizes)


def test_a_text_that_an_article_cannot_say_is_reported() -> None:
    entry = Entry(paper="raft-again", number="1.1", text="Boats.\n\n1.2. Not A Paper\n\nMore.")
    issue = ISSUES[1].model_copy(update={"sections": (Section(heading="Boats", entries=(entry,)),)})
    assert [problem.field for problem in article_problems(issue, EDITION, "a.txt")] == [
        "sections[0].entries"
    ]
    issue = ISSUES[1].model_copy(
        update={"introduction": "Written in March 2023 and in April 2022 by us all."}
    )
    assert "mentions more than one month" in article_problems(issue, EDITION, "a.txt")[0].message


def test_the_mail_has_both_parts_and_is_the_same_whenever_it_is_made() -> None:
    raw = message(NEWSLETTER, SENDER, "ada@example.org").as_bytes()
    assert raw == message(NEWSLETTER, SENDER, "ada@example.org").as_bytes()
    mail = parsed(raw)
    assert not mail.defects
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert mail["Subject"] == NEWSLETTER.title
    assert mail["From"] == "Toy Papers <digest@papers.example>"
    assert mail["To"] == "ada@example.org"
    assert mail["List-Unsubscribe"] == "<https://papers.example/leave>"
    assert mail["Date"].datetime.date() == date(2024, 3, 24)
    plain, html = (part.get_content() for part in mail.iter_parts())
    assert plain.replace("\r\n", "\n") == text_of(NEWSLETTER, SENDER.unsubscribe)
    assert html.replace("\r\n", "\n") == html_of(NEWSLETTER, SENDER.unsubscribe)
    assert max(map(len, raw.splitlines())) <= 998


def test_without_a_recipient_the_mail_is_a_draft() -> None:
    mail = parsed(message(NEWSLETTER, SENDER).as_bytes())
    assert mail["X-Unsent"] == "1"
    assert mail["To"] is None


def test_every_recipients_message_has_an_id_of_its_own() -> None:
    found = {message(NEWSLETTER, SENDER, to)["Message-ID"] for to in ("a@b.example", "c@b.example")}
    assert len(found) == 2


def test_html_is_inlined_and_loads_nothing() -> None:
    html = html_of(NEWSLETTER)
    root = lxml.html.fromstring(html)
    visible = [e for e in root.iter("p", "h1", "h2", "h3", "a", "td") if e.tag != "title"]
    assert all(e.get("style") for e in visible)
    assert not list(root.iter("img", "script", "link", "iframe"))
    assert "prefers-color-scheme: dark" in html
    assert all(e.get("href").startswith("https://") for e in root.iter("a"))


def test_strangers_words_are_text_in_html_and_markdown() -> None:
    html = html_of(NEWSLETTER)
    assert "<script" not in html
    assert "<i>tries" not in html
    assert "Read them &lt;all&gt;." in html
    tokens = MarkdownIt().parse(markdown_of(NEWSLETTER))
    inner = [child for token in tokens for child in token.children or []]
    assert not [token for token in (*tokens, *inner) if token.type.startswith("html")]
    text = "".join(token.content for token in inner if token.type == "text")
    assert "<script>alert('x')</script>" in text


def test_links_of_an_introduction_are_whole_everywhere() -> None:
    introduction = "See [the raft](../papers/raft-boats-that-float.md) *now*."
    newsletter = newsletter_of(ISSUES[0].model_copy(update={"introduction": introduction}), EDITION)
    address = f"{SITE.url}papers/raft-boats-that-float/"
    root = lxml.html.fromstring(html_of(newsletter))
    assert next(e for e in root.iter("a") if e.text == "the raft").get("href") == address
    assert f"[the raft]({address})" in markdown_of(newsletter)
    assert "See the raft now." in text_of(newsletter)


def test_plain_text_has_short_lines() -> None:
    lines = [line for line in text_of(NEWSLETTER).splitlines() if "http" not in line]
    assert max(map(len, lines)) <= 72
    assert "• of logs" in text_of(newsletter_of(_printed_only(), EDITION)).splitlines()


def _printed_only() -> Issue:
    entry = Entry(paper="no-authors-no-date", text="Rafts are boats:\n\n- of logs\n- of hope")
    return ISSUES[0].model_copy(update={"sections": (Section(heading="A", entries=(entry,)),)})


@pytest.mark.parametrize(("papers", "length"), [(40, 6000), (300, 900), (1500, 400)])
def test_a_long_newsletter_is_cut_to_fit_and_says_what_is_left(papers: int, length: int) -> None:
    paper = NewsletterPaper(
        "1.1", "A Title & More", SITE.url, "Ada", ("word " * (length // 5),), ()
    )
    newsletter = replace(NEWSLETTER, sections=(NewsletterSection("Many", (paper,) * papers),))
    html = html_of(newsletter)
    assert HTML_LIMIT * 0.4 < len(html.encode()) < HTML_LIMIT
    shown = html.count("<h3")
    left = re.search(r"([\d,]+) more papers this week", html)
    assert shown + (int(left[1].replace(",", "")) if left else 0) == papers


def test_a_newsletter_speaks_the_language_of_its_site() -> None:
    newsletter = newsletter_of(ISSUES[0], edition_of(CORPUS, replace(SITE, language="de")))
    for form in (text_of, html_of):
        german = form(newsletter, SENDER.unsubscribe)
        assert "18. bis 24. März 2024" in german
        assert "Abbestellen" in german
    assert "2 Artikel · " in html_of(newsletter)
    assert "Unsubscribe" not in html_of(newsletter, SENDER.unsubscribe)


def test_a_week_without_an_issue_or_with_two_is_refused() -> None:
    with pytest.raises(BroadsheetError, match=r"there is no issue in week '2024-W1'.*did you mean"):
        issue_of(EDITION, "2024-W1")
    other = ISSUES[0].model_copy(update={"digest": "other"})
    corpus = Corpus(CORPUS.papers, (ISSUES[0], other))
    with pytest.raises(BroadsheetError, match="--digest: toy-papers, other"):
        issue_of(edition_of(corpus), "2024-W12")
    assert issue_of(edition_of(corpus), "2024-W12", "other") is other


def test_our_own_words_come_before_what_was_printed() -> None:
    raft = NEWSLETTER.sections[0].papers[0]
    assert raft.paragraphs[0] == "Boats float when they are built of logs."
    assert "• They are cheap: n² logs." in raft.paragraphs
    assert raft.number == "1.1"
