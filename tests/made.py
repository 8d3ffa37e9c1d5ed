"""Everything that a site consists of, made in memory without MkDocs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from broadsheet.edition import Edition
from broadsheet.outputs.pages import Page
from broadsheet.outputs.pages.render import renderer
from broadsheet.outputs.templates import templates_folder
from broadsheet.site.generate import generate


@dataclass(frozen=True)
class Made:
    """Pages by the path of their Markdown, their HTML and twins by address, and other files."""

    pages: Mapping[str, Page]
    html: Mapping[str, str]
    twins: Mapping[str, str]
    files: Mapping[str, bytes]


def made_of(edition: Edition) -> Made:
    made = generate(edition, renderer(templates_folder()))
    files: dict[str, bytes] = {}
    for task in (*made.downloads, *made.tasks):
        files |= task.make()
    made.sizes.update({path: len(content) for path, content in files.items()})
    pages = {source: plan.make() for source, plan in made.plans.items()}
    twins = {page.address: made.twin(page) for page in pages.values()}
    return Made(
        pages=pages,
        html={page.address: made.html(page) for page in pages.values()},
        twins=twins,
        files={**files, "llms.txt": twins[""].encode()},
    )
