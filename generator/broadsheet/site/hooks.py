"""Events of a build, at which packages that a site names change its content or add files.

MkDocs has hooks and plugins of its own, which see pages. These see what pages are made from.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePosixPath

from pydantic import BaseModel, ValidationError

from broadsheet.base.errors import BroadsheetError, Level, Problem, suggest
from broadsheet.base.extensions import HOOKS, code_of, extensions, failure, guarded
from broadsheet.content.check import check
from broadsheet.content.load import Loaded
from broadsheet.content.model import Collection as PaperCollection
from broadsheet.content.model import Corpus, Issue, Paper, Place, Topic
from broadsheet.content.yaml_text import Lines
from broadsheet.edition import Edition
from broadsheet.outputs.task import FilesByPath, Task
from broadsheet.site.docs_folder import unusual_name
from broadsheet.site.project import Project, shown_path

_TASK = "hook "


@dataclass(frozen=True)
class Hook:
    """What a package does while a site is built, at one or more of these events.

    Attributes:
        name: The name by which `extra.broadsheet.hooks` asks for it.
        description: What it does, in one line.
        on_corpus: Gets the content when it has been loaded and checked, and returns the content
            that everything is made from. Previews have drafts, too; builds don't.
        on_edition: Gets the edition, which is the content worked out, and returns more files of the
            site by path.
        on_site: Gets the folder of the whole site before it takes the place of the old one. It
            changes nothing there. If it raises an exception, the old site stays.
        state: Returns whatever else the results depend on, such as the text of a file or of an
            environment variable. When it changes, everything is made again.
    """

    name: str
    description: str
    on_corpus: Callable[[Corpus], Corpus] = lambda corpus: corpus
    on_edition: Callable[[Edition], Mapping[str, bytes]] = lambda _: {}
    on_site: Callable[[Path], None] = lambda _: None
    state: Callable[[], str] = lambda: ""


def hooks_of(project: Project) -> tuple[Hook, ...]:
    """Returns the hooks that a site names, in its order.

    Raises:
        BroadsheetError: No installed package has such a hook, or one can't be used.
    """
    names = project.settings.hooks
    known = {hook.name: hook for hook in extensions(HOOKS, Hook, ())} if names else {}
    if unknown := [name for name in names if name not in known]:
        file = project.config_file
        message = f"no installed package has the hook {unknown[0]!r}"
        advice = suggest(unknown[0], known) if known else "install the package that has it"
        keys = ("extra", "broadsheet", "hooks")
        line = Lines(file.read_text("utf-8"))(keys) if file.is_file() else 0
        raise BroadsheetError(Problem(shown_path(file), line, ".".join(keys), message, advice))
    return tuple(_guarded(known[name]) for name in dict.fromkeys(names))


def _guarded(hook: Hook) -> Hook:
    guard = partial(guarded, HOOKS, hook.name)
    return replace(
        hook,
        on_corpus=guard(hook.on_corpus, "on_corpus"),
        on_edition=guard(hook.on_edition, "on_edition"),
        on_site=guard(hook.on_site, "on_site"),
        state=guard(hook.state, "state"),
    )


def state_of_hooks(project: Project) -> str:
    """Returns everything that the results of hooks depend on, apart from what they're given."""
    hooks = hooks_of(project)
    return repr([(hook.name, code_of(HOOKS, hook.name), hook.state()) for hook in hooks])


def with_hooks(project: Project, loaded: Loaded) -> Loaded:
    """Returns loaded content as hooks change it.

    Raises:
        BroadsheetError: A hook failed, or returned content that files couldn't have.
    """
    corpus = loaded.corpus
    for hook in hooks_of(project):
        changed = hook.on_corpus(corpus)
        if changed is not corpus:
            corpus = _checked(project, hook, corpus, changed)
    return replace(loaded, corpus=corpus)


