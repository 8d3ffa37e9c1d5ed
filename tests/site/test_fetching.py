"""Other machines are asked politely, with limits, and whatever they do wrong is told clearly."""

from __future__ import annotations

import gzip
import json
import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email.utils import format_datetime
from importlib.metadata import version
from pathlib import Path

import pytest
import requests
from answering import Answer, Server, Watch, serving
from waiting import PATIENCE

from broadsheet.base.cache import Cache
from broadsheet.base.errors import BroadsheetError
from broadsheet.content.settings import Settings, read_settings
from broadsheet.site.fetching import (
    ARXIV,
    OPENALEX,
    SEMANTIC_SCHOLAR,
    SERVICES,
    Fetcher,
    Limits,
    Question,
    Service,
    fetcher_of,
    of_host,
)
from broadsheet.site.fetching.transport import NoAnswerError, _elsewhere
from broadsheet.site.project import find_project

SERVICE = Service("Test", "http://127.0.0.1/", pause=0.0, age=timedelta(days=1))
# A busy machine may keep an answer waiting. Only tests of servers that are silent wait in vain.
PATIENT = Limits(connect=PATIENCE, read=PATIENCE, total=PATIENCE, size=1000)
HASTY = replace(PATIENT, read=2.0)
JSON = {"Content-Type": "application/json"}


@pytest.fixture
def server() -> Iterator[Server]:
    """A server that answers everything with a greeting."""
    with serving(lambda _: Answer("hello")) as found:
        yield found


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def fetcher(watch: Watch, tmp_path: Path) -> Fetcher:
    return Fetcher(Cache(tmp_path / "cache"), clock=watch.clock, limits=PATIENT)


@pytest.fixture
def hasty(watch: Watch) -> Fetcher:
    return Fetcher(Cache(), clock=watch.clock, limits=HASTY)


def _read(fetcher: Fetcher, url: str, service: Service = SERVICE) -> str | None:
    return fetcher.read(Question(url), service, lambda text: text)


def _refusal(fetcher: Fetcher, url: str, service: Service = SERVICE) -> str:
    with pytest.raises(BroadsheetError) as caught:
        _read(fetcher, url, service)
    return str(caught.value)


def _one_after_the_other(server: Server, *answers: Answer) -> None:
    left = list(answers)
    server.answer = lambda _: left.pop(0) if len(left) > 1 else left[0]


def test_broadsheet_introduces_itself(server: Server, watch: Watch, tmp_path: Path) -> None:
    config = (
        "site_name: x\nsite_url: https://digest.example/\n"
        "extra: {broadsheet: {contact: ada@digest.example}}\n"
    )
    (tmp_path / "mkdocs.yml").write_text(config)
    _read(fetcher_of(find_project(tmp_path), {}), server.url)
    _read(Fetcher(Cache()), server.url)
    _read(Fetcher(Cache(), site="https://x.example/)\r\nX: y", contact=""), server.url)
    name = f"broadsheet/{version('broadsheet')}"
    assert [asked.headers["user-agent"] for asked in server.asked] == [
        *(f"{name} (+https://digest.example/; mailto:ada@digest.example)", name, name),
    ]


@pytest.mark.parametrize("contact", ["ada", "a b@example.org", "a@x)\n", "é@example.org"])
def test_a_contact_is_a_mail_address(contact: str, tmp_path: Path) -> None:
    with pytest.raises(BroadsheetError, match=r"contact: .* isn't a mail address"):
        read_settings({"contact": contact}, tmp_path / "mkdocs.yml")
    assert Settings(contact="ada@example.org").contact == "ada@example.org"


def test_an_answer_is_taken_from_the_cache_until_it_is_old(
    server: Server, fetcher: Fetcher, watch: Watch
) -> None:
    assert [_read(fetcher, server.url) for _ in range(3)] == ["hello"] * 3
    assert len(server.asked) == 1
    watch.passed += SERVICE.age.total_seconds()
    server.answer = lambda _: Answer("hello again")
    assert _read(fetcher, server.url) == "hello again"
    assert len(server.asked) == 2


def test_that_there_is_nothing_is_soon_asked_again(
    server: Server, fetcher: Fetcher, watch: Watch
) -> None:
    server.answer = lambda _: Answer(status=404)
    assert [_read(fetcher, server.url) for _ in range(2)] == [None, None]
    assert len(server.asked) == 1
    watch.passed += 600
    assert _read(fetcher, server.url) is None
    assert len(server.asked) == 2


