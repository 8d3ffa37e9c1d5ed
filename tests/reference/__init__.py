"""The pages of docs/reference/, each rendered from the code that it describes.

`test_reference.py` compares them with the files; with BROADSHEET_WRITE_GOLDEN=1 it writes them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from reference import api, commands, events, fields, files, formats, json_output, templates

PAGES: Mapping[str, Callable[[], str]] = {
    "api": api.page,
    "commands": commands.page,
    "content": fields.content_page,
    "events": events.page,
    "files": files.page,
    "formats": formats.page,
    "json": json_output.page,
    "settings": fields.settings_page,
    "templates": templates.page,
}
