"""A project's corpus as it goes out: checked, with topics, under its address, with its keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from broadsheet.base.addresses import Site
from broadsheet.base.errors import BroadsheetError, Level
from broadsheet.content.check import load_and_check
from broadsheet.content.model import Corpus
from broadsheet.content.topics import fill_topics
from broadsheet.site.build import load_mkdocs
from broadsheet.site.citation_keys import published_keys
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
    return Edition(fill_topics(loaded.corpus), site, published_keys(project.content))