def test_offline_only_the_cache_answers_however_old_it_is(
    server: Server, fetcher: Fetcher, watch: Watch, tmp_path: Path
) -> None:
    _read(fetcher, server.url)
    watch.passed += 10 * SERVICE.age.total_seconds()
    offline = Fetcher(Cache(tmp_path / "cache"), clock=watch.clock, offline=True)
    assert _read(offline, server.url) == "hello"
    assert "127.0.0.1: the answer isn't in the cache (run the command again without --offline)" in (
        _refusal(offline, f"{server.url}/other")
    )
    assert len(server.asked) == 1


@pytest.mark.parametrize("damage", [b"", b"{}", b"?" * 99])
def test_a_damaged_cache_is_as_good_as_none_and_repaired(
    server: Server, fetcher: Fetcher, tmp_path: Path, damage: bytes
) -> None:
    _read(fetcher, server.url)
    (kept,) = (path for path in (tmp_path / "cache").rglob("*") if path.is_file())
    whole = kept.read_bytes()
    kept.write_bytes(damage)
    assert _read(fetcher, server.url) == "hello"
    assert (len(server.asked), kept.read_bytes()) == (2, whole)


@pytest.mark.parametrize("content", ["{}", '{"on": "now", "text": 1}', "[1]", "hello"])
def test_something_else_in_the_cache_is_as_good_as_nothing(
    server: Server, fetcher: Fetcher, tmp_path: Path, content: str
) -> None:
    _read(fetcher, server.url)
    folder = tmp_path / "cache" / "answers"
    (kept,) = folder.iterdir()
    Cache(folder).put(kept.name, content.encode())
    assert (_read(fetcher, server.url), len(server.asked)) == ("hello", 2)


def test_an_answer_that_cannot_be_read_is_not_kept(server: Server, fetcher: Fetcher) -> None:
    _one_after_the_other(server, Answer("<html>Please log in</html>"), Answer('{"a": 1}'))

    def reader(text: str) -> object:
        try:
            return json.loads(text)
        except ValueError as error:
            raise BroadsheetError from error

    with pytest.raises(BroadsheetError):
        fetcher.read(Question(server.url), SERVICE, reader)
    assert fetcher.read(Question(server.url), SERVICE, reader) == {"a": 1}


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_busy_server_is_asked_again_after_growing_pauses(
    server: Server, fetcher: Fetcher, watch: Watch, status: int
) -> None:
    _one_after_the_other(server, *[Answer(status=status)] * 3, Answer("at last"))
    assert _read(fetcher, server.url) == "at last"
    first, second, third = watch.waits
    assert 1 <= first <= 2 <= second <= 4 <= third <= 8


def test_a_server_that_stays_busy_is_given_up(
    server: Server, fetcher: Fetcher, watch: Watch
) -> None:
    server.answer = lambda _: Answer(status=503)
    message = "127.0.0.1: answered 503 (Service Unavailable) (it has too much to do; run the"
    assert message in _refusal(fetcher, server.url)
    assert (len(server.asked), len(watch.waits)) == (4, 3)


def test_a_server_says_when_to_come_back(server: Server, fetcher: Fetcher, watch: Watch) -> None:
    later = format_datetime(watch.now() + timedelta(seconds=57), usegmt=True)
    _one_after_the_other(
        server,
        Answer(status=429, headers={"Retry-After": "17"}),
        Answer(status=503, headers={"Retry-After": later}),
        Answer("hello"),
    )
    assert _read(fetcher, server.url) == "hello"
    assert watch.waits == [17.0, 40.0]


@pytest.mark.parametrize("told", ["soon", "-3", "Thu, 99 Foo", "", "Sun, 22 Nov 2020 12:00:00 GMT"])
def test_a_server_that_says_nothing_useful_is_asked_again_all_the_same(
    server: Server, fetcher: Fetcher, watch: Watch, told: str
) -> None:
    busy = Answer(status=429, headers={"Retry-After": told})
    _one_after_the_other(server, busy, Answer("hello"))
    assert _read(fetcher, server.url) == "hello"
    (wait,) = watch.waits
    assert 1 <= wait <= 2


