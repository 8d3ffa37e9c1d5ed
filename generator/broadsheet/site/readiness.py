"""Whether a site is ready to be published: its address, its letters, and whether it has shrunk."""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from mkdocs.config.defaults import MkDocsConfig

from broadsheet.base.cache import Cache
from broadsheet.base.errors import BroadsheetError, Level, Problem, warning
from broadsheet.base.text import counted
from broadsheet.content.completeness import incomplete
from broadsheet.content.drafts import without_drafts
from broadsheet.content.load import Loaded
from broadsheet.outputs.api.files import API
from broadsheet.outputs.newsletter.settings import PREFIX
from broadsheet.site.alive import MOST_LOST, lost_problems
from broadsheet.site.appearance import appearance_problems
from broadsheet.site.fetching import Fetcher, Question, of_host
from broadsheet.site.generate import Generated
from broadsheet.site.handwritten import address_collisions, handwritten_problems
from broadsheet.site.loading import plan_site, site_of
from broadsheet.site.mkdocs_config import load_mkdocs
from broadsheet.site.other_hosts import outgoing, unallowed
from broadsheet.site.project import Project, line_of_key, shown_path


def readiness_problems(
    project: Project,
    loaded: Loaded,
    environment: Mapping[str, str],
    published: str | None = None,
    *,
    allow_shrink: bool = False,
) -> Iterator[Problem]:
    """Yields what readers would stumble over, and what's wrong with the site as a whole.

    Args:
        project: The project, with a configuration.
        loaded: Its content, which has no errors.
        environment: The environment variables.
        published: The folder or URL of the published site; by default the folder of the site.
        allow_shrink: Whether the site may have far fewer papers than the published one.

    Raises:
        BroadsheetError: The published site can't be read.
    """
    yield from incomplete(loaded.corpus, project.content, shown_path(project.content))
    try:
        config = load_mkdocs(project, None)
    except BroadsheetError as error:
        yield from error.problems
        return
    yield from handwritten_problems(project, config)
    made = _planned(project, loaded, config)
    yield from address_collisions(config, made.plans)
    yield from address_problems(project, config, environment)
    yield from appearance_problems(project, config)
    yield from unallowed(project, outgoing(project, config))
    yield from letter_problems(environment)
    if not allow_shrink:
        corpus = without_drafts(loaded.corpus)
        if corpus is not loaded.corpus:
            made = _planned(project, replace(loaded, corpus=corpus), config)
        addresses = [plan.address for plan in made.plans.values()]
        yield from lost_problems(project, corpus, addresses, Path(config.site_dir))
        papers = sum(not paper.draft for paper in loaded.corpus.papers.values())
        file = shown_path(project.content)
        try:
            yield from shrink_problems(papers, published or _published(config, environment), file)
        except BroadsheetError as error:
            if published:
                raise
            # A host that doesn't answer now is no fault of the content.
            yield from (problem.as_warning() for problem in error.problems)


def _published(config: MkDocsConfig, environment: Mapping[str, str]) -> str:
    """Returns where the published site is: in CI, where no build came before, at its URL."""
    url = config.site_url or ""
    return url if _is_ci(environment) and not is_local(url) else str(config.site_dir)


def _is_ci(environment: Mapping[str, str]) -> bool:
    return environment.get("CI") in ("true", "1")


def page_problems(project: Project) -> Iterator[Problem]:
    """Yields problems with hand-written pages, whatever is wrong with the content."""
    try:
        config = load_mkdocs(project, None)
    except BroadsheetError as error:
        yield from error.problems
        return
    yield from handwritten_problems(project, config)


def _planned(project: Project, loaded: Loaded, config: MkDocsConfig) -> Generated:
    """Plans the site."""
    # Related papers take long to find, and change no address.
    project = replace(project, settings=project.settings.model_copy(update={"related": 0}))
    return plan_site(project, loaded, site_of(project, config), lambda _: None)


def is_local(url: str) -> bool:
    """Whether only this machine can open a URL."""
    host = urlsplit(url).hostname or ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return not host or host == "localhost" or host.endswith(".localhost")
    return address.is_loopback or address.is_unspecified


def address_problems(
    project: Project, config: MkDocsConfig, environment: Mapping[str, str]
) -> Iterator[Problem]:
    """Yields a problem if the site's URL is missing or local, which is an error in CI.

    Feeds, citations, the site map and letters have full URLs, so nobody else could follow them.
    """
    url = config.site_url or ""
    if not is_local(url):
        return
    level = Level.ERROR if _is_ci(environment) else Level.WARNING
    file, key = project.config_file, "site_url"
    message = f"{url} is only on this machine" if url else "isn't set"
    advice = "set it to the URL of the published site; feeds and letters link to it"
    yield Problem(shown_path(file), line_of_key(file, key), key, message, advice, level)


def letter_problems(environment: Mapping[str, str]) -> Iterator[Problem]:
    """Yields a warning if letters are set up without a way to unsubscribe."""
    if environment.get(f"{PREFIX}MAIL_FROM") and not environment.get(f"{PREFIX}MAIL_UNSUBSCRIBE"):
        advice = "set it to an https or mailto URL; mail services may block letters without one"
        yield warning("environment", 0, f"{PREFIX}MAIL_UNSUBSCRIBE", "isn't set", advice)


def shrink_problems(papers: int, published: str, file: str) -> Iterator[Problem]:
    """Yields an error if there are far fewer papers than on the published site.

    Args:
        papers: The number of papers that a build would publish.
        published: The folder or URL of the published site.
        file: The content folder as problems print it.

    Raises:
        BroadsheetError: The published site can't be read.
    """
    before = published_papers(published)
    if before is not None and papers < before * (1 - MOST_LOST):
        message = f"has {counted(papers, 'paper')}, but the published site has {before:,}"
        advice = "restore what's missing, or use --allow-shrink if it was removed on purpose"
        yield Problem(file, 0, "", message, advice)


def published_papers(published: str) -> int | None:
    """Returns the number of papers of a built site, or None if there is no such site yet.

    Args:
        published: Its folder, or its URL.

    Raises:
        BroadsheetError: It can't be read.
    """
    try:
        text = _read(published)
        return None if text is None else int(json.loads(text)["count"])
    except (BroadsheetError, OSError, ValueError, KeyError, TypeError) as error:
        known = error.problems[0].message if isinstance(error, BroadsheetError) else None
        reason = known or getattr(error, "strerror", None) or error
        advice = "check the address, or leave --published out"
        message = f"can't read how many papers it has: {reason}"
        raise BroadsheetError(Problem(published, 0, "", message, advice)) from error


def _read(published: str) -> str | bytes | None:
    path = f"{API}/papers.json"
    if urlsplit(published).scheme in ("http", "https"):
        url = urljoin(published.rstrip("/") + "/", path)
        return Fetcher(Cache()).read(Question(url), of_host(url), str)
    file = Path(published) / path
    return file.read_bytes() if file.is_file() else None
