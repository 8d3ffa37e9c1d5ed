"""The links of a paper, in the same order for all outputs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice
from urllib.parse import urlsplit

from broadsheet.base.identifiers import arxiv_pdf_url, arxiv_url, doi_in_urls, doi_url
from broadsheet.base.language import Language
from broadsheet.content.model import Paper

_OPENREVIEW = "openreview.net"


@dataclass(frozen=True)
class Link:
    """A link with its name. An address without a scheme is one of this site."""

    name: str
    address: str


def elsewhere(paper: Paper) -> tuple[Link, ...]:
    """Returns pages about a paper on other sites that its ids and links lead to."""
    found = []
    if paper.arxiv:
        found = [
            Link("Semantic Scholar", f"https://api.semanticscholar.org/arXiv:{paper.arxiv}"),
            Link("Hugging Face", f"https://huggingface.co/papers/{paper.arxiv}"),
            Link("alphaXiv", f"https://www.alphaxiv.org/abs/{paper.arxiv}"),
        ]
    elif paper.doi:
        address = f"https://api.semanticscholar.org/DOI:{doi_in_urls(paper.doi)}"
        found = [Link("Semantic Scholar", address)]
    reviews = (url for url in paper.links.named().values() if urlsplit(url).hostname == _OPENREVIEW)
    found += [Link("OpenReview", url) for url in islice(reviews, 1)]
    return tuple(found)


def links_of(paper: Paper, language: Language) -> tuple[Link, ...]:
    """Returns the links of a paper, the most useful first."""
    named = dict(paper.links.named())
    found: list[Link] = []
    if paper.arxiv:
        named.pop("pdf", None)
        found.append(Link("arXiv", arxiv_url(paper.arxiv)))
        found.append(Link("PDF", arxiv_pdf_url(paper.arxiv)))
    names = _names(language)
    found += [Link(names[field], url) for field, url in named.items()]
    if paper.doi:
        found.append(Link("DOI", doi_url(paper.doi)))
    return tuple(found)


@cache
def _names(language: Language) -> Mapping[str, str]:
    """Returns the names of links by their fields."""
    return {
        "code": language.text("Code"),
        "project": language.text("Project"),
        "pdf": language.text("PDF"),
        "data": language.text("Data"),
        "demo": language.text("Demo"),
        "video": language.text("Video"),
    }
