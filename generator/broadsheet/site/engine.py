"""The engines that build a site, and which of them this process uses.

ProperDocs is a fork of MkDocs that other packages find under the name of MkDocs. It has to take
that place before anything imports MkDocs. So a process has one engine from its start to its end,
and a variable of its environment names it.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from broadsheet.base.errors import BroadsheetError, Problem

VARIABLE = "BROADSHEET_ENGINE"
_REPLACEMENT = "properdocs.replacement"


@dataclass(frozen=True)
class Engine:
    """What a site is built with.

    Attributes:
        name: Its name on the command line, and that of the extra that installs it.
        title: Its name in texts.
        packages: What it needs beside what Broadsheet always needs.
    """

    name: str
    title: str
    packages: tuple[str, ...] = ()


MKDOCS = Engine("mkdocs", "MkDocs")
PROPERDOCS = Engine("properdocs", "ProperDocs", ("properdocs",))
ZENSICAL = Engine("zensical", "Zensical", ("properdocs", "zensical"))
ENGINES = {engine.name: engine for engine in (MKDOCS, PROPERDOCS, ZENSICAL)}


def use_library() -> None:
    """Lets ProperDocs take the place of MkDocs if the engine of this process needs that."""
    chosen = _chosen()
    if chosen.packages and "mkdocs" not in sys.modules and not _missing(chosen):
        import_module(_REPLACEMENT)


def library() -> Engine:
    """Returns which of MkDocs and ProperDocs this process uses. Both have the same modules."""
    return PROPERDOCS if _REPLACEMENT in sys.modules else MKDOCS


def current() -> Engine:
    """Returns the engine of this process."""
    chosen = _chosen()
    needed = PROPERDOCS if chosen.packages else MKDOCS
    # `mkdocs build` and `properdocs build` are engines, too, whatever the environment names.
    return chosen if needed == library() else library()


def require(engine: Engine) -> None:
    """Makes sure that an engine is installed.

    Raises:
        BroadsheetError: It isn't.
    """
    if _missing(engine):
        message = f"{engine.title} isn't installed"
        advice = f"run `pip install 'broadsheet[{engine.name}]'`"
        raise BroadsheetError(Problem("--engine", 0, engine.name, message, advice))


def _chosen() -> Engine:
    return ENGINES.get(os.environ.get(VARIABLE, ""), MKDOCS)


def _missing(engine: Engine) -> bool:
    return any(find_spec(package) is None for package in engine.packages)
