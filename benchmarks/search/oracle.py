"""Shared with the tests of search: a whole lunr index, the bundled papers and a server."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[2] / "tests"))
sys.path.append(str(Path(__file__).parents[2] / "tests" / "search"))

from ranges import SendsParts
from samples import bundled
from whole import lunr_script, whole_index

__all__ = ["SendsParts", "bundled", "lunr_script", "whole_index"]
