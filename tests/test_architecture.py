"""The floors of the house: what ARCHITECTURE.md promises about imports."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "generator" / "broadsheet"

# From the ground up. A part imports itself and what stands on floors below it.
FLOORS = (
    ("base",),
    ("content",),
    ("importers",),
    ("citations",),
    ("edition",),
    ("outputs",),
    ("site",),
    ("cli",),
    ("__main__", "__init__"),
)
FLOOR = {part: number for number, floor in enumerate(FLOORS) for part in floor}


def test_every_part_of_the_package_has_its_floor() -> None:
    parts = {part_of(path) for path in PACKAGE.rglob("*.py")}
    assert not parts - FLOOR.keys()


def test_no_arrow_runs_up_or_in_a_circle() -> None:
    wrong = [
        f"{path.relative_to(PACKAGE)} imports {imported}"
        for path in PACKAGE.rglob("*.py")
        for imported in imports(path)
        if imported.startswith("broadsheet.") and not is_below(imported, part_of(path))
    ]
    assert not wrong


def test_only_the_conductor_knows_mkdocs() -> None:
    knowing = {
        part_of(path)
        for path in PACKAGE.rglob("*.py")
        if any(imported.split(".")[0] == "mkdocs" for imported in imports(path))
    }
    assert knowing == {"site"}


def test_only_the_command_line_prints() -> None:
    talking = {
        part_of(path)
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("print", "click.echo")
    }
    assert talking == {"cli"}


def test_importers_touch_no_file_and_no_network() -> None:
    outside = {"os", "pathlib", "io", "socket", "urllib.request", "http", "requests", "subprocess"}
    for path in (PACKAGE / "importers").rglob("*.py"):
        assert not outside & set(imports(path)), path
        assert "open(" not in path.read_text("utf-8").replace("reopen(", ""), path


def test_the_corpus_enters_the_edition_and_goes_no_further() -> None:
    """Outputs take the edition: who groups the corpus again soon groups it differently."""
    for path in (PACKAGE / "outputs").rglob("*.py"):
        names = {
            alias.name
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        assert "Corpus" not in names, path


def part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def is_below(imported: str, part: str) -> bool:
    other = imported.split(".")[1]
    return other == part or FLOOR[other] < FLOOR[part]


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            # `from broadsheet import x` imports the part x, not the package.
            if node.module == "broadsheet":
                yield from (f"broadsheet.{alias.name}" for alias in node.names)
            else:
                yield node.module
