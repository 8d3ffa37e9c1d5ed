"""Loading a project: its content, its edition and its site."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import partial

from mkdocs.config.defaults import MkDocsConfig

from broadsheet.base.addresses import Site
from broadsheet.base.errors import BroadsheetError, Level
from broadsheet.content.check import load_and_check
from broadsheet.content.drafts import without_drafts
from broadsheet.content.load import Loaded
from broadsheet.edition import Edition, make_edition
from broadsheet.outputs.browser import browser_files
from broadsheet.outputs.browser.words import words_file
from broadsheet.outputs.fonts import font_files
from broadsheet.outputs.pages.render import renderer
from broadsheet.outputs.search import needs_extra
from broadsheet.outputs.security import POLICY, headers_file
from broadsheet.outputs.task import Task
from broadsheet.outputs.templates import compiled, templates_folder
from broadsheet.site.citation_keys import published_keys
from broadsheet.site.generate import Generated, generate
from broadsheet.site.hooks import hook_tasks, state_of_hooks, with_hooks
from broadsheet.site.lock import content_lock
from broadsheet.site.project import Project, Report, shown_path
from broadsheet.site.theme import brand_of
from broadsheet.site.traced import Sources


def load_project(
    project: Project, *, drafts: bool = False, report: Report = lambda _: None
) -> Loaded:
    """Loads and checks the content of a project.

    Args:
        project: The project.
        drafts: Whether to keep drafts.
        report: Gets a line if it has to wait for another command.

    Raises:
        BroadsheetError: The content has errors.
    """
    with content_lock(project.content, report, to_write=False):
        loaded = load_and_check(project.content, shown_path(project.content), project.kept)
    errors = [problem for problem in loaded.problems if problem.level is Level.ERROR]
    if errors:
        raise BroadsheetError(*errors)
    return with_hooks(project, loaded if drafts else published(loaded))


def published(loaded: Loaded) -> Loaded:
    """Returns loaded content without drafts."""
    return replace(loaded, corpus=without_drafts(loaded.corpus))


def edition_of(project: Project, loaded: Loaded, site: Site) -> Edition:
    """Returns the edition of a project's content."""
    keys = published_keys(project.content)
    return make_edition(loaded.corpus, project.settings, site, keys, project.kept)


def site_of(project: Project, config: MkDocsConfig) -> Site:
    """Returns the site as configured in mkdocs.yml, with the colors of its theme."""
    return Site(
        url=config.site_url or "/",
        name=config.site_name,
        description=config.site_description or "",
        language=str(config.theme.get("language") or "en").replace("_", "-"),
        identity=project.settings.identity,
        brand=brand_of(config),
    )


def plan_site(
    project: Project, loaded: Loaded, site: Site, report: Report, policy: str = POLICY
) -> Generated:
    """Plans everything that a site consists of.

    Args:
        project: The project, with its templates and settings.
        loaded: Its content.
        site: The site.
        report: Called with each stage.
        policy: What browsers may do on its pages.
    """
    report("Citing and relating papers")
    edition = edition_of(project, loaded, site)
    known = compiled(project.kept, "of pages", site.words)
    render = renderer(templates_folder(), project.template_overrides, site.words, known)
    if needs_extra(site.language):
        report("To search for all forms of words, run `pip install 'broadsheet[languages]'`")
    cache = project.kept
    made = generate(edition, render, cache, Sources(is_live=cache.memory is not None))
    assets = (
        Task("fonts", partial(font_files, cache.below("fonts"))),
        Task("scripts", partial(browser_files, templates_folder() / "browser")),
        Task("words of scripts", partial(words_file, site.words)),
        Task("headers", partial(headers_file, policy)),
    )
    own = hook_tasks(project, made.sources.edition(edition))
    return replace(made, tasks=(*made.tasks, *assets, *own))


def world_of(project: Project, site: Site, config: MkDocsConfig) -> str:
    """Returns everything that the files of a site are made from, apart from the content."""
    found = hashlib.sha256()
    for folder in filter(None, (templates_folder(), project.template_overrides)):
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            found.update(f"{path.relative_to(folder)}\0".encode() + path.read_bytes())
    settings = project.settings.model_dump_json()
    told = (site, settings, config.repo_url, config.edit_uri, state_of_hooks(project))
    return repr((found.hexdigest(), *told))
