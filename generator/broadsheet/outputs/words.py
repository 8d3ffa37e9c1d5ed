"""Words that several outputs share."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from broadsheet.base.language import Language


def papers_counted(number: int, language: Language) -> str:
    """Returns "1 paper" or "2,000 papers"."""
    return language.counted(number, "%(number)s paper", "%(number)s papers")


def field_name(field: str, language: Language) -> str:
    """Returns the name of a field of a paper for people, such as "DOI" for "doi"."""
    return _field_names(language).get(field, field)


@cache
def _field_names(language: Language) -> Mapping[str, str]:
    return {
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


def column_kind(name: str, kind: str, language: Language) -> str:
    """Returns the type of a column of the table in words."""
    if name in ("published", "listed", "withdrawn"):
        return language.text("date")
    kinds = {"int32": language.text("number"), "list": language.text("list")}
    return kinds.get(kind) or language.text("text")


def column_meaning(name: str, language: Language) -> str:
    """Returns what a column of the table means, or "" for one that isn't known."""
    meanings = {
        "slug": language.text("The last part of the address of its page, which never changes"),
        "key": language.text("The citation key"),
        "title": language.text("The title. It’s missing if only an identifier is known."),
        "authors": language.text("The authors, in the order of the paper"),
        "arxiv": language.text("The arXiv ID without its version"),
        "doi": language.text("The DOI"),
        "published": language.text("When it was first published: a year, a month, or a day"),
        "year": language.text("The year of that date, or of the arXiv ID"),
        "venue": language.text("Where it was published"),
        "topics": language.text("Its topics, as in the addresses of their pages"),
        "weeks": language.text("The weeks that list it"),
        "collections": language.text("The collections that list it"),
        "listed": language.text("The day on which it was first listed"),
        "tldr": language.text("Our summary in one sentence"),
        "summary": language.text("Our summary in a paragraph"),
        "abstract": language.text("The paper’s own abstract. It’s not in the CSV file."),
        "code": language.text("The address of the code"),
        "project": language.text("The address of the project page"),
        "pdf": language.text("The address of a PDF, if it’s not on arXiv"),
        "data": language.text("The address of the dataset"),
        "demo": language.text("The address of a demonstration"),
        "video": language.text("The address of a talk or another video"),
        "extra": language.text("Facts that have no column, as a JSON object"),
        "url": language.text("The address of its page on this site"),
        "withdrawn": language.text("The day on which it was withdrawn, if it was"),
    }
    return meanings.get(name, "")
