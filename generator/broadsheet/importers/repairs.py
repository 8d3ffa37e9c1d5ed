"""Repairs of text that are certain, each with its reason.

Sources are pages that were turned into text, and the turning leaves marks. Only what has one
possible reading is repaired; what was lost is never invented (see `doubts` for what is only
reported). Mathematics between dollar signs and web addresses are left as they are.

Every repair shortens a text or puts a mark in place that no repair touches again, so that
repeating them ends, and repairing a repaired text changes nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

# What no repair of prose may touch: mathematics and web addresses.
_KEPT = r"(?P<kept>(?<!\\)\$[^$\n]+(?<!\\)\$|(?<![A-Za-z])https?://\S+)"

_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
_BLANK = re.compile("[\t\x0b\x0c\u0085\u00a0\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")

_QUOTED = r"(?=\S)(?P<quoted>(?:\$[^$\n]*\$|[^`\n$])+?)(?<=\S)"
_DOUBLE_QUOTES = re.compile(_KEPT + rf"|``{_QUOTED}(?:''|’’|\")")
_HALF_LATEX_QUOTES = re.compile(_KEPT + r"|(?<![^\s(])\"(?=\S)(?P<quoted>[^`\"\n'$]*[^\s`\"'$])''")
_SINGLE_QUOTES = re.compile(
    _KEPT + r"|(?<![^\s(\[])`(?=\S)(?P<quoted>[^`'’\n$]{0,80}[^\s`'’$])['’](?![\w'’])"
)
_ESCAPED = re.compile(_KEPT + r"|\\(?P<char>[%&#_])")
_URL_MACRO = re.compile(r"\\?\burl\{(?P<url>https?://[^\s{}]+)\}")
_STYLE_MACRO = re.compile(
    _KEPT + r"|\\(?:textbf|textit|textsc|texttt|emph)\{(?P<a>[^{}\n]*)\}"
    r"|\{\\(?:it|bf|em|tt|sc) (?P<b>[^{}\n]*)\}"
)
_SPACED_CLOSE = re.compile(_KEPT + r"|(?P<close>[)\]]) +(?P<stop>[,.;:])(?![\w.])")
_GLUED_URL = re.compile(
    r"(?P<before>[A-Za-z][.:,;]?|[)\]][.:,;]?)(?P<url>https?://[^\s/]\S*)|https?://\S+"
)
_GLUED_HOST = re.compile(r"(?:\bat|(?<=[a-z]):)(?=(?:github\.com|gitlab\.com|huggingface\.co)/\w)")
_SELF_HELP = re.compile(r"(?<=[a-z])https://info\.arxiv\.org/help/prep#abstracts(?=[a-z])")
_HIDDEN_EMAIL = re.compile(r"(?:\s*[,;])?\s*\[email\s+protected\]")
_DAGGERS = re.compile(r"[.]?\s*††\s*(?=[A-Z])")
_FOOTNOTE = re.compile(r"(?<=[a-z.)\]%])([1-9])\1\1(?=[A-Z][A-Za-z])")
_TWO_DASHES = re.compile("—–|–—")
_BOLD = re.compile(_KEPT + r"|\*\*(?P<text>[^\s*](?:[^*\n]*[^\s*])?)\*\*")
_ITALIC = re.compile(_KEPT + r"|(?<![\w*\\])\*(?P<text>[^\s*](?:[^*\n]*[^\s*])?)\*(?![\w*])")


def visible(text: str) -> str:
    """Without characters that nobody sees, and with one plain space for any run of blanks.

    Zero-width characters break searching, marks of writing direction can disguise a text, and
    control characters are not text. Joiners stay: some scripts are spelled with them.
    """
    text = _CONTROL.sub("", _INVISIBLE.sub("", _BLANK.sub(" ", text)))
    text = unicodedata.normalize("NFC", text)
    return "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()


def quotes(text: str) -> str:
    """LaTeX's quotes, as two backticks and whatever the page made of their end, in pairs only."""
    text = _DOUBLE_QUOTES.sub(lambda found: found["kept"] or f"“{found['quoted']}”", text)
    text = _HALF_LATEX_QUOTES.sub(lambda found: found["kept"] or f"“{found['quoted']}”", text)
    return _SINGLE_QUOTES.sub(lambda found: found["kept"] or f"‘{found['quoted']}’", text)


def latex_escapes(text: str) -> str:
    """A backslash that LaTeX needs before %, &, # and _ means the sign alone.

    `\\$` stays: without its backslash the sign would begin mathematics.
    """
    return _ESCAPED.sub(lambda found: found["kept"] or found["char"], text)


def latex_macros(text: str) -> str:
    r"""`\url{…}` is its address (some pages drop the backslash), `\emph{…}` is its words."""
    text = _URL_MACRO.sub(r"\g<url>", text)
    return _STYLE_MACRO.sub(lambda found: found["kept"] or found["a"] or found["b"] or "", text)


def spacing(text: str) -> str:
    """No space between a closing bracket and the mark that follows: a lost link leaves one."""
    text = _SPACED_CLOSE.sub(lambda found: found["kept"] or found["close"] + found["stop"], text)
    return _TWO_DASHES.sub("—", text)


def glued_addresses(text: str) -> str:
    """A space before an address that is glued to a word ("athttps://…").

    First goes an address of arXiv's own help that their page puts inside of words.
    """
    text = _GLUED_HOST.sub(r"\g<0> ", _SELF_HELP.sub("", text))
    return _GLUED_URL.sub(_parted, text)


def _parted(found: re.Match[str]) -> str:
    return f"{found['before']} {found['url']}" if found["before"] else found[0]


def footnotes(text: str) -> str:
    """A footnote that ran into the sentence ("…data.111Code available…") is one of its own.

    A footnote's mark comes three times in pages made from LaTeX: in the text, before the note
    and as its label. The address that hides an e-mail from robots says nothing and goes.
    """
    text = _HIDDEN_EMAIL.sub("", text)
    text = _DAGGERS.sub(". ", text)
    return _FOOTNOTE.sub(_sentence_end, text)


def _sentence_end(found: re.Match[str]) -> str:
    return " " if found.string[found.start() - 1] == "." else ". "


def asterisks(text: str) -> str:
    """Markdown's emphasis in a text that is plain: the pair goes, the words stay.

    A single asterisk, as in a name or a product, is not touched.
    """
    text = _BOLD.sub(lambda found: found["kept"] or found["text"], text)
    return _ITALIC.sub(lambda found: found["kept"] or found["text"], text)


PROSE: tuple[Callable[[str], str], ...] = (
    visible,
    quotes,
    latex_escapes,
    latex_macros,
    glued_addresses,
    spacing,
)
CONVERTED = (*PROSE, footnotes, asterisks)


def repaired(text: str, repairs: tuple[Callable[[str], str], ...] = PROSE) -> str:
    """`text` after all `repairs`, again and again until none has anything left to do."""
    while True:
        before = text
        for repair in repairs:
            text = repair(text)
        if text == before:
            return text
