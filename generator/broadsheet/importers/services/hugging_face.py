"""What Hugging Face says about a paper: https://huggingface.co/docs/hub/api.

Its summaries and keywords are left out, because a model wrote them.
"""

from __future__ import annotations

import json

from pydantic import TypeAdapter, ValidationError

from broadsheet.base.errors import BroadsheetError
from broadsheet.base.identifiers import parse_arxiv
from broadsheet.content.fields import Url
from broadsheet.content.records import Record
from broadsheet.importers.services.plain import tagged_line
from broadsheet.importers.services.work import Work, unreadable

_SERVICE = "Hugging Face"
_URL: TypeAdapter[str] = TypeAdapter(Url)


def works(reply: str) -> tuple[Work, ...]:
    """Returns the paper in a reply, with the link to its code.

    Raises:
        BroadsheetError: It isn't such a reply.
    """
    try:
        found = json.loads(reply)
    except (ValueError, RecursionError) as error:
        raise _unreadable("invalid JSON") from error
    arxiv = parse_arxiv(str(found.get("id"))) if isinstance(found, dict) else None
    if not arxiv:
        raise _unreadable("expected a paper with an arXiv id")
    title = found.get("title")
    record = Record(
        _SERVICE,
        0,
        title=(tagged_line(title) or None) if isinstance(title, str) else None,
        arxiv=arxiv,
        links=_links(found.get("githubRepo"), found.get("projectPage")),
    )
    return (Work(record),)


def _links(code: object, project: object) -> dict[str, str]:
    links: dict[str, str] = {}
    for name, address in (("code", code), ("project", project)):
        try:
            links[name] = _URL.validate_python(address)
        except ValidationError:
            continue  # it has none, or something that isn't a URL
    return links


def _unreadable(message: str) -> BroadsheetError:
    return unreadable(_SERVICE, message)
