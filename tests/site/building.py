"""Builds a copy of the toy site as the command does, without its printing."""

from __future__ import annotations

from pathlib import Path

from broadsheet.site.build import Built, build
from broadsheet.site.project import find_project


def build_site(site: Path, **options) -> Built:
    """Builds the project in a folder into its `site`."""
    return build(find_project(site / "mkdocs.yml", needs_config=True), lambda _: None, **options)
