"""Social cards: what the picture beside a shared link says, as values.

The site, every week, topic and collection have one, and the newest papers up to a number; other
pages show the site's. `drawing` makes pictures of them (extra "cards").
"""

from __future__ import annotations

from dataclasses import dataclass

from broadsheet.base.addresses import Site, paper_url
from broadsheet.base.markup import plain, plain_rich
from broadsheet.content.model import Paper
from broadsheet.edition import Edition, Kind
from broadsheet.outputs.words import papers_counted

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


def social_cards(edition: Edition) -> dict[str, SocialCard]:
    """All cards by the path of their picture; papers' for the newest `card_papers` only."""
    site, language = edition.site, edition.language
    labels = {Kind.TOPIC: language.text("Topic"), Kind.COLLECTION: language.text("Collection")}
    foot = site.url.partition("://")[2].rstrip("/")
    topics = language.counted(len(edition.topics), "%(number)s topic", "%(number)s topics")
    counts = f"{papers_counted(len(edition.papers), language)} · {topics}"
    cards = {"": SocialCard(counts, site.name, site.description, foot)}
    for week in edition.weeks.values():
        headings = dict.fromkeys(map(plain, week.headings))
        below = " · ".join((papers_counted(len(week.papers), language), *headings))
        cards[week.url] = SocialCard(f"{site.name} · {week.name}", week.title, below, foot)
    for papers in edition.lists.values():
        if papers.kind in labels:
            label = f"{labels[papers.kind]} · {papers_counted(len(papers.papers), language)}"
            below = plain_rich(papers.description)
            card = SocialCard(f"{site.name} · {label}", plain(papers.name), below, foot)
            cards[papers.url] = card
    for paper in edition.newest[: edition.settings.card_papers]:
        cards[paper_url(paper.slug)] = _paper_card(paper, site, foot)
    return {card_path(page): card for page, card in cards.items()}


def _paper_card(paper: Paper, site: Site, foot: str) -> SocialCard:
    above = " · ".join(filter(None, (site.name, paper.venue or (paper.published or "")[:4])))
    below = plain_rich(paper.tldr or "") or site.words.names(paper.authors)
    return SocialCard(above, plain(paper.name), below, foot)
