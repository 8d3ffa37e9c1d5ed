"""RIS, a format of reference managers, made from CSL-JSON."""

from __future__ import annotations

from collections.abc import Mapping

import rispy

from broadsheet.base.text import one_line
from broadsheet.citations.csl import Csl

# By the type in CSL-JSON. Scripts write RIS, too.
TYPES = {"article": "UNPB", "article-journal": "JOUR", "paper-conference": "CONF"}


class _Writer(rispy.RisWriter):  # type: ignore[misc]
    """References without the numbers that rispy puts between them."""

    def set_header(self, count: int) -> str:  # noqa: ARG002 - rispy passes the number
        return ""


def ris_of(reference: Csl) -> str:
    """Returns a RIS reference, with a blank line after it."""
    date = reference.get("issued", {}).get("date-parts", [[]])[0]
    fields = {
        "type_of_reference": TYPES[reference["type"]],
        "id": reference["id"],
        "title": reference["title"],
        "authors": [one_line(_name(author)) for author in reference.get("author", [])],
        "year": str(date[0]) if date else "",
        "date": "/".join(f"{part:02d}" for part in date) if len(date) > 1 else "",
        "secondary_title": reference.get("container-title"),
        "volume": reference.get("volume"),
        "number": reference.get("issue"),
        "start_page": reference.get("page"),
        "publisher": reference.get("publisher"),
        "accession_number": reference.get("number", reference.get("archive_location")),
        "doi": reference.get("DOI"),
        "urls": [reference["URL"]],
        "notes": [one_line(reference["note"])] if "note" in reference else None,
    }
    known = {
        name: one_line(value) if isinstance(value, str) else value
        for name, value in fields.items()
        if value
    }
    return str(rispy.dumps([known], implementation=_Writer)) + "\n"


def _name(author: Mapping[str, str]) -> str:
    if "literal" in author:
        return author["literal"]
    last = f"{author.get('non-dropping-particle', '')} {author['family']}".strip()
    return ", ".join(part for part in (last, author.get("given"), author.get("suffix")) if part)
