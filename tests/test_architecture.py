"""What ARCHITECTURE.md states about the code is true."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "generator" / "broadsheet"
TEMPLATES = ROOT / "site_templates"
MODULES = {
    path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text("utf-8"))
    for path in PACKAGE.rglob("*.py")
}

# The rows of the table in ARCHITECTURE.md, from the ground up. Each names one part.
FLOORS = re.findall(r"^\| `(\w+)/` \|", (ROOT / "ARCHITECTURE.md").read_text("utf-8"), re.MULTILINE)
FLOOR = {part: number for number, part in enumerate(FLOORS)}

# Modules that change files, and why they don't leave that to base/files.py.
WRITERS = {
    "base/change.py": "changes several files as one",
    "base/files.py": "writes every other file",
    "cli/building.py": "serves the site from a temporary folder",
    "outputs/newsletter/journal.py": "makes the folder of a database, which SQLite writes",
    "site/deploy.py": "has Git write an index in a temporary folder",
    "site/lock.py": "makes the folder of the locks, which filelock writes",
    "site/publish.py": "makes, exchanges and removes whole folders",
    "site/trees.py": "completes the folder of a site with files of earlier ones",
    "site/zensical.py": "gives Zensical a temporary folder",
}
CHANGES = re.compile(
    r"chmod|copy2?|copyfile|copytree|hardlink_to|mkdir|makedirs|mkdtemp|move|removedirs|rename|"
    r"rmdir|rmtree|symlink_to|touch|unlink|write_bytes|write_text|"
    r"NamedTemporaryFile|TemporaryDirectory"
)
# Who may call the functions of base/files.py that write.
CALLERS = ("base/cache.py", "cli/", "site/", "content/save.py")

# Dataclasses that change, and what they collect.
BUILDERS = {
    "cli/enriching.py _Outcome": "what enriching has done so far",
    "content/draft.py Draft": "a paper during an import",
    "content/editing.py Editing": "an edit by a command",
    "content/match.py KnownPapers": "papers by what identifies them",
    "content/merge_issues.py ImportedIssues": "issues of an import",
    "content/merge_lists.py ImportedLists": "collections of an import",
    "site/enriching/asking.py Asking": "answers of services, and what went wrong",
    "site/enriching/rounds.py _Round": "the answers about a paper",
    "importers/digest_week.py Week": "what a page lists for a week",
    "importers/digest_week.py _Section": "what a page lists below the headings of a section",
    "importers/digest_entry.py Parts": "what an entry of a list says",
    "importers/digest_entry.py _Piece": "a piece of an entry whose number is taken off",
    "importers/digest_outline.py Part": "what is below a heading of a page",
    "importers/digest_papers.py PapersFound": "the papers below a heading of a page",
    "importers/page.py Page": "a page that is read block by block",
    "importers/digest_papers.py _Entry": "a paper and what follows it on a page",
    "importers/digest_record.py Found": "a paper and what follows it on a page",
    "importers/page_blocks.py _Table": "a table of a page",
    "outputs/search/files.py _Files": "files of the search index",
}

# Style sheets with colors of their own, and why they aren't in the brand.
COLORED_SHEETS = {
    "brand.css": "the brand",
    "map.css": "hues that tell topics apart on the map",
    "print.css": "black on white",
}
COLOR = re.compile(r"(?<![\w&])#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b")


def test_every_part_of_the_package_has_its_floor() -> None:
    assert FLOORS[0] == "base"
    assert {name.split("/")[0] for name in MODULES if "/" in name} == FLOOR.keys()


def test_no_import_goes_up() -> None:
    wrong = [
        f"{name} imports {imported}"
        for name, tree in MODULES.items()
        for imported in imports(tree)
        if "/" in name and imported.startswith("broadsheet.")
        if FLOOR[imported.split(".")[1]] > FLOOR[name.split("/")[0]]
    ]
    assert wrong == []


def test_only_site_imports_mkdocs() -> None:
    knowing = modules_that(lambda tree: any(name.startswith("mkdocs") for name in imports(tree)))
    assert {name.split("/")[0] for name in knowing} == {"site"}


def test_only_the_command_line_prints() -> None:
    printing = modules_that(lambda tree: not {"print", "click.echo"}.isdisjoint(calls(tree)))
    assert {name.split("/")[0] for name in printing} == {"cli"}


def test_importers_open_no_file_and_no_connection() -> None:
    outside = {"os", "pathlib", "io", "socket", "urllib.request", "http", "requests", "subprocess"}
    for name, tree in inside("importers/"):
        assert outside.isdisjoint(imports(tree)), name
        assert "open" not in calls(tree), name


def test_other_servers_are_asked_in_one_module() -> None:
    """It has the limits, and introduces itself. Mail is sent and sites are served elsewhere."""
    clients = ("requests", "urllib.request", "http.client", "urllib3", "httpx")
    asking = modules_that(lambda tree: any(name.startswith(clients) for name in imports(tree)))
    assert asking == {"site/fetching/transport.py"}


def test_the_corpus_goes_into_the_edition_and_no_further() -> None:
    """Outputs take the edition: who groups the corpus again soon groups it differently."""
    for name, tree in inside("outputs/"):
        assert "broadsheet.content.model.Corpus" not in set(imports(tree)), name


def test_text_is_escaped_and_marked_as_safe_in_one_module() -> None:
    marking = {"Markup", "markupsafe.Markup"}
    assert modules_that(lambda tree: not marking.isdisjoint(calls(tree))) == {"base/markup.py"}
    escaping = {"html", "html.escape", "markupsafe.escape", "xml.sax.saxutils"}
    assert modules_that(lambda tree: not escaping.isdisjoint(imports(tree))) == {"base/markup.py"}


def test_files_are_changed_in_a_few_modules_only() -> None:
    assert modules_that(changes_files) == WRITERS.keys()


def test_only_the_command_line_the_site_and_imports_write() -> None:
    names = (
        "replace_file",
        "replace_file_by_parts",
        "FolderWriter",
    )
    writing = {"broadsheet.base.change.make", *(f"broadsheet.base.files.{name}" for name in names)}
    for name in modules_that(lambda tree: not writing.isdisjoint(imports(tree))):
        assert name.startswith(CALLERS), name


def test_colors_are_in_the_brand() -> None:
    """A site that replaces brand.css has no color of ours left except in charts and icons."""
    texts = {name: "\n".join(strings(tree)) for name, tree in MODULES.items()}
    for path in TEMPLATES.rglob("*.*"):
        if path.suffix in (".css", ".html", ".j2", ".js", ".webmanifest"):
            texts[path.name] = path.read_text("utf-8")
    assert {name for name, text in texts.items() if COLOR.search(text)} == COLORED_SHEETS.keys()


def test_values_are_frozen() -> None:
    changing = {
        f"{name} {node.name}"
        for name, tree in MODULES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        if "dataclass" in {ast.unparse(decorator) for decorator in node.decorator_list}
    }
    assert changing == BUILDERS.keys()


def test_files_have_at_most_300_lines() -> None:
    long = [
        path.relative_to(ROOT).as_posix()
        for folder in (PACKAGE, TEMPLATES)
        for path in folder.rglob("*.*")
        if path.suffix in (".py", ".js", ".css", ".j2", ".html")
        if len(path.read_text("utf-8").splitlines()) > 300
    ]
    assert long == []


def test_no_two_test_files_have_the_same_name() -> None:
    """Pytest imports them by name, so the second would keep all tests from running."""
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    assert len(names) == len({*names})


def modules_that(holds: Callable[[ast.Module], bool]) -> set[str]:
    return {name for name, tree in MODULES.items() if holds(tree)}


def inside(folder: str) -> Iterator[tuple[str, ast.Module]]:
    return ((name, tree) for name, tree in MODULES.items() if name.startswith(folder))


def imports(tree: ast.Module) -> Iterator[str]:
    """What a module imports: `from html import escape` is "html" and "html.escape"."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            if node.module != "broadsheet":
                yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def calls(tree: ast.Module) -> set[str]:
    """What a module calls, as it is written there."""
    return {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}


def changes_files(tree: ast.Module) -> bool:
    return any(changes_a_file(node) for node in ast.walk(tree) if isinstance(node, ast.Call))


def changes_a_file(call: ast.Call) -> bool:
    owner, _, name = ast.unparse(call.func).rpartition(".")
    if name == "open":
        given = [*call.args[:2], *(word.value for word in call.keywords if word.arg == "mode")]
        modes = [str(mode.value) for mode in given if isinstance(mode, ast.Constant)]
        return any(re.fullmatch(r"[rwaxbt+]+", mode) and set(mode) & set("wax+") for mode in modes)
    if name == "replace":  # a path's has one argument, a text's has two
        return bool(owner) and len(call.args) == 1
    return bool(owner) and CHANGES.fullmatch(name) is not None


def strings(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
