"""A server on this machine that answers as a test tells it to, and a clock that never waits."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

from broadsheet.site.fetching import Clock


@dataclass(frozen=True)
class Asked:
    """What the server was asked."""

    method: str
    target: str
    headers: Mapping[str, str]
    content: bytes = b""

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        return {key: values[0] for key, values in parse_qs(urlsplit(self.target).query).items()}


@dataclass(frozen=True)
class Answer:
    """What the server answers.

    Attributes:
        content: The content.
        status: The status.
        headers: More headers.
        length: The length that it claims. By default, the true one.
        hang: Set by the test when the server may go on. It waits before the content's last byte.
    """

    content: bytes | str = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    length: int | None = None
    hang: threading.Event | None = None

    def send(self, handler: http.server.BaseHTTPRequestHandler) -> None:
        content = self.content.encode() if isinstance(self.content, str) else self.content
        handler.send_response(self.status)
        length = len(content) if self.length is None else self.length
        in_parts = "Transfer-Encoding" in self.headers
        known = {} if in_parts else {"Content-Length": str(length)}
        for name, value in {**known, **self.headers}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(content[:-1])
        handler.wfile.flush()
        if self.hang:
            self.hang.wait()
        handler.wfile.write(content[-1:])


class Server:
    """A server in threads. `answer` decides what it answers."""

    def __init__(self, url: str, answer: Callable[[Asked], Answer]) -> None:
        self.url, self.answer = url, answer
        self.asked: list[Asked] = []


@contextmanager
def serving(answer: Callable[[Asked], Answer]) -> Iterator[Server]:
    """Serves on a free port of this machine."""

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            content = self.rfile.read(length) if length else b""
            headers = {name.lower(): value for name, value in self.headers.items()}
            asked = Asked(self.command, self.path, headers, content)
            server.asked.append(asked)
            self.close_connection = True
            with suppress(OSError):  # whoever asked may have gone
                server.answer(asked).send(self)

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, *_: object) -> None: ...

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        server = Server(f"http://127.0.0.1:{listening.server_port}", answer)
        listening.daemon_threads = True
        threading.Thread(target=listening.serve_forever, args=[0.01], daemon=True).start()
        yield server
        listening.shutdown()


class Watch:
    """A clock that moves only when someone waits, and remembers how long they wanted to."""

    def __init__(self) -> None:
        self.passed = 0.0
        self.waits: list[float] = []

    def wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.passed += seconds

    def now(self) -> datetime:
        return datetime(2026, 11, 22, 12, tzinfo=UTC) + timedelta(seconds=self.passed)

    @property
    def clock(self) -> Clock:
        return Clock(self.now, lambda: self.passed, self.wait)
