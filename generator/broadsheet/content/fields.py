"""The types of fields: text that becomes a valid value, or an error that says what to write."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any
from urllib.parse import SplitResult, urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from broadsheet.base.characters import harmful_in
from broadsheet.base.identifiers import (
    SLUG_LENGTH,
    is_slug,
    parse_arxiv,
    parse_doi,
    parse_partial_date,
    parse_week,
)

# Far more than any paper has. What is longer was probably put into the wrong field, and pages with
# it would be slow or unreadable.
LINE_LENGTH = 1_000
TEXT_LENGTH = 100_000
MOST_AUTHORS = 5_000
MOST_EXTRA = 100
EXTRA_NAME_LENGTH = 100
EXTRA_LENGTH = 10_000
# Browsers and other programs cut longer ones.
URL_LENGTH = 2_000
_HAS_USER = "the URL has a user name or password; remove everything up to the @"
_WITH_USER = re.compile(r"\bhttps?://[^\s/?#@]*@", re.IGNORECASE)


def _arxiv(text: str) -> str:
    found = parse_arxiv(text)
    if found is None:
        raise ValueError(
            f"{text!r} isn't an arXiv id; write one like 2403.01234, with 4 digits, a period and "
            "4 or 5 digits"
        )
    return found


def _doi(text: str) -> str:
    found = parse_doi(text)
    if found is None:
        raise ValueError(f"{text!r} isn't a DOI; write one like 10.1000/example")
    _short(_harmless(found), LINE_LENGTH)
    # DOIs are case-insensitive, but people know them in the publisher's spelling.
    return text.strip()[-len(found) :]


def _partial_date(text: str) -> str:
    if parse_partial_date(text) is None:
        raise ValueError(f"{text!r} isn't a date; write one like 2024-03-18, 2024-03 or 2024")
    return text


def _week(text: str) -> str:
    if parse_week(text) is None:
        raise ValueError(f"{text!r} isn't an ISO week; write one like 2024-W12")
    return text


def _slug(text: str) -> str:
    if not is_slug(text):
        raise ValueError(
            f"{text!r} can't be part of a URL; use lowercase letters, digits and hyphens, "
            "at most 80 characters"
        )
    return text


def _url(text: str) -> str:
    parts = _parts_of(_harmless(text))
    if parts is None or parts.scheme not in ("http", "https") or any(c.isspace() for c in text):
        raise ValueError(f"{text!r} isn't a URL; it must start with https:// or http://")
    if "@" in parts.netloc:
        raise ValueError(_HAS_USER)
    return _short(text, URL_LENGTH)


def _parts_of(text: str) -> SplitResult | None:
    """Returns the parts of a URL with a host, or None if it isn't one."""
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:  # a host like [::1, or a port that is no number
        return None
    return parts if parts.hostname else None


def _harmless(text: str) -> str:
    """Refuses invisible characters, which JSON and escapes in YAML can express."""
    if found := harmful_in(text):
        raise ValueError(f"contains {found}; remove it")
    return text


def _short(text: str, most: int) -> str:
    if len(text) > most:
        message = f"has {len(text):,} characters; shorten it to at most {most:,}"
        raise ValueError(message)
    return text


def _line(text: str) -> str:
    joined = " ".join(_harmless(text).split())
    if not joined:
        raise ValueError("must not be empty; write some text or remove the key")
    return _short(joined, LINE_LENGTH)


def _text(text: str) -> str:
    trimmed = _harmless(text).strip()
    if not trimmed:
        raise ValueError("must not be empty; write some text or remove the key")
    return _short(trimmed, TEXT_LENGTH)


def _extra_name(text: str) -> str:
    return _short(_line(text), EXTRA_NAME_LENGTH)


def _extra_value(text: str) -> str:
    if _WITH_USER.search(text):
        raise ValueError(_HAS_USER)
    return _short(_text(text), EXTRA_LENGTH)


