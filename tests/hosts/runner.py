"""Runs the jobs of workflows as a host does: in a new home, without settings of this machine.

Commands really run, in the shell that the workflow names. Of the actions that others have written,
only what our workflows need of them is imitated. Anything that this doesn't know is an error.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

Step = Mapping[str, Any]
# What "run" becomes, as GitHub documents it for a step without a shell, and with one.
SHELLS = {None: "bash -e", "bash": "bash --noprofile --norc -eo pipefail"}
_ADDRESS = re.compile(r"\b[a-z]+(?:\.[\w-]+)+")


@dataclass
class Runner:
    """A machine that runs the jobs of one repository, each in a new workspace.

    Attributes:
        folder: An empty folder of its own.
        origin: The repository.
        programs: The folder of Python, which is what setup-python sets up.
        machine: What commands know of this machine: how to reach packages.
        event: The values of contexts, such as github.ref.
        artifacts: What was uploaded, by name.
        summary: What the job has told in its summary.
        said: What the commands of the last job have printed.
    """

    folder: Path
    origin: Path
    programs: Path
    machine: Mapping[str, str]
    event: dict[str, str]
    artifacts: dict[str, Path] = field(default_factory=dict)
    summary: str = ""
    said: str = ""
    _runs: int = 0

    def run(self, workflow: str, job: str) -> bool:
        """Runs a job, and returns whether it has succeeded."""
        self._runs += 1
        self.said = self.summary = ""
        here = self.folder / "work"  # a path that is the same in every run, as on hosts
        shutil.rmtree(here, ignore_errors=True)
        here.mkdir(parents=True)
        text = subprocess.run(
            ["git", "show", f"HEAD:{workflow}"], cwd=self.origin, check=True, capture_output=True
        ).stdout
        job_ = yaml.safe_load(text)["jobs"][job]
        running = _Job(self, here, self.folder / f"run-{self._runs}", dict(self.event))
        return running.steps(job_["steps"])

    def keep(self, name: str, source: Path) -> None:
        """Keeps what was uploaded."""
        target = self.folder / f"artifact-{self._runs}" / name
        shutil.copytree(source, target)
        self.artifacts[name] = target


@dataclass
class _Job:
    runner: Runner
    here: Path
    files: Path
    context: dict[str, str]
    variables: dict[str, str] = field(default_factory=dict)
    after: list[Callable[[], None]] = field(default_factory=list)

    def steps(self, steps: list[Step]) -> bool:
        """Runs steps, those of actions in this repository, too."""
        ok = True
        for number, step in enumerate(steps):
            if not ok or not self._value(str(step.get("if", "true"))):
                continue
            name = step.get("id", f"step{number}")
            done = self._uses(step, name) if "uses" in step else self._commands(step, name)
            self.context[f"steps.{name}.outcome"] = "success" if done else "failure"
            ok = done or bool(step.get("continue-on-error"))
        while ok and self.after:
            self.after.pop()()
        return ok

    def _commands(self, step: Step, name: str) -> bool:
        self.files.mkdir(exist_ok=True)
        written = {key: self.files / key for key in ("output", "env", "summary", "home")}
        for key in ("output", "env", "summary"):
            written[key].write_text("")
        written["home"].mkdir(exist_ok=True)
        script = self.files / "script.sh"
        script.write_text(step["run"])
        done = subprocess.run(
            [*SHELLS[step.get("shell")].split(), str(script)],
            cwd=self.here,
            env={
                **self.runner.machine,
                "PATH": f"{self.runner.programs}:/usr/bin:/bin",
                "HOME": str(written["home"]),
                "CI": "true",
                "GITHUB_OUTPUT": str(written["output"]),
                "GITHUB_ENV": str(written["env"]),
                "GITHUB_STEP_SUMMARY": str(written["summary"]),
                "GITHUB_ACTION_PATH": str(self.here),
                "GITHUB_SERVER_URL": "https://github.com",
                "GITHUB_REPOSITORY": self.context["github.repository"],
                **self.variables,
                **{key: self._filled(value) for key, value in step.get("env", {}).items()},
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        self.runner.said += done.stdout
        self._outputs(name, _pairs(written["output"]))
        self.variables |= _pairs(written["env"])
        self.runner.summary += written["summary"].read_text()
        return done.returncode == 0

    def _uses(self, step: Step, name: str) -> bool:
        action = step["uses"].partition("@")[0]
        given = {key: self._filled(str(value)) for key, value in step.get("with", {}).items()}
        if action == "./":
            return self._composite(given)
        outputs = {
            "actions/checkout": self._checkout,
            "actions/setup-python": lambda _: {},
            "actions/configure-pages": lambda _: {"base_url": "https://you.github.io/my-digest"},
            "actions/cache": self._cache,
            "actions/upload-artifact": self._upload,
            "actions/upload-pages-artifact": self._upload,
        }[action](given)
        self._outputs(name, outputs)
        return True

    def _composite(self, given: Mapping[str, str]) -> bool:
        action = yaml.safe_load((self.here / "action.yml").read_text("utf-8"))
        assert given.keys() <= action["inputs"].keys()
        for name, described in action["inputs"].items():
            self.context[f"inputs.{name}"] = given.get(name, described["default"])
        return self.steps(action["runs"]["steps"])

    def _checkout(self, given: Mapping[str, str]) -> dict[str, str]:
        subprocess.run(["git", "clone", "-q", str(self.runner.origin), str(self.here)], check=True)
        return {}

    def _upload(self, given: Mapping[str, str]) -> dict[str, str]:
        self.runner.keep(given.get("name", "github-pages"), self.here / given["path"])
        return {"artifact-url": "https://github.com/you/my-digest/artifacts/1"}

    def _cache(self, given: Mapping[str, str]) -> dict[str, str]:
        """Restores and keeps an archive of the form that GitHub uses, which keeps exact times."""
        store = self.runner.folder / "cache"
        store.mkdir(exist_ok=True)
        exact = store / f"{given['key']}.tar"
        starts = [given["key"], *given["restore-keys"].split()]
        found = [path for start in starts for path in sorted(store.glob(f"{start}*.tar"))]
        if found:
            tar = ["tar", "--extract", "--file", str(found[0])]
            subprocess.run(tar, cwd=self.here, check=True)

        def keep() -> None:
            inside = [name for name in given["path"].split() if not Path(name).is_absolute()]
            there = [name for name in inside if (self.here / name).exists()]
            tar = ["tar", "--create", "--posix", "--file", str(exact), *there]
            subprocess.run(tar, cwd=self.here, check=True)

        self.after += [] if exact.exists() else [keep]
        return {}

    def _outputs(self, name: str, outputs: Mapping[str, str]) -> None:
        for key, value in outputs.items():
            self.context[f"steps.{name}.outputs.{key}"] = value

    def _filled(self, text: str) -> str:
        return re.sub(r"\$\{\{(.*?)\}\}", lambda found: str(self._value(found[1])), text)

    def _value(self, expression: str) -> Any:
        """Returns the value of an expression, which is almost one of Python."""
        text = expression.strip().replace("&&", " and ").replace("||", " or ")
        quoted = re.split(r"('[^']*')", text)
        quoted[::2] = [_ADDRESS.sub(lambda f: repr(self._known(f[0])), t) for t in quoted[::2]]
        names = {"hashFiles": self._hash, "true": True, "__builtins__": {}}
        return eval("".join(quoted), names)

    def _known(self, name: str) -> str:
        # A step that was left out has no outputs.
        return self.context.get(name, "") if name.startswith("steps.") else self.context[name]

    def _hash(self, *patterns: str) -> str:
        paths = sorted({p for pattern in patterns for p in self.here.glob(pattern) if p.is_file()})
        return sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()[:16]


def _pairs(file: Path) -> dict[str, str]:
    lines = file.read_text("utf-8").splitlines()
    return {name: value for name, _, value in (line.partition("=") for line in lines)}


def python_in(folder: Path) -> Path:
    """Makes an environment of Python, as setup-python does, and returns its programs."""
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    return folder / "bin"
