"""Redirects from the old addresses of papers."""

from __future__ import annotations

from collections.abc import Mapping

from broadsheet.base.addresses import Site, absolute, paper_url
from broadsheet.base.markup import escape, plain
from broadsheet.content.model import Paper
from broadsheet.edition import Edition

_PAGE = """\
<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<title>{title}</title>
<link rel="canonical" href="{canonical}">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url={target}">
</head>
<body>
<p>{moved}</p>
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


def _redirect(paper: Paper, site: Site) -> bytes:
    title, target = escape(plain(paper.name)), f"../{paper.slug}/"
    return _PAGE.format(
        language=escape(site.words.tag),
        title=title,
        canonical=escape(absolute(site, paper_url(paper.slug))),
        target=target,
        moved=site.words.text(
            'This paper has moved to <a href="%(url)s">%(title)s</a>.', url=target, title=title
        ),
    ).encode()
