"""Everything that a site consists of, made in memory without MkDocs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from broadsheet.base.files import FILE_LIMIT
from broadsheet.edition import Edition
from broadsheet.outputs.api.files import PAGE_SIZE, api_paper, api_tasks, manifest
from broadsheet.outputs.citation_files import all_citations, citation_tasks
from broadsheet.outputs.datasets.files import MANIFEST, data_tasks
from broadsheet.outputs.pages import Page
from broadsheet.outputs.pages.render import renderer
from broadsheet.outputs.task import Task
from broadsheet.outputs.templates import templates_folder
from broadsheet.site.generate import generate


@dataclass(frozen=True)
class Made:
    """Pages by the path of their Markdown, their HTML and twins by address, and other files."""

    pages: Mapping[str, Page]
    html: Mapping[str, str]
    twins: Mapping[str, str]
    files: Mapping[str, bytes]


def files_of(tasks: Iterable[Task]) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for task in tasks:
        files |= task.make()
    return files


def api_files(edition: Edition, page_size: int = PAGE_SIZE) -> dict[str, bytes]:
    files = files_of(api_tasks(edition, page_size))
    for slug in edition.papers:
        files |= api_paper(edition, slug)
    return files


def data_files(edition: Edition, limit: int = FILE_LIMIT) -> dict[str, bytes]:
    return files_of(data_tasks(edition, limit))


def citation_files(edition: Edition, limit: int = FILE_LIMIT) -> dict[str, bytes]:
    return {**files_of(citation_tasks(edition)), **all_citations(edition, limit)}


def made_of(edition: Edition) -> Made:
    made = generate(edition, renderer(templates_folder()))
    files = files_of(made.tasks)
    for plan in made.plans.values():
        files |= plan.beside()
    made.sizes.update({path: len(content) for path, content in files.items()})
    pages = {source: plan.make() for source, plan in made.plans.items()}
    twins = {page.address: made.twin(page) for page in pages.values()}
    return Made(
        pages=pages,
        html={page.address: made.html(page) for page in pages.values()},
        twins=twins,
        files={**files, "llms.txt": twins[""].encode(), MANIFEST: manifest({})},
    )
