"""Words that several outputs share."""

from __future__ import annotations

from broadsheet.base.language import Language


def link_name(field: str, language: Language) -> str:
    """Returns what the link of a field of `Links` is called, such as "Code"."""
    return {
        "code": language.text("Code"),
        "project": language.text("Project"),
        "pdf": language.text("PDF"),
        "data": language.text("Data"),
        "demo": language.text("Demo"),
        "video": language.text("Video"),
    }[field]


def papers_counted(number: int, language: Language) -> str:
    """Returns "1 paper" or "2,000 papers"."""
    return language.counted(number, "%(number)s paper", "%(number)s papers")
