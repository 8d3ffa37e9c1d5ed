"""Papers of hundreds of authors."""

from __future__ import annotations

from itertools import count

import lxml.html
from toy import PAPERS, edition_of

from broadsheet.content.model import Corpus, Place
from broadsheet.outputs.feeds.files import FeedLink
from broadsheet.outputs.pages import Page
from broadsheet.outputs.pages.front import front_pages
from broadsheet.outputs.pages.materials import materials_of
from broadsheet.outputs.pages.papers import papers_pages
from broadsheet.outputs.pages.render import renderer
from broadsheet.outputs.templates import templates_folder

RENDER = renderer(templates_folder())


def _page_of(authors: int) -> lxml.html.HtmlElement:
    names = tuple(f"Author {number}" for number in range(authors))
    paper = PAPERS[0].model_copy(update={"authors": names})
    places = {("paper", paper.slug): Place("papers/a.yml")}
    edition = edition_of(Corpus({paper.slug: paper}, places=places))
    (page,) = [p for p in papers_pages(materials_of(edition, {}, {})) if p.kind == "paper"]
    return lxml.html.fromstring(RENDER(page.make()))


def test_a_page_shows_the_first_authors_and_the_last_and_folds_the_others() -> None:
    (authors,) = _page_of(573).find_class("bs-authors")
    shown = [link.text for link in authors.iter("a")]
    assert shown == [*(f"Author {number}" for number in range(20)), "Author 572"]
    (folded,) = authors.iter("details")
    assert folded.findtext("summary") == "and 552 others"
    assert "Author 20, Author 21" in folded.text_content()
    assert not list(folded.iter("a"))


def test_a_page_shows_all_authors_of_most_papers() -> None:
    (authors,) = _page_of(21).find_class("bs-authors")
    assert len(list(authors.iter("a"))) == 21
    assert not list(authors.iter("details"))


def _feeds_page(authors: int) -> Page:
    links = (
        FeedLink("Authors", str(n), f"authors/{n}/", f"authors/{n}/feed.xml", "") for n in count()
    )
    feeds = {link.page: link for _, link in zip(range(authors), links, strict=False)}
    materials = materials_of(edition_of(Corpus({PAPERS[0].slug: PAPERS[0]})), feeds, {})
    return next(page.make() for page in front_pages(materials) if page.kind == "feeds")


def test_the_page_of_feeds_lists_the_feeds_of_authors_unless_there_are_many() -> None:
    assert RENDER(_feeds_page(100)).count("authors/99/feed.xml") == 1
    many = RENDER(_feeds_page(101))
    assert "feed.xml" not in many
    assert "101 authors" in many
