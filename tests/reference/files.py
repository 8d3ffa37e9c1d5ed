"""Renders docs/reference/files.md: the files of a built site.

`test_reference.py` compares the patterns with the files of real sites.
"""

from __future__ import annotations

from reference.tables import table

# Patterns of paths, with what they are. <…> stands for one part of a path, ** for several.
FILES = {
    "Pages": {
        "index.html": "the front page",
        "weeks/index.html": "all weeks",
        "weeks/<week>/index.html": "a week",
        "topics/index.html": "all topics",
        "topics/<topic>/index.html": "a topic",
        "papers/index.html": "all papers",
        "papers/<paper>/index.html": "a paper",
        "archive/<month>/index.html": "the papers of a month or a year",
        "collections/index.html": "all collections",
        "collections/<collection>/index.html": "a collection",
        "authors/index.html": "the authors with pages",
        "authors/<author>/index.html": "the papers of an author",
        "digests/<digest>/index.html": "the issues of a digest, if there are several",
        "**/page-<number>/index.html": "a further page of a long list",
        "search/index.html": "search",
        "saved/index.html": "what a reader has saved",
        "trends/index.html": "trends",
        "map/index.html": "the map",
        "about/index.html": "about the site",
        "corrections/index.html": "all corrections, if there are any",
        "data/index.html": "the downloads",
        "feeds/index.html": "the feeds",
        "404.html": "what is shown for an address without a page",
        "503.html": "what is shown while a reader is offline",
        "**/index.html": "pages that you write by hand, at the path of their file",
    },
    "For programs": {
        "**/index.md": "the same page as Markdown; lists have all their papers in it",
        "llms.txt": "what is where, for language models",
        "api/v1/**.json": "[the JSON API](api.md)",
        "data/papers.<format>": "all papers, in each of the [formats](formats.md)",
        "data/README.md": "the dataset card",
        "data/datasette.json": "how Datasette shows the database",
        "data/statistics.json": "counts by month and topic",
        "weeks/<week>/papers.<format>": "the citations of a week",
        "topics/<topic>/papers.<format>": "the citations of a topic",
        "collections/<collection>/papers.<format>": "the citations of a collection",
        "sitemap.xml": "all pages, for search engines",
        "robots.txt": "where the sitemap is",
    },
    "Feeds": {
        "feeds/all.xml": "Atom: everything",
        "feeds/all.json": "JSON Feed: everything",
        "feeds/all.opml": "OPML: all feeds",
        "<list>/<name>/feed.xml": "Atom: a topic, a collection or an author",
    },
    "For the pages themselves": {
        "assets/**": "styles, scripts, fonts and icons",
        "cards/**.png": "pictures for link previews",
        "search/index/**": "the search index",
        "reading/**.json": "what is new, and what saved papers show",
        "map/points.json": "the points of the map",
        "manifest.webmanifest": "the name and icons of the site as an app",
        "service-worker.js": "shows pages offline",
        "_headers": "the security headers, for hosts that read this file",
    },
}
_HEAD = """\
# Files and addresses of a built site

Addresses are a promise: they stay as they are from version to version. A renamed paper keeps its
old address as a redirect. `<…>` stands for a name, and `**` for any path.
"""


def page() -> str:
    """The whole page."""
    parts = [_HEAD]
    for title, files in FILES.items():
        rows = [(f"`{path}`", meaning) for path, meaning in files.items()]
        parts.append(f"## {title}\n\n{table(('file', 'what it is'), rows)}")
    return "\n".join(parts)
