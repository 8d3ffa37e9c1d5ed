"""Docstrings of classes, which schemas are made from, also if Python leaves them out (`-OO`)."""

from __future__ import annotations

import ast
import inspect
import sys
from functools import cache


@cache
def keep_docstrings(*modules: str) -> None:
    """Gives the classes of modules the docstrings of their source, if Python left them out."""
    if sys.flags.optimize < 2:
        return
    for name in modules:
        module = sys.modules[name]
        for node in ast.parse(inspect.getsource(module)).body:
            if isinstance(node, ast.ClassDef):
                getattr(module, node.name).__doc__ = ast.get_docstring(node, clean=False)
