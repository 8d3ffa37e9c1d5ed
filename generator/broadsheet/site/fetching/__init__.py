"""Asking other machines: politely, with limits, and from the cache if possible.

No build needs this. Only commands that look something up use it.
"""

from __future__ import annotations

from broadsheet.site.fetching.clock import Clock
from broadsheet.site.fetching.fetcher import Fetcher, Kept, RefusedError, fetcher_of
from broadsheet.site.fetching.services import (
    ARXIV,
    CROSSREF,
    HUGGING_FACE,
    OPENALEX,
    SEMANTIC_SCHOLAR,
    SERVICES,
    Service,
    of_host,
)
from broadsheet.site.fetching.transport import Limits, Question, checked_url

__all__ = [
    "ARXIV",
    "CROSSREF",
    "HUGGING_FACE",
    "OPENALEX",
    "SEMANTIC_SCHOLAR",
    "SERVICES",
    "Clock",
    "Fetcher",
    "Kept",
    "Limits",
    "Question",
    "RefusedError",
    "Service",
    "checked_url",
    "fetcher_of",
    "of_host",
]
