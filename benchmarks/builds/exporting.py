"""A MkDocs hook that writes the Markdown that Broadsheet generates, and ends before the build."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files

TARGET = "BENCHMARK_MARKDOWN"


@event_priority(-100)  # after Broadsheet has added its files
def on_files(files: Files, config: MkDocsConfig) -> None:  # noqa: ARG001 (MkDocs gives it by name)
    for file in files.documentation_pages():
        path = Path(os.environ[TARGET], file.src_uri)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file.content_string, "utf-8")
    sys.exit()
