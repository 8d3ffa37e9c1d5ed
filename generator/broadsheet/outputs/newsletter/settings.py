"""How to send: settings from the environment, recipients from a file."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Literal, cast
from urllib.parse import urlsplit

from broadsheet.base.errors import BroadsheetError, Problem, suggest
from broadsheet.outputs.newsletter.mail import Sender

PREFIX = "BROADSHEET_"
# What each variable means; the command's help prints this.
VARIABLES: Mapping[str, str] = {
    "SMTP_HOST": "the server that takes the mail",
    "SMTP_PORT": "its port (587; 465 with TLS from the start)",
    "SMTP_TLS": "starttls (the default), tls, or none, which only this machine's server may have",
    "SMTP_CA": "a file with the certificate to trust, when it is no public one",
    "SMTP_USER": "the account, when the server wants one",
    "SMTP_PASSWORD": "its password",
    "MAIL_FROM": "the sender's address, with a name if you like",
    "MAIL_REPLY_TO": "where answers go",
    "MAIL_UNSUBSCRIBE": "an https or mailto address by which one leaves the list",
}
Tls = Literal["starttls", "tls", "none"]
_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\]+@[^\s@<>,;:\"()\[\]\\]+")


@dataclass(frozen=True)
class Server:
    """An SMTP server. `ca` is a certificate's file, or "" for the system's authorities."""

    host: str
    port: int
    tls: Tls
    user: str = ""
    password: str = ""
    ca: str = ""

    def __repr__(self) -> str:
        """Without the password, which must not end up in a log."""
        return f"Server({self.host}:{self.port}, {self.tls}, user={self.user!r})"


def server_of(environment: Mapping[str, str]) -> Server:
    """The server that the environment names. Raises BroadsheetError for what is not right."""
    host = _needed(environment, "SMTP_HOST")
    tls = _value(environment, "SMTP_TLS") or "starttls"
    if tls not in ("starttls", "tls", "none"):
        raise _wrong("SMTP_TLS", f"{tls!r} is no way", suggest(tls, ("starttls", "tls", "none")))
    if tls == "none" and not _is_this_machine(host):
        raise _wrong("SMTP_TLS", f"mail to {host} would go unencrypted", "use starttls or tls")
    return Server(
        host,
        _port(_value(environment, "SMTP_PORT") or ("465" if tls == "tls" else "587")),
        cast("Tls", tls),
        _value(environment, "SMTP_USER"),
        _value(environment, "SMTP_PASSWORD"),
        _value(environment, "SMTP_CA"),
    )


def sender_of(environment: Mapping[str, str]) -> Sender:
    """Who writes. Raises BroadsheetError for an address that is none."""
    name, address = parseaddr(_needed(environment, "MAIL_FROM"))
    reply_to = _value(environment, "MAIL_REPLY_TO")
    unsubscribe = _value(environment, "MAIL_UNSUBSCRIBE")
    for variable, given in (("MAIL_FROM", address), ("MAIL_REPLY_TO", reply_to)):
        if given and not is_address(given):
            raise _wrong(variable, f"{given!r} is no address", "write name@example.org")
    if unsubscribe and urlsplit(unsubscribe).scheme not in ("https", "mailto"):
        raise _wrong("MAIL_UNSUBSCRIBE", f"{unsubscribe!r} is no link", "use https: or mailto:")
    if not address:
        raise _wrong("MAIL_FROM", "there is no address in it", "write name@example.org")
    return Sender(address, name, reply_to, unsubscribe)


def recipients_of(text: str, file: str) -> tuple[str, ...]:
    """Addresses, one a line, each once; "# …" and empty lines are passed.

    Raises BroadsheetError that names every line which is no address.
    """
    problems = [
        Problem(file, number, "", f"{line!r} is no address", "write one name@example.org a line")
        for number, line in _address_lines(text)
        if not is_address(line)
    ]
    if problems:
        raise BroadsheetError(*problems)
    found = {line.lower(): line for _, line in _address_lines(text)}
    if not found:
        raise BroadsheetError(Problem(file, 0, "", "there is no recipient", "write one a line"))
    return tuple(found.values())


def _address_lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            yield number, line.strip()


def is_address(text: str) -> bool:
    return _ADDRESS.fullmatch(text) is not None and text.isprintable()


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise _wrong("SMTP_PORT", f"{text!r} is no port", "write a number such as 587")
    return int(text)


def _value(environment: Mapping[str, str], variable: str) -> str:
    return environment.get(PREFIX + variable, "").strip()


def _needed(environment: Mapping[str, str], variable: str) -> str:
    value = _value(environment, variable)
    if not value:
        raise _wrong(variable, "it is not set", VARIABLES[variable])
    return value


def _wrong(variable: str, message: str, advice: str) -> BroadsheetError:
    return BroadsheetError(Problem("environment", 0, PREFIX + variable, message, advice))
