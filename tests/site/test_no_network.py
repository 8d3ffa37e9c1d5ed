"""Commands that work on files ask nobody for anything."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest
from click.testing import CliRunner
from folders import write_files

from broadsheet.cli import main


def test_importing_checking_building_and_exporting_ask_nobody(
    toy_site: Path, with_fonts: Callable[[Path], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    def refuse(*arguments: Any, **_: Any) -> NoReturn:
        asked.append(arguments)
        raise OSError(101, "Network is unreachable")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.chdir(with_fonts(write_files(toy_site, {"a.jsonl": '{"title": "Boats of Clay"}'})))
    commands = ("import a.jsonl", "check", "build --jobs 1", "export bibtex -o a.bib")
    for command in commands:
        result = CliRunner().invoke(main, command.split())
        assert result.exit_code == 0, result.output
    with pytest.raises(OSError, match="unreachable"):
        socket.create_connection(("papers.example", 80))
    assert len(asked) == 1