def _checked(project: Project, hook: Hook, before: Corpus, after: object) -> Corpus:
    """Returns what a hook has made of the content, if everything else may trust it."""
    if not isinstance(after, Corpus):
        raise failure(HOOKS, hook.name, f"on_corpus returned {type(after).__name__}, not Corpus")
    known = {id(value) for _, value in _values(before)}
    for kind, value in _values(after):
        if id(value) not in known:
            _require_valid(hook, kind, value)
    if any(slug != paper.slug for slug, paper in after.papers.items()):
        raise failure(HOOKS, hook.name, "on_corpus returned a paper under another name")
    after = replace(after, papers=dict(sorted(after.papers.items())))
    named = replace(after, places=_places(before, after, " ".join))
    for problem in check(named, project.content, shown_path(project.content)):
        if problem.level is Level.ERROR:
            raise failure(HOOKS, hook.name, f"on_corpus: {problem}")
    return replace(after, places=_places(before, after, lambda _: ""))


def _places(
    before: Corpus, after: Corpus, name: Callable[[tuple[str, str]], str]
) -> Mapping[tuple[str, str], Place]:
    """Returns where content is defined. What a hook has added has no file, only a name."""
    keys = (
        *(("paper", slug) for slug in after.papers),
        *(("issue", f"{issue.digest}/{issue.name}") for issue in after.issues),
        *(("collection", found.slug) for found in after.collections),
        *(("topic", slug) for slug in after.topics),
    )
    return {key: before.places.get(key) or Place(name(key), 0) for key in keys}


def _values(corpus: Corpus) -> Iterator[tuple[type[BaseModel], object]]:
    """Yields all content with what it has to be."""
    yield from ((Paper, paper) for paper in corpus.papers.values())
    yield from ((Issue, issue) for issue in corpus.issues)
    yield from ((PaperCollection, found) for found in corpus.collections)
    yield from ((Topic, topic) for topic in corpus.topics.values())


def _require_valid(hook: Hook, kind: type[BaseModel], value: object) -> None:
    if not isinstance(value, kind):
        message = f"on_corpus returned {type(value).__name__} in place of {kind.__name__}"
        raise failure(HOOKS, hook.name, message)
    try:
        kind.model_validate(value.model_dump())
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"]))
        name = getattr(value, "slug", "") or getattr(value, "name", "")
        message = f"on_corpus: {kind.__name__.lower()} {name}: {field}: {first['msg']}"
        raise failure(HOOKS, hook.name, message) from error


def hook_tasks(project: Project, edition: Edition) -> Iterator[Task]:
    """Yields a task for the files of each hook.

    Args:
        project: The project.
        edition: The edition, which records what is read of it.
    """
    for hook in hooks_of(project):
        # A number isn't recorded, see ARCHITECTURE.md.
        name = f"{_TASK}{hook.name} {edition.authors_at_least}"
        yield Task(name, partial(_files, hook, edition))


def _files(hook: Hook, edition: Edition) -> FilesByPath:
    found = dict(hook.on_edition(edition))
    for path, content in found.items():
        if not isinstance(content, bytes):
            raise failure(HOOKS, hook.name, f"on_edition: {path}: the content must be bytes")
        parts = PurePosixPath(path).parts
        if not path or path != "/".join(parts) or {"..", "."} & {*parts}:
            raise failure(HOOKS, hook.name, f"on_edition: {path!r} isn't a path inside of the site")
        if what := unusual_name(path):
            raise failure(HOOKS, hook.name, f"on_edition: {what}")
    return found


def refuse_repeated(made: Mapping[str, Iterable[str]], others: Collection[str]) -> None:
    """Refuses files of hooks that a site has anyway.

    Args:
        made: The paths of what tasks have made, by the names of the tasks.
        others: The paths of all other files.

    Raises:
        BroadsheetError: There is such a file.
    """
    hooks = {task: set(paths) for task, paths in made.items() if task.startswith(_TASK)}
    for task, own in hooks.items():
        taken = own.intersection(others)
        for other, paths in made.items():
            if other != task:
                taken |= own.intersection(paths)
        if taken:
            message = f"on_edition: the site already has {min(taken)}"
            raise failure(HOOKS, task.split()[1], message)


def finish(project: Project, folder: Path) -> None:
    """Shows a whole site to hooks, before it's published."""
    for hook in hooks_of(project):
        hook.on_site(folder)
