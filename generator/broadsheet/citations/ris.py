"""RIS, the form of reference managers, written from CSL-JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from broadsheet.citations.csl import Csl

_TYPES = {"article": "UNPB", "article-journal": "JOUR", "paper-conference": "CONF"}


def ris_of(reference: Csl) -> str:
    """One RIS reference, from its type to its end, with an empty line after it."""
    lines = [f"{tag}  - {_line(value)}" for tag, value in _tags(reference) if value]
    return "\n".join([*lines, "ER  - ", "", ""])


def _tags(reference: Csl) -> Iterator[tuple[str, str]]:
    yield "TY", _TYPES[reference["type"]]
    yield "ID", reference["id"]
    yield "TI", reference["title"]
    for author in reference.get("author", []):
        yield "AU", _name(author)
    date = reference.get("issued", {}).get("date-parts", [[]])[0]
    yield "PY", str(date[0]) if date else ""
    yield "DA", "/".join(f"{part:02d}" for part in date) if len(date) > 1 else ""
    yield "T2", reference.get("container-title", "")
    yield "VL", reference.get("volume", "")
    yield "IS", reference.get("issue", "")
    yield "SP", reference.get("page", "")
    yield "PB", reference.get("publisher", "")
    yield "AN", reference.get("number", reference.get("archive_location", ""))
    yield "DO", reference.get("DOI", "")
    yield "UR", reference.get("URL", "")
    yield "AB", reference.get("abstract", "")


def _name(author: Mapping[str, str]) -> str:
    if "literal" in author:
        return author["literal"]
    last = f"{author.get('non-dropping-particle', '')} {author['family']}".strip()
    return ", ".join(part for part in (last, author.get("given"), author.get("suffix")) if part)


def _line(text: str) -> str:
    return " ".join(text.split())
