"""Pictures inside of style sheets, as files of their own: the policy of pages allows no others."""

from __future__ import annotations

import binascii
import hashlib
import mimetypes
import posixpath
import re
from base64 import b64decode
from collections.abc import Mapping
from urllib.parse import unquote_to_bytes

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

_FOLDER = "assets/pictures"
_PICTURE = re.compile(
    r"""url\(\s*(["']?)data:(image/[\w.+-]+)((?:;[\w=-]+)*),(.*?)\1\s*\)""", re.DOTALL
)
# Without those of the system, which are different elsewhere.
_ENDINGS = mimetypes.MimeTypes()
_ESCAPED = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.DOTALL)


def pictures_to_files(files: Files, config: MkDocsConfig) -> None:
    """Moves the pictures of all style sheets to files of their own."""
    for file in files.css_files():
        css, pictures = without_pictures(file.content_string, file.dest_uri)
        if pictures:
            file.content_string = css
        for path, content in pictures.items():
            if files.get_file_from_path(path) is None:
                files.append(File.generated(config, path, content=content))


def without_pictures(css: str, place: str) -> tuple[str, Mapping[str, bytes]]:
    """Returns a style sheet that refers to files, and the contents of these files by path.

    Args:
        css: A style sheet, maybe with pictures as `data:` URLs.
        place: Its path in the site.
    """
    found: dict[str, bytes] = {}

    def moved(match: re.Match[str]) -> str:
        _, kind, parameters, text = match.groups()
        content = unquote_to_bytes(_ESCAPED.sub(_character, text))
        if ";base64" in parameters:
            try:
                content = b64decode(content)
            except binascii.Error:
                return match[0]
        ending = _ENDINGS.guess_extension(kind) or ".bin"
        path = f"{_FOLDER}/{hashlib.sha256(content).hexdigest()[:16]}{ending}"
        found[path] = content
        return f'url("{posixpath.relpath(path, posixpath.dirname(place))}")'

    return _PICTURE.sub(moved, css), found


def _character(match: re.Match[str]) -> str:
    return chr(int(match[1], 16)) if match[1] else match[2]
