"""Fetching what people import from an address on the web."""

from __future__ import annotations

import re

from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.site.fetching import Fetcher, Question, checked_url, of_host

# Pages that show a file, and where the file itself is.
_FILES = (
    (
        re.compile(r"https://github\.com/([^/]+/[^/]+)/(?:blob|raw)/(.+)"),
        r"https://raw.githubusercontent.com/\1/\2",
    ),
    (
        re.compile(r"https://gist\.github\.com/([^/]+/[0-9a-f]+)/?"),
        r"https://gist.github.com/\1/raw",
    ),
    (re.compile(r"(https://gitlab\.com/.+/-)/blob/(.+)"), r"\1/raw/\2"),
    (re.compile(r"(https://huggingface\.co/.+)/blob/(.+)"), r"\1/resolve/\2"),
)
_ACCEPT = "text/html, application/xml;q=0.9, application/json;q=0.9, */*;q=0.8"


def origin_of_address(address: str) -> str:
    """Returns an address as provenance names it: without the fragment.

    Raises:
        BroadsheetError: It isn't an http(s) URL, or it has a user name or password.
    """
    try:
        return checked_url(address)
    except ValueError as error:
        # A password must not end up in a log.
        shown = re.sub(r"//[^/@]*@", "//…@", address)
        message = str(error).replace(address, shown)
        raise BroadsheetError(Problem(shown, 0, "", message)) from error


def fetched(fetcher: Fetcher, origin: str) -> str:
    """Returns the text at an address. For a page of GitHub that shows a file, that's the file.

    Raises:
        BroadsheetError: There is nothing, or it can't be had.
    """
    url = file_of(origin)
    text = fetcher.read(Question(url, _ACCEPT), of_host(url), str)
    if text is None:
        message = "there is nothing at this address"
        raise BroadsheetError(Problem(origin, 0, "", message, "check the URL"))
    return text


def file_of(url: str) -> str:
    """Returns the URL of the file that a page shows, or else the same URL."""
    for page, file in _FILES:
        if page.fullmatch(url):
            return page.sub(file, url)
    return url
