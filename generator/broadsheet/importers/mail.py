"""Newsletters as they arrive: an email becomes the page that it shows."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from email.utils import parsedate_to_datetime

from broadsheet.base import markup
from broadsheet.base.errors import BroadsheetError, Problem

# Far more than any newsletter has. Parts inside of parts cost more with each level.
_MOST_PARTS = 50
_HEAD = 16_384
_HEADER = re.compile(rb"[A-Za-z][A-Za-z0-9-]{0,60}:")
_USUAL = re.compile(
    rb"^(from|to|subject|date|mime-version|message-id|received|return-path|delivered-to):",
    re.IGNORECASE | re.MULTILINE,
)


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
    if raw.count(b"boundary=") > _MOST_PARTS:
        message = f"the email has more than {_MOST_PARTS} groups of parts"
        raise BroadsheetError(Problem(source, 0, "", message, "save its text as a file"))
    mail = message_from_bytes(raw, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    subject = " ".join(str(mail["subject"] or "").split())
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


def _day(mail: EmailMessage) -> str:
    try:
        return parsedate_to_datetime(str(mail["date"])).date().isoformat()
    except ValueError:
        return ""


def _text(part: MIMEPart) -> str:
    """Returns the text of a part. Characters that its encoding doesn't have are replaced."""
    payload = part.get_payload(decode=True)
    raw = payload if isinstance(payload, bytes) else b""
    try:
        text = raw.decode(part.get_content_charset("utf-8"), "replace")
    except LookupError:
        text = raw.decode("utf-8", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
