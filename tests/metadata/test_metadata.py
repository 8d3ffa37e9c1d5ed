from __future__ import annotations

import re
from collections import defaultdict
from urllib.parse import parse_qs

import extruct
import lxml.html
import pytest
from pyld import jsonld
from toy import CORPUS, EDITION, PAPERS, SITE, edition_of

from broadsheet.base.markup import escape
from broadsheet.citations.coins import MOST_TAGGED, context_object, inverted
from broadsheet.citations.csl import Csl
from broadsheet.citations.names import parse_name
from broadsheet.content.model import Corpus
from broadsheet.edition import Kind
from broadsheet.outputs.feeds.files import discovery, feed_links
from broadsheet.outputs.metadata import Head, feed_alternates, head_html, open_graph
from broadsheet.outputs.metadata.documents import list_head, page_head, paper_head, week_head
from broadsheet.outputs.metadata.highwire import author_tag
from broadsheet.outputs.social_cards import SITE_CARD

CITATIONS = EDITION.citations
CARD = "cards/a.png"
PAPER_HEADS = {slug: paper_head(paper, EDITION, CARD) for slug, paper in CORPUS.papers.items()}
HEADS = {
    **PAPER_HEADS,
    **{
        f"{papers.kind}-{papers.slug}": list_head(papers, EDITION, CARD)
        for papers in EDITION.lists_of(Kind.TOPIC, Kind.COLLECTION, Kind.AUTHOR)
    },
    "week": week_head(EDITION.weeks["2024-W12"], EDITION, CARD),
    "home": page_head(SITE, "", SITE.name, CARD),
    "about": page_head(SITE, "about/", "About", None),
}


def page(head: Head) -> str:
    return (
        f"<!doctype html><html><head><title>x</title>{head_html(head)}</head><body></body></html>"
    )


def coins(reference: Csl) -> str:
    """The COinS span that lists print."""
    return f'<span class="Z3988" title="{escape(context_object(reference))}"></span>'


def tags(slug: str) -> dict[str, list[str]]:
    found = defaultdict(list)
    for element in lxml.html.fromstring(page(PAPER_HEADS[slug])).iter("meta"):
        found[element.get("name")].append(element.get("content"))
    return found


@pytest.mark.parametrize("name", HEADS)
def test_extruct_and_a_json_ld_processor_understand_every_document(name: str) -> None:
    documents = extruct.extract(page(HEADS[name]), syntaxes=["json-ld"], errors="strict")["json-ld"]
    assert len(documents) == len(HEADS[name].json_ld) > 0
    for document in documents:
        expanded = jsonld.expand({**document, "@context": {"@vocab": "https://schema.org/"}})
        assert expanded[0]["@type"][0].startswith("https://schema.org/")
        assert document["@context"] == "https://schema.org"


@pytest.mark.parametrize("name", HEADS)
def test_nothing_in_a_head_is_empty_or_relative(name: str) -> None:
    root = lxml.html.fromstring(page(HEADS[name]))
    for element in root.iter("meta"):
        assert element.get("content")
    urls = [e.get("content") for e in root.iter("meta") if "url" in (e.get("property") or "")]
    assert urls
    assert all(url.startswith(SITE.url) for url in urls)


def test_a_title_cannot_end_the_script_or_the_attribute() -> None:
    root = lxml.html.fromstring(page(PAPER_HEADS["html-in-the-title"]))
    assert [e.get("type") for e in root.iter("script")] == ["application/ld+json"]
    assert tags("html-in-the-title")["citation_title"] == [PAPERS[1].title]


def test_each_author_has_a_tag_and_the_date_is_slashed() -> None:
    found = tags("raft-boats-that-float")
    assert found["citation_author"] == [
        "Zhang, Ada",
        "van der Sample, Bob",
        "Dupré la Tour, Carla",
        "Kolter, J. Zico",
    ]
    assert found["citation_publication_date"] == ["2025"]
    assert found["citation_online_date"] == ["2024/03/18"]
    assert "citation_online_date" not in tags("html-in-the-title")  # the date to cite
    assert found["citation_conference_title"] == ["EXAMPLE 2025"]
    assert found["citation_keywords"] == ["Boats & Rafts", "Rivers"]


