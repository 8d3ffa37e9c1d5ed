from __future__ import annotations

import json
import re
from collections import Counter
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import feedparser
import pytest
from toy import CORPUS, EDITION, PAPERS, SITE, edition_of, many

from broadsheet.base.addresses import Site
from broadsheet.content.model import Corpus
from broadsheet.content.settings import Settings
from broadsheet.edition import Edition, make_edition
from broadsheet.outputs.feeds import (
    AUTHOR_ENTRIES,
    MOST_PEOPLE,
    Feed,
    Person,
    feed_of,
    feed_pages,
    limited,
)
from broadsheet.outputs.feeds.atom import atom
from broadsheet.outputs.feeds.content import paper_html
from broadsheet.outputs.feeds.files import OPML, discovery, feed_files, feed_links, opml


def feeds_of(edition: Edition) -> list[Feed]:
    return [feed_of(edition, page) for page in feed_pages(edition)]


def files_of(edition: Edition) -> dict[str, bytes]:
    files = {OPML: opml(feed_links(edition).values(), edition.site)}
    for feed in feeds_of(edition):
        files |= feed_files(feed, edition.site)
    return files


FEEDS = feeds_of(EDITION)
FILES = files_of(EDITION)
ATOM = "{http://www.w3.org/2005/Atom}"


def ids(corpus: Corpus, site: Site) -> list[str]:
    published = {slug: citation.key for slug, citation in EDITION.citations.items()}
    feeds = feeds_of(make_edition(corpus, Settings(), site, published))
    return [one for feed in feeds for one in (feed.id, *(entry.id for entry in feed.entries))]


def test_site_topics_collections_and_authors_of_two_papers_have_a_feed() -> None:
    assert set(FILES) == {
        *(f"{stem}.{ending}" for stem in (
            "feeds/all",
            "topics/boats/feed",
            "topics/rivers/feed",
            "collections/floating/feed",
            "authors/ada-zhang/feed",
            "authors/j-zico-kolter/feed",
        ) for ending in (("xml", "json") if stem == "feeds/all" else ("xml",))),
        "feeds/all.opml",
    }  # fmt: skip


@pytest.mark.parametrize("feed", FEEDS, ids=lambda feed: feed.stem)
def test_every_atom_feed_has_what_rfc_4287_wants(feed: Feed) -> None:
    root = ET.fromstring(FILES[feed.atom])
    assert root.tag == f"{ATOM}feed"
    for element in (root, *root.findall(f"{ATOM}entry")):
        for once in ("id", "title", "updated"):
            assert len(element.findall(ATOM + once)) == 1
        assert element.findtext(f"{ATOM}id", "").startswith("urn:uuid:")
        datetime.fromisoformat(element.findtext(f"{ATOM}updated", ""))
        links = element.findall(f"{ATOM}link")
        alternates = [e for e in links if e.get("rel", "alternate") == "alternate"]
        assert len(alternates) == 1
        for address in [e.get("href", "") for e in element.findall(f"{ATOM}link")]:
            assert address.startswith("https://")
    assert root.findtext(f"{ATOM}author/{ATOM}name") == SITE.name


@pytest.mark.parametrize("feed", FEEDS, ids=lambda feed: feed.stem)
def test_feedparser_reads_the_titles_and_people_that_the_corpus_has(feed: Feed) -> None:
    read = feedparser.parse(FILES[feed.atom], sanitize_html=False, resolve_relative_uris=False)
    assert not read.bozo
    assert [entry.id for entry in read.entries] == [entry.id for entry in feed.entries]
    for entry, ours in zip(read.entries, feed.entries, strict=True):
        assert entry.title == ours.title
        names = [person["name"] for person in entry.get("authors", []) if person]
        assert names == [person.name for person in ours.people] or not ours.people
        assert entry.content[0].value == ours.content


def test_a_title_that_looks_like_markup_arrives_as_text() -> None:
    entry = next(e for f in FEEDS for e in f.entries if "<script>" in e.title)
    assert entry.title == PAPERS[1].title
    assert "<script" not in entry.content
    assert "<i>" not in entry.content
    raw = FILES["topics/rivers/feed.xml"].decode()
    assert "&lt;script&gt;alert('x')&lt;/script&gt; &amp; " in raw
    # Plain text inside HTML inside XML is escaped twice.
    assert "&amp;lt;i&amp;gt;tries&amp;lt;/i&amp;gt;" in raw


