"""Words that several outputs share."""

from __future__ import annotations

from broadsheet.base.language import Language


def papers_counted(number: int, language: Language) -> str:
    """Returns "1 paper" or "2,000 papers"."""
    return language.counted(number, "%(number)s paper", "%(number)s papers")


def field_name(field: str, language: Language) -> str:
    """Returns the name of a field of a paper for people, such as "DOI" for "doi"."""
    names = {
        "title": language.text("title"),
        "other_titles": language.text("other titles"),
        "authors": language.text("authors"),
        "published": language.text("date"),
        "venue": language.text("venue"),
        "links": language.text("links"),
        "topics": language.text("topics"),
        "tldr": language.text("one-sentence summary"),
        "summary": language.text("summary"),
        "abstract": language.text("abstract"),
        "extra": language.text("other facts"),
        "facts": language.text("categories and citations"),
        "arxiv": "arXiv",
        "doi": "DOI",
    }
    return names.get(field, field)