def test_nobody_waits_for_hours(server: Server, fetcher: Fetcher, watch: Watch) -> None:
    server.answer = lambda _: Answer(status=429, headers={"Retry-After": "3600"})
    assert "run the command again in 3600 seconds" in _refusal(fetcher, server.url)
    assert (len(server.asked), watch.waits) == (1, [])


@pytest.mark.parametrize(
    ("status", "message"),
    [
        (406, "answered 406 (Not Acceptable) (run the command again later, or check the address)"),
        (403, "answered 403 (Forbidden) (it refuses to answer; check the address and the key"),
        (500, "answered 500 (Internal Server Error) (run the command again later)"),
        (299, "answered 299 (unknown status)"),
    ],
)
def test_a_refusal_is_final(server: Server, fetcher: Fetcher, status: int, message: str) -> None:
    server.answer = lambda _: Answer("no", status=status)
    assert message in _refusal(fetcher, server.url)
    assert len(server.asked) == 1


def test_a_server_that_is_silent_is_asked_once_more(server: Server, hasty: Fetcher) -> None:
    silent = threading.Event()
    answers = [Answer("hello", hang=silent), Answer("hello")]
    server.answer = lambda _: answers[len(server.asked) - 1]
    assert _read(hasty, server.url) == "hello"
    silent.set()
    assert len(server.asked) == 2


def test_a_server_that_stays_silent_is_not_asked_for_anything_else(
    server: Server, hasty: Fetcher
) -> None:
    silent = threading.Event()
    server.answer = lambda _: Answer("hello", hang=silent)
    for path in ("", "/other"):
        message = "127.0.0.1: gave no usable answer: it took too long to answer (run the command"
        assert message in _refusal(hasty, server.url + path)
    silent.set()
    assert len(server.asked) == 2


def test_an_answer_that_drips_is_given_up(server: Server, watch: Watch) -> None:
    """Each part comes in time, but not the whole."""

    def running() -> float:
        watch.passed += 30
        return watch.passed

    fetcher = Fetcher(Cache(), clock=replace(watch.clock, running=running), limits=Limits(total=50))
    server.answer = lambda _: Answer(b"hello" * 100_000)
    assert "it took too long to answer" in _refusal(fetcher, server.url)


def test_an_answer_that_ends_early_is_asked_for_again(server: Server, fetcher: Fetcher) -> None:
    _one_after_the_other(server, Answer("hel", length=5), Answer("hello"))
    assert _read(fetcher, server.url) == "hello"
    server.answer = lambda _: Answer("hel", length=5)
    assert "the answer ends too early" in _refusal(fetcher, f"{server.url}/other")


@pytest.mark.parametrize("damage", [lambda packed: packed[:-9], lambda packed: b"?" + packed[1:]])
def test_a_packed_answer_is_whole_or_none(server: Server, fetcher: Fetcher, damage: object) -> None:
    packed = gzip.compress(b"hello" * 100)
    headers = {"Content-Encoding": "gzip"}
    server.answer = lambda _: Answer(packed, headers=headers)
    assert _read(fetcher, server.url) == "hello" * 100
    server.answer = lambda _: Answer(damage(packed), headers=headers)  # type: ignore[operator]
    assert re.search("is broken|ends too early", _refusal(fetcher, f"{server.url}/other"))


def test_an_answer_in_parts_is_read(server: Server, fetcher: Fetcher) -> None:
    in_parts = {"Transfer-Encoding": "chunked"}
    content = b"5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n"
    server.answer = lambda _: Answer(content, headers=in_parts)
    assert _read(fetcher, server.url) == "hello world"
    server.answer = lambda _: Answer(content[:-9], headers=in_parts)
    assert "the answer ends too early" in _refusal(fetcher, f"{server.url}/other")


def test_a_redirect_has_no_content_that_is_read(server: Server, fetcher: Fetcher) -> None:
    silent = threading.Event()
    server.answer = lambda asked: (
        Answer("hello")
        if asked.path == "/there"
        else Answer("x", 302, headers={"Location": "/there"}, hang=silent)
    )
    assert _read(fetcher, server.url) == "hello"
    silent.set()


