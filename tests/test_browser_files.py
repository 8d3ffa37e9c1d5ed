"""The site's scripts are published without what only developers need, and agree with Python."""

from __future__ import annotations

import json
import posixpath
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, NotRequired, TypedDict

import pytest
from nodejs import node
from playwright.sync_api import Browser
from toy import EDITION

from broadsheet.outputs.browser import (
    FOLDER,
    Modules,
    browser_files,
    published_style,
    single_modules,
    start_path,
)
from broadsheet.outputs.browser.bundles import Bundle, bundled
from broadsheet.outputs.browser.contract import contract
from broadsheet.outputs.pages.kinds import KINDS
from broadsheet.outputs.templates import templates_folder

SOURCES = templates_folder() / "browser"
CONTRACTS = {"contract.js", "search/contract.js"}

# One process for all of them, because starting it takes longer than parsing.
PARSE = """
const { readdirSync, readFileSync } = require("node:fs");
const { SourceTextModule } = require("node:vm");
const [folder] = process.argv.slice(-1);
const names = readdirSync(folder);
names.forEach((name) => new SourceTextModule(readFileSync(`${folder}/${name}`, "utf8")));
console.log(names.length);
"""


class Point(NamedTuple):
    x: int
    title: str | None


class Shard(TypedDict):
    count: int
    days: dict[str, int]
    points: list[Point]
    pairs: Sequence[tuple[str, float]]
    moved: NotRequired[str]


def test_every_script_is_published_and_parses(tmp_path: Path) -> None:
    names = {path.relative_to(SOURCES).as_posix() for path in SOURCES.rglob("*.js")}
    published = browser_files(SOURCES)
    bundled = [name for bundle in Modules(SOURCES).bundles for name in bundle.modules]
    assert set(bundled) <= names | CONTRACTS
    assert set(published) == {
        *(start_path(kind) for kind in ("", *KINDS)),
        *(f"{FOLDER}/{bundle.name}" for bundle in Modules(SOURCES).bundles),
        *(f"{FOLDER}/{name}" for name in names - set(bundled) if name != "service-worker.js"),
        "service-worker.js",
    }
    for number, content in enumerate(published.values()):
        (tmp_path / f"{number}.js").write_bytes(content)
    options = ["--experimental-vm-modules", "--no-warnings", "--eval", PARSE]
    parsed = subprocess.run([node(), *options, tmp_path], check=True, capture_output=True)
    assert int(parsed.stdout) == len(published)


def test_a_published_script_does_without_comments_and_indentation(tmp_path: Path) -> None:
    (tmp_path / "one.js").write_text(
        "/** Says hello.\n * @param {string} to\n */\nexport function hello(to) {\n"
        "  // Not a comment inside a text:\n  return `// ${to}`;\n}\n"
    )
    published = browser_files(tmp_path)["assets/broadsheet/one.js"].decode()
    assert published == "export function hello(to){return`// ${to}`;}\n"


def test_the_service_worker_is_in_the_root_of_the_site(tmp_path: Path) -> None:
    (tmp_path / "service-worker.js").write_text("self.skipWaiting();\n")
    assert "service-worker.js" in browser_files(tmp_path)


def test_constants_are_exported_under_their_names() -> None:
    text = contract({"HUES": 12, "LISTS": ("a", "b")}, (), ())
    assert "export const HUES = /** @type {const} */ (12);" in text
    assert 'export const LISTS = /** @type {const} */ ([\n  "a",\n  "b"\n]);' in text


def test_rows_and_shapes_get_types() -> None:
    text = contract({}, (Point,), (Shard,))
    _, shard, point = text.split("@typedef {object} ")
    assert "@property {string | null} title\n" in point
    for field in (
        "{number} count",
        "{Record<string, number>} days",
        "{Array<any[]>} points",
        "{Array<[string, number]>} pairs",
        "{string} [moved]",
    ):
        assert f" * @property {field}\n" in shard


