"""Deploying: puts a built site onto a branch of a Git repository, from which hosts serve it."""

from __future__ import annotations

import subprocess
from contextlib import chdir
from pathlib import Path

from ghp_import import GhpError, ghp_import

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
    with chdir(project.root):
        try:
            ghp_import(str(site), mesg=message, remote=remote, branch=branch, nojekyll=True)
        except (GhpError, subprocess.CalledProcessError) as error:
            reason = getattr(error, "message", "") or str(error)
            advice = f"delete the local branch with `git branch -D {branch}` and try again"
            raise _failure(project, f"can't commit the site: {reason}", advice) from error
    pushed = _git(project, "push", "--quiet", remote, branch)
    if pushed.returncode:
        reason = " ".join(pushed.stderr.split())
        advice = "check that you may push there; the published site is unchanged"
        raise _failure(project, f"can't push {branch} to {remote}: {reason}", advice)


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


def _git(project: Project, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = ["git", *arguments]
    try:
        return subprocess.run(  # noqa: S603 - no shell, and `--` isn't needed for names of remotes
            command, cwd=project.root, capture_output=True, text=True, check=False
        )
    except FileNotFoundError as error:
        raise _failure(project, "Git isn't installed", "install it, then try again") from error


def _failure(project: Project, message: str, advice: str) -> BroadsheetError:
    return BroadsheetError(Problem(shown_path(project.root), 0, "", message, advice))
