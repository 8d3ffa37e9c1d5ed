"""The page of corrections, which exists if there are any."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from broadsheet.edition import Edition
from broadsheet.outputs.notices import NoticeKind
from broadsheet.outputs.pages.materials import Materials
from broadsheet.outputs.pages.page import Page, Plan
from broadsheet.outputs.pages.rows import CorrectionLine
from broadsheet.outputs.pages.views import CorrectionsView

ADDRESS = "corrections/"


def corrections_pages(materials: Materials) -> Iterator[Plan]:
    """Yields the page of corrections, if there are any."""
    edition = materials.edition
    if edition.corrections:
        yield Plan(ADDRESS, "corrections", partial(_corrections, edition))


def _corrections(edition: Edition) -> Page:
    language = edition.language
    lines = tuple(
        CorrectionLine(
            kind=NoticeKind.WITHDRAWN if found.withdrawn else NoticeKind.CORRECTION,
            name=language.text("Withdrawn") if found.withdrawn else language.text("Corrected"),
            day=found.on.isoformat(),
            date=language.date(found.on.isoformat()),
            title=found.title,
            address=found.address,
            text=found.text,
        )
        for found in edition.corrections
    )
    return Page(
        address=ADDRESS,
        title=language.text("Corrections"),
        description=language.text(
            "Corrections of papers and issues of %(site)s, newest first.", site=edition.site.name
        ),
        view=CorrectionsView(lines),
    )
