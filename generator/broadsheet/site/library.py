"""The files of a site for assistants: those of a built site, or made from a project when needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path

from broadsheet.base.addresses import paper_api
from broadsheet.base.cache import Cache
from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.edition import Edition
from broadsheet.outputs.api.files import API
from broadsheet.outputs.assistants.library import Library
from broadsheet.outputs.pages import source_of
from broadsheet.outputs.pages.render import renderer
from broadsheet.outputs.search.asking.index import FOLDER
from broadsheet.outputs.templates import templates_folder
from broadsheet.site.generate import generate
from broadsheet.site.project import Project, shown_path

_TWIN = "index.md"


def library_of_folder(folder: Path) -> Library:
    """Returns the library of a built site.

    Raises:
        BroadsheetError: The folder has no site.
    """
    if not (folder / API / "manifest.json").is_file():
        message = "isn't a site that Broadsheet has built"
        advice = f"choose the folder that has {API}/, or run `broadsheet build`"
        raise BroadsheetError(Problem(shown_path(folder), 0, "", message, advice))

    root = folder.resolve()

    def read(path: str) -> bytes | None:
        # A site can be somebody else's, with links or names that lead elsewhere.
        file = (root / path).resolve()
        return file.read_bytes() if file.is_relative_to(root) and file.is_file() else None

    return Library(read)


def library_of_edition(edition: Edition, project: Project) -> Library:
    """Returns the library of the site that a project would become."""
    return Library(_Planned(edition, project).read)


class _Planned:
    """The files of a site that isn't built. Each is made when it's read first."""

    def __init__(self, edition: Edition, project: Project) -> None:
        render = renderer(templates_folder(), project.template_overrides, edition.site.words)
        self._made = generate(edition, render, Cache(project.cache))

    def read(self, path: str) -> bytes | None:
        """Returns a file of the site, as far as a library reads it."""
        if path.startswith(FOLDER):
            return self._search.get(path)
        if path.endswith(f"/{_TWIN}"):
            return self._twin(path.removesuffix(_TWIN))
        if path.startswith(paper_api("").removesuffix(".json")):
            return self._paper(path)
        if path.endswith(".html"):
            return self._redirects.get(path)
        return self._lists.get(path)

    def _twin(self, address: str) -> bytes | None:
        plan = self._made.plans.get(source_of(address))
        return self._made.twin(plan.make()).encode() if plan else None

    def _paper(self, path: str) -> bytes | None:
        slug = Path(path).stem
        plan = self._made.plans.get(source_of(f"papers/{slug}/"))
        return plan.beside().get(path) if plan else None

    @cached_property
    def _search(self) -> Mapping[str, bytes]:
        return self._of_tasks(lambda name: name == "search")

    @cached_property
    def _redirects(self) -> Mapping[str, bytes]:
        return self._of_tasks(lambda name: name == "redirects")

    @cached_property
    def _lists(self) -> Mapping[str, bytes]:
        return self._of_tasks(lambda name: name.startswith(API))

    def _of_tasks(self, is_wanted: Callable[[str], bool]) -> Mapping[str, bytes]:
        tasks = [task for task in self._made.tasks if is_wanted(task.name)]
        return {path: content for task in tasks for path, content in task.make().items()}


def state_of_content(project: Project) -> Mapping[str, tuple[int, int]]:
    """Returns the times and sizes of the files of a project that its library is made from."""
    found = [project.config_file, *project.content.rglob("*")]
    states = {path.as_posix(): path.stat() for path in found if path.is_file()}
    return {path: (state.st_mtime_ns, state.st_size) for path, state in states.items()}


class CurrentLibrary:
    """The library of a project, loaded again after each change of its content."""

    def __init__(self, project: Project, load: Callable[[], Library]) -> None:
        """Prepares the library. Loads nothing yet.

        Args:
            project: The project.
            load: Loads its library.
        """
        self._project, self._load = project, load
        self._known: tuple[Mapping[str, tuple[int, int]], Library] | None = None

    def __call__(self) -> Library:
        """Returns the library.

        Raises:
            BroadsheetError: The content has errors.
        """
        state = state_of_content(self._project)
        if self._known is None or self._known[0] != state:
            self._known = state, self._load()
        return self._known[1]
