"""Labels on texts that a program wrote and nobody has reviewed.

The papers of the edition have them in their texts, so no output can show such a text without its
label.
"""

from __future__ import annotations

from dataclasses import replace

from broadsheet.base.language import Language
from broadsheet.content.model import Corpus, Paper


def labeled(corpus: Corpus, language: Language) -> Corpus:
    """Returns the corpus with a label at the start of each text that nobody has reviewed."""
    papers = {slug: _labeled(paper, language) for slug, paper in corpus.papers.items()}
    changed = any(papers[slug] is not paper for slug, paper in corpus.papers.items())
    return replace(corpus, papers=papers) if changed else corpus


def _labeled(paper: Paper, language: Language) -> Paper:
    if not paper.unreviewed:
        return paper
    texts = {"tldr": paper.tldr, "summary": paper.summary}
    more = {field: _with_label(text, language) for field, text in texts.items() if text}
    return paper.model_copy(update=more)


def _with_label(text: str, language: Language) -> str:
    label = _label(language)
    # Text before the first item of a list would become part of it.
    return f"{label.rstrip()}\n\n{text}" if text.startswith("- ") else f"{label}{text}"


def without_label(text: str, language: Language) -> str:
    """Returns a text without its label, for where a notice beside it says the same."""
    return text.removeprefix(_label(language))


def _label(language: Language) -> str:
    return language.text("Machine-written, not yet reviewed: %(text)s", text="")
