"""Work on several cores gives the same results, and the same errors, as on one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from folders import tree, write_files

# Test runners have threads, and a process with threads isn't copied. So each runs on its own.
TASKS = """
import os, sys
from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.site.processes import can_fork, in_processes

def task(number):
    {task}
    return number, os.getpid()

assert can_fork()
results = in_processes([lambda n=n: task(n) for n in range(4)])
assert [number for number, _ in results] == [0, 1, 2, 3]
processes = [process for _, process in results]
assert len(set(processes)) == 4 and processes.index(os.getpid()) == 3
"""


def _run(task: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", TASKS.format(task=task)]
    return subprocess.run(command, check=False, capture_output=True, text=True)


pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux copies processes")


def test_results_come_in_the_order_of_the_tasks_from_as_many_processes() -> None:
    result = _run("pass")
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(
    ("task", "said"),
    [
        ("if number == 2: raise ValueError('the third')", "ValueError: the third"),
        ("if number == 2: raise type('Local', (Exception,), {})('odd')", "Local: odd"),
        ("if number == 2: os._exit(7)", "a process ended without a result (7)"),
        ("raise BroadsheetError(Problem('a.yml', 3, '', 'wrong'))", "Error: a.yml:3: wrong"),
    ],
)
def test_the_exception_of_a_task_is_raised(task: str, said: str) -> None:
    result = _run(task)
    assert result.returncode == 1
    assert said in result.stderr


def _build(project: Path, site: str, jobs: int) -> subprocess.CompletedProcess[str]:
    arguments = ["build", "--jobs", str(jobs), "--site-dir", site]
    command = [sys.executable, "-m", "broadsheet", *arguments]
    return subprocess.run(command, cwd=project, check=False, capture_output=True, text=True)


def test_three_jobs_build_the_same_site_as_one(toy_site: Path) -> None:
    for jobs in (1, 3):
        result = _build(toy_site, f"site-{jobs}", jobs)
        assert result.returncode == 0, result.stderr
        assert result.stderr == ""
    assert tree(toy_site / "site-1") == tree(toy_site / "site-3")


HOOK = """
import logging, os

pages = {}

def on_env(env, config, files):
    env.filters["warned"] = warned
    return env

def warned(text):
    logging.getLogger("mkdocs.hooks").warning("in process %s", os.getpid())
    return text
"""


@pytest.mark.slow
def test_what_is_logged_and_what_fails_in_a_job_is_shown(toy_site: Path) -> None:
    theme = "{% if page and page.url == 'about/' %}{{ page.url|warned }}{% endif %}"
    config = (toy_site / "mkdocs.yml").read_text("utf-8")
    config = config.replace("font: false,", "font: false, custom_dir: over,")
    files = {"mkdocs.yml": f"hooks: [hook.py]\n{config}", "hook.py": HOOK}
    own = '{% extends "broadsheet-page.html" %}{% block content %}{{ super() }}'
    write_files(toy_site, {**files, "over/main.html": f"{own}{theme}{{% endblock %}}"})
    result = _build(toy_site, "site", 2)
    assert result.returncode == 0, result.stderr
    assert result.stderr.count("in process") == 1
    broken = theme.replace("page.url|warned", "1 // 0")
    write_files(toy_site, {"over/main.html": f"{own}{broken}{{% endblock %}}"})
    result = _build(toy_site, "site", 2)
    assert result.returncode == 1
    assert "over/main.html:1: ZeroDivisionError" in result.stderr


def test_a_hook_that_handles_pages_sees_all_of_them(toy_site: Path) -> None:
    hook = """
seen = []

def on_post_page(output, page, config):
    seen.append(page.url)
    return output

def on_post_build(config):
    open(config.site_dir + "/seen.txt", "w").write("\\n".join(seen))
"""
    config = (toy_site / "mkdocs.yml").read_text("utf-8")
    write_files(toy_site, {"mkdocs.yml": f"hooks: [hook.py]\n{config}", "hook.py": hook})
    result = _build(toy_site, "site", 3)
    assert result.returncode == 0, result.stderr
    assert "about/" in (toy_site / "site/seen.txt").read_text("utf-8").split("\n")
