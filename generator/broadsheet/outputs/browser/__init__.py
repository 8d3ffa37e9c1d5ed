"""The scripts and style sheets for the browser, minified.

The scripts are the ES modules in `site_templates/browser`. Two more modules are written by Python,
`contract.js` and `search/contract.js`, with everything that Python and the scripts share.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rcssmin import cssmin
from rjsmin import jsmin

from broadsheet.outputs.browser.bundles import bundled
from broadsheet.outputs.browser.contract import CONTRACT, contract
from broadsheet.outputs.browser.scripts import FOLDER, Modules, Scripts, start_path
from broadsheet.outputs.browser.search_contract import SEARCH_CONTRACT, search_contract
from broadsheet.outputs.pages.kinds import KINDS

__all__ = [
    "FOLDER",
    "Modules",
    "Scripts",
    "browser_files",
    "contracts",
    "published_style",
    "single_modules",
    "start_path",
]

# A service worker only controls pages in its folder, so it must be in the site's root.
WORKER = "service-worker.js"


def browser_files(sources: Path) -> Mapping[str, bytes]:
    """Returns all scripts by path in the site. `sources` is the folder of their sources."""
    modules = Modules(sources)
    files = _minified(bundled(_texts(sources), modules.bundles))
    kinds = ("", *KINDS)
    return files | {start_path(kind): modules.of_page(kind).start.encode() for kind in kinds}


def single_modules(sources: Path) -> Mapping[str, bytes]:
    """Returns all modules by path in the site, each in a file of its own, for tests."""
    return _minified(_texts(sources))


def published_style(text: str) -> str:
    """Returns a minified style sheet."""
    return f"{cssmin(text)}\n"


def contracts() -> Mapping[str, str]:
    """Returns the modules that Python writes, by path relative to the other modules."""
    return {CONTRACT: contract(), SEARCH_CONTRACT: search_contract()}


def _texts(sources: Path) -> dict[str, str]:
    scripts = {path.relative_to(sources).as_posix(): path for path in sorted(sources.rglob("*.js"))}
    return {name: path.read_text("utf-8") for name, path in scripts.items()} | dict(contracts())


def _minified(texts: Mapping[str, str]) -> dict[str, bytes]:
    return {_path(name): f"{jsmin(text)}\n".encode() for name, text in texts.items()}


def _path(name: str) -> str:
    return name if name == WORKER else f"{FOLDER}/{name}"