def _day(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        # Python reads other forms of ISO 8601, too, and Pydantic reads numbers as seconds.
        return date.fromisoformat(value if _DAY.fullmatch(value) else "")
    except ValueError as error:
        raise ValueError(f"{value!r} isn't a date; write one like 2024-03-18") from error


def _flag(value: Any) -> Any:
    if isinstance(value, bool) or value in ("true", "false"):
        return value in (True, "true")
    raise ValueError(f"{value!r} is neither true nor false; write true or false")


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)

# What editors check as people type. They read `2024` and `1.1` as numbers.
_SCALAR = ["string", "number"]
LINE_SCHEMA: dict[str, Any] = {"type": _SCALAR}
SLUG_SCHEMA: dict[str, Any] = {
    "type": _SCALAR,
    "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$",
    "maxLength": SLUG_LENGTH,
    "patternErrorMessage": "Write a slug such as some-paper, of lowercase letters and digits.",
}
_EXTRA_SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": {"type": [*_SCALAR, "null"]},
    "maxProperties": MOST_EXTRA,
}
_ARXIV_SCHEMA = {
    "type": _SCALAR,
    "minimum": 704,  # the first ids of this form are from April 2007
    "pattern": r"\d{4}\.\d{4,5}|[A-Za-z.-]+/\d{7}",
    "patternErrorMessage": "Write an arXiv id such as 2403.01234.",
}
_DOI_SCHEMA = {
    "type": "string",
    "pattern": r"10\.\d{4,9}/\S+",
    "patternErrorMessage": "Write a DOI such as 10.1000/example.",
}
_URL_SCHEMA = {
    "type": "string",
    "format": "uri",
    "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://",
    "patternErrorMessage": "Write a URL that starts with https:// or http://.",
}
_PARTIAL_DATE_SCHEMA = {
    "type": _SCALAR,
    "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$",
    "patternErrorMessage": "Write a date such as 2024-03-18, 2024-03 or 2024.",
}
_WEEK_SCHEMA = {
    "type": "string",
    "pattern": r"^\d{4}-W\d{2}$",
    "patternErrorMessage": "Write an ISO week such as 2024-W12.",
}
_DAY_SCHEMA = {
    "type": "string",
    "pattern": r"^\d{4}-\d{2}-\d{2}$",
    "patternErrorMessage": "Write a date such as 2024-03-18.",
}

Line = Annotated[str, AfterValidator(_line), WithJsonSchema(LINE_SCHEMA)]
Text = Annotated[str, AfterValidator(_text), WithJsonSchema(LINE_SCHEMA)]
Extra = Annotated[
    Mapping[
        Annotated[str, AfterValidator(_extra_name)], Annotated[str, AfterValidator(_extra_value)]
    ],
    Field(max_length=MOST_EXTRA),
    WithJsonSchema(_EXTRA_SCHEMA),
]
Slug = Annotated[str, AfterValidator(_slug), WithJsonSchema(SLUG_SCHEMA)]
Arxiv = Annotated[str, AfterValidator(_arxiv), WithJsonSchema(_ARXIV_SCHEMA)]
Doi = Annotated[str, AfterValidator(_doi), WithJsonSchema(_DOI_SCHEMA)]
Url = Annotated[str, AfterValidator(_url), WithJsonSchema(_URL_SCHEMA)]
# Settings may be empty, and a union would name its parts in messages.
OptionalLine = Annotated[str, AfterValidator(lambda text: _line(text) if text else "")]
OptionalUrl = Annotated[
    str,
    AfterValidator(lambda text: _url(text) if text else ""),
    WithJsonSchema(_URL_SCHEMA),
]
PartialDate = Annotated[str, AfterValidator(_partial_date), WithJsonSchema(_PARTIAL_DATE_SCHEMA)]
Week = Annotated[str, AfterValidator(_week), WithJsonSchema(_WEEK_SCHEMA)]
Day = Annotated[date, BeforeValidator(_day), WithJsonSchema(_DAY_SCHEMA)]
Flag = Annotated[bool, BeforeValidator(_flag)]
