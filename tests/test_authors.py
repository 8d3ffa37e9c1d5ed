"""Who gets a page."""

from toy import edition_of

from broadsheet.content.model import Corpus, Paper
from broadsheet.edition import Edition, Kind
from broadsheet.edition.authors import MOST_COUNTED, authors_at_least, authors_of
from broadsheet.outputs.pages.authors import authors_pages
from broadsheet.outputs.pages.materials import materials_of
from broadsheet.outputs.pages.views import AuthorsView


def _paper(number: int, *authors: str) -> Paper:
    return Paper(slug=f"paper-{number}", title=f"Paper {number}", authors=authors)


def _frequent(count: int) -> list[Paper]:
    """800 papers; the authors 0 to `count` wrote two each, and everybody else wrote one."""
    twice = [f"Author {number}" for number in range(count)] * 2
    return [_paper(n, twice[n] if n < len(twice) else f"Once {n}") for n in range(800)]


def _edition(papers: list[Paper], at_least: int | None = None) -> Edition:
    return edition_of(Corpus({paper.slug: paper for paper in papers}), author_papers=at_least)


def test_at_most_one_author_in_twenty_papers_gets_a_page() -> None:
    assert authors_at_least(_frequent(40), None) == 2
    assert authors_at_least(_frequent(41), None) == 3
    assert not _edition(_frequent(41)).lists_of(Kind.AUTHOR)


def test_a_small_corpus_has_pages_for_some_authors_with_two_papers() -> None:
    papers = [_paper(n, *(f"Author {number}" for number in range(20))) for n in range(2)]
    assert authors_at_least(papers, None) == 2
    more = [_paper(n, *(f"Author {number}" for number in range(21))) for n in range(2)]
    assert authors_at_least(more, None) == 3


def test_nobody_gets_a_page_for_one_paper_unless_the_owner_says_so() -> None:
    papers = [_paper(1, "Ada Example")]
    assert authors_at_least(papers, None) == 2
    assert [page.name for page in _edition(papers, 1).lists_of(Kind.AUTHOR)] == ["Ada Example"]


def test_papers_of_large_groups_make_nobody_frequent_but_are_listed() -> None:
    group = tuple(f"Member {number}" for number in range(MOST_COUNTED + 1))
    papers = [_paper(1, *group), _paper(2, *group), _paper(3, group[0]), _paper(4, group[0])]
    (author,) = authors_of(papers, 2)
    assert author.papers == ("paper-1", "paper-2", "paper-3", "paper-4")


def test_a_long_list_of_authors_has_several_pages() -> None:
    papers = [_paper(n, f"Author {n:04}") for n in range(1200)]
    pages = [p.make() for p in authors_pages(materials_of(_edition(papers, 1), {}, {}))]
    views = {page.address: page.view for page in pages if isinstance(page.view, AuthorsView)}
    assert list(views) == ["authors/", "authors/page-2/", "authors/page-3/"]
    assert len({author.name for view in views.values() for author in view.authors}) == 1200


def test_an_author_cannot_take_the_address_of_a_page_of_the_list() -> None:
    (author,) = authors_of([_paper(1, "Page 2")], 1)
    assert author.slug != "page-2"
