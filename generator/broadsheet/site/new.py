"""Creating a new site."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.base.files import replace_file
from broadsheet.site.project import CONFIG_FILE, shown_path

_CONFIG = """\
# The settings of the site. Broadsheet reads extra.broadsheet, MkDocs reads everything else.
site_name: Papers of the week
site_description: Research papers, week by week.
site_url: http://127.0.0.1:8000/      # change this to the URL of the published site
# repo_url: https://github.com/you/your-digest    # adds an edit link to every page
# edit_uri: edit/main/
docs_dir: content/pages               # your own pages
theme:
  name: material
  font: false                         # don't load fonts from other hosts
  # language: de                      # English without it; de and zh are complete as well
  features: [content.action.edit]
plugins: [broadsheet]
markdown_extensions: [attr_list, fenced_code, md_in_html, tables, toc]
validation:
  nav: {omitted_files: ignore}
  links: {unrecognized_links: ignore}
nav:
  - Home: index.md
  - Weeks: weeks/index.md
  - Topics: topics/index.md
  - Papers: papers/index.md
  - Trends: trends.md
  - Saved: saved.md
  - About: about.md
  # You can add these pages once there are papers: map.md, feeds/index.md, data/index.md. And once
  # there is a collection: collections/index.md.
extra:
  broadsheet:
    digest: weekly
    digests: {weekly: Papers of the week}
"""
_IGNORED = "/.broadsheet/\n/site/\n"
_FILES = {
    CONFIG_FILE: _CONFIG,
    ".gitignore": _IGNORED,
    "content/pages/.gitkeep": "",
    "content/topics.yml": "# Topics. Importing an issue adds its section headings here.\n",
}


def new_project(folder: Path) -> Iterator[Path]:
    """Writes the files of a new site, except those that exist, and yields their paths.

    Raises:
        BroadsheetError: The folder already has a site.
    """
    if (folder / CONFIG_FILE).exists():
        place = shown_path(folder / CONFIG_FILE)
        raise BroadsheetError(Problem(place, 0, "", "already exists", "choose another folder"))
    for name, text in _FILES.items():
        path = folder / name
        if not path.exists():
            replace_file(path, text.encode())
            yield path
