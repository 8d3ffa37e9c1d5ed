"""The head of each kind of page."""

from __future__ import annotations

from collections.abc import Sequence

from broadsheet.base.addresses import Site, paper_url, week_url
from broadsheet.citations.csl import Csl
from broadsheet.content.model import Corpus, Issue, Paper
from broadsheet.edition.lists import Kind, PaperList
from broadsheet.outputs.metadata import Head, Look, preview
from broadsheet.outputs.metadata.highwire import citation_tags
from broadsheet.outputs.metadata.jsonld import (
    breadcrumbs,
    list_document,
    paper_document,
    site_document,
    week_document,
)

_PARENTS = {
    Kind.TOPIC: ("Topics", "topics/"),
    Kind.COLLECTION: ("Collections", "collections/"),
    Kind.AUTHOR: ("Authors", "authors/"),
}


def paper_head(paper: Paper, reference: Csl, corpus: Corpus, site: Site, look: Look) -> Head:
    """A paper's page: citation tags, ScholarlyArticle, preview."""
    address, title = paper_url(paper.slug), reference["title"]
    trail = breadcrumbs([("Papers", "papers/"), (title, address)], site)
    return Head(
        citation=citation_tags(paper, reference, corpus, site),
        preview=preview(site, address, title, look, kind="article"),
        json_ld=(paper_document(paper, reference, corpus, site), trail),
    )


def week_head(
    week: str,
    issues: Sequence[Issue],
    corpus: Corpus,
    site: Site,
    look: Look,
) -> Head:
    """A week's page: PublicationIssue with its ItemList, preview."""
    address, title = week_url(week), " · ".join(issue.title for issue in issues)
    trail = breadcrumbs([("Weeks", "weeks/"), (title, address)], site)
    return Head(
        preview=preview(site, address, title, look, kind="article"),
        json_ld=(week_document(week, issues, corpus, site), trail),
    )


def list_head(papers: PaperList, corpus: Corpus, site: Site, look: Look) -> Head:
    """The page of a topic, a collection or an author: CollectionPage, preview."""
    trail = breadcrumbs([_PARENTS[papers.kind], (papers.name, papers.url)], site)
    return Head(
        preview=preview(site, papers.url, papers.name, look),
        json_ld=(list_document(papers, corpus, site), trail),
    )


def page_head(site: Site, address: str, title: str, look: Look) -> Head:
    """Any other page: where it is and how it is previewed. Home says what the site is."""
    document = breadcrumbs([(title, address)], site) if address else site_document(site)
    return Head(preview=preview(site, address, title, look), json_ld=(document,))
