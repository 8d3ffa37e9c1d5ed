"""Newsletters as files of emails, also odd and hostile ones."""

from __future__ import annotations

from email.message import EmailMessage

import pytest
from waiting import bounded

from broadsheet.base.errors import BroadsheetError
from broadsheet.importers import read
from broadsheet.importers.files import remarks_on_file, text_of_file
from broadsheet.importers.mail import is_mail

HEAD = b"From: a@example.org\nSubject: Kites, 2024-W12\nDate: Mon, 25 Mar 2024 09:00:00 +0100\n"
PAPER = '<p><a href="https://arxiv.org/abs/2403.00001">K\u00e4tes</a></p>'


def _title(raw: bytes) -> str | None:
    (record,) = read(text_of_file(raw, "week.eml"), "week.eml").records
    return record.title


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "x-unknown"])
@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit"])
def test_any_encoding_of_a_mail_is_read(charset: str, encoding: str) -> None:
    mail = EmailMessage()
    known = "utf-8" if charset == "x-unknown" else charset
    mail.set_content(PAPER, subtype="html", charset=known, cte=encoding)
    body = bytes(mail).replace(known.encode(), charset.encode(), 1)
    assert _title(HEAD + body) == "K\u00e4tes"


@pytest.mark.parametrize("charset", ["idna", "punycode", "undefined", "utf\0-8", "unicode_escape"])
def test_a_charset_that_no_mail_has_is_read_as_well_as_it_can_be(charset: str) -> None:
    body = f'Content-Type: text/html; charset="{charset}"\n\n'.encode()
    text = text_of_file(HEAD + body + b"<p>\xff \\ud800 Kites</p>", "week.eml")
    assert "Kites" in text
    text.encode()


@pytest.mark.parametrize(
    ("header", "value"),
    [
        (b"Mon, 25 Mar 2024", b"Mon, 99999999999999999999 Mar 2024"),
        (b"Kites, 2024-W12", b"=?unicode_escape?q?=5cud800?="),
    ],
)
def test_a_header_that_no_program_writes_is_no_reason_to_stop(header: bytes, value: bytes) -> None:
    raw = HEAD.replace(header, value) + b"Content-Type: text/html\n\n"
    text_of_file(raw + PAPER.encode(), "week.eml").encode()


def test_a_header_of_any_length_is_read_in_time() -> None:
    raw = HEAD + b"Content-Type: text/html;" + b"a;" * 100_000 + b"\n\n" + PAPER.encode()
    with bounded():
        assert _title(raw)


def test_a_header_that_is_read_in_part_is_reported() -> None:
    signed = b"DKIM-Signature: " + b"a" * 2_000 + b"\n"
    raw = signed + HEAD.replace(b"Kites, ", b"Kites, " + b"very, " * 300 + b"\n ")
    (found,) = remarks_on_file(raw + b"\nText", "week.eml")
    assert str(found) == (
        "week.eml: subject: has 1,816 characters; read the first 1,000 "
        "(shorten it in the file if that matters)"
    )
    assert remarks_on_file(signed + HEAD + b"\nSubject: " + b"a" * 2_000, "week.eml") == ()


def test_lines_may_end_as_in_the_protocol_of_mail() -> None:
    raw = HEAD + b"Content-Type: text/html; charset=utf-8\n\n" + PAPER.encode()
    assert _title(raw.replace(b"\n", b"\r\n")) == "K\u00e4tes"


def test_parts_inside_of_parts_without_end_are_refused() -> None:
    parts = "".join(
        f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(100_000)
    )
    with pytest.raises(BroadsheetError, match="more than 50 groups of parts"):
        text_of_file(HEAD + parts.encode(), "week.eml")


def test_parts_without_end_are_refused() -> None:
    parts = b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\nContent-Type: a/b\n\n" * 1_001
    with pytest.raises(BroadsheetError, match="more than 1,000 parts"):
        text_of_file(HEAD + parts, "week.eml")


def test_parts_without_headers_are_refused_if_they_do_not_end() -> None:
    parts = b"Content-Type: multipart/mixed; boundary*=b\n\n" + b"--b\n\n" * 20_001
    with pytest.raises(BroadsheetError, match="more than 1,000 parts"):
        text_of_file(HEAD + parts, "week.eml")


def test_headers_without_end_are_refused() -> None:
    with pytest.raises(BroadsheetError, match="has more than 2,000,000 lines"):
        text_of_file(HEAD + b"X-A: b\n" + b" c\n" * 2_000_001, "week.eml")


def test_a_mail_without_text_is_refused() -> None:
    with pytest.raises(BroadsheetError, match="the email has no text"):
        text_of_file(HEAD + b"Content-Type: image/png\n\nabc", "week.eml")


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"From: nobody",
        b"From: a\n\nSubject: b\nDate: c\n",
        b"# From: a\nSubject: b\nDate: c\n",
        b"---\ntitle: a\ndate: b\n---\n",
    ],
)
def test_other_texts_are_no_mail(text: bytes) -> None:
    assert not is_mail(text)


def test_the_headers_of_a_mail_cannot_add_to_its_page() -> None:
    head = HEAD.replace(b"Kites, 2024-W12", b"=?utf-8?q?=3C/title=3E=3Ch1=3E2020-W01=3C/h1=3E?=")
    raw = head + b"Content-Type: text/html; charset=utf-8\n\n" + PAPER.encode()
    reading = read(text_of_file(raw, "week.eml"), "week.eml")
    (issue,) = reading.issues
    assert (issue.week, issue.source_name) == ("2020-W01", "</title><h1>2020-W01</h1>")
