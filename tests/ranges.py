"""A server that sends parts of files, as most hosts do and that of Python doesn't."""

import http.server
import io
import re
from pathlib import Path
from typing import BinaryIO


class SendsParts(http.server.SimpleHTTPRequestHandler):
    """Answers requests for one range of bytes."""

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        asked = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("Range") or "")
        path = Path(self.translate_path(self.path))
        if not asked or not path.is_file():
            return super().send_head()
        content = path.read_bytes()
        first, last = int(asked[1]), int(asked[2])
        part = content[first : last + 1]
        self.send_response(206)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Range", f"bytes {first}-{first + len(part) - 1}/{len(content)}")
        self.send_header("Content-Length", str(len(part)))
        self.end_headers()
        return io.BytesIO(part)
