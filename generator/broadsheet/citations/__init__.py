"""References to papers as BibTeX, RIS, CSL-JSON and formatted text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
) -> Mapping[str, Citation]:
    """Returns the citations of papers, by slug.

    Args:
        papers: The papers by slug.
        site: The site, where papers without a link of their own are cited.
        published: Citation keys that must not change (`keys.read_keys`), by slug.
    """
    return _Citations(papers, keys_of(papers.values(), published), site)


class _Citations(Mapping[str, Citation]):
    """Citations that are written when they are needed first. A small change needs few of them."""

    def __init__(self, papers: Mapping[str, Paper], keys: Mapping[str, str], site: Site) -> None:
        self._papers, self._keys, self._site = papers, keys, site
        self._written: dict[str, Citation] = {}

    def __getitem__(self, slug: str) -> Citation:
        if slug not in self._written:
            self._written[slug] = _citation(self._papers[slug], self._keys[slug], self._site)
        return self._written[slug]

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


def _citation(paper: Paper, key: str, site: Site) -> Citation:
    reference = csl_of(paper, key, site)
    return Citation(
        key=key,
        bibtex=bibtex_of(reference, paper.name),
        ris=ris_of(reference),
        csl=reference,
        text={name: write(reference) for name, write in STYLES.items()},
    )
