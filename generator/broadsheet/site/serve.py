"""Serving a site while it is written: pages follow every change and show errors in the content."""

from __future__ import annotations

import json
import logging
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mkdocs.livereload import LiveReloadServer

from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.base.files import replace_file
from broadsheet.site.build import Built, build
from broadsheet.site.engine import library
from broadsheet.site.faults import system_problem
from broadsheet.site.mkdocs_config import load_mkdocs
from broadsheet.site.parallel import StoppedError
from broadsheet.site.project import Project, Report, find_project
from broadsheet.site.theme import watched

# Pages of a served site ask for this file.
PROBLEMS = "assets/broadsheet/problems.json"


class SiteServer:
    """Builds a site into a folder of its own, serves it, and builds it again after each change.

    `built` or `failed` is called after each build.
    """

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
        self._server: _Server | None = None
        # Later builds use what the first one has loaded.
        self._memory: dict[Path, Any] = {}

    def rebuild(self) -> None:
        """Builds the site again. If that fails, the last good site stays and shows the problems.

        Browsers get changed pages as soon as they are there. Then it makes everything else, unless
        something has changed meanwhile.
        """
        try:
            # The configuration may have changed.
            self.project = find_project(self.project.config_file)
            found = self._build(pages_first=True)
            self._show([])
            self.built(found)
            if self._server and not found.is_complete:
                self._server.reload_browsers()
                self._build(stop=self._server.has_news)
                self._show([])
        except StoppedError:
            pass  # the next build makes the rest
        except BroadsheetError as error:
            self._fail(error)
        except OSError as error:
            problem = system_problem(error)
            if problem is None:
                raise
            self._fail(BroadsheetError(problem))

    def _build(
        self, *, pages_first: bool = False, stop: Callable[[], bool] = lambda: False
    ) -> Built:
        project = replace(self.project, memory=self._memory)
        return build(
            project,
            self.report,
            self.folder,
            show_problems=True,
            drafts=True,
            pages_first=pages_first,
            stop=stop,
        )

    def _fail(self, error: BroadsheetError) -> None:
        self.failed(error)
        with suppress(OSError):  # the disk may be full
            self._show([str(problem) for problem in error.problems])

    def _show(self, problems: list[str]) -> None:
        text = json.dumps({"problems": problems}, ensure_ascii=False)
        replace_file(self.folder / PROBLEMS, text.encode())

    def serve(
        self,
        host: str | None,
        port: int | None,
        ready: Callable[[str], None],
        *,
        open_browser: bool,
    ) -> None:
        """Serves the site until someone interrupts it.

        Args:
            host: Where to serve; None means that of `dev_addr` in mkdocs.yml.
            port: The port; None means that of `dev_addr`.
            ready: Gets the address, which has the path of `site_url`, after the first build.
            open_browser: Whether to open the site in a browser.

        Raises:
            BroadsheetError: The first build failed, or another program uses the port.
        """
        config = load_mkdocs(self.project, None)
        host, port = host or config.dev_addr.host, port or config.dev_addr.port
        _check_port(host, port)
        path = urlsplit(config.site_url or "/").path
        self.built(self._build())
        self._show([])
        logging.getLogger(f"{library().name}.livereload").setLevel(logging.CRITICAL)
        server = self._server = _Server(self.rebuild, host, port, str(self.folder), path)
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


class _Server(LiveReloadServer):
    """The server of MkDocs, which can reload browsers in the middle of a build."""

    def reload_browsers(self) -> None:
        """Reloads the pages in browsers, which don't reload again when this build is finished."""
        with self._epoch_cond:
            self._visible_epoch = self._wanted_epoch
            self._epoch_cond.notify_all()

    def has_news(self) -> bool:
        """Whether something has changed since the last build started."""
        return self._want_rebuild


def _check_port(host: str, port: int) -> None:
    """Raises an error before the first build if another program uses the port."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            place, advice = f"{host}:{port}", "choose another port with --port"
            message = f"can't serve at this address: {error.strerror}"
            raise BroadsheetError(Problem(place, 0, "", message, advice)) from error
