"""Social cards: what the picture beside a shared link says, as values.

The site, every week, topic and collection have one, and the newest papers up to a number; other
pages show the site's. `drawing` makes pictures of them (extra "cards").
"""

from __future__ import annotations

from dataclasses import dataclass

from broadsheet.base.addresses import Site, collection_url, paper_url, topic_url, week_url
from broadsheet.base.markup import plain, plain_rich
from broadsheet.base.text import counted, shown_authors
from broadsheet.content.model import Collection, Corpus, Paper
from broadsheet.edition.chronology import newest_first
from broadsheet.edition.lists import PaperList, topics_of, weeks_of

# What social networks show without cutting: 1.91 to 1.
CARD_SIZE = (1200, 630)
SITE_CARD = "cards/site.png"


@dataclass(frozen=True)
class SocialCard:
    """The words of a card: a line above, the title, a line or two below it, a line at the foot."""

    above: str
    title: str
    below: str
    foot: str


def card_path(page: str) -> str:
    """The picture of the page at an address: "weeks/2024-W12/" has cards/weeks/2024-W12.png."""
    return f"cards/{page.rstrip('/')}.png" if page else SITE_CARD


def social_cards(corpus: Corpus, site: Site, most_papers: int) -> dict[str, SocialCard]:
    """All cards by the path of their picture; papers' for the newest `most_papers` only."""
    foot = site.url.partition("://")[2].rstrip("/")
    counts = f"{_papers(len(corpus.papers))}, {counted(len(corpus.topics), 'topic')}"
    cards = {"": SocialCard(counts, site.name, site.description, foot)}
    for week in weeks_of(corpus):
        above = f"{site.name} · {week.slug}"
        cards[week_url(week.slug)] = SocialCard(above, week.name, _week_line(week, corpus), foot)
    for topic in topics_of(corpus):
        below = plain(topic.description)
        above = f"{site.name} · Topic · {_papers(len(topic.papers))}"
        cards[topic_url(topic.slug)] = SocialCard(above, topic.name, below, foot)
    for collection in corpus.collections:
        cards[collection_url(collection.slug)] = _collection_card(collection, site, foot)
    for paper in newest_first(corpus.papers.values())[:most_papers]:
        cards[paper_url(paper.slug)] = _paper_card(paper, site, foot)
    return {card_path(page): card for page, card in cards.items()}


def _week_line(week: PaperList, corpus: Corpus) -> str:
    issues = [issue for issue in corpus.issues if issue.week == week.slug]
    headings = dict.fromkeys(plain(s.heading) for issue in issues for s in issue.sections)
    return f"{_papers(len(week.papers))}: {' · '.join(headings)}"


def _collection_card(collection: Collection, site: Site, foot: str) -> SocialCard:
    above = f"{site.name} · Collection · {_papers(len(collection.entries))}"
    below = plain_rich(collection.description or "")
    return SocialCard(above, plain(collection.title), below, foot)


def _paper_card(paper: Paper, site: Site, foot: str) -> SocialCard:
    above = " · ".join(filter(None, (site.name, paper.venue or (paper.published or "")[:4])))
    below = plain_rich(paper.tldr or "") or shown_authors(paper.authors)
    return SocialCard(above, plain(paper.name), below, foot)


def _papers(count: int) -> str:
    return counted(count, "paper")
