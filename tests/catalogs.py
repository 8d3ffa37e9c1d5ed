"""Collects the messages of the code and brings the catalogs up to date: `make catalogs`.

What was translated stays. New messages come without a translation, for a translator to fill in;
a message whose English changed is a new one.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

from broadsheet.base.catalogs import (
    MESSAGES,
    catalog_names,
    catalog_path,
    read_catalog,
    untranslated,
)

CHECKOUT = Path(__file__).parents[1]
# Where the site's own words are, and what reads each kind of file. Commands print English only.
PYTHON = [("**.py", "python")]
FOLDERS = {
    "generator/broadsheet/base": PYTHON,
    "generator/broadsheet/content": PYTHON,
    "generator/broadsheet/edition": PYTHON,
    "generator/broadsheet/outputs": PYTHON,
    "generator/broadsheet/site": PYTHON,
    "site_templates": [("**.js", "javascript"), ("**.j2", "jinja2"), ("**.html", "jinja2")],
}
OPTIONS = {pattern: {"trimmed": "true"} for pattern in ("**.j2", "**.html")}
# Functions, and which of their arguments are messages.
KEYWORDS = {
    "_": None,
    "text": None,
    "message": None,
    "gettext": None,
    "ngettext": (1, 2),
    "message_for": (2, 3),
    "counted": (2, 3),
}
HEADER = """\
msgid ""
msgstr ""
"Language: {}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: {}\\n"

"""


def extracted() -> Catalog:
    """The messages of the code, without translations."""
    messages = Catalog(fuzzy=False)
    plurals: dict[str, str] = {}
    for file, message, comments in sorted(_found(), key=lambda found: found[0]):
        one, many = (message, "") if isinstance(message, str) else (message[0], message[1])
        if plurals.setdefault(one, many) != many:  # gettext knows messages by their singular
            raise ValueError(f"{file}: {one!r} has another plural elsewhere")
        # No line numbers: they would change with every edit.
        messages.add(message, locations=[(file, 0)], auto_comments=comments)
    return messages


def _found() -> Iterator[tuple[str, str | tuple[str, ...], list[str]]]:
    for folder, methods in FOLDERS.items():
        for file, _, message, comments, _ in extract_from_dir(
            CHECKOUT / folder,
            methods,
            OPTIONS,
            KEYWORDS,
            comment_tags=("Translators:",),
            strip_comment_tags=True,
        ):
            yield f"{folder}/{file}", message, comments


def updated(catalog: Catalog, messages: Catalog) -> Catalog:
    """A catalog with exactly these messages, and the translations that it has of them."""
    catalog.update(messages, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    return catalog


def write(catalog: Catalog, path: Path) -> None:
    with path.open("wb") as file:
        if path != MESSAGES:
            file.write(HEADER.format(path.stem, catalog.plural_forms).encode())
        write_po(
            file, catalog, width=100, omit_header=True, sort_by_file=True, include_lineno=False
        )


def main() -> None:
    messages = extracted()
    write(messages, MESSAGES)
    for name in catalog_names():
        path = catalog_path(name)
        catalog = updated(read_catalog(path), messages)
        write(catalog, path)
        print(f"{name}: {len(catalog)} messages, {len(untranslated(name))} not translated")  # noqa: T201


if __name__ == "__main__":
    main()
