"""A project's corpus as it goes out: checked, with topics, under its address, with its keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from broadsheet.addresses import Site
from broadsheet.citations.keys import KEYS_FILE, keys_of, keys_text, read_keys
from broadsheet.corpus.check import load_and_check
from broadsheet.corpus.topics import fill_topics
from broadsheet.encoding import decode
from broadsheet.errors import BroadsheetError, Level
from broadsheet.model import Corpus
from broadsheet.site.build import _load as load_mkdocs
from broadsheet.site.plugin import site_of
from broadsheet.site.project import Project, shown_path


@dataclass(frozen=True)
class Edition:
    """The corpus, the site's address and names, and the citation keys that are out already."""

    corpus: Corpus
    site: Site
    published_keys: Mapping[str, str]


def edition_of(project: Project) -> Edition:
    """Raises BroadsheetError when the content or the configuration has errors."""
    loaded = load_and_check(project.content, shown_path(project.content))
    errors = [problem for problem in loaded.problems if problem.level is Level.ERROR]
    if errors:
        raise BroadsheetError(*errors)
    site = site_of(load_mkdocs(project, None))
    return Edition(fill_topics(loaded.corpus), site, published_keys(project))


def published_keys(project: Project) -> dict[str, str]:
    """The citation keys that the content folder remembers; none when it has no such file."""
    file = project.content / KEYS_FILE
    if not file.is_file():
        return {}
    return read_keys(decode(file.read_bytes(), shown_path(file)), shown_path(file))


def keep_keys(project: Project, corpus: Corpus) -> bool:
    """Writes the keys of papers that have none kept yet; False when there was nothing to write."""
    known = published_keys(project)
    # Lines of removed and renamed papers stay: their keys must not be given to others.
    keys = known | keys_of(corpus.papers.values(), known)
    if keys == known:
        return False
    (project.content / KEYS_FILE).write_text(keys_text(keys), encoding="utf-8", newline="\n")
    return True
