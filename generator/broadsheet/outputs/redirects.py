"""Small pages at the addresses of papers that have moved or were removed."""

from __future__ import annotations

from collections.abc import Mapping

from broadsheet.base.addresses import Site, absolute, paper_url
from broadsheet.base.markup import element, escape, plain
from broadsheet.content.model import Paper
from broadsheet.edition import Edition
from broadsheet.outputs.security import PLAIN_POLICY

_PAGE = """\
<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<title>{title}</title>
<link rel="canonical" href="{canonical}">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url={target}">
</head>
<body>
<p>{moved}</p>
</body>
</html>
"""


_REMOVED = """\
<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>{title}</title>
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
</head>
<body>
<p>{text}</p>
</body>
</html>
"""


def redirect_files(edition: Edition) -> Mapping[str, bytes]:
    """Returns the redirects for all aliases, by path."""
    return {
        f"{paper_url(alias)}index.html": _redirect(paper, edition.site)
        for paper in edition.papers.values()
        for alias in paper.aliases
    }


def removed_files(edition: Edition) -> Mapping[str, bytes]:
    """Returns pages that say that a paper was removed, by path.

    Static hosts can't answer with the status 410, so the pages are for people.
    """
    page = _removed(edition.site)
    return {f"{paper_url(slug)}index.html": page for slug in edition.removed}


def _removed(site: Site) -> bytes:
    title = escape(site.words.text("This paper was removed"))
    home = element("a", site.name, href="../../")
    text = site.words.text("This paper was removed from %(site)s.", site=home)
    tag = escape(site.words.tag)
    return _REMOVED.format(language=tag, policy=PLAIN_POLICY, title=title, text=text).encode()


def _redirect(paper: Paper, site: Site) -> bytes:
    title, target = escape(plain(paper.name)), f"../{paper.slug}/"
    return _PAGE.format(
        language=escape(site.words.tag),
        policy=PLAIN_POLICY,
        title=title,
        canonical=escape(absolute(site, paper_url(paper.slug))),
        target=target,
        moved=site.words.text(
            'This paper has moved to <a href="%(url)s">%(title)s</a>.', url=target, title=title
        ),
    ).encode()
