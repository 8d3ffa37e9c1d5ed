"""The code for the browser, as the site serves it.

Its sources are the ES modules in `site_templates/browser`. Comments and indentation stay there.
Two more modules are written here, `contract.js` and `search/contract.js`: what Python and the
scripts must agree on.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rcssmin import cssmin
from rjsmin import jsmin

from broadsheet.outputs.browser.contract import CONTRACT, contract
from broadsheet.outputs.browser.scripts import FOLDER, Modules, Scripts
from broadsheet.outputs.browser.search_contract import SEARCH_CONTRACT, search_contract

__all__ = ["FOLDER", "Modules", "Scripts", "browser_files", "contracts", "published_style"]

# Its folder is as far as a service worker's power reaches, so it's in the site's root.
WORKER = "service-worker.js"


def browser_files(sources: Path) -> Mapping[str, bytes]:
    """The site's scripts by path in the site, from the folder of their sources."""
    scripts = {path.relative_to(sources).as_posix(): path for path in sorted(sources.rglob("*.js"))}
    texts = {name: path.read_text("utf-8") for name, path in scripts.items()}
    texts |= contracts()
    return {_path(name): f"{jsmin(text)}\n".encode() for name, text in texts.items()}


def published_style(text: str) -> str:
    """A style sheet without comments and indentation."""
    return f"{cssmin(text)}\n"


def contracts() -> Mapping[str, str]:
    """The modules that Python writes, by path in the folder of the others."""
    return {CONTRACT: contract(), SEARCH_CONTRACT: search_contract()}


def _path(name: str) -> str:
    return name if name == WORKER else f"{FOLDER}/{name}"
