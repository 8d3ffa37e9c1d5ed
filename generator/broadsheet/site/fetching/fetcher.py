"""Asking servers with patience: pauses, further attempts, and a cache."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from importlib.metadata import version
from typing import TypeVar
from urllib.parse import urlsplit

from broadsheet.base.cache import Cache
from broadsheet.base.encoding import decode
from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.importers.files import text_of_file
from broadsheet.site.fetching.clock import Clock
from broadsheet.site.fetching.services import Service, chosen
from broadsheet.site.fetching.transport import (
    Answer,
    Limits,
    NoAnswerError,
    Question,
    checked_url,
    exchange,
)
from broadsheet.site.project import Project

Value = TypeVar("Value")

# Tests replace it.
CLOCK = Clock()
_ATTEMPTS = 4
# A server that didn't answer in time rarely does the third time.
_ATTEMPTS_WITHOUT_ANSWER = 2
_LATER = frozenset([429, 502, 503, 504])
_LONGEST_WAIT = 120.0
# A paper that nobody has yet may be there soon.
_AGE_OF_NOTHING = timedelta(minutes=10)


@dataclass(frozen=True)
class Kept:
    """An answer in the cache. The text is None if the server has nothing at the address."""

    on: datetime
    text: str | None


class RefusedError(BroadsheetError):
    """A server has refused to answer a question.

    Attributes:
        status: The status that it answered.
    """

    def __init__(self, problem: Problem, status: int) -> None:
        self.status = status
        super().__init__(problem)


class Fetcher:
    """Asks servers. One that can't be reached isn't tried again."""

    def __init__(
        self,
        cache: Cache,
        *,
        site: str = "",
        contact: str = "",
        environment: Mapping[str, str] | None = None,
        offline: bool = False,
        limits: Limits | None = None,
        clock: Clock | None = None,
    ) -> None:
        """Starts without having asked anyone.

        Args:
            cache: Keeps answers.
            site: The URL of the site that asks.
            contact: An address of mail that servers can complain to.
            environment: Names other addresses of services, and keys.
            offline: Whether to answer from the cache only.
            limits: What an exchange may take.
            clock: The time.
        """
        self.offline = offline
        self._cache = cache.below("answers")
        self._environment = environment or {}
        self._limits, self.clock = limits or Limits(), clock or CLOCK
        self._agent = agent_of(site, contact)
        self._asked: dict[str, float] = {}
        self._unreachable: dict[str, BroadsheetError] = {}

    def service(self, service: Service) -> Service:
        """Returns a service at the address that the environment names, if it does."""
        return chosen(service, self._environment)

    def read(
        self,
        question: Question,
        service: Service,
        reader: Callable[[str], Value],
        *,
        keep: bool = True,
    ) -> Value | None:
        """Returns what a server answers, or None if it has nothing at the address.

        Answers that can't be read aren't kept, and if there are some in the cache, they are asked
        for again.

        Args:
            question: What to ask.
            service: Whom.
            reader: Reads the answer, or raises BroadsheetError.
            keep: Whether to keep the answer and look for it in the cache.

        Raises:
            BroadsheetError: There is no answer, or it can't be read.
        """
        kept = self.recall(question.name, service) if keep else None
        if kept:
            try:
                return None if kept.text is None else reader(kept.text)
            except BroadsheetError:
                pass
        text = self._asked_for(question, service)
        value = None if text is None else reader(text)
        if keep:
            self.remember(question.name, text)
        return value

    def recall(self, name: str, service: Service) -> Kept | None:
        """Returns an answer from the cache, unless it's too old. Offline, no answer is."""
        kept = _unpacked(self._cache.found(_hashed(name)))
        if kept is None or self.offline:
            return kept
        age = service.age if kept.text is not None else _AGE_OF_NOTHING
        is_fresh = timedelta(0) <= self.clock.now() - kept.on < age
        return kept if is_fresh else None

    def remember(self, name: str, text: str | None) -> None:
        """Keeps an answer in the cache, or that there is none."""
        packed = json.dumps({"on": self.clock.now().isoformat(), "text": text})
        self._cache.put(_hashed(name), packed.encode())

    def _asked_for(self, question: Question, service: Service) -> str | None:
        host = urlsplit(question.url).hostname or question.url
        if self.offline:
            advice = "run the command again without --offline"
            raise _error(host, "the answer isn't in the cache", advice)
        if service.name in self._unreachable:
            raise self._unreachable[service.name]
        try:
            answer = self._patiently(question, service)
        except NoAnswerError as error:
            what = "gave no usable answer" if error.was_reached else "can't be reached"
            problem = _error(host, f"{what}: {error}", error.advice)
            self._unreachable[service.name] = problem
            raise problem from error
        if answer.status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
            return None
        if answer.status != HTTPStatus.OK:
            raise RefusedError(Problem(host, 0, "", *_refused(answer)), answer.status)
        return _text(answer, host)

    def _patiently(self, question: Question, service: Service) -> Answer:
        """Asks until there is an answer, or no hope for one."""
        try:
            url = checked_url(question.url)
        except ValueError as error:
            raise NoAnswerError(str(error), was_reached=False) from error
        asked = self._with_key(replace(question, url=url), service)
        jitter = random.Random(question.name)  # noqa: S311 - spreads attempts, hides nothing
        for attempt in range(1, _ATTEMPTS + 1):
            self._pause(service)
            wait = jitter.uniform(0.5, 1.0) * 2**attempt
            try:
                answer = exchange(asked, self._agent, self._limits, self.clock.running)
            except NoAnswerError as error:
                if not error.again or attempt >= _ATTEMPTS_WITHOUT_ANSWER:
                    raise
            else:
                if answer.status not in _LATER or attempt == _ATTEMPTS:
                    return answer
                wait = max(wait, _told_to_wait(answer, self.clock.now()))
                if wait > _LONGEST_WAIT:
                    return answer
            self.clock.wait(wait)
        raise AssertionError("the last attempt returns or raises")

    def _with_key(self, question: Question, service: Service) -> Question:
        """Returns a question with the key of a service, if the environment has one."""
        key = self._environment.get(service.key_variable, "").strip()
        headers = {service.key_header: key} if key and service.key_header else {}
        parameters = {service.key_parameter: key} if key and service.key_parameter else {}
        return replace(question, secret_headers=headers, secret_parameters=parameters)

    def _pause(self, service: Service) -> None:
        """Waits until a service may be asked again."""
        if service.name in self._asked:
            left = self._asked[service.name] + service.pause - self.clock.running()
            if left > 0:
                self.clock.wait(left)
        self._asked[service.name] = self.clock.running()