@pytest.mark.parametrize("content", [b"x" * 1001, gzip.compress(b"x" * 1_000_000)])
def test_an_answer_is_not_larger_than_the_limit(
    server: Server, fetcher: Fetcher, content: bytes
) -> None:
    headers = {} if content.startswith(b"x") else {"Content-Encoding": "gzip"}
    server.answer = lambda _: Answer(content, headers=headers)
    message = "127.0.0.1: gave no usable answer: the answer is larger than the limit of 1,000 bytes"
    assert message in _refusal(fetcher, server.url)


def test_an_answer_is_packed_as_asked_or_not_at_all(server: Server, fetcher: Fetcher) -> None:
    server.answer = lambda _: Answer("?", headers={"Content-Encoding": "br"})
    assert "packed in a way that wasn't asked for: br" in _refusal(fetcher, server.url)


def test_a_server_sends_us_elsewhere(server: Server, fetcher: Fetcher) -> None:
    with serving(lambda _: Answer("hello from elsewhere")) as other:
        target = {"Location": f"{other.url}/there#part"}
        server.answer = lambda _: Answer(status=302, headers=target)
        key = replace(SERVICE, key_variable="KEY", key_header="x-api-key")
        fetcher._environment = {"KEY": "secret"}
        assert _read(fetcher, server.url, key) == "hello from elsewhere"
    assert server.asked[0].headers["x-api-key"] == "secret"
    assert (other.asked[0].target, "x-api-key" in other.asked[0].headers) == ("/there", False)


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("/again", "it redirects more than 5 times"),
        ("file:///etc/passwd", "it redirects to an unusable address: 'file:///etc/passwd' isn't"),
        ("ftp://example.org/", "it redirects to an unusable address"),
        ("http://ada:secret@example.org/", "has a user name or password"),
        ("http://[", "unusable address"),
        ("https://[::1", "unusable address"),
        ("javascript:alert(1)", "unusable address"),
    ],
)
def test_a_server_cannot_send_us_anywhere(
    server: Server, fetcher: Fetcher, target: str, reason: str
) -> None:
    server.answer = lambda _: Answer(status=301, headers={"Location": target})
    message = _refusal(fetcher, server.url)
    assert reason in message
    assert len(server.asked) == (6 if target == "/again" else 1)


def test_a_server_cannot_send_us_from_https_to_http() -> None:
    question = Question("https://a.example/x", secret_headers={"key": "k"})
    with pytest.raises(NoAnswerError, match="it redirects from https to http"):
        _elsewhere(question, "http://a.example/y")
    same, other = (_elsewhere(question, to) for to in ("/y", "https://b.example/"))
    assert (same.url, same.secret_headers) == ("https://a.example/y", {"key": "k"})
    assert (other.url, other.secret_headers) == ("https://b.example/", {})


