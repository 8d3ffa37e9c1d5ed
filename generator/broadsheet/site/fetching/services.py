"""The services that Broadsheet asks: their addresses, and how often they may be asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Service:
    """A service that answers questions about papers.

    Attributes:
        name: What provenance and messages call it.
        address: The URL of its API.
        variable: The environment variable that names another address, such as a mirror.
        pause: The seconds between two questions, as its terms ask for.
        age: How long its answers are taken from the cache.
        most: How many papers one question is about at most.
        key_variable: The environment variable with a key of one's own, if it takes one.
        key_header: The header that the key goes into.
        key_parameter: The parameter that the key goes into, if it isn't a header.
    """

    name: str
    address: str
    variable: str = ""
    pause: float = 1.0
    age: timedelta = timedelta(days=7)
    most: int = 1
    key_variable: str = ""
    key_header: str = ""
    key_parameter: str = ""

    @property
    def host(self) -> str:
        """The host of its API."""
        return urlsplit(self.address).hostname or self.address


# Pauses: https://info.arxiv.org/help/api/tou.html, https://api.crossref.org,
# https://developers.openalex.org and https://www.semanticscholar.org/product/api.
ARXIV = Service(
    "arXiv",
    "https://export.arxiv.org/api/query",
    "BROADSHEET_ARXIV_API",
    pause=3.0,
    age=timedelta(days=1),
    most=100,
)
CROSSREF = Service("Crossref", "https://api.crossref.org/works", "BROADSHEET_CROSSREF_API", most=50)
OPENALEX = Service(
    "OpenAlex",
    "https://api.openalex.org/works",
    "BROADSHEET_OPENALEX_API",
    pause=0.5,
    most=50,
    key_variable="BROADSHEET_OPENALEX_KEY",
    key_parameter="api_key",
)
SEMANTIC_SCHOLAR = Service(
    "Semantic Scholar",
    "https://api.semanticscholar.org/graph/v1/paper",
    "BROADSHEET_SEMANTIC_SCHOLAR_API",
    pause=1.1,
    most=100,
    key_variable="BROADSHEET_SEMANTIC_SCHOLAR_KEY",
    key_header="x-api-key",
)
HUGGING_FACE = Service(
    "Hugging Face",
    "https://huggingface.co/api/papers",
    "BROADSHEET_HUGGING_FACE_API",
)
SERVICES = (ARXIV, CROSSREF, OPENALEX, SEMANTIC_SCHOLAR, HUGGING_FACE)
# What people import from addresses changes often, but not between a dry run and the import.
_ADDRESS = Service("", "", age=timedelta(minutes=10))


def chosen(service: Service, environment: Mapping[str, str]) -> Service:
    """Returns a service at the address that the environment names, if it does.

    A mirror or a test isn't asked to wait: its owner knows how often it may be asked.
    """
    other = environment.get(service.variable)
    return replace(service, address=other, pause=0.0) if other else service


def of_host(url: str) -> Service:
    """Returns the service at the host of a URL, or one for any other host."""
    host = urlsplit(url).hostname or url
    known = next((service for service in SERVICES if service.host == host), None)
    pause = known.pause if known else _ADDRESS.pause
    # Whoever runs a server on this machine may ask it as often as they like.
    pause = 0.0 if host in ("localhost", "127.0.0.1", "::1") else pause
    return replace(_ADDRESS, name=host, address=url, pause=pause)
