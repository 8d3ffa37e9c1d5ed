from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from hosts.host_files import CHECKOUT
from hosts.runner import python_in


@pytest.fixture(scope="session")
def machine(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """How this machine reaches packages. This version of Broadsheet is a wheel in a folder."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    subprocess.run([*build, str(CHECKOUT)], check=True, capture_output=True)
    settings = Path.home() / ".config/pip/pip.conf"
    own = {"PIP_CONFIG_FILE": str(settings)} if settings.exists() else {}
    reach = {k: v for k, v in os.environ.items() if k.lower().endswith("_proxy") or "CERT" in k}
    return {**reach, **own, "PIP_FIND_LINKS": str(folder), "PIP_QUIET": "1"}


@pytest.fixture(scope="session")
def programs(machine: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Python as setup-python sets it up. Without a network, it has this environment's packages."""
    folder = tmp_path_factory.mktemp("python")
    found = python_in(folder)
    needed = [str(found / "pip"), "install", "broadsheet[all]", "mkdocs", "mkdocs-material"]
    environment = {**os.environ, **machine}
    if subprocess.run(needed, env=environment, capture_output=True, check=False).returncode:
        (site,) = folder.glob("lib/python*/site-packages")
        packages = next(path for path in sys.path if path.endswith("site-packages"))
        (site / "offline.pth").write_text(f"{packages}\n")
        offline = '#!/bin/sh\nexec python -m pip "$@" --no-index --no-build-isolation\n'
        (found / "pip").write_text(offline)
    return found