@pytest.mark.parametrize(("row", "expected"), [('[1, "A"]', '{"x":1,"title":"A"}')])
def test_a_row_is_read_by_the_names_of_its_fields(tmp_path: Path, row: str, expected: str) -> None:
    (tmp_path / "contract.mjs").write_text(contract({}, (Point,), ()))
    script = tmp_path / "read.mjs"
    script.write_text(
        f'import {{ point }} from "./contract.mjs";console.log(JSON.stringify(point({row})));'
    )
    done = subprocess.run([node(), script], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == expected


def test_a_bundle_has_its_modules_in_order_and_exports_what_others_import(tmp_path: Path) -> None:
    modules = {
        "words.js": "export const text = (one) => `<${one}>`;\nexport const unused = 1;\n",
        "part/store.js": 'import { text } from "../words.js";\n'
        'export async function read() {\n  return text("read");\n}\n'
        'export const later = () => import("../more.js");\n',
        "more.js": 'import * as store from "./part/store.js";\nexport const all = store;\n',
        "main.js": 'import { later, read } from "./part/store.js";\n'
        "console.log(await read(), Object.keys((await later()).all).join());\n",
    }
    files = bundled(modules, [Bundle("part/both.js", ("words.js", "part/store.js"))])
    assert files.keys() == {"part/both.js", "more.js", "main.js"}
    assert files["part/both.js"].endswith("export { later, read };\n")
    for name, text in {**files, "package.json": '{"type": "module"}'}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    done = subprocess.run(
        [node(), tmp_path / "main.js"], check=True, capture_output=True, text=True
    )
    assert done.stdout.split()[0] == "<read>"
    assert {"later", "read"} <= set(done.stdout.split()[1].split(","))


def test_bundles_import_each_other_under_one_path_and_names_once() -> None:
    modules = {
        "a.js": "export const a = 1;\n",
        "b/c.js": 'import { a } from "../a.js";\nexport const c = a;\n',
        "b/d.js": 'import {\n  a,\n} from "../a.js";\nimport { c } from "./c.js";\n'
        "export const d = a + c;\n",
    }
    files = bundled(
        modules, [Bundle("one.js", ("a.js",)), Bundle("b/two.js", ("b/c.js", "b/d.js"))]
    )
    assert files == {
        "one.js": "const a = 1;\nexport { a };\n",
        "b/two.js": 'import { a } from "../one.js";\nconst c = a;\nconst d = a + c;\n',
    }


NAMES_OF_BROWSER = "names => names.filter((name) => name in window)"


def test_no_name_in_a_bundle_hides_one_of_the_browser(chromium: Browser) -> None:
    page = chromium.new_page()
    for bundle in Modules(SOURCES).bundles:
        text = "".join(
            (SOURCES / name).read_text("utf-8") for name in bundle.modules if name not in CONTRACTS
        )
        names = re.findall(
            r"^(?:export )?(?:async )?(?:const|let|function\*?|class) ?(\w+)", text, re.MULTILINE
        )
        assert len(names) > 20
        assert page.evaluate(NAMES_OF_BROWSER, names) == []
    page.close()


def test_scripts_write_the_same_ris_as_python(tmp_path: Path) -> None:
    for name, content in single_modules(SOURCES).items():
        if name.endswith(("/ris.js", "/contract.js")) and "search" not in name:
            (tmp_path / Path(name).name).write_bytes(content)
    (tmp_path / "package.json").write_text('{"type": "module"}')
    cited = EDITION.citations.values()
    given = json.dumps([{"citations": {"csl": citation.csl}} for citation in cited])
    (tmp_path / "main.js").write_text(
        f'import {{ risOf }} from "./ris.js";console.log(JSON.stringify({given}.map(risOf)));'
    )
    done = subprocess.run([node(), tmp_path / "main.js"], check=True, capture_output=True)
    assert json.loads(done.stdout) == [citation.ris for citation in cited]


def _fetched(kind: str) -> set[str]:
    """What a browser fetches: the scripts of a page, and what those import in turn."""
    published = browser_files(SOURCES)
    fetched: set[str] = set()
    waiting = set(Modules(SOURCES).of_page(kind).run)
    while waiting:
        path = waiting.pop()
        fetched.add(path)
        text = published[path].decode()
        found = re.findall(r'(?:from|import) *"(\.[^"]+)"', text)
        folder = posixpath.dirname(path)
        waiting |= {posixpath.normpath(posixpath.join(folder, to)) for to in found} - fetched
    return fetched


STYLES = sorted((templates_folder() / "theme/assets/broadsheet").glob("*.css"))
# Spaces and line ends after commas and colons mean nothing.
RULES = """text => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return Array.from(sheet.cssRules, (rule) => rule.cssText.replace(/([,:])\\s+/g, "$1"));
}"""


def test_published_styles_say_the_same_as_their_sources(chromium: Browser) -> None:
    page = chromium.new_page()
    for path in STYLES:
        text = path.read_text("utf-8")
        if "{%" in text:  # the sheet that includes the others
            continue
        rules = page.evaluate(RULES, text)
        assert rules
        assert page.evaluate(RULES, published_style(text)) == rules, path.name
    page.close()


@pytest.mark.parametrize("kind", ["", *KINDS])
def test_one_module_imports_every_module_that_a_page_needs_and_no_other(kind: str) -> None:
    start = start_path(kind)
    folder = posixpath.dirname(start)
    text = browser_files(SOURCES)[start].decode()
    found = re.findall(r'^import "(.+)";$', text, re.MULTILINE)
    named = [posixpath.normpath(posixpath.join(folder, name)) for name in found]
    assert len(named) == len(set(named)) == text.count("\n")
    assert set(named) == _fetched(kind)
    run = Modules(SOURCES).of_page(kind).run
    assert tuple(named[-len(run) :]) == run


def test_a_page_preloads_all_of_its_scripts_or_none() -> None:
    search = Modules(SOURCES).of_page("search")
    paths = {f"{FOLDER}/{name}.js" for name in KINDS["search"].preload}
    assert paths == {*search.run, *search.imported}
    assert [name for name, kind in KINDS.items() if kind.preload] == ["search"]