def test_without_authors_or_date_there_is_no_record_for_scholar() -> None:
    assert PAPER_HEADS["no-authors-no-date"].citation == ()
    assert PAPER_HEADS["arxiv-2406-04520"].citation == ()


def test_a_preprint_says_that_it_is_one() -> None:
    assert tags("html-in-the-title")["DC.type"] == ["preprint"]
    assert tags("html-in-the-title")["citation_publisher"] == ["arXiv"]
    assert "DC.type" not in tags("raft-boats-that-float")


def test_a_pdf_is_named_only_on_our_own_host() -> None:
    assert tags("raft-boats-that-float")["citation_pdf_url"] == ["https://papers.example/raft.pdf"]
    links = PAPERS[0].links.model_copy(update={"pdf": "https://elsewhere.example/raft.pdf"})
    paper = PAPERS[0].model_copy(update={"links": links})
    head = paper_head(paper, EDITION, CARD)
    assert "citation_pdf_url" not in dict(head.citation)


@pytest.mark.parametrize(
    ("author", "tag"),
    [
        ("Ada Zhang", "Zhang, Ada"),
        ("J. Zico Kolter", "Kolter, J. Zico"),
        ("Bob van der Sample", "van der Sample, Bob"),
        # Zotero would read "van der Sample, Bob X." as two people.
        ("Bob X. van der Sample", "Bob X. van der Sample"),
        # A suffix after a second comma would be lost; without a comma, it'd become the family name.
        ("Sam O'Neill Jr.", "O'Neill, Sam Jr."),
        ("Boat Team", "Boat Team"),
    ],
)
def test_no_author_tag_is_parted_by_zotero_into_two(author: str, tag: str) -> None:
    assert author_tag(author) == tag
    sides = re.split(r"\s*,\s*", tag)
    assert len(sides) == 1 or not all(" " in side for side in sides)


def test_only_a_page_with_a_picture_of_its_own_describes_it() -> None:
    own = dict(open_graph(SITE, "a/", "A", CARD))
    assert own["og:image:alt"] == "A"
    assert own["twitter:card"] == "summary_large_image"
    shared = dict(open_graph(SITE, "a/", "A", SITE_CARD))
    assert shared["og:image"] == SITE.url + SITE_CARD
    assert "og:image:alt" not in shared


def test_our_words_are_never_an_abstract() -> None:
    documents = {slug: head.json_ld[0] for slug, head in PAPER_HEADS.items()}
    assert "abstract" not in documents["html-in-the-title"]
    assert not any("citation_abstract" in tags(slug) for slug in PAPER_HEADS)


def test_a_paper_is_a_scholarly_article_once_authors_and_date_are_known() -> None:
    raft = PAPER_HEADS["raft-boats-that-float"].json_ld[0]
    assert raft["@type"] == "ScholarlyArticle"
    assert raft["author"][1] == {"@type": "Person", "name": "Bob van der Sample"}
    assert len(raft["sameAs"]) == 2
    assert PAPER_HEADS["no-authors-no-date"].json_ld[0]["@type"] == "CreativeWork"


def test_a_work_without_citation_tags_has_its_authors_in_its_document() -> None:
    facts = {"published": None, "arxiv": None, "venue": None, "authors": ("Ada Zhang", "Boat Team")}
    paper = PAPERS[0].model_copy(update=facts)
    edition = edition_of(Corpus({paper.slug: paper}))
    head = paper_head(paper, edition, CARD)
    assert head.citation == ()
    assert head.json_ld[0]["author"] == [
        {"@type": "Person", "name": "Ada Zhang"},
        {"@type": "Organization", "name": "Boat Team"},
    ]


