"""A preview that follows every change; a mistake shows its error over the last good page."""

from __future__ import annotations

import json
import logging
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from mkdocs.livereload import LiveReloadServer

from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.base.files import replace_file
from broadsheet.site.build import Built, build, load_mkdocs
from broadsheet.site.faults import system_problem
from broadsheet.site.generate import Report
from broadsheet.site.plugin import watched
from broadsheet.site.project import Project, find_project

# The theme asks for this file only on the pages of a preview.
STATUS = "assets/broadsheet/preview.json"


class Preview:
    """A served site and its builder. `built` and `failed` are told of each build."""

    def __init__(
        self,
        project: Project,
        folder: Path,
        report: Report,
        built: Callable[[Built], None],
        failed: Callable[[BroadsheetError], None],
    ) -> None:
        self.project = project
        self.folder = folder / "site"
        self.report = report
        self.built = built
        self.failed = failed

    def rebuild(self) -> None:
        """Builds anew; when that fails, the site stays and says what is wrong."""
        try:
            # The configuration itself may be what has changed.
            self.project = find_project(self.project.config_file, needs_config=True)
            found = build(self.project, self.report, self.folder, preview=True)
        except BroadsheetError as error:
            self._fail(error)
            return
        except OSError as error:
            problem = system_problem(error)
            if problem is None:
                raise
            self._fail(BroadsheetError(problem))
            return
        self._status([])
        self.built(found)

    def _fail(self, error: BroadsheetError) -> None:
        self.failed(error)
        with suppress(OSError):  # the disk may be full
            self._status([str(problem) for problem in error.problems])

    def _status(self, problems: list[str]) -> None:
        text = json.dumps({"problems": problems}, ensure_ascii=False)
        replace_file(self.folder / STATUS, text.encode())

    def serve(
        self,
        host: str | None,
        port: int | None,
        ready: Callable[[str], None],
        *,
        open_browser: bool,
    ) -> None:
        """Serves until it is interrupted. The first build must succeed; then `ready` is told the
        address, which has the path that the site will have. Where no host or port is given, those
        of `dev_addr` in the settings hold."""
        config = load_mkdocs(self.project, None)
        host, port = host or config.dev_addr.host, port or config.dev_addr.port
        _refuse_taken(host, port)
        path = urlsplit(config.site_url or "/").path
        self.built(build(self.project, self.report, self.folder, preview=True))
        self._status([])
        logging.getLogger("mkdocs.livereload").setLevel(logging.CRITICAL)
        server = LiveReloadServer(self.rebuild, host, port, str(self.folder), path)
        server.error_handler = self._error_page
        for folder in watched(self.project, config):
            server.watch(str(folder))
        server.watch(str(self.project.config_file))
        ready(server.url)
        try:
            server.serve(open_in_browser=open_browser)  # type: ignore[no-untyped-call]
        except KeyboardInterrupt:
            self.report("Stopping")
        finally:
            server.shutdown()

    def _error_page(self, code: int) -> bytes | None:
        page = self.folder / f"{code}.html"
        return page.read_bytes() if page.is_file() else None


def _refuse_taken(host: str, port: int) -> None:
    """Says so before the build when another program serves there."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            place, advice = f"{host}:{port}", "choose another one with --port"
            message = f"cannot be served at: {error.strerror}"
            raise BroadsheetError(Problem(place, 0, "", message, advice)) from error
