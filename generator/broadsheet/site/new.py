"""A first site for someone who has nothing yet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.base.files import replace_file
from broadsheet.site.project import CONFIG_FILE, shown_path

_CONFIG = """\
# The site's settings. What stands under extra.broadsheet is read by Broadsheet, the rest by MkDocs.
site_name: Papers of the week
site_description: Research papers, week by week.
site_url: http://127.0.0.1:8000/      # where it will be published
# repo_url: https://github.com/you/your-digest    # gives every page an edit link
# edit_uri: edit/main/
docs_dir: content/pages               # pages that you write by hand
theme:
  name: material
  font: false                         # no request to any other host
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
  # Pages that come with the first papers: map.md, feeds/index.md, data/index.md and, with the
  # first collection, collections/index.md.
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
    "content/topics.yml": "# The taxonomy. Importing an issue adds its section headings here.\n",
}


def new_project(folder: Path) -> Iterator[Path]:
    """Writes the files of a first site that are not there yet, and names each.

    Raises BroadsheetError when the folder has a site already.
    """
    if (folder / CONFIG_FILE).exists():
        place = shown_path(folder / CONFIG_FILE)
        raise BroadsheetError(Problem(place, 0, "", "is there already", "choose an empty folder"))
    for name, text in _FILES.items():
        path = folder / name
        if not path.exists():
            replace_file(path, text.encode())
            yield path
