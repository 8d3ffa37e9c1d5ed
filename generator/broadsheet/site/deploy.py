"""Deploying: puts a built site onto a branch of a Git repository, from which hosts serve it."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.site.project import Project, shown_path


def deploy(project: Project, site: Path, remote: str, branch: str, message: str) -> None:
    """Commits a built site to a branch and pushes it.

    The branch has only the site, and its working tree is never checked out. Readers see the old
    site until the push is complete.

    Args:
        project: The project, which is in a Git repository.
        site: The folder of the built site.
        remote: The name of the remote to push to.
        branch: The branch that the host serves.
        message: The message of the commit.

    Raises:
        BroadsheetError: There is no repository or no such remote, or the push was refused.
    """
    check_remote(project, remote)
    _commit(project, site, remote, branch, message)
    pushed = _git(project, "push", "--quiet", remote, branch)
    if pushed.returncode:
        reason = " ".join(pushed.stderr.split())
        advice = "check that you may push there; the published site is unchanged"
        raise _failure(project, f"can't push {branch} to {remote}: {reason}", advice)


def _commit(project: Project, site: Path, remote: str, branch: str, message: str) -> None:
    """Commits a site to a local branch. The branch moves in one step, when all of it is there.

    ghp-import and `git fast-import` move it with half of the site if they are killed.
    """
    with tempfile.TemporaryDirectory(prefix="broadsheet-") as folder:

        def git(*arguments: str, text: str = "") -> str:
            done = _git(project, *arguments, text=text, index=Path(folder) / "index")
            if done.returncode:
                reason = " ".join(done.stderr.split())
                advice = "make sure that `git commit` works here, then try again"
                raise _failure(project, f"can't commit the site: {reason}", advice)
            return done.stdout.strip()

        # What's committed are the bytes of the site, whatever the settings of the user are.
        plain = ("-c", "core.autocrlf=false", "-c", f"core.attributesFile={os.devnull}")
        repository = git("rev-parse", "--absolute-git-dir")
        folders = (f"--git-dir={repository}", f"--work-tree={site}", "-C", str(site))
        git(*plain, *folders, "add", "--all", "--force", ".")
        nothing = git("hash-object", "-w", "--stdin")
        # GitHub Pages would leave out files that begin with "_".
        git(
            f"--git-dir={repository}",
            "update-index",
            "--add",
            "--cacheinfo",
            f"100644,{nothing},.nojekyll",
        )
        known = (f"refs/remotes/{remote}/{branch}", f"refs/heads/{branch}")
        found = (_git(project, "rev-parse", "--quiet", "--verify", name).stdout for name in known)
        before = next((name.strip() for name in found if name), "")
        parent = ("-p", before) if before else ()
        commit = git("commit-tree", git("write-tree"), *parent, "-F", "-", text=message)
        git("update-ref", f"refs/heads/{branch}", commit)


def check_remote(project: Project, remote: str) -> None:
    """Checks that a project is in a Git repository with a remote.

    Raises:
        BroadsheetError: It isn't.
    """
    found = _git(project, "remote")
    if found.returncode:
        message = "isn't in a Git repository"
        raise _failure(project, message, "run `git init` and add a remote first")
    if remote not in found.stdout.split():
        message = f"the Git repository has no remote {remote!r}"
        raise _failure(project, message, f"run `git remote add {remote} URL`, or use --remote")


def remote_url(project: Project, remote: str) -> str:
    """Returns the URL of a Git remote, or "" if there is no such remote."""
    return _git(project, "remote", "get-url", remote).stdout.strip()


def _git(
    project: Project, *arguments: str, text: str = "", index: Path | None = None
) -> subprocess.CompletedProcess[str]:
    root = project.root.resolve()
    changed = {"GIT_INDEX_FILE": str(index)} if index else {}
    command = ["git", *arguments]
    try:
        return subprocess.run(  # noqa: S603 - no shell, and `--` isn't needed for names of remotes
            command,
            cwd=root,
            env={**os.environ, **changed},
            input=text,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
    except FileNotFoundError as error:
        raise _failure(project, "Git isn't installed", "install it, then try again") from error


def _failure(project: Project, message: str, advice: str) -> BroadsheetError:
    return BroadsheetError(Problem(shown_path(project.root), 0, "", message, advice))
