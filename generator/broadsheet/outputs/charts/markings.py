"""The HTML that all pictures share: a figure with its title, and its numbers in a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from broadsheet.base.language import Language
from broadsheet.base.markup import attribute

Cell = str | int | Markup


def scrolling(drawing: Markup, caption: str, language: Language) -> Markup:
    """A drawing that keeps its size on a small screen and scrolls in its own box."""
    line = Markup('<div class="bs-drawing-box" tabindex="0" role="region" aria-label="{}">{}</div>')
    return line.format(attribute(language.text("Chart: %(caption)s", caption=caption)), drawing)


def figure(drawing: Markup, caption: str, numbers: Markup, kind: str, language: Language) -> Markup:
    """A picture with its caption, and its numbers behind a line that opens them."""
    line = Markup(
        '<figure class="bs-picture bs-picture--{}">{}<figcaption>{}'
        "<details><summary>{}</summary>{}</details></figcaption></figure>"
    )
    summary = attribute(language.text("The numbers"))
    return line.format(kind, drawing, attribute(caption), summary, numbers)


def svg(identity: str, title: str, width: int, height: int, shapes: Iterable[Markup]) -> Markup:
    """A drawing that is one picture to those who listen: `title` says what it shows."""
    line = Markup(
        '<svg class="bs-drawing" role="img" aria-labelledby="{0}" viewBox="0 0 {1} {2}" '
        'width="{1}" height="{2}"><title id="{0}">{3}</title>{4}</svg>'
    )
    return line.format(identity, width, height, attribute(title), Markup().join(shapes))


def table(
    caption: str, head: Sequence[str], rows: Iterable[Sequence[Cell]], language: Language
) -> Markup:
    """A table whose first column names the rows."""
    header = Markup().join(Markup('<th scope="col">{}</th>').format(attribute(c)) for c in head)
    body = Markup().join(_row(row, language) for row in rows)
    line = Markup(
        '<div class="bs-numbers-box" tabindex="0" role="region" aria-label="{0}"><table '
        'class="bs-number-table"><caption>{0}</caption><thead><tr>{1}</tr></thead>'
        "<tbody>{2}</tbody></table></div>"
    )
    return line.format(attribute(caption), header, body)


def link(address: str, name: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(attribute(address), attribute(name))


def _row(cells: Sequence[Cell], language: Language) -> Markup:
    first = Markup('<th scope="row">{}</th>').format(_cell(cells[0], language))
    rest = (Markup("<td>{}</td>").format(_cell(cell, language)) for cell in cells[1:])
    return Markup("<tr>{}{}</tr>").format(first, Markup().join(rest))


def _cell(cell: Cell, language: Language) -> Markup:
    if isinstance(cell, Markup):
        return cell
    return attribute(language.number(cell) if isinstance(cell, int) else cell)
