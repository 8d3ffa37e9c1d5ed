"""Pages of digests, if there are several."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from broadsheet.edition import Edition
from broadsheet.outputs.pages.listed import by_year, issue_line
from broadsheet.outputs.pages.materials import Materials
from broadsheet.outputs.pages.page import Page, Plan
from broadsheet.outputs.pages.views import DigestView


def digests_pages(materials: Materials) -> Iterator[Plan]:
    """Yields the page of each digest."""
    for address, digest in materials.edition.digests.items():
        atom = materials.feeds[address].atom
        yield Plan(address, "digest", partial(_digest, materials.edition, digest, address, atom))


def _digest(edition: Edition, digest: str, address: str, atom: str) -> Page:
    language, issues = edition.language, edition.issues_of(digest)
    lines = (issue_line(edition, issue) for issue in issues)
    years = by_year(lines, language)
    name = edition.settings.digest_name(digest)
    return Page(
        address=address,
        title=name,
        description=language.counted(
            len(issues),
            "%(number)s issue of %(digest)s.",
            "%(number)s issues of %(digest)s, newest first.",
            digest=name,
        ),
        view=DigestView(years, len(issues), atom),
    )
