"""Builds sites as the command does, but prints nothing."""

from __future__ import annotations

from pathlib import Path

from broadsheet.site.build import Built, build
from broadsheet.site.project import find_project


def build_site(
    site: Path,
    *,
    site_dir: Path | None = None,
    strict: bool = False,
    show_problems: bool = False,
    drafts: bool = False,
) -> Built:
    """Builds the project in the folder `site` into its `site` folder, or into `site_dir`."""
    project = find_project(site / "mkdocs.yml", needs_config=True)
    return build(
        project,
        lambda _: None,
        site_dir=site_dir,
        strict=strict,
        show_problems=show_problems,
        drafts=drafts,
    )
