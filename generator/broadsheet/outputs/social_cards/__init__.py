"""Social cards: the text on the pictures that social networks show for links.

The site has a card, and so have the newest weeks, the topics and collections with the most papers,
and the newest papers. Other pages use that of the site. `drawing` draws them (extra "cards").
"""

from __future__ import annotations

from dataclasses import dataclass

from broadsheet.base.addresses import Site, paper_url
from broadsheet.base.markup import plain, plain_rich
from broadsheet.content.model import Paper
from broadsheet.edition import Edition, Kind, PaperList
from broadsheet.outputs.words import papers_counted

# Social networks don't crop pictures with this ratio (1.91:1).
CARD_SIZE = (1200, 630)
SITE_CARD = "cards/site.png"
# A card has 20 KB, as much as a page, and people rarely share pages of old weeks. This is how many
# weeks, topics and collections have one.
MOST_OF_KIND = 50


@dataclass(frozen=True)
class SocialCard:
    """The text of a card: above the title, the title, below it, and at the bottom."""

    above: str
    title: str
    below: str
    foot: str


def card_path(page: str) -> str:
    """Returns the path of a page's picture: "cards/weeks/2024-W12.png" for "weeks/2024-W12/"."""
    return f"cards/{page.rstrip('/')}.png" if page else SITE_CARD


def social_cards(edition: Edition) -> dict[str, SocialCard]:
    """Returns all cards by the path of their picture."""
    site, language = edition.site, edition.language
    labels = {Kind.TOPIC: language.text("Topic"), Kind.COLLECTION: language.text("Collection")}
    foot = site.url.partition("://")[2].rstrip("/")
    topics = language.counted(len(edition.topics), "%(number)s topic", "%(number)s topics")
    counts = f"{papers_counted(len(edition.papers), language)} · {topics}"
    cards = {"": SocialCard(counts, site.name, site.description, foot)}
    for week in list(edition.weeks.values())[-MOST_OF_KIND:]:
        headings = dict.fromkeys(map(plain, week.headings))
        below = " · ".join((papers_counted(len(week.papers), language), *headings))
        cards[week.url] = SocialCard(f"{site.name} · {week.name}", week.title, below, foot)
    for kind, name in labels.items():
        for papers in _longest(edition, kind):
            label = f"{name} · {papers_counted(len(papers.papers), language)}"
            below = plain_rich(papers.description)
            card = SocialCard(f"{site.name} · {label}", plain(papers.name), below, foot)
            cards[papers.url] = card
    for paper in edition.newest[: edition.settings.card_papers]:
        cards[paper_url(paper.slug)] = _paper_card(paper, site, foot)
    return {card_path(page): card for page, card in cards.items()}


def _longest(edition: Edition, kind: Kind) -> list[PaperList]:
    """Returns the lists of a kind with the most papers, also those without any."""
    lists = [found for found in edition.lists.values() if found.kind is kind]
    return sorted(lists, key=lambda found: len(found.papers), reverse=True)[:MOST_OF_KIND]


def _paper_card(paper: Paper, site: Site, foot: str) -> SocialCard:
    above = " · ".join(filter(None, (site.name, paper.venue or (paper.published or "")[:4])))
    below = plain_rich(paper.tldr or "") or site.words.names(paper.authors)
    return SocialCard(above, plain(paper.name), below, foot)
