"""Builds an index of a generated corpus and prints its cost as JSON: build_once.py SYSTEM SIZE.

This is a separate process, so that its peak memory is that of one system alone.
"""

from __future__ import annotations

import json
import re
import sys
import time
from pathlib import Path

from corpora import generated
from oracle import whole_index

from broadsheet.outputs.search import build_search


def _peak() -> float:
    """Returns peak memory in GiB; `ru_maxrss` would include that of the parent process."""
    status = Path("/proc/self/status").read_text("ascii")
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    assert found
    return int(found[1]) / 2**20


def main() -> None:
    system, size = sys.argv[1], int(sys.argv[2])
    documents = list(generated(size))
    started = time.process_time()
    if system == "broadsheet":
        build_search(documents)
    else:
        json.dumps(whole_index(documents).serialize(), separators=(",", ":"))
    seconds = time.process_time() - started
    cost = {"seconds": seconds, "peak_gib": _peak()}
    print(json.dumps(cost))


if __name__ == "__main__":
    main()
