"""References to papers as BibTeX, RIS, CSL-JSON and formatted text.

Importing references gives the same facts, except those that the formats can't hold:

- the day in BibTeX, and the date of the preprint if the venue has a year of its own;
- formulas in titles, which RIS and CSL-JSON have as plain text;
- the year in the name of a journal, which becomes the date, and how its volume was written;
- an arXiv DOI, which follows from the arXiv id; dashes and quotation marks that are typed as in
  LaTeX, for which BibTeX has the signs;
- abstracts, topics, summaries, most links, notices and everything else that isn't cited.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from broadsheet.base.addresses import Site
from broadsheet.base.lazy import Lazy
from broadsheet.citations.bibtex import bibtex_of
from broadsheet.citations.csl import Csl, csl_of
from broadsheet.citations.keys import keys_of
from broadsheet.citations.ris import ris_of
from broadsheet.citations.styles import STYLES
from broadsheet.content.model import Paper


@dataclass(frozen=True)
class Citation:
    """The reference of a paper in every format, each written when it's needed first."""

    paper: Paper
    key: str
    site: Site

    @cached_property
    def digest(self) -> bytes:
        """A hash of everything that the reference is made from."""
        paper = self.paper.__pydantic_serializer__.to_json(self.paper)
        site = repr((self.key, self.site.url, self.site.name)).encode()
        return hashlib.blake2b(paper + site, digest_size=16).digest()

    @cached_property
    def csl(self) -> Csl:
        """CSL-JSON, which the other formats are made from."""
        return csl_of(self.paper, self.key, self.site)

    @cached_property
    def bibtex(self) -> str:
        """BibTeX."""
        return bibtex_of(self.csl, self.paper.name)

    @cached_property
    def ris(self) -> str:
        """RIS."""
        return ris_of(self.csl)

    @cached_property
    def text(self) -> Mapping[str, str]:
        """References by the name of the style ("APA")."""
        return {name: write(self.csl) for name, write in STYLES.items()}


def cite(
    papers: Mapping[str, Paper], site: Site, published: Mapping[str, str] | None = None
) -> Mapping[str, Citation]:
    """Returns the citations of papers, by slug.

    Args:
        papers: The papers by slug.
        site: The site, where papers without a link of their own are cited.
        published: Citation keys that must not change (`keys.read_keys`), by slug.
    """
    keys = keys_of(papers.values(), published)
    return Lazy(keys.keys(), lambda slug: Citation(papers[slug], keys[slug], site))
