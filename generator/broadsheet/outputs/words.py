"""Words that several outputs share."""

from __future__ import annotations

from broadsheet.base.language import Language


def papers_counted(number: int, language: Language) -> str:
    """Returns "1 paper" or "2,000 papers"."""
    return language.counted(number, "%(number)s paper", "%(number)s papers")
