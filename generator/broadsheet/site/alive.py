"""Keeping alive what is published: a site that has lost far too much isn't published.

Two places tell what was published: the site that the last build has left, and `citation.keys` in
the content folder, which has every paper that was ever published. The latter is also there after a
fresh `git clone`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from broadsheet.base.addresses import paper_url
from broadsheet.base.encoding import decode
from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.base.identifiers import is_slug
from broadsheet.base.text import counted
from broadsheet.citations.keys import KEYS_FILE
from broadsheet.content.model import Corpus
from broadsheet.content.save import write
from broadsheet.edition.edition import removed_papers
from broadsheet.site.citation_keys import published_keys
from broadsheet.site.project import Project, shown_path

# People withdraw single papers. Many missing at once are probably lost files.
MOST_LOST = 0.1
# Of a small site, this many may always go.
_FEW_PAPERS, _FEW_ADDRESSES = 3, 10
_NAMED = 5
_PAPERS = "papers/"
REMOVED_FILE = "removed.papers"
_HEAD = """\
# Papers that were removed on purpose. `broadsheet build --allow-shrink` adds lines to this file.
"""
_ADVICE = "restore what's missing, or use --allow-shrink if it was removed on purpose"
_LOCATION = re.compile(r"<loc>([^<]*)</loc>")


def lost_problems(
    project: Project, corpus: Corpus, addresses: Iterable[str], site: Path
) -> Iterator[Problem]:
    """Yields an error for each sign that a new site would have lost far too much.

    Args:
        project: The project.
        corpus: What the new site publishes.
        addresses: The addresses of its pages.
        site: The folder of the last site, which may be missing.
    """
    yield from _lost_papers(project, corpus)
    aliases = (alias for paper in corpus.papers.values() for alias in paper.aliases)
    alive = {*addresses, *map(paper_url, aliases)}
    before = addresses_of(site)
    papers = {address for address in before if address.startswith(_PAPERS) and address != _PAPERS}
    lost = sorted(papers - alive)
    if _are_too_many(lost, papers, _FEW_PAPERS) or (papers and not corpus.papers):
        yield _lost(shown_path(site), lost, counted(len(papers), "paper") + " of the last site")
    lost = sorted(before - papers - alive)
    if _are_too_many(lost, before, _FEW_ADDRESSES):
        what = f"{len(before):,} addresses of the last site"
        yield _lost(shown_path(site), lost, what)


def _lost_papers(project: Project, corpus: Corpus) -> Iterator[Problem]:
    known = published_keys(project.content).keys() - confirmed_removals(project.content)
    lost = _unconfirmed(project, corpus)
    if _are_too_many(lost, known, _FEW_PAPERS) or (lost and not corpus.papers):
        file = shown_path(project.content / KEYS_FILE)
        yield _lost(file, lost, counted(len(known), "published paper"))


def _are_too_many(lost: Collection[str], before: Collection[str], few: int) -> bool:
    return len(lost) > max(MOST_LOST * len(before), few)


def _lost(file: str, lost: Collection[str], what: str) -> Problem:
    shown = ", ".join(list(lost)[:_NAMED])
    more = f" and {len(lost) - _NAMED:,} more" if len(lost) > _NAMED else ""
    message = f"{len(lost):,} of {what} would be gone: {shown}{more}"
    return Problem(file, 0, "", message, _ADVICE)


def _unconfirmed(project: Project, corpus: Corpus) -> list[str]:
    """Returns the papers that are gone, and nobody has said that this is on purpose."""
    removed = removed_papers(corpus, published_keys(project.content))
    return sorted({*removed} - confirmed_removals(project.content))


def addresses_of(site: Path) -> set[str]:
    """Returns the addresses of a built site's pages, as its site map tells."""
    found: set[str] = set()
    if (site / "sitemap.xml").is_file():
        for path in site.glob("sitemap*.xml"):
            found.update(_LOCATION.findall(path.read_text("utf-8", "replace")))
    # The shortest one is that of the site.
    root = min(found, key=len, default="")
    return {url.removeprefix(root) for url in found if not url.endswith(".xml")}


def confirmed_removals(content: Path) -> set[str]:
    """Returns the papers that were removed on purpose.

    Raises:
        BroadsheetError: The file that tells is invalid.
    """
    file = content / REMOVED_FILE
    if not file.is_file():
        return set()
    shown = shown_path(file)
    lines = [line.strip() for line in decode(file.read_bytes(), shown).splitlines()]
    for number, line in enumerate(lines, start=1):
        if line and not line.startswith("#") and not is_slug(line):
            message, advice = "isn't the slug of a paper", "remove the line"
            raise BroadsheetError(Problem(shown, number, "", message, advice))
    return {line for line in lines if is_slug(line)}


def confirm_removals(project: Project, corpus: Corpus) -> None:
    """Keeps in the content that all papers that are gone were removed on purpose."""
    if lost := _unconfirmed(project, corpus):
        lines = sorted({*confirmed_removals(project.content), *lost})
        write({REMOVED_FILE: _HEAD + "".join(f"{line}\n" for line in lines)}, project.content)
