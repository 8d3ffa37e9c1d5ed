"""Importer for BibTeX and BibLaTeX: entries such as `@article{key, title = {…}, author = {…}}`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from broadsheet.base.errors import Problem, warning
from broadsheet.base.text import counted
from broadsheet.importers.bibliography import Entry, Periodical
from broadsheet.importers.bibtex_entries import BibtexEntry, entries_of, starts_entry
from broadsheet.importers.bibtex_names import names_of
from broadsheet.importers.dates import month_number
from broadsheet.importers.entries import field_names, reading_of, split_values
from broadsheet.importers.importer import Importer, Reading
from broadsheet.importers.latex_text import latex_text, latex_url
from broadsheet.importers.lines import quoted

NAME = "bibtex"
# Whole volumes, and entries that only lend fields to others.
_NO_PAPERS = frozenset(["proceedings", "mvproceedings", "xdata", "set"])
_VENUES = ("journaltitle", "journal", "booktitle", "eventtitle", "maintitle")
_ARXIV = ("arxivid", "arxiv")
_URLS = ("url", "ee", "link", "pdf", "code", "video", "howpublished")
_NOTES = ("note", "annote", "annotation", "comment", "addendum")
_MENTIONS = ("journal", "journaltitle", "howpublished", "volume", "number", "series")
_KEYWORDS = ("keywords", "keyword", "mendeley-tags", "tags")
# What an entry gets from the one that it refers to by `crossref`.
_INHERITED = ("eventtitle", "maintitle", "date", "year", "month")
_FIELDS = field_names("""
abstract address affiliation archive archiveprefix arxivid arxiv addendum afterword annotation
annotator annote author bibsource biburl bdsk-file-1 bdsk-url-1 bdsk-url-2 bookauthor bookpagination
booksubtitle booktitle booktitleaddon chapter code commentator comment copyright creationdate
crossref date date-added date-modified day doi edition editor editora editorb editortype ee eid
entrysubtype eprint eprintclass eprinttype eventdate eventtitle eventtitleaddon file foreword
gender groups hal_id hal_version howpublished html institution introduction isbn isrn issn issue
issuetitle journal journalsubtitle journaltitle key keyword keywords langid language lastchecked
library link local-url location lccn mainsubtitle maintitle mendeley-groups mendeley-tags month
modificationdate nameaddon note number numpages options organization origdate origlanguage owner
pages pagetotal pagination part pdf place pmcid pmid priority primaryclass publisher pubmedid
pubstate rights school series shortauthor shortjournal shorttitle sortname status subtitle tags
timestamp title titleaddon translator type url urldate venue version video volume volumes year
""")


def looks_like(text: str) -> bool:
    """Whether the first line that isn't a comment starts an entry."""
    lines = (line.strip() for line in text[:100_000].removeprefix("\ufeff").splitlines())
    return starts_entry(next((line for line in lines if line and not line.startswith("%")), ""))


def read(text: str, source: str) -> Reading:
    """Reads the entries of a text. Broken entries become problems and are skipped."""
    found = list(entries_of(text, source))
    by_key = {e.key.casefold(): e for e in found if isinstance(e, BibtexEntry) and e.key}
    entries = (each for entry in found for each in _entries(entry, by_key, source))
    return reading_of(NAME, source, (*entries, *_left_out(found, source)), _FIELDS)


def _entries(
    found: BibtexEntry | Problem, by_key: Mapping[str, BibtexEntry], source: str
) -> Iterator[Entry | Problem]:
    if isinstance(found, Problem):
        yield found
    elif found.kind not in _NO_PAPERS:
        fields = found.fields
        if "crossref" in fields:
            volume = by_key.get(fields["crossref"].strip().casefold())
            if volume:
                fields = {**_lent(volume), **fields}
            else:
                message = f"there is no entry {quoted(fields['crossref'])}"
                yield warning(source, found.line, "crossref", message)
        yield _entry(found.line, fields)


def _lent(volume: BibtexEntry) -> dict[str, str]:
    """Returns the fields of a volume of papers that each of its papers has, too."""
    lent = {name: volume.fields[name] for name in _INHERITED if name in volume.fields}
    title = volume.fields.get("booktitle") or volume.fields.get("title")
    return {**lent, "booktitle": title} if title else lent


def _left_out(found: list[BibtexEntry | Problem], source: str) -> Iterator[Problem]:
    """Yields one warning about volumes that no paper refers to."""
    entries = [each for each in found if isinstance(each, BibtexEntry)]
    used = Counter(each.fields.get("crossref", "").strip().casefold() for each in entries)
    lines = [e.line for e in entries if e.kind in _NO_PAPERS and not used[e.key.casefold()]]
    if lines:
        message = f"left out {counted(len(lines), 'volume')}, as whole proceedings aren't papers"
        yield warning(source, lines[0], "", message)


def _entry(line: int, fields: Mapping[str, str]) -> Entry:
    venues = _plain(fields, *_VENUES)
    journals = _plain(fields, "journaltitle", "journal")
    return Entry(
        line,
        title=": ".join(filter(None, _plain(fields, "title", "subtitle"))),
        authors=tuple(names_of(fields.get("author", ""))),
        dates=tuple(_dates(fields)),
        venues=venues,
        periodical=_periodical(fields) if any(journals) else None,
        arxiv=tuple(_eprints(fields)),
        dois=tuple(latex_url(fields[name]) for name in ("doi",) if name in fields),
        urls=tuple(latex_url(value) for name, value in fields.items() if _holds_url(name)),
        mentions=_plain(fields, *_MENTIONS),
        notes=_plain(fields, *_NOTES),
        abstract="\n\n".join(map(latex_text, re.split(r"\n\s*\n", fields.get("abstract", "")))),
        keywords=split_values(_plain(fields, *_KEYWORDS), ";", ","),
        fields=frozenset(fields),
    )


def _plain(fields: Mapping[str, str], *names: str) -> tuple[str, ...]:
    return tuple(latex_text(fields[name]) for name in names if name in fields)


def _holds_url(name: str) -> bool:
    return name in _URLS or name.startswith("bdsk-url")


def _periodical(fields: Mapping[str, str]) -> Periodical:
    volume, number, issue, pages = (
        "".join(_plain(fields, name)) for name in ("volume", "number", "issue", "pages")
    )
    return Periodical(volume, number or issue, pages)


def _eprints(fields: Mapping[str, str]) -> Iterator[str]:
    kind = fields.get("archiveprefix") or fields.get("eprinttype") or "arxiv"
    if kind.strip(" {}").casefold() == "arxiv":
        yield from _plain(fields, "eprint")
    yield from _plain(fields, *_ARXIV)


def _dates(fields: Mapping[str, str]) -> Iterator[str]:
    """Yields the date, the year, and the year with the month, which can have a day."""
    yield from _plain(fields, "date", "year")
    year, month, day = ("".join(_plain(fields, name)) for name in ("year", "month", "day"))
    if number := month_number(month):
        yield f"{year}-{number}"
        yield f"{year}-{number}-{day}"
    elif month:
        yield f"{month} {year}"


BIBTEX = Importer(
    NAME,
    "BibTeX or BibLaTeX entries such as '@article{key, title = {…}, author = {… and …}}'",
    looks_like,
    read,
)