def agent_of(site: str, contact: str) -> str:
    """Returns how Broadsheet introduces itself, with the site and the contact that are known."""
    is_public = site.isascii() and site.startswith(("https://", "http://"))
    who = [f"+{site}"] if is_public and not any(c.isspace() or c in "();" for c in site) else []
    who += [f"mailto:{contact}"] if contact else []
    name = f"broadsheet/{version('broadsheet')}"
    return f"{name} ({'; '.join(who)})" if who else name


def fetcher_of(
    project: Project, environment: Mapping[str, str], *, offline: bool = False
) -> Fetcher:
    """Returns a fetcher that keeps answers in a project's cache."""
    cache = Cache(project.cache if project.config_file.exists() else None)
    return Fetcher(
        cache,
        site=project.url,
        contact=project.settings.contact,
        environment=environment,
        offline=offline,
    )


def _hashed(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def _unpacked(content: bytes | None) -> Kept | None:
    try:
        found = json.loads(content or b"")
        kept = Kept(datetime.fromisoformat(found["on"]), found["text"])
    except (ValueError, KeyError, TypeError):
        return None
    is_whole = kept.on.tzinfo is not None and isinstance(kept.text, str | None)
    return kept if is_whole else None


def _told_to_wait(answer: Answer, now: datetime) -> float:
    """Returns how many seconds a server wants us to wait: a number, or until a date."""
    told = answer.headers.get("retry-after", "").strip()
    if told.isdecimal():
        return float(told)
    try:
        until = parsedate_to_datetime(told)
        return max((until - now).total_seconds(), 0.0)
    except (TypeError, ValueError):
        return 0.0


def _refused(answer: Answer) -> tuple[str, str]:
    """Returns what is wrong about an answer, and what to do."""
    phrase = next((s.phrase for s in HTTPStatus if s == answer.status), "unknown status")
    message = f"answered {answer.status} ({phrase})"
    if answer.status in _LATER:
        told = answer.headers.get("retry-after", "").strip()
        when = f"in {told} seconds" if told.isdecimal() else "later"
        return message, f"it has too much to do; run the command again {when}"
    if answer.status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        return message, "it refuses to answer; check the address and the key, if it needs one"
    if answer.status == HTTPStatus.NOT_ACCEPTABLE:  # some services answer so if they're busy
        return message, "run the command again later, or check the address"
    is_theirs = answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR
    return message, "run the command again later" if is_theirs else "check the address"


def _text(answer: Answer, host: str) -> str:
    """Returns the text of an answer, in the encoding that it names, or else UTF-8."""
    kind, _, parameters = answer.headers.get("content-type", "").partition(";")
    name = parameters.lower().partition("charset=")[2].partition(";")[0].strip(" \"'")
    if name and kind.startswith("text/") and name not in ("utf-8", "utf8"):
        try:
            return decode(answer.content.decode(name).encode(), host)
        except (LookupError, UnicodeError):
            pass
    return text_of_file(answer.content, host)


def _error(host: str, message: str, advice: str) -> BroadsheetError:
    return BroadsheetError(Problem(host, 0, "", message, advice))
