"""References to papers as BibTeX, RIS, CSL-JSON and formatted text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from broadsheet.base.addresses import Site
from broadsheet.citations.bibtex import bibtex_of
from broadsheet.citations.csl import Csl, csl_of
from broadsheet.citations.keys import keys_of
from broadsheet.citations.ris import ris_of
from broadsheet.citations.styles import STYLES
from broadsheet.content.model import Paper


@dataclass(frozen=True)
class Citation:
    """The reference of a paper in every format. `text` is by the name of the style ("APA")."""

    key: str
    bibtex: str
    ris: str
    csl: Csl
    text: Mapping[str, str]


def cite(
    papers: Mapping[str, Paper], site: Site, published: Mapping[str, str] | None = None
) -> dict[str, Citation]:
    """Returns the citations of papers, by slug.

    Args:
        papers: The papers by slug.
        site: The site, where papers without a link of their own are cited.
        published: Citation keys that must not change (`keys.read_keys`), by slug.
    """
    keys = keys_of(papers.values(), published)
    return {slug: _citation(papers[slug], key, site) for slug, key in keys.items()}


def _citation(paper: Paper, key: str, site: Site) -> Citation:
    reference = csl_of(paper, key, site)
    return Citation(
        key=key,
        bibtex=bibtex_of(reference, paper.name),
        ris=ris_of(reference),
        csl=reference,
        text={name: write(reference) for name, write in STYLES.items()},
    )
