"""The HTML that all charts share: a figure with a caption, and a table of its numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from broadsheet.base.language import Language
from broadsheet.base.markup import element

Cell = str | int | Markup


def figure(drawing: Markup, caption: str, numbers: Markup, kind: str, language: Language) -> Markup:
    """Returns a chart with its caption, and its numbers in a part that readers can open."""
    summary = element("summary", language.text("The numbers"))
    below = element("figcaption", caption, element("details", summary, numbers))
    return element("figure", drawing, below, class_=f"bs-picture bs-picture--{kind}")


def svg(
    identity: str, title: str, width: int, height: int, shapes: Iterable[Markup], *, kind: str = ""
) -> Markup:
    """Returns a drawing as SVG. Screen readers treat it as an image and read its title.

    `kind` is for the style sheet.
    """
    return element(
        "svg",
        element("title", title, id=identity),
        *shapes,
        class_=f"bs-drawing bs-drawing--{kind}" if kind else "bs-drawing",
        role="img",
        aria_labelledby=identity,
        viewBox=f"0 0 {width} {height}",
        width=width,
        height=height,
    )


def table(
    caption: str, head: Sequence[str], rows: Iterable[Sequence[Cell]], language: Language
) -> Markup:
    """Returns a table whose first column has the headings of the rows."""
    names = element("tr", *(element("th", name, scope="col") for name in head))
    numbers = element(
        "table",
        element("caption", caption),
        element("thead", names),
        element("tbody", *(_row(row, language) for row in rows)),
        class_="bs-number-table",
    )
    return element(
        "div", numbers, class_="bs-numbers-box", tabindex=0, role="region", aria_label=caption
    )


def link(address: str, name: str) -> Markup:
    """Returns a link."""
    return element("a", name, href=address)


def _row(cells: Sequence[Cell], language: Language) -> Markup:
    first, *rest = (_cell(cell, language) for cell in cells)
    return element("tr", element("th", first, scope="row"), *(element("td", c) for c in rest))


def _cell(cell: Cell, language: Language) -> str:
    return language.number(cell) if isinstance(cell, int) else cell
