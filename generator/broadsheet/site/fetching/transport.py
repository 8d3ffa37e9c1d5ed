"""One exchange with a server, with limits on time, size and redirects."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urldefrag, urljoin, urlsplit

import requests
from pydantic import TypeAdapter, ValidationError
from urllib3.exceptions import HTTPError, ReadTimeoutError

from broadsheet.base.encoding import SIZE_LIMIT
from broadsheet.content.fields import Url

_URL = TypeAdapter(Url)
_REDIRECTS = (301, 302, 303, 307, 308)
_PART = 64 * 1024


@dataclass(frozen=True)
class Limits:
    """What an exchange may take.

    Attributes:
        connect: Seconds until the server accepts the connection.
        read: Seconds between two parts of the answer.
        total: Seconds for the whole answer.
        size: Bytes of the answer, unpacked.
        redirects: How often a server may send us elsewhere.
    """

    connect: float = 5.0
    read: float = 15.0
    total: float = 60.0
    size: int = SIZE_LIMIT
    redirects: int = 5


@dataclass(frozen=True)
class Question:
    """What to ask a server.

    Attributes:
        url: The address.
        accept: The kinds of answers that we can read.
        content: JSON to send, if it isn't in the address.
        secret_headers: Headers that nobody else may see, such as a key.
        secret_parameters: Parameters of the address that nobody else may see.
    """

    url: str
    accept: str = "*/*"
    content: bytes | None = None
    secret_headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    secret_parameters: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def name(self) -> str:
        """What the answer depends on. It goes into the cache, so it has no secrets."""
        sent = self.content.decode() if self.content else ""
        return f"{self.url}\n{self.accept}\n{sent}"


@dataclass(frozen=True)
class Answer:
    """What a server has answered."""

    url: str
    status: int
    headers: Mapping[str, str]
    content: bytes


class NoAnswerError(Exception):
    """A server hasn't answered.

    Attributes:
        again: Whether asking again may help.
        was_reached: Whether there is such a server.
    """

    def __init__(self, reason: str, *, again: bool = False, was_reached: bool = True) -> None:
        self.again, self.was_reached = again, was_reached
        super().__init__(reason)

    @property
    def advice(self) -> str:
        """What a person can do."""
        if not self.was_reached:
            return "check the URL and your connection to the network"
        return "run the command again later" if self.again else "check the URL"


def checked_url(url: str) -> str:
    """Returns a URL without its fragment, which no server sees.

    Raises:
        ValueError: It isn't an http(s) URL, or has a user name or password.
    """
    try:
        found: str = _URL.validate_python(url)
    except ValidationError as error:
        cause = error.errors()[0].get("ctx", {}).get("error")
        raise ValueError(str(cause or error.errors()[0]["msg"])) from error
    return urldefrag(found).url


def exchange(
    question: Question, agent: str, limits: Limits, running: Callable[[], float]
) -> Answer:
    """Asks a server, and follows it to where it sends us.

    Raises:
        NoAnswerError: There is no answer within the limits.
    """
    end = running() + limits.total
    for _ in range(limits.redirects + 1):
        answer = _once(question, agent, limits, lambda: end - running())
        target = answer.headers.get("location")
        if answer.status not in _REDIRECTS or not target:
            return answer
        question = _elsewhere(question, target)
    raise NoAnswerError(f"it redirects more than {limits.redirects} times")


def _elsewhere(question: Question, target: str) -> Question:
    """Returns the question for the place that a server sends us to."""
    try:
        url = checked_url(urljoin(question.url, target))
    except ValueError as error:
        raise NoAnswerError(f"it redirects to an unusable address: {error}") from error
    old, new = urlsplit(question.url), urlsplit(url)
    if (old.scheme, new.scheme) == ("https", "http"):
        raise NoAnswerError("it redirects from https to http")
    if question.content is not None:
        raise NoAnswerError("it redirects a question that can't be sent elsewhere")
    if old.netloc != new.netloc:
        return Question(url, question.accept)
    return replace(question, url=url)


def _once(question: Question, agent: str, limits: Limits, left: Callable[[], float]) -> Answer:
    """Asks one server.

    A session for each question keeps no cookies, and leaves no connection open. The environment
    names proxies and certificates, but passwords in `.netrc` stay where they are.
    """
    headers = {"User-Agent": agent, "Accept": question.accept, "Accept-Encoding": "gzip"}
    headers |= question.secret_headers
    if question.content is not None:
        headers["Content-Type"] = "application/json"
    method = "GET" if question.content is None else "POST"
    try:
        with (
            _Session() as session,
            session.request(
                method,
                question.url,
                params=question.secret_parameters,
                headers=headers,
                data=question.content,
                auth=_anonymous,
                timeout=(limits.connect, limits.read),
                allow_redirects=False,
                stream=True,
            ) as reply,
        ):
            content = b"" if reply.is_redirect else _content(reply, limits, left)
            names = {name.lower(): value for name, value in reply.headers.items()}
            return Answer(question.url, reply.status_code, names, content)
    except requests.ConnectTimeout as error:
        # There may be no network at all, and then nobody should wait for long.
        reason = "it didn't accept a connection in time"
        raise NoAnswerError(reason, was_reached=False) from error
    except (requests.Timeout, ReadTimeoutError) as error:
        raise NoAnswerError("it took too long to answer", again=True) from error
    except requests.ConnectionError as error:
        reason, is_final = _cause(error)
        raise NoAnswerError(reason, again=not is_final, was_reached=False) from error
    except HTTPError as error:
        raise NoAnswerError("the answer ends too early", again=True) from error
    except (requests.RequestException, ValueError) as error:
        # Its text can have the address with a key in it.
        raise NoAnswerError(f"it can't be asked ({type(error).__name__})") from error


class _Session(requests.Session):
    """A session that leaves redirects to us. It would read their contents without any limit."""

    def get_redirect_target(self, resp: requests.Response) -> None:  # noqa: ARG002 - of requests
        return None


def _anonymous(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def _content(reply: requests.Response, limits: Limits, left: Callable[[], float]) -> bytes:
    """Returns the content of a reply, unpacked."""
    content = bytearray()
    while part := reply.raw.read1(_PART, decode_content=False):
        content += part
        _refuse_size(len(content), limits)
        if left() < 0:
            raise NoAnswerError("it took too long to answer", again=True)
    kind = reply.headers.get("Content-Encoding", "identity").strip().lower()
    if kind not in ("gzip", "identity", ""):
        raise NoAnswerError(f"the answer is packed in a way that wasn't asked for: {kind}")
    return _unpacked(bytes(content), limits) if kind == "gzip" else bytes(content)


def _unpacked(packed: bytes, limits: Limits) -> bytes:
    """Unpacks an answer, but not more of it than the limit: it can't fill the memory."""
    unpacker = zlib.decompressobj(wbits=31)
    try:
        content = unpacker.decompress(packed, limits.size + 1)
    except zlib.error as error:
        raise NoAnswerError("the answer is broken", again=True) from error
    _refuse_size(len(content), limits)
    if packed and not unpacker.eof:
        raise NoAnswerError("the answer ends too early", again=True)
    return content


def _refuse_size(size: int, limits: Limits) -> None:
    if size > limits.size:
        raise NoAnswerError(f"the answer is larger than the limit of {limits.size:,} bytes")


def _cause(error: BaseException) -> tuple[str, bool]:
    """Returns what the system says about a failed connection, and whether it stays so."""
    found: BaseException | None = error
    while found is not None:
        if isinstance(found, OSError) and found.strerror:
            return found.strerror, not isinstance(found, ConnectionResetError)
        inner = getattr(found, "reason", None) or (found.args[0] if found.args else None)
        found = found.__cause__ or (
            inner if isinstance(inner, BaseException) and inner is not found else found.__context__
        )
    return "the connection ended too early", False