def test_a_week_lists_its_papers_in_the_printed_order() -> None:
    week = HEADS["week"].json_ld[0]
    assert week["@type"] == "PublicationIssue"
    assert week["issueNumber"] == "2024-W12"
    assert week["temporalCoverage"] == "2024-03-18/2024-03-24"
    assert [member["position"] for member in week["mainEntity"]["itemListElement"]] == [1, 2]


def test_breadcrumbs_lead_from_home_to_the_page() -> None:
    trail = HEADS["topic-boats"].json_ld[1]["itemListElement"]
    assert [step.get("item") for step in trail] == [SITE.url, f"{SITE.url}topics/", None]
    assert [step["name"] for step in trail] == [SITE.name, "Topics", "Boats & Rafts"]


def test_a_head_has_the_first_authors_of_a_long_list() -> None:
    names = tuple(f"Author {chr(65 + n % 26)}{chr(65 + n // 26)}" for n in range(573))
    paper = PAPERS[0].model_copy(update={"authors": names})
    edition = edition_of(Corpus({paper.slug: paper}))
    head = paper_head(paper, edition, CARD)
    assert sum(name == "citation_author" for name, _ in head.citation) == MOST_TAGGED
    context = parse_qs(context_object(edition.citations[paper.slug].csl))
    assert len(context["rft.au"]) == MOST_TAGGED
    assert len(edition.citations[paper.slug].csl["author"]) == 573


@pytest.mark.parametrize("slug", CITATIONS)
def test_coins_say_what_the_citation_says(slug: str) -> None:
    element = lxml.html.fromstring(coins(CITATIONS[slug].csl))
    assert element.get("class") == "Z3988"
    context = parse_qs(element.get("title"))
    assert context["rft.atitle"] == [CITATIONS[slug].csl["title"]]
    authors = [*context.get("rft.aucorp", []), *context.get("rft.au", [])]
    assert authors == [inverted(parse_name(name)) for name in CORPUS.papers[slug].authors]
    assert not re.search(r"[*`\[\]~]", coins(CITATIONS[slug].csl))


def test_coins_tell_preprints_conference_papers_and_articles_apart() -> None:
    found = {slug: parse_qs(context_object(citation.csl)) for slug, citation in CITATIONS.items()}
    raft = found["raft-boats-that-float"]
    assert (raft["rft.genre"], raft["rft.btitle"]) == (["proceeding"], ["EXAMPLE 2025"])
    assert raft["rft_val_fmt"] == ["info:ofi/fmt:kev:mtx:book"]
    article = found["latex-in-the-title"]
    assert (article["rft.genre"], article["rft.jtitle"]) == (["article"], ["Journal of Toys"])
    assert (article["rft.volume"], article["rft.issue"]) == (["3"], ["2"])
    preprint = found["by-a-group"]
    assert (preprint["rft.genre"], preprint["rft.type"]) == (["preprint"], ["preprint"])
    # Zotero reads a title as that of a journal article, so its own name for the type comes last.
    assert list(preprint)[-1] == "rft.type"


def test_a_journal_article_has_the_tags_of_its_volume() -> None:
    found = tags("latex-in-the-title")
    assert found["citation_journal_title"] == ["Journal of Toys"]
    assert (found["citation_volume"], found["citation_issue"]) == (["3"], ["2"])


def test_a_page_names_its_feeds() -> None:
    links = discovery(feed_links(EDITION).values(), "topics/boats/")
    head = HEADS["topic-boats"].with_links(feed_alternates(SITE, "topics/boats/", links))
    root = lxml.html.fromstring(page(head))
    found = [(e.get("type"), e.get("href")) for e in root.iter("link")]
    assert found == [
        ("application/atom+xml", f"{SITE.url}topics/boats/feed.xml"),
        ("application/atom+xml", f"{SITE.url}feeds/all.xml"),
    ]
