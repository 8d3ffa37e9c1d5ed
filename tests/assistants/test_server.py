"""The server in a process of its own, asked by the client of the protocol's own package."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import anyio
import jsonschema
import pytest
from building import build_site
from click.testing import CliRunner
from folders import tree
from mcp import MCPError
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp.types import CallToolResult, TextContent, TextResourceContents

from broadsheet.cli import main

GENERATOR = Path(__file__).parents[2] / "generator"
TOOLS: dict[str, dict[str, Any]] = {
    "search_papers": {"query": "rafts"},
    "read_paper": {"paper": "2412.01230"},
    "cite_papers": {"papers": ["floating-rafts-of-logs"], "style": "apa"},
    "list_weeks": {},
    "read_week": {"week": "2024-W52"},
    "list_topics": {"limit": 1},
    "topic_papers": {"topic": "boats", "offset": 1},
    "list_collections": {},
    "collection_papers": {"collection": "harbour"},
}


PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "assistants.md"


def _session(
    folder: Path,
    use: Callable[[Client], Awaitable[None]],
    *arguments: str,
    options: tuple[str, ...] = (),
) -> None:
    """Starts the server in a folder, with options of Python, and lets a client use it."""
    command = [*options, "-m", "broadsheet", "mcp", *arguments]
    server = StdioServerParameters(
        command=sys.executable, args=command, cwd=folder, env={"PYTHONPATH": str(GENERATOR)}
    )

    async def run() -> None:
        with anyio.fail_after(120):
            async with Client(stdio_client(server)) as client:
                await use(client)

    # Tests in the browser leave an event loop behind in this thread.
    with ThreadPoolExecutor(max_workers=1) as thread:
        thread.submit(anyio.run, run).result()


def _text(result: CallToolResult) -> str:
    (content,) = result.content
    assert isinstance(content, TextContent)
    return content.text


def test_each_tool_is_read_only_and_answers_as_its_schema_says(toy_site: Path) -> None:
    before = tree(toy_site / "content")

    async def use(client: Client) -> None:
        assert client.server_info
        assert client.server_info.name == "broadsheet"
        assert "Search first" in (client.instructions or "")
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert tools.keys() == TOOLS.keys()
        for name, tool in tools.items():
            assert tool.annotations
            assert tool.annotations.read_only_hint
            assert tool.annotations.open_world_hint is False
            assert tool.description
            assert tool.output_schema
            result = await client.call_tool(name, TOOLS[name])
            assert not result.is_error, _text(result)
            jsonschema.validate(result.structured_content, tool.output_schema)
            assert json.loads(_text(result)) == result.structured_content

    _session(toy_site, use, options=("-OO",))
    assert tree(toy_site / "content") == before


def test_mistakes_are_told_to_the_assistant(toy_site: Path) -> None:
    async def use(client: Client) -> None:
        for name, arguments, said in (
            ("read_paper", {"paper": "floating-raft"}, "did you mean 'floating-rafts-of-logs'"),
            ("read_week", {"week": "2020-W01"}, "the newest is 2025-W01"),
            ("search_papers", {"query": "x", "limit": 51}, "less than or equal to 50"),
            ("search_papers", {"query": "x" * 501}, "at most 500 characters"),
            ("topic_papers", {"topic": "boats", "offset": -1}, "greater than or equal to 0"),
            ("cite_papers", {"papers": []}, "at least 1 item"),
            ("cite_papers", {"papers": ["a"], "style": "chicago"}, "'bibtex', 'apa'"),
        ):
            result = await client.call_tool(name, arguments)
            assert result.is_error
            assert said in _text(result)
        (toy_site / "content" / "papers" / "kites.yml").write_text("titel: Kites\n")
        result = await client.call_tool("list_topics", {})
        assert result.is_error
        assert "kites.yml:1: titel: unknown key 'titel' (did you mean 'title'?)" in _text(result)

    _session(toy_site, use)


def test_papers_and_weeks_can_be_read_as_markdown(toy_site: Path) -> None:
    async def use(client: Client) -> None:
        templates = (await client.list_resource_templates()).resource_templates
        assert [one.uri_template for one in templates] == ["paper://{slug}", "week://{week}"]
        for uri, heading in (
            ("paper://rivers-remember", "# Rivers Remember\n"),
            ("week://2025-W01", "# "),
        ):
            (content,) = (await client.read_resource(uri)).contents
            assert isinstance(content, TextResourceContents)
            assert content.mime_type == "text/markdown"
            assert content.text.startswith(heading)
        with pytest.raises(MCPError, match="paper 'nothing': isn't on this site"):
            await client.read_resource("paper://nothing")

    _session(toy_site, use)


def test_a_built_site_needs_no_project(
    toy_site: Path, tmp_path: Path, with_fonts: Callable[[Path], Path]
) -> None:
    build_site(with_fonts(toy_site))
    (tmp_path / "elsewhere").mkdir()

    async def use(client: Client) -> None:
        for name, arguments in TOOLS.items():
            result = await client.call_tool(name, arguments)
            assert not result.is_error, _text(result)
        (content,) = (await client.read_resource("paper://rivers-remember")).contents
        assert isinstance(content, TextResourceContents)
        assert content.text.startswith("# Rivers Remember\n")

    _session(tmp_path / "elsewhere", use, "--site", str(toy_site / "site"))


def test_standard_output_has_nothing_but_the_protocol(toy_site: Path) -> None:
    """MkDocs and the loading of content print nothing there."""
    requests: list[dict[str, Any]] = [
        {
            "id": 1,
            "method": "initialize",
            "params": {
                "protocolVersion": "2025-06-18",
                "capabilities": {},
                "clientInfo": {"name": "test", "version": "1"},
            },
        },
        {"method": "notifications/initialized"},
        {"id": 2, "method": "tools/call", "params": {"name": "list_topics", "arguments": {}}},
    ]
    command = [sys.executable, "-m", "broadsheet", "mcp"]
    with subprocess.Popen(
        command, cwd=toy_site, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdin
        assert server.stdout
        for request in requests:
            server.stdin.write(json.dumps({"jsonrpc": "2.0", **request}) + "\n")
        server.stdin.flush()
        answers = [json.loads(server.stdout.readline()) for _ in range(2)]
        server.stdin.close()
        rest = server.stdout.read()
    assert [answer["id"] for answer in answers] == [1, 2]
    assert answers[1]["result"]["structuredContent"]["count"] == 2
    assert rest == ""


def test_the_documentation_lists_the_tools() -> None:
    rows = re.findall(r"^\| `(\w+)` \|", PAGE.read_text("utf-8"), re.MULTILINE)
    assert rows == list(TOOLS)


def test_the_configurations_in_the_documentation_start_the_command(tmp_path: Path) -> None:
    blocks = re.findall(r"```json\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert len(blocks) == 3
    for block in map(json.loads, blocks):
        ((_, servers),) = block.items()
        ((_, server),) = servers.items()
        known = [str(tmp_path) if one.startswith("/") else one for one in server["args"]]
        assert server["command"] == "broadsheet"
        # Unknown options are refused before the help is shown.
        assert CliRunner().invoke(main, [*known, "--help"]).exit_code == 0
        assert CliRunner().invoke(main, [*known, "--nothing", "--help"]).exit_code == 2


def test_without_the_extra_a_message_names_it(
    toy_site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(toy_site)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    result = CliRunner().invoke(main, ["mcp"])
    assert result.exit_code == 1
    assert "needs the package mcp (run `pip install 'broadsheet[mcp]'`)" in result.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows can't interrupt another process")
def test_an_interruption_ends_it_at_once(toy_site: Path) -> None:
    command = [sys.executable, "-m", "broadsheet", "mcp"]
    with subprocess.Popen(
        command, cwd=toy_site, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdin
        assert server.stdout
        server.stdin.write(json.dumps({"jsonrpc": "2.0", "id": 1, "method": "ping"}) + "\n")
        server.stdin.flush()
        server.stdout.readline()
        server.send_signal(signal.SIGINT)
        assert server.wait(60) == -signal.SIGINT


@pytest.mark.parametrize("is_typed", [True, False])
def test_people_are_told_what_it_waits_for(
    is_typed: bool, toy_site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(toy_site)
    monkeypatch.setattr("broadsheet.cli.assisting.is_interactive", lambda: is_typed)
    monkeypatch.setattr("mcp.server.mcpserver.MCPServer.run", lambda self, transport: None)
    result = CliRunner().invoke(main, ["mcp"])
    assert result.stdout == ""
    assert ("Waiting for a client" in result.stderr) == is_typed


def test_other_commands_do_without_the_package() -> None:
    code = "import sys; sys.modules['mcp'] = None; import broadsheet.cli"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_site_and_a_project_exclude_each_other(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["mcp", "--site", str(tmp_path), "-f", "mkdocs.yml"])
    assert result.exit_code == 2


def test_a_folder_without_a_site_is_refused(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["mcp", "--site", str(tmp_path)])
    assert result.exit_code == 1
    assert "isn't a site that Broadsheet has built" in result.stderr
