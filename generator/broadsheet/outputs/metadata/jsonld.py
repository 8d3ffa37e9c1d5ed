"""JSON-LD with schema.org's vocabulary: papers, weeks, lists, the site, and breadcrumbs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from broadsheet.base.addresses import Site, absolute, paper_url
from broadsheet.base.identifiers import arxiv_url, doi_url
from broadsheet.base.markup import plain
from broadsheet.citations.coins import MOST_TAGGED
from broadsheet.citations.csl import Csl
from broadsheet.citations.names import parse_name
from broadsheet.content.model import Issue, Paper
from broadsheet.edition import Edition, Kind, PaperList, Week
from broadsheet.edition.corrections import last_corrected

JsonLd = Mapping[str, Any]
_CONTEXT = "https://schema.org"
# The head of a page has the addresses of the first papers of a list. The page and the API have the
# rest, and their titles.
LIST_LIMIT = 10


def paper_document(paper: Paper, edition: Edition) -> JsonLd:
    """Returns a ScholarlyArticle, or a CreativeWork if authors or date are unknown.

    The abstract is left out, because it's on the page.
    """
    reference = edition.citations[paper.slug].csl
    date = "-".join(f"{p:02d}" for p in reference.get("issued", {}).get("date-parts", [[]])[0])
    is_whole = paper.authors and date
    return _without_empty(
        {
            "@context": _CONTEXT,
            "@type": "ScholarlyArticle" if is_whole else "CreativeWork",
            "headline": reference["title"],
            "author": [_author(author) for author in paper.authors[:MOST_TAGGED]],
            "datePublished": date,
            **_corrected(paper),
            "keywords": [topic.name for topic in edition.topics_of(paper)],
            "sameAs": _elsewhere(paper),
            "isPartOf": _venue(reference),
            "url": absolute(edition.site, paper_url(paper.slug)),
        }
    )


def week_document(week: Week, edition: Edition) -> JsonLd:
    """Returns a PublicationIssue with its papers as an ItemList in printed order."""
    site = edition.site
    address = absolute(site, week.url)
    return _without_empty(
        {
            "@context": _CONTEXT,
            "@type": "PublicationIssue",
            "@id": f"{address}#issue",
            "name": week.title,
            "issueNumber": week.name,
            "datePublished": week.end.isoformat(),
            **_corrected(*week.issues),
            "temporalCoverage": f"{week.start}/{week.end}",
            "isPartOf": {"@type": "Periodical", "name": site.name, "url": site.url},
            "mainEntity": _list(week.papers, edition),
            "url": address,
        }
    )


def list_document(papers: PaperList, edition: Edition) -> JsonLd:
    """Returns a CollectionPage with the papers of a list."""
    site = edition.site
    person = {"@type": "Person", "name": papers.name} if papers.kind is Kind.AUTHOR else None
    return _without_empty(
        {
            "@context": _CONTEXT,
            "@type": "CollectionPage",
            "name": papers.name,
            "description": plain(papers.description),
            "about": person,
            "isPartOf": {"@type": "WebSite", "name": site.name, "url": site.url},
            "mainEntity": _list(papers.papers, edition),
            "url": absolute(site, papers.url),
        }
    )


def site_document(site: Site) -> JsonLd:
    """Returns the WebSite with its search."""
    target = {"@type": "EntryPoint", "urlTemplate": f"{site.url}search/?q={{search_term_string}}"}
    return _without_empty(
        {
            "@context": _CONTEXT,
            "@type": "WebSite",
            "name": site.name,
            "description": site.description,
            "inLanguage": site.language,
            "url": site.url,
            "potentialAction": {
                "@type": "SearchAction",
                "target": target,
                "query-input": "required name=search_term_string",
            },
        }
    )


def breadcrumbs(trail: Iterable[tuple[str, str]], site: Site) -> JsonLd:
    """Returns a BreadcrumbList from the home page.

    Args:
        trail: The name and address of each page on the way. The last one is the current page,
            which needs no address.
        site: The site.
    """
    steps = [(site.name, ""), *trail]
    members: list[dict[str, Any]] = [
        {"@type": "ListItem", "position": place, "name": name, "item": absolute(site, address)}
        for place, (name, address) in enumerate(steps, start=1)
    ]
    del members[-1]["item"]
    return {"@context": _CONTEXT, "@type": "BreadcrumbList", "itemListElement": members}


def _corrected(*values: Paper | Issue) -> dict[str, Any]:
    """Returns when and how something was corrected, and whether it was withdrawn."""
    days = [day for value in values if (day := last_corrected(value))]
    return {
        "dateModified": max(days).isoformat() if days else None,
        "correction": [found.text for value in values for found in value.corrections],
        "creativeWorkStatus": "Withdrawn" if _is_withdrawn(values) else None,
    }


def _is_withdrawn(values: Iterable[Paper | Issue]) -> bool:
    return any(isinstance(value, Paper) and value.withdrawn for value in values)


def _list(slugs: Iterable[str], edition: Edition) -> JsonLd:
    papers = [edition.papers[slug] for slug in slugs]
    return {
        "@type": "ItemList",
        "numberOfItems": len(papers),
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": place,
                "url": absolute(edition.site, paper_url(paper.slug)),
            }
            for place, paper in enumerate(papers[:LIST_LIMIT], start=1)
        ],
    }


def _author(author: str) -> JsonLd:
    name = parse_name(author)
    if name.literal:
        # One word is a person with a single name; several words that can't be parsed are a group.
        kind = "Organization" if " " in name.literal else "Person"
        return {"@type": kind, "name": name.literal}
    return {"@type": "Person", "name": author}


def _elsewhere(paper: Paper) -> list[str]:
    arxiv = [arxiv_url(paper.arxiv)] if paper.arxiv else []
    return arxiv + ([doi_url(paper.doi)] if paper.doi else [])


def _venue(reference: Csl) -> JsonLd | None:
    venue = reference.get("container-title")
    kind = "Periodical" if reference["type"] == "article-journal" else "Book"
    return {"@type": kind, "name": venue} if venue else None


def _without_empty(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value}
