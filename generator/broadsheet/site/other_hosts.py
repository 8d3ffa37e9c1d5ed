"""What makes browsers ask other hosts: settings, hand-written pages and templates of the project.

The site asks no other host for anything, unless its owner has allowed one in
`extra.broadsheet.allow_hosts`. The policy of its pages then allows exactly these hosts, each for
what it's needed for.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

from mkdocs.config.defaults import MkDocsConfig

from broadsheet.base.errors import Problem, warning
from broadsheet.content.validation import key_path_text
from broadsheet.content.yaml_text import Lines
from broadsheet.outputs.security import policy_with
from broadsheet.site.project import Project, shown_path

# The directive of the policy for each attribute of an element that makes browsers ask.
_ATTRIBUTES = {
    ("script", "src"): "script-src",
    ("img", "src"): "img-src",
    ("img", "srcset"): "img-src",
    ("source", "src"): "media-src",
    ("source", "srcset"): "img-src",
    ("video", "src"): "media-src",
    ("video", "poster"): "img-src",
    ("audio", "src"): "media-src",
    ("track", "src"): "media-src",
    ("iframe", "src"): "frame-src",
    ("embed", "src"): "object-src",
    ("object", "data"): "object-src",
    ("input", "src"): "img-src",
}
_LINKED = {"stylesheet": "style-src", "icon": "img-src", "preload": "", "manifest": "manifest-src"}
_PICTURE = re.compile(r"!\[[^\]\n]*\]\(\s*<?((?:https?:)?//[^)\s>]+)")
# A reference such as `![boat][b]`, and what it stands for: `[b]: https://…`.
_REFERENCE = re.compile(r"!\[([^\]\n]*)\](?:\[([^\]\n]*)\])?")
_DEFINITION = re.compile(r"^ {0,3}\[([^\]\n]+)\]:\s*<?((?:https?:)?//[^\s>]+)", re.MULTILINE)
_URL = re.compile(r"(?:https?:)?//[^\s,]+", re.IGNORECASE)
_FENCED = re.compile(r"^ {0,3}(`{3,}|~{3,}).*?(?:^ {0,3}\1|\Z)", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"(`+)[^`\n]+\1")


@dataclass(frozen=True)
class Request:
    """Something that browsers will ask another host for.

    Attributes:
        host: The host, maybe with a port.
        directive: The directive of the policy that would have to allow it.
        url: The URL.
        file: The file that names it, as problems print it.
        line: Its line.
        field: The setting or the element.
    """

    host: str
    directive: str
    url: str
    file: str
    line: int
    field: str


def outgoing(project: Project, config: MkDocsConfig) -> Iterator[Request]:
    """Yields what browsers will ask other hosts for, as far as files tell.

    What a script of the owner asks for when it runs can't be known. The policy refuses it.
    """
    yield from _of_settings(project, config)
    own = config.theme.custom_dir
    folders = ((Path(config.docs_dir), "*.md"), (Path(config.docs_dir), "*.html"))
    others = ((project.template_overrides, "*.j2"), (Path(own) if own else None, "*.html"))
    for folder, pattern in (*folders, *others):
        for path in sorted(folder.rglob(pattern)) if folder else ():
            if path.is_file():
                text = path.read_text("utf-8", errors="replace")
                yield from requests_in(text, shown_path(path), is_markdown=pattern == "*.md")


def _of_settings(project: Project, config: MkDocsConfig) -> Iterator[Request]:
    file = project.config_file
    line_of = Lines(file.read_text("utf-8", errors="replace").replace("!!python", "!python"))
    named = [
        *((("theme", key), config.theme.get(key), "img-src") for key in ("logo", "favicon")),
        *((("extra_css", n), name, "style-src") for n, name in enumerate(config.extra_css)),
        *(
            (("extra_javascript", n), name, "script-src")
            for n, name in enumerate(config.extra_javascript)
        ),
    ]
    for path, name, directive in named:
        if name and (host := _host(str(name))):
            field = key_path_text(path)
            yield Request(host, directive, str(name), shown_path(file), line_of(path), field)


def requests_in(text: str, file: str, *, is_markdown: bool) -> Iterator[Request]:
    """Yields what a page or template will ask other hosts for.

    Args:
        text: Its text.
        file: Its path, as problems print it.
        is_markdown: Whether it's Markdown, which may have HTML.
    """
    if is_markdown:
        text = _CODE.sub(_blank, _FENCED.sub(_blank, text))
        yield from _pictures(text, file)
    parser = _Elements(file)
    parser.feed(text)
    yield from parser.found


def _blank(found: re.Match[str]) -> str:
    """Leaves only the line ends of code, which is shown and not run."""
    return re.sub(r"[^\n]", " ", found[0])


def _pictures(text: str, file: str) -> Iterator[Request]:
    urls = {name.casefold(): url for name, url in _DEFINITION.findall(text)}
    found = [(match.start(), match[1]) for match in _PICTURE.finditer(text)]
    found += [
        (match.start(), urls[name])
        for match in _REFERENCE.finditer(text)
        if (name := (match[2] or match[1]).casefold()) in urls
    ]
    for start, url in found:
        line = text.count("\n", 0, start) + 1
        yield Request(_host(url), "img-src", url, file, line, "image")


class _Elements(HTMLParser):
    """Collects the elements of a text that make browsers ask other hosts."""

    def __init__(self, file: str) -> None:
        super().__init__()
        self.file = file
        self.found: list[Request] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Looks at the attributes of an element."""
        given = dict(attrs)
        kinds = [_LINKED.get(rel, "") for rel in (given.get("rel") or "").lower().split()]
        for name, value in given.items():
            directive = _ATTRIBUTES.get((tag, name), "")
            if (tag, name) == ("link", "href"):
                directive = next(filter(None, kinds), "")
            for url in _URL.findall(value or "") if directive else ():
                if (value or "").lstrip().startswith(url) or name == "srcset":
                    place = (self.file, self.getpos()[0], f"<{tag}>")
                    self.found.append(Request(_host(url), directive, url, *place))


def _host(url: str) -> str:
    """Returns the host of a URL, or "" if it's on the site itself."""
    try:
        return urlsplit(url).netloc.rpartition("@")[2].lower()
    except ValueError:
        return ""


def unallowed(project: Project, requests: Iterable[Request]) -> Iterator[Problem]:
    """Yields a warning for each request to a host that the owner hasn't allowed."""
    for found in requests:
        if found.host and not _is_allowed(found.host, project):
            message = f"{found.url} is on another host, so readers' browsers don't load it"
            advice = (
                "copy it to docs_dir; or, if that host may know who reads the site, add "
                f"{found.host} to extra.broadsheet.allow_hosts"
            )
            yield warning(found.file, found.line, found.field, message, advice)


def _is_allowed(host: str, project: Project) -> bool:
    return host in project.settings.allow_hosts


def site_policy(project: Project, config: MkDocsConfig) -> str:
    """Returns the policy of a site: it allows the owner's hosts for what they're needed for."""
    hosts: dict[str, set[str]] = defaultdict(set)
    if project.settings.allow_hosts:
        for found in outgoing(project, config):
            if _is_allowed(found.host, project):
                hosts[found.directive].add(found.host)
    # Scripts of another host talk to it.
    hosts["connect-src"] |= hosts["script-src"]
    return policy_with({directive: sorted(names) for directive, names in hosts.items() if names})