def test_nobody_waits_twice_for_a_connection(
    server: Server, fetcher: Fetcher, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a network, nothing answers at all."""

    def nobody(*_: object, **__: object) -> None:
        raise requests.ConnectTimeout

    monkeypatch.setattr(requests.Session, "request", nobody)
    message = "127.0.0.1: can't be reached: it didn't accept a connection in time"
    assert message in _refusal(fetcher, server.url)
    assert (watch.waits, server.asked) == ([], [])


def test_a_question_with_content_goes_nowhere_else(server: Server, fetcher: Fetcher) -> None:
    server.answer = lambda _: Answer(status=307, headers={"Location": "/other"})
    with pytest.raises(BroadsheetError, match="a question that can't be sent elsewhere"):
        fetcher.read(Question(server.url, content=b"{}"), SERVICE, str)
    assert (server.asked[0].method, server.asked[0].content) == ("POST", b"{}")


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("file:///etc/passwd", "isn't a URL; it must start with https:// or http://"),
        ("http://ada:secret@example.org/", "the URL has a user name or password"),
    ],
)
def test_only_web_addresses_without_passwords_are_asked(
    fetcher: Fetcher, url: str, reason: str
) -> None:
    assert reason in _refusal(fetcher, url)


def test_nobody_listens(fetcher: Fetcher, watch: Watch) -> None:
    with serving(lambda _: Answer()) as gone:
        pass
    assert _refusal(fetcher, gone.url) == (
        "127.0.0.1: can't be reached: Connection refused "
        "(check the URL and your connection to the network)"
    )
    assert watch.waits == []


def test_services_are_asked_as_often_as_they_allow(
    server: Server, fetcher: Fetcher, watch: Watch
) -> None:
    patient = replace(SERVICE, pause=3.0)
    for path in ("/1", "/2", "/3", "/3"):
        _read(fetcher, server.url + path, patient)
    assert watch.waits == [3.0, 3.0]
    assert (ARXIV.pause, SEMANTIC_SCHOLAR.pause > 1) == (3.0, True)
    assert all(
        service.pause >= 0.5 and service.address.startswith("https://") for service in SERVICES
    )


def test_the_documentation_says_how_services_are_asked() -> None:
    page = (Path(__file__).parents[2] / "docs/how-to/facts.md").read_text("utf-8")
    rows = re.findall(r"^\| (.*?) \| .* \| (.*) \| (.*) \| (\d+) days? \|$", page, re.MULTILINE)
    assert rows == [
        (found.name, f"{found.pause:g}", f"{found.most}", f"{found.age.days}") for found in SERVICES
    ]
    for found in SERVICES:
        assert found.variable in page
        assert found.key_variable in page


def test_other_addresses_of_services_are_chosen_by_the_environment() -> None:
    environment = {"BROADSHEET_ARXIV_API": "http://mirror.example/"}
    fetcher = Fetcher(Cache(), environment=environment)
    mirror = fetcher.service(ARXIV)
    assert (mirror.address, mirror.pause, mirror.age) == ("http://mirror.example/", 0, ARXIV.age)
    assert fetcher.service(SEMANTIC_SCHOLAR) == SEMANTIC_SCHOLAR
    assert of_host("https://export.arxiv.org/rss/cs.CL").pause == ARXIV.pause
    assert of_host("http://localhost:8000/x").pause == 0


def test_a_key_is_sent_and_kept_nowhere(server: Server, watch: Watch, tmp_path: Path) -> None:
    environment = {
        "BROADSHEET_SEMANTIC_SCHOLAR_KEY": " secret\n",
        "BROADSHEET_SEMANTIC_SCHOLAR_API": server.url,
    }
    environment |= {"BROADSHEET_OPENALEX_KEY": "secret&", "BROADSHEET_OPENALEX_API": server.url}
    fetcher = Fetcher(Cache(tmp_path), environment=environment, clock=watch.clock, limits=PATIENT)
    service = fetcher.service(SEMANTIC_SCHOLAR)
    assert _read(fetcher, service.address, service) == "hello"
    assert server.asked[0].headers["x-api-key"] == "secret"
    other = fetcher.service(OPENALEX)
    assert _read(fetcher, f"{other.address}/works?a=b", other) == "hello"
    assert server.asked[1].query == {"a": "b", "api_key": "secret&"}
    server.answer = lambda _: Answer(status=403)
    assert "secret" not in _refusal(fetcher, f"{other.address}/more", other)
    server.answer = lambda _: Answer(status=302, headers={"Location": "ftp://x.org/"})
    assert "secret" not in _refusal(fetcher, f"{other.address}/again", other)
    assert not any(b"secret" in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def test_an_answer_is_read_in_the_encoding_that_it_names(server: Server, fetcher: Fetcher) -> None:
    latin = {"Content-Type": "text/html; charset=ISO-8859-1"}
    server.answer = lambda _: Answer("Götter".encode("latin-1"), headers=latin)
    assert _read(fetcher, server.url) == "Götter"
    server.answer = lambda _: Answer("Götter".encode("latin-1"))
    assert "isn't UTF-8 text: unexpected byte 0xf6" in _refusal(fetcher, f"{server.url}/other")
    wrong = {"Content-Type": "text/html; charset=no-such-thing"}
    server.answer = lambda _: Answer("Götter", headers=wrong)
    assert _read(fetcher, f"{server.url}/third") == "Götter"


def test_cookies_are_not_kept(server: Server, fetcher: Fetcher) -> None:
    server.answer = lambda _: Answer("hello", headers={"Set-Cookie": "a=b"})
    for path in ("/1", "/2"):
        _read(fetcher, server.url + path)
    assert [asked.headers.get("cookie") for asked in server.asked] == [None, None]


def test_passwords_of_other_programs_stay_where_they_are(
    server: Server, fetcher: Fetcher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login ada password secret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    _read(fetcher, server.url)
    assert "authorization" not in server.asked[0].headers
