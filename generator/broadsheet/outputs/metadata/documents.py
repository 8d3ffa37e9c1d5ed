"""The metadata of each kind of page."""

from __future__ import annotations

from broadsheet.base.addresses import Site, paper_url
from broadsheet.content.model import Paper
from broadsheet.edition import Edition, Kind, PaperList, Week
from broadsheet.outputs.metadata import Head, open_graph
from broadsheet.outputs.metadata.highwire import citation_tags
from broadsheet.outputs.metadata.jsonld import (
    breadcrumbs,
    list_document,
    paper_document,
    site_document,
    week_document,
)


def paper_head(paper: Paper, edition: Edition, card: str | None) -> Head:
    """Returns the metadata of a paper's page: citation tags, ScholarlyArticle and Open Graph.

    There are no breadcrumbs, because the address of the page says the same.
    """
    address, title = paper_url(paper.slug), edition.citations[paper.slug].csl["title"]
    return Head(
        citation=citation_tags(paper, edition),
        open_graph=open_graph(edition.site, address, title, card, kind="article"),
        json_ld=(paper_document(paper, edition),),
    )


def week_head(week: Week, edition: Edition, card: str | None) -> Head:
    """Returns the metadata of a week's page: PublicationIssue with an ItemList, and Open Graph."""
    parent = (edition.language.text("Weeks"), "weeks/")
    trail = breadcrumbs([parent, (week.title, week.url)], edition.site)
    return Head(
        open_graph=open_graph(edition.site, week.url, week.title, card, kind="article"),
        json_ld=(week_document(week, edition), trail),
    )


def list_head(papers: PaperList, edition: Edition, card: str | None) -> Head:
    """Returns the metadata of a list's page: CollectionPage and Open Graph."""
    language = edition.language
    parent = {
        Kind.TOPIC: (language.text("Topics"), "topics/"),
        Kind.COLLECTION: (language.text("Collections"), "collections/"),
        Kind.AUTHOR: (language.text("Authors"), "authors/"),
    }[papers.kind]
    trail = breadcrumbs([parent, (papers.name, papers.url)], edition.site)
    return Head(
        open_graph=open_graph(edition.site, papers.url, papers.name, card),
        json_ld=(list_document(papers, edition), trail),
    )


def page_head(site: Site, address: str, title: str, card: str | None) -> Head:
    """Returns the metadata of another page: breadcrumbs, or the site's own on the home page."""
    document = breadcrumbs([(title, address)], site) if address else site_document(site)
    return Head(open_graph=open_graph(site, address, title, card), json_ld=(document,))
