"""Headers of letters: no name and no address adds a line to them or ends in a traceback."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from email.policy import default

import pytest
from toy import EDITION, ISSUES

from broadsheet.base.errors import BroadsheetError
from broadsheet.outputs.newsletter import newsletter_of
from broadsheet.outputs.newsletter.mail import Sender, message
from broadsheet.outputs.newsletter.settings import recipients_of, sender_of

LETTER = newsletter_of(ISSUES[0], EDITION)
ODD = [
    "A\nBcc: evil@x.example",
    "A\r\nX: y",
    "Zhang \u5f20\u5929\u9a8f",
    '"A" <b@c>',
    "a, b",
    "\u202ex\0",
]


@pytest.mark.parametrize("name", ODD)
def test_a_name_stays_in_its_header(name: str) -> None:
    letter = replace(LETTER, subject=name, sender=name, site_name=name)
    raw = message(letter, Sender("us@toys.example", name), "ada@x.example").as_bytes()
    mail = message_from_bytes(raw, policy=default)
    assert raw.split(b"\r\n\r\n")[0].isascii()
    assert mail["Bcc"] is None
    assert mail["X"] is None
    (sender,) = mail["From"].addresses
    assert sender.addr_spec == "us@toys.example"
    kept = " ".join(name.replace("\u202e", "").replace("\0", "").split())
    assert (str(mail["Subject"]), sender.display_name) == (kept, kept)


def test_the_host_of_a_site_is_ascii_in_headers() -> None:
    letter = replace(LETTER, site_url="https://b\u00fccher.example/")
    mail = message(letter, Sender("us@toys.example"))
    assert mail["Message-ID"].endswith("@xn--bcher-kva.example>")
    assert mail["List-ID"].endswith(".xn--bcher-kva.example>")


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("MAIL_FROM", "Us <\u00fcs@toys.example>"),
        ("MAIL_FROM", "us@b\u00fccher.example"),
        ("MAIL_FROM", "us@toys.example\nBcc: evil@x.example"),
        ("MAIL_REPLY_TO", "a@x.example\r\nBcc: evil@x.example"),
        ("MAIL_UNSUBSCRIBE", "https://[::1"),
        ("MAIL_UNSUBSCRIBE", "https://me:pw@x.example/"),
        ("MAIL_UNSUBSCRIBE", "https://x.example/\u00fc"),
    ],
)
def test_an_address_that_headers_can_not_have_is_refused(variable: str, value: str) -> None:
    environment = {"BROADSHEET_MAIL_FROM": "us@toys.example", f"BROADSHEET_{variable}": value}
    with pytest.raises(BroadsheetError, match=variable):
        sender_of(environment)


def test_a_recipient_with_other_letters_is_refused_with_its_line() -> None:
    with pytest.raises(BroadsheetError, match=r"to\.txt:2: .* isn't an email address"):
        recipients_of("ada@x.example\n\u00e4da@x.example\n", "to.txt")
