"""Running a program that reads a prompt and prints text."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.base.text import shortened


@dataclass(frozen=True)
class Program:
    """A program with its arguments.

    Attributes:
        words: The program and its arguments.
        folder: The folder that it runs in.
        place: Where the command was given, for errors.
    """

    words: tuple[str, ...]
    folder: Path
    place: Problem

    @property
    def name(self) -> str:
        """The name of the program, without its folder and arguments."""
        return Path(self.words[0]).name

    def ask(self, prompt: str, seconds: float) -> str:
        """Returns what the program prints when it reads a prompt.

        Raises:
            BroadsheetError: It can't be run, fails, takes too long or prints no UTF-8.
        """
        try:
            # The owner of the site chose the program. There's no shell between it and us.
            done = subprocess.run(  # noqa: S603
                self.words,
                input=prompt.encode(),
                capture_output=True,
                cwd=self.folder,
                timeout=seconds,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            advice = "allow it more with --timeout"
            raise self._refusal(f"took more than {seconds:g} seconds", advice) from error
        except OSError as error:
            raise self._refusal(f"can't be run: {error.strerror}") from error
        if done.returncode:
            lines = done.stderr.decode(errors="replace").strip().splitlines()
            said = f": {shortened(lines[-1])}" if lines else ""
            raise self._refusal(f"failed with exit code {done.returncode}{said}")
        try:
            return done.stdout.decode()
        except UnicodeDecodeError as error:
            raise self._refusal("printed text that isn't UTF-8") from error

    def _refusal(self, message: str, advice: str = "") -> BroadsheetError:
        place = self.place
        message = f"{self.name!r} {message}"
        return BroadsheetError(Problem(place.file, place.line, place.field, message, advice))


def _words(command: str) -> tuple[str, ...]:
    """Returns the words of a command. On Windows, a backslash is part of a path."""
    if sys.platform != "win32":
        return tuple(shlex.split(command))
    return tuple(word.strip("\"'") for word in shlex.split(command, posix=False))


def program(command: str, folder: Path, place: Problem) -> Program:
    """Returns the program that a command names.

    Args:
        command: The command, with quotes as in a shell.
        folder: The folder that it runs in, which relative paths start from.
        place: Where the command was given, for errors.

    Raises:
        BroadsheetError: There is no such program, or the quotes don't match.
    """
    try:
        words = _words(command)
    except ValueError as error:
        message = f"can't be read as a command: {error}".lower()
        raise BroadsheetError(Problem(place.file, place.line, place.field, message)) from error
    name = words[0] if words else ""
    is_path = "/" in name or (os.altsep and os.sep in name)
    found = shutil.which(str(folder / name) if is_path else name) if name else None
    if not found:
        message = f"there is no program {name!r}"
        advice = "install it, or give its path"
        raise BroadsheetError(Problem(place.file, place.line, place.field, message, advice))
    return Program((found, *words[1:]), folder, place)
