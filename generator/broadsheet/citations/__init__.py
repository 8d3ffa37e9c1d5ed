"""References to papers in the forms that people take away: BibTeX, RIS, CSL-JSON, text."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass

from broadsheet.base.addresses import Site
from broadsheet.citations.bibtex import bibtex_of
from broadsheet.citations.csl import Csl, csl_of
from broadsheet.citations.keys import keys_of
from broadsheet.citations.ris import ris_of
from broadsheet.citations.styles import formatted
from broadsheet.content.model import Paper


@dataclass(frozen=True)
class Citation:
    """One paper's reference in every form. `text` is by style ("APA"), empty without the extra."""

    key: str
    bibtex: str
    ris: str
    csl: Csl
    text: Mapping[str, str]


def cite(
    papers: Mapping[str, Paper],
    site: Site,
    published: Mapping[str, str] | None = None,
    kept_texts: MutableMapping[str, str] | None = None,
    *,
    styled: bool = True,
) -> dict[str, Citation]:
    """The citation of every paper, by slug.

    `published` holds keys that are out already (`keys.read_keys`); `kept_texts` holds formatted
    texts of earlier builds and is added to. Formatting takes milliseconds a paper; without
    `styled` it is left out.
    """
    keys = keys_of(papers.values(), published)
    references = {slug: csl_of(papers[slug], key, site) for slug, key in keys.items()}
    texts = formatted(list(references.values()), kept_texts) if styled else [{}] * len(references)
    return {
        slug: Citation(
            keys[slug],
            bibtex_of(reference, papers[slug].name),
            ris_of(reference),
            reference,
            text,
        )
        for (slug, reference), text in zip(references.items(), texts, strict=True)
    }
