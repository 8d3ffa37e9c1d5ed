"""Spelling any text in lowercase ASCII letters and digits, for addresses, file names and keys."""

from __future__ import annotations

import re
from itertools import accumulate

from anyascii import anyascii

_WORD = re.compile(r"[a-z0-9]+")
# "1,000" is one number.
_COMMA_IN_NUMBER = re.compile(r"(?<=\d),(?=\d)")
# A letter of another script can become an apostrophe in ASCII. Those in the text separate words.
_APOSTROPHE = "'"
# Chinese has no spaces, so each character, which is spelled as a syllable, is a word.
_IDEOGRAPH = re.compile(r"([\u3400-\u9fff])")


def slugified(text: str, longest: int | None = None) -> str:
    """Returns the words of a text, spelled in ASCII and joined by hyphens.

    Args:
        text: Any text, in any script.
        longest: How many characters the result may have. It ends with a whole word, unless the
            first word alone is longer.
    """
    words_apart = _IDEOGRAPH.sub(r"-\1-", text.replace(_APOSTROPHE, "-"))
    spelled = anyascii(words_apart).lower().replace(_APOSTROPHE, "")
    words = _WORD.findall(_COMMA_IN_NUMBER.sub("", spelled))
    if longest is None:
        return "-".join(words)
    ends = accumulate(len(word) + 1 for word in words)
    fitting = [word for word, end in zip(words, ends, strict=False) if end - 1 <= longest]
    return "-".join(fitting) or "".join(words[:1])[:longest]
