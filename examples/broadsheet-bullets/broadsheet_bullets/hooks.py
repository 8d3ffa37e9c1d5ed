"""A hook: it counts the words of abstracts, and adds the list of all papers to the site."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from broadsheet.content.model import Corpus, Paper
from broadsheet.edition import Edition
from broadsheet.site.hooks import Hook
from broadsheet_bullets import write

FILE = "bullets.txt"


def on_corpus(corpus: Corpus) -> Corpus:
    """Returns the content with the number of words of each abstract."""
    papers = {slug: _counted(paper) for slug, paper in corpus.papers.items()}
    return replace(corpus, papers=papers)


def _counted(paper: Paper) -> Paper:
    if not paper.abstract:
        return paper
    words = str(len(paper.abstract.split()))
    return paper.model_copy(update={"extra": {**paper.extra, "Words": words}})


def on_edition(edition: Edition) -> Mapping[str, bytes]:
    """Returns a file with all papers, which the site offers as /bullets.txt."""
    return {FILE: write(edition)}


def on_site(folder: Path) -> None:
    """Refuses a site without any papers."""
    if not (folder / FILE).read_bytes():
        raise ValueError("the site has no papers")


HOOK = Hook(
    name="bullets",
    description="counts the words of abstracts, and adds bullets.txt",
    on_corpus=on_corpus,
    on_edition=on_edition,
    on_site=on_site,
)
