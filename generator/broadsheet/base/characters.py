"""Characters that nobody sees but that break files, disguise texts, or act on a terminal."""

from __future__ import annotations

import re

# Control characters apart from tabs and line breaks, halves of characters, code points that aren't
# characters, and those that reverse the direction of the text after them. XML 1.0 forbids most of
# them, even escaped, and discourages the others: https://www.w3.org/TR/xml/#charsets
_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"
_HALVES = "\ud800-\udfff"
_NO_CHARACTERS = "\ufdd0-\ufdef" + "".join(
    f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(17)
)
_DIRECTIONS = "\u202a-\u202e\u2066-\u2069"
_HARMFUL = re.compile(f"[{_CONTROLS}{_HALVES}{_NO_CHARACTERS}{_DIRECTIONS}]")
# What acts on a terminal or in a log, too: all line breaks.
_NOT_IN_LINES = re.compile(
    f"[\t\n\r\x85\u2028\u2029{_CONTROLS}{_HALVES}{_NO_CHARACTERS}{_DIRECTIONS}]"
)
_NAMES = (
    (_CONTROLS, "the control character"),
    (_HALVES, "half a character (a lone surrogate),"),
    (_NO_CHARACTERS, "a code that is no character,"),
    (_DIRECTIONS, "a character that changes the direction of text,"),
)


def without_harmful(text: str) -> str:
    """Returns a text without harmful characters."""
    # Printable texts have none, and this is a fast way to see that most texts are printable.
    return text if text.isprintable() else _HARMFUL.sub("", text)


def harmful_in(text: str) -> str:
    """Returns what harmful character a text has ("the control character U+0007"), or ""."""
    found = None if text.isprintable() else _HARMFUL.search(text)
    if found is None:
        return ""
    name = next(name for characters, name in _NAMES if re.match(f"[{characters}]", found[0]))
    return f"{name} U+{ord(found[0]):04X}"


def visibly(text: str) -> str:
    r"""Returns a text on one line, in which harmful characters and line breaks look like "\n"."""
    if text.isprintable():
        return text
    return _NOT_IN_LINES.sub(
        lambda found: found[0].encode("unicode_escape", "backslashreplace").decode(), text
    )
