"""What Broadsheet adds to MkDocs: `python benchmarks/build.py [ROUNDS]`.

Builds the bundled content with `broadsheet build`, and the Markdown that it generated with
`mkdocs build` alone (same theme, same extensions, no plugin), in turns and in one run. Prints
the median CPU seconds of each and their ratio; the bound is 2. A first build is one of a copy
without `.broadsheet`, which makes what later ones keep: its cost is shown beside them.
"""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

from broadsheet.site.build import load_mkdocs
from broadsheet.site.loading import load_project, site_of
from broadsheet.site.plugin import generated
from broadsheet.site.project import find_project

ROOT = Path(__file__).resolve().parent.parent
BOUND = 2.0
# The theme's templates need words and colors, which the plugin gives them otherwise.
THEME_HOOK = """
from pathlib import Path
from broadsheet.site.loading import site_of
from broadsheet.site.project import find_project
from broadsheet.site.theme import fill_theme

def on_env(env, config, files):
    project = find_project(Path(config.config_file_path), needs_config=True)
    fill_theme(env, site_of(project, config))
    return env
"""


def cpu_seconds(command: list[str], folder: Path) -> float:
    """User and system time of a command; less shaken by other work than time on the wall."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run(command, cwd=folder, check=True, capture_output=True, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)


def write_markdown(folder: Path) -> None:
    """Writes the Markdown that Broadsheet generates from the bundled content."""
    project = find_project(ROOT / "mkdocs.yml", needs_config=True)
    config = load_mkdocs(project, None)
    made = generated(project, load_project(project), site_of(project, config), lambda _: None)
    for name, content in made.docs.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def plain_config(work: Path) -> Path:
    """The site's configuration without our plugin, over Markdown that is there already."""
    (work / "hook.py").write_text(THEME_HOOK, "utf-8")
    write_markdown(work / "docs")
    text = (ROOT / "mkdocs.yml").read_text("utf-8").replace("!ENV [", "[")
    config = yaml.safe_load(text)
    config["docs_dir"] = str(work / "docs")
    config["site_dir"] = str(work / "plain")
    config["site_url"] = "http://127.0.0.1:8000/"
    config["repo_url"] = "https://github.com/example/llm-papers"
    config["theme"]["custom_dir"] = str(ROOT / "site_templates" / "theme")
    config["plugins"] = []
    config["hooks"] = [str(work / "hook.py")]
    file = work / "mkdocs.yml"
    file.write_text(yaml.safe_dump(config, sort_keys=False), "utf-8")
    return file


def unbuilt_copy(folder: Path) -> Path:
    """The project as it is in a fresh clone."""
    for part in ("content", "site_templates"):
        shutil.copytree(ROOT / part, folder / part)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    return folder


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    tool = [sys.executable, "-m"]
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        ours = [*tool, "broadsheet", "build", "--site-dir", str(work / "ours")]
        cpu_seconds(ours, ROOT)  # warms the caches of files
        plain = [*tool, "mkdocs", "build", "--quiet", "-f", str(plain_config(work))]
        cpu_seconds(plain, work)
        first = cpu_seconds([*tool, "broadsheet", "build"], unbuilt_copy(work / "first"))
        pairs = [(cpu_seconds(ours, ROOT), cpu_seconds(plain, work)) for _ in range(rounds)]
    whole, alone = (statistics.median(times) for times in zip(*pairs, strict=True))
    ratio = statistics.median(one / other for one, other in pairs)
    print(
        f"broadsheet build {whole:.2f} s, mkdocs build alone {alone:.2f} s (CPU, {rounds} rounds)"
    )
    print(f"ratio {ratio:.2f} (bound {BOUND}); a first build {first:.2f} s")
    sys.exit(ratio > BOUND)


if __name__ == "__main__":
    main()