class Balance(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.depth: Counter[str] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.depth[tag] += tag != "br"
        for name, value in attrs:
            assert name == "href"
            assert re.match("https?://", value or "")

    def handle_endtag(self, tag: str) -> None:
        self.depth[tag] -= 1


def test_contents_are_balanced_html_with_whole_addresses_only() -> None:
    for entry in (entry for feed in FEEDS for entry in feed.entries):
        page = Balance()
        page.feed(entry.content)
        assert set(page.depth.values()) <= {0}


def test_a_weeks_text_is_followed_by_its_sections() -> None:
    (week,) = [
        entry.content for entry in FEEDS[0].entries if "Two papers this week" in entry.content
    ]
    assert week.startswith(
        "<p>Two papers this week &amp; no more.</p>\n<p>Read them &lt;all&gt;.</p><h2>Boats"
    )


def test_json_feeds_say_the_same_as_atom() -> None:
    for feed in filter(lambda feed: feed.json, FEEDS):
        document = json.loads(FILES[feed.json])
        assert document["version"] == "https://jsonfeed.org/version/1.1"
        assert document["feed_url"] == SITE.url + feed.json
        assert [item["id"] for item in document["items"]] == [e.id for e in feed.entries]
        for item in document["items"]:
            assert item["content_html"]
            assert all(value not in ("", [], None) for value in item.values())
            datetime.fromisoformat(item["date_published"]).astimezone(UTC)


def test_dates_are_the_contents() -> None:
    week = FEEDS[0].entries[-1]
    assert (week.published.isoformat(), week.updated.isoformat()) == ("2024-03-24", "2024-04-02")
    raft = next(e for f in FEEDS for e in f.entries if e.title == PAPERS[0].title)
    assert raft.published.isoformat() == "2024-03-24"
    assert raft.updated.isoformat() == "2024-06-01"


def test_two_builds_give_the_same_bytes() -> None:
    assert files_of(EDITION) == FILES


def test_ids_outlive_a_move_a_correction_and_new_papers() -> None:
    before = ids(CORPUS, SITE)
    moved = Site("https://elsewhere.example/", "New Name", identity=SITE.url, brand=SITE.brand)
    assert ids(CORPUS, moved) == before
    papers = dict(CORPUS.papers)
    papers["raft-again"] = papers["raft-again"].model_copy(
        update={"title": "Corrected", "published": "2023"}
    )
    papers |= many(3).papers
    changed = Corpus(papers, CORPUS.issues, CORPUS.collections, CORPUS.topics)
    assert set(before) <= set(ids(changed, SITE))


def test_the_same_paper_has_one_id_in_every_feed() -> None:
    found = {(e.id, e.title) for feed in FEEDS[1:] for e in feed.entries}
    assert len({one for one, _ in found}) == len({title for _, title in found}) == len(found)


def test_a_limit_splits_no_day_unless_the_feed_would_become_twice_as_long() -> None:
    corpus = many(30)  # three a day
    feeds = feeds_of(edition_of(corpus, feed_papers=7))
    topic = next(feed for feed in feeds if feed.page == "topics/boats/")
    assert len(topic.entries) == 9
    assert Counter(Counter(entry.published for entry in topic.entries).values()) == {3: 3}
    days = [date(2024, 3, day) for day in (9, 9, 9, 8)]
    assert list(limited(days, lambda day: day, 2)) == days[:3]
    assert list(limited(days, lambda day: day, 1)) == days[:2]


def test_the_feed_of_an_author_has_the_newest_papers() -> None:
    papers = {
        slug: paper.model_copy(update={"authors": ("Ada Zhang",)})
        for slug, paper in many(30).papers.items()
    }
    edition = edition_of(Corpus(papers, (), (), CORPUS.topics))
    feed = next(feed for feed in feeds_of(edition) if feed.page == "authors/ada-zhang/")
    assert len(feed.entries) == AUTHOR_ENTRIES


def test_an_entry_has_the_start_of_the_abstract_only_if_there_is_no_summary() -> None:
    contents = {e.title: e.content for feed in FEEDS for e in feed.entries}
    raft = contents[PAPERS[0].name]
    assert "Boats float when" in raft
    assert "We tie 100%" not in raft
    paper = PAPERS[0].model_copy(update={"tldr": None, "summary": None})
    assert "We tie 100%" in paper_html(paper, SITE)
    long = paper.model_copy(update={"abstract": "Logs float. " * 200})
    assert len(paper_html(long, SITE)) < 1000


def test_a_long_list_of_authors_ends_with_the_number_of_others() -> None:
    names = tuple(f"Author {number}" for number in range(573))
    paper = PAPERS[6].model_copy(update={"authors": names})
    corpus = Corpus({**CORPUS.papers, paper.slug: paper}, (), (), CORPUS.topics)
    feed = next(f for f in feeds_of(edition_of(corpus)) if "boats" in f.page)
    entry = next(entry for entry in feed.entries if "Again" in entry.title)
    assert [person.name for person in entry.people] == [*names[:MOST_PEOPLE], "and 568 others"]


def test_an_author_with_a_page_links_to_it() -> None:
    raft = next(e for f in FEEDS for e in f.entries if e.title == PAPERS[0].title)
    assert raft.people[0].url == "https://papers.example/digest/authors/ada-zhang/"
    assert raft.people[1] == Person("Bob van der Sample")


def test_the_opml_lists_every_feed_in_groups() -> None:
    root = ET.fromstring(FILES["feeds/all.opml"])
    groups = {group.get("text"): group for group in root.findall("body/outline")}
    assert list(groups) == ["Site", "Topics", "Collections", "Authors"]
    addresses = {outline.get("xmlUrl") for outline in root.iter("outline")} - {None}
    assert addresses == {SITE.url + feed.atom for feed in FEEDS}


def test_a_page_announces_its_own_feed_and_the_sites() -> None:
    links = feed_links(EDITION).values()
    assert [link.atom for link in discovery(links, "topics/boats/")] == [
        "topics/boats/feed.xml",
        "feeds/all.xml",
    ]
    assert [link.atom for link in discovery(links, "")] == ["feeds/all.xml"]
    assert [link.atom for link in discovery(links, "papers/x/")] == ["feeds/all.xml"]


def test_signs_that_xml_cannot_hold_are_left_out() -> None:
    paper = PAPERS[6].model_copy(update={"title": "RAFT\x0b\x00 Again\ufffe", "tldr": "a\x1fb"})
    corpus = Corpus({**CORPUS.papers, paper.slug: paper}, (), (), CORPUS.topics)
    feed = next(f for f in feeds_of(edition_of(corpus)) if "boats" in f.page)
    assert not feedparser.parse(atom(feed, SITE)).bozo


def test_a_corpus_without_anything_has_no_feeds() -> None:
    assert feed_pages(edition_of(Corpus())) == ()
