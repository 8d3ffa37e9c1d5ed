"""Newsletters as they arrive: an email becomes the page that it shows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from email import message_from_bytes
from email.message import EmailMessage, MIMEPart
from email.policy import EmailPolicy
from email.utils import parsedate_to_datetime

from broadsheet.base import markup
from broadsheet.base.errors import BroadsheetError, Problem, warning
from broadsheet.importers.lines import refuse_many_lines

# Far more than any newsletter has. Parts inside of parts cost more with each level.
_MOST_GROUPS = 50
_MOST_PARTS = 1_000
# Each may start a part, although many are signatures, tables and the like.
_MOST_DASHES = 20_000
# Characters. Reading a header takes time in proportion to the square of its length.
_LONGEST_HEADER = 1_000
_HEAD = 16_384
_HEADER = re.compile(rb"[A-Za-z][A-Za-z0-9-]{0,60}:")
_FOLDED = re.compile(rb"\r?\n[ \t]+")
_BOUNDARY = re.compile(rb"boundary[*0-9]*\s*=")
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
# Signatures and the like may have any length.
_READ = frozenset([b"subject", b"date", b"content-type"])
_USUAL = re.compile(
    rb"^(from|to|subject|date|mime-version|message-id|received|return-path|delivered-to):",
    re.IGNORECASE | re.MULTILINE,
)


class _ShortHeaders(EmailPolicy):
    """Reads headers only as far as any program writes them."""

    def header_source_parse(self, sourcelines: Sequence[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(list(sourcelines))
        return name, value[:_LONGEST_HEADER]


def is_mail(raw: bytes) -> bool:
    """Whether a file starts with the headers of an email."""
    head = re.split(rb"\r?\n\r?\n", raw[:_HEAD].lstrip(b"\xef\xbb\xbf"), maxsplit=1)[0]
    names = {name.lower() for name in _USUAL.findall(head.replace(b"\r", b""))}
    return _HEADER.match(head) is not None and {b"from", b"subject", b"date"} <= names


def page_of_mail(raw: bytes, source: str) -> str:
    """Returns an email as an HTML page, or as Markdown if it's only text.

    Its subject is the title of the page. Attachments are left out.

    Raises:
        BroadsheetError: The email has too many parts, or none with text.
    """
    _refuse_too_many_parts(raw, source)
    mail = message_from_bytes(raw, policy=_ShortHeaders())
    assert isinstance(mail, EmailMessage)
    subject = " ".join(_header(mail, "subject").split())
    day = _day(mail)
    for kind in ("html", "plain"):
        part = mail.get_body((kind,))
        text = _text(part) if part is not None else ""
        if text.strip() and kind == "html":
            title, date = markup.text(subject), markup.text(day)
            return f'<html><title>{title}</title><meta name="date" content="{date}">{text}'
        if text.strip():
            return f"---\ntitle: {subject}\ndate: {day}\n---\n{text}"
    raise BroadsheetError(
        Problem(source, 0, "", "the email has no text", "save its text as a file")
    )


def cut_headers(raw: bytes, source: str) -> Iterator[Problem]:
    """Yields a warning about each header of an email that is only read in part."""
    head = _FOLDED.sub(b" ", _BLANK_LINE.split(raw, maxsplit=1)[0]) if is_mail(raw) else b""
    for line in head.splitlines():
        name, _, value = line.partition(b":")
        if name.strip().lower() in _READ and len(value.strip()) > _LONGEST_HEADER:
            field = name.strip().decode("ascii").lower()
            message = f"has {len(value.strip()):,} characters; read the first {_LONGEST_HEADER:,}"
            yield warning(source, 0, field, message, "shorten it in the file if that matters")


def _refuse_too_many_parts(raw: bytes, source: str) -> None:
    refuse_many_lines(raw, source)
    lower = raw.lower()
    groups, parts = len(_BOUNDARY.findall(lower)), lower.count(b"content-type:")
    if groups and raw.count(b"\n--") > _MOST_DASHES:
        parts = _MOST_PARTS + 1
    if groups > _MOST_GROUPS or parts > _MOST_PARTS:
        most = f"{_MOST_GROUPS} groups of" if groups > _MOST_GROUPS else f"{_MOST_PARTS:,}"
        message = f"the email has more than {most} parts"
        raise BroadsheetError(Problem(source, 0, "", message, "save its text as a file"))


def _header(mail: EmailMessage, name: str) -> str:
    try:
        return _clean(str(mail[name] or ""))
    except (ValueError, LookupError, OverflowError):  # it's nothing that any program writes
        return ""


def _day(mail: EmailMessage) -> str:
    try:
        return parsedate_to_datetime(_header(mail, "date")).date().isoformat()
    except (ValueError, OverflowError):
        return ""


def _text(part: MIMEPart) -> str:
    """Returns the text of a part. Characters that its encoding doesn't have are replaced."""
    payload = part.get_payload(decode=True)
    raw = payload if isinstance(payload, bytes) else b""
    try:
        text = raw.decode(part.get_content_charset("utf-8"), "replace")
    except (LookupError, ValueError):  # some of Python's encodings replace nothing
        text = raw.decode("utf-8", "replace")
    return _clean(text.replace("\r\n", "\n").replace("\r", "\n"))


def _clean(text: str) -> str:
    """Returns a text without NUL and lone surrogates, which files can't have."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()
