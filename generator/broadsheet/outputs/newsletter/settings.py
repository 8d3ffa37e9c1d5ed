"""Settings for sending from environment variables, and recipients from a file."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Literal, cast
from urllib.parse import urlsplit

from broadsheet.base.errors import BroadsheetError, Problem, suggest
from broadsheet.outputs.newsletter.mail import Sender

PREFIX = "BROADSHEET_"
# What each variable means, as `broadsheet newsletter --help` prints it.
VARIABLES: Mapping[str, str] = {
    "SMTP_HOST": "the host name of the mail server",
    "SMTP_PORT": "its port (default: 587, or 465 for TLS mode tls)",
    "SMTP_TLS": "starttls (default), tls, or none (only for a server on this machine)",
    "SMTP_CA": "a file with the CA certificate, if the server's isn't publicly trusted",
    "SMTP_USER": "the user name, if the server requires one",
    "SMTP_PASSWORD": "the password",
    "MAIL_FROM": "the sender's email address, optionally with a name",
    "MAIL_REPLY_TO": "the email address for replies",
    "MAIL_UNSUBSCRIBE": "an https or mailto URL to unsubscribe, or both with a space between them",
    "MAIL_ONE_CLICK": "yes if the https URL takes a request by POST (RFC 8058)",
}
Tls = Literal["starttls", "tls", "none"]
_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\]+@[^\s@<>,;:\"()\[\]\\]+")


@dataclass(frozen=True)
class Server:
    """An SMTP server. `ca` is the file of a CA certificate, or "" to trust those of the system."""

    host: str
    port: int
    tls: Tls
    user: str = ""
    password: str = ""
    ca: str = ""

    def __repr__(self) -> str:
        """Leaves out the password, so that it doesn't end up in logs."""
        return f"Server({self.host}:{self.port}, {self.tls}, user={self.user!r})"


def server_of(environment: Mapping[str, str]) -> Server:
    """Returns the mail server that the environment variables describe.

    Raises:
        BroadsheetError: A variable is missing or invalid.
    """
    host = _required(environment, "SMTP_HOST")
    tls = _value(environment, "SMTP_TLS") or "starttls"
    if tls not in ("starttls", "tls", "none"):
        advice = suggest(tls, ("starttls", "tls", "none"))
        raise _wrong("SMTP_TLS", f"unknown TLS mode {tls!r}", advice)
    if tls == "none" and not _is_this_machine(host):
        message = f"mail would be sent to {host} unencrypted"
        raise _wrong("SMTP_TLS", message, "use starttls or tls")
    return Server(
        host,
        _port(_value(environment, "SMTP_PORT") or ("465" if tls == "tls" else "587")),
        cast("Tls", tls),
        _value(environment, "SMTP_USER"),
        _value(environment, "SMTP_PASSWORD"),
        _value(environment, "SMTP_CA"),
    )


def sender_of(environment: Mapping[str, str]) -> Sender:
    """Returns the sender that the environment variables describe.

    Raises:
        BroadsheetError: A variable is missing or invalid.
    """
    name, address = parseaddr(_required(environment, "MAIL_FROM"))
    reply_to = _value(environment, "MAIL_REPLY_TO")
    unsubscribe, *more = _value(environment, "MAIL_UNSUBSCRIBE").split() or [""]
    for variable, given in (("MAIL_FROM", address), ("MAIL_REPLY_TO", reply_to)):
        if given and not is_address(given):
            raise _wrong(variable, f"{given!r} isn't an email address", "write name@example.org")
    for url in filter(None, (unsubscribe, *more)):
        if not _is_link(url):
            message = f"{url!r} isn't an https or mailto URL"
            raise _wrong("MAIL_UNSUBSCRIBE", message, "write https://… or mailto:…")
    if not address:
        raise _wrong("MAIL_FROM", "contains no email address", "write name@example.org")
    one_click = _one_click(environment, (unsubscribe, *more))
    return Sender(address, name, reply_to, unsubscribe, tuple(more), one_click)


def _one_click(environment: Mapping[str, str], urls: Iterable[str]) -> bool:
    value = _value(environment, "MAIL_ONE_CLICK") or "no"
    if value not in ("yes", "no"):
        raise _wrong("MAIL_ONE_CLICK", f"{value!r} is neither yes nor no", "write yes or no")
    if value == "yes" and not any(url.startswith("https:") for url in urls):
        message = "needs an https URL to unsubscribe"
        raise _wrong("MAIL_ONE_CLICK", message, f"set {PREFIX}MAIL_UNSUBSCRIBE to one")
    return value == "yes"


def recipients_of(text: str, file: str) -> tuple[str, ...]:
    """Returns the email addresses in a file with one per line, without duplicates.

    Blank lines and comments ("# …") are ignored.

    Raises:
        BroadsheetError: Some lines aren't email addresses, or there are none.
    """
    advice = "write one email address per line"
    problems = [
        Problem(file, number, "", f"{line!r} isn't an email address", advice)
        for number, line in _address_lines(text)
        if not is_address(line)
    ]
    if problems:
        raise BroadsheetError(*problems)
    found = {line.lower(): line for _, line in _address_lines(text)}
    if not found:
        raise BroadsheetError(Problem(file, 0, "", "contains no recipients", advice))
    return tuple(found.values())


def _address_lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            yield number, line.strip()


def is_address(text: str) -> bool:
    """Whether a text is a plain email address, without a name."""
    return _ADDRESS.fullmatch(text) is not None and text.isascii() and text.isprintable()


def _is_link(url: str) -> bool:
    try:
        return (
            urlsplit(url).scheme in ("https", "mailto")
            and url.isascii()
            and "@" not in (urlsplit(url).netloc)
        )
    except ValueError:  # a host like [::1
        return False


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise _wrong("SMTP_PORT", f"{text!r} isn't a port", "write a number such as 587")
    return int(text)


def _value(environment: Mapping[str, str], variable: str) -> str:
    value = environment.get(PREFIX + variable, "").strip()
    if not value.isprintable():
        message = "contains a line break or another control character"
        raise _wrong(variable, message, "write it on one line")
    return value


def _required(environment: Mapping[str, str], variable: str) -> str:
    value = _value(environment, variable)
    if not value:
        raise _wrong(variable, "isn't set", f"set it to {VARIABLES[variable]}")
    return value


def _wrong(variable: str, message: str, advice: str) -> BroadsheetError:
    return BroadsheetError(Problem("environment", 0, PREFIX + variable, message, advice))
