"""The code for the browser, as the site serves it.

Its sources are the ES modules in `site_templates/browser`. Comments and indentation stay there.
One more module, `contract.js`, is written here: what Python and the scripts must agree on.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rjsmin import jsmin

from broadsheet.outputs.browser.contract import CONTRACT, contract

FOLDER = "assets/broadsheet"
# Its folder is as far as a service worker's power reaches, so it's in the site's root.
WORKER = "service-worker.js"


def browser_files(sources: Path) -> Mapping[str, bytes]:
    """The site's scripts by path in the site, from the folder of their sources."""
    scripts = {path.relative_to(sources).as_posix(): path for path in sorted(sources.rglob("*.js"))}
    texts = {name: path.read_text("utf-8") for name, path in scripts.items()}
    texts[CONTRACT] = contract()
    return {_path(name): f"{jsmin(text)}\n".encode() for name, text in texts.items()}


def _path(name: str) -> str:
    return name if name == WORKER else f"{FOLDER}/{name}"
