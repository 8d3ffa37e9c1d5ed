"""Builds images without a container: the commands of a Dockerfile run in folders.

Base images are this machine. What this doesn't know of a Dockerfile is an error.
"""

from __future__ import annotations

import fnmatch
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

# What an image has at these places is in folders here.
_PLACES = re.compile(r"(?<![\w.])/(?:opt|source|project|usr/share/nginx|etc/nginx)(?=[/\s:$]|$)")


@dataclass
class Stage:
    """A stage of an image.

    Attributes:
        root: The folder with its files.
        variables: Its environment.
        user: Whom its programs run as.
        entry: What it runs, with its arguments.
    """

    root: Path
    variables: dict[str, str] = field(default_factory=dict)
    user: str = "root"
    entry: list[str] = field(default_factory=list)
    here: Path = Path("/")

    def inside(self, text: str) -> str:
        """Returns a text with the places of the image as they are here."""
        return _PLACES.sub(lambda found: f"{self.root}{found[0]}", text)


def built(project: Path, folder: Path, machine: Mapping[str, str]) -> Stage:
    """Builds the image of a project, and returns its last stage."""
    stages: dict[str, Stage] = {}
    for word, rest in _instructions((project / "Dockerfile").read_text("utf-8")):
        if word == "FROM":
            name = rest.partition(" AS ")[2] or "last"
            stage = stages[name] = Stage(folder / name, dict(machine))
        elif word == "COPY":
            _copy(stage, rest, project, stages)
        elif word == "RUN":
            done = subprocess.run(
                ["sh", "-c", stage.inside(rest)],
                cwd=stage.here,
                env={"HOME": str(folder), **stage.variables},
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, f"{rest}\n{done.stdout}{done.stderr}"
        elif word == "WORKDIR":
            stage.here = Path(stage.inside(rest))
            stage.here.mkdir(parents=True, exist_ok=True)
        elif word == "ENV":
            for name, _, value in (pair.partition("=") for pair in rest.split()):
                whole = value.replace("$PATH", stage.variables["PATH"])
                stage.variables[name] = stage.inside(whole)
        elif word == "USER":
            stage.user = rest
        elif word in ("ENTRYPOINT", "CMD"):
            stage.entry += re.findall(r'"([^"]*)"', rest)
        else:
            assert word in ("ARG", "EXPOSE", "HEALTHCHECK"), word
    return stages["last"]


def _instructions(text: str) -> Iterator[tuple[str, str]]:
    joined = re.sub(r"\\\n\s*", "", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE))
    for line in filter(None, joined.splitlines()):
        word, _, rest = line.partition(" ")
        yield word, rest


def _copy(stage: Stage, rest: str, project: Path, stages: Mapping[str, Stage]) -> None:
    *sources, target = rest.split()
    at = Path(stage.inside(target)) if target.startswith("/") else stage.here / target
    if sources[0].startswith("--from="):
        other = stages[sources[0].partition("=")[2]]
        shutil.copytree(other.inside(sources[1]), at, symlinks=True, dirs_exist_ok=True)
        return
    for source in sources:
        if source == ".":
            for name in context(project):
                _place(project / name, at / name)
        else:
            assert source in context(project)
            _place(project / source, at / source if target.endswith("/") else at)


def context(project: Path) -> list[str]:
    """Returns what is at the top of a project and not ignored."""
    rules = (project / ".dockerignore").read_text("utf-8").splitlines()
    names = sorted(path.name for path in project.iterdir())
    for name in tuple(names):
        ignored = False
        for rule in (rule for rule in rules if rule and not rule.startswith("#")):
            if fnmatch.fnmatch(name, rule.removeprefix("!")):
                ignored = not rule.startswith("!")
        if ignored:
            names.remove(name)
    return names


def _place(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(source, target, ignore=ignored, dirs_exist_ok=True)
    else:
        shutil.copyfile(source, target)
