"""The gettext catalogs of the package: the site's own words in each language.

Message ids are the English words. `messages.pot` holds them all without translations.
"""

from __future__ import annotations

import gettext
import io
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

CATALOGS = Path(__file__).parents[1] / "languages"
MESSAGES = CATALOGS / "messages.pot"


@cache
def catalog_names() -> tuple[str, ...]:
    """Returns the names of the catalogs: "de", "zh_Hans"."""
    return tuple(sorted(path.stem for path in CATALOGS.glob("*.po")))


def catalog_path(name: str) -> Path:
    """Returns the file of a catalog."""
    return CATALOGS / f"{name}.po"


def read_catalog(path: Path) -> Catalog:
    """Reads a catalog, or `MESSAGES`."""
    with path.open("rb") as file:
        return read_po(file)


def translated(name: str) -> tuple[Message, ...]:
    """Returns the translated messages of a catalog; none if there's no such catalog."""
    if name not in catalog_names():
        return ()
    return tuple(message for message in read_catalog(catalog_path(name)) if is_translated(message))


def is_translated(message: Message) -> bool:
    """Returns whether a message has a translation, in all its forms, that isn't a guess."""
    forms = (message.string,) if isinstance(message.string, str) else message.string or ()
    return bool(message.id and forms) and all(forms) and not message.fuzzy


def untranslated(name: str) -> tuple[str, ...]:
    """Returns the English messages that a catalog has no translation of."""
    known = {message.id for message in translated(name)}
    missing = (m.id for m in read_catalog(MESSAGES) if m.id and m.id not in known)
    return tuple(message if isinstance(message, str) else message[0] for message in missing)


@cache
def translations(name: str) -> gettext.NullTranslations:
    """Returns the translations of a catalog, English ones if there's no such catalog."""
    if name not in catalog_names():
        return gettext.NullTranslations()
    compiled = io.BytesIO()
    write_mo(compiled, read_catalog(catalog_path(name)))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
