"""Repairs of damaged text that are certain.

Sources are web pages converted to text, and conversion leaves damage. A repair is only made if
there's one way to read the text. Lost text is never guessed (see `damage` for reports of it).
Formulas between dollar signs and URLs stay unchanged.

Most texts need no repair, so each repair first looks for a character that must be there. Searching
for a pattern takes a hundred times as long.

Every repair shortens the text or inserts characters that no repair changes again. So repeating
them ends, and repairing a repaired text changes nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

# Formulas and URLs, which repairs of prose must not change.
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
    """Removes invisible characters and replaces each run of blanks by one space.

    Zero-width characters break searches, and marks of writing direction can disguise a text.
    Joiners stay, because some scripts need them.
    """
    text = _CONTROL.sub("", _INVISIBLE.sub("", _BLANK.sub(" ", text)))
    text = unicodedata.normalize("NFC", text)
    return "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()


def quotes(text: str) -> str:
    """Replaces pairs of LaTeX quotation marks, whatever the page made of the closing one."""
    if "``" in text:
        text = _DOUBLE_QUOTES.sub(lambda found: found["kept"] or f"“{found['quoted']}”", text)
    if "''" in text:
        text = _HALF_LATEX_QUOTES.sub(lambda found: found["kept"] or f"“{found['quoted']}”", text)
    if "`" in text:
        text = _SINGLE_QUOTES.sub(lambda found: found["kept"] or f"‘{found['quoted']}’", text)
    return text


def latex_escapes(text: str) -> str:
    r"""Removes the backslash that LaTeX needs before %, &, # and _.

    `\$` stays: without the backslash, a formula would start.
    """
    if "\\" not in text:
        return text
    return _ESCAPED.sub(lambda found: found["kept"] or found["char"], text)


def latex_macros(text: str) -> str:
    r"""Replaces `\url{…}` by its URL, even without the backslash, and `\emph{…}` by its words."""
    if "url{" in text:
        text = _URL_MACRO.sub(r"\g<url>", text)
    if "\\" not in text:
        return text
    return _STYLE_MACRO.sub(lambda found: found["kept"] or found["a"] or found["b"] or "", text)


def spacing(text: str) -> str:
    """Removes the space that a lost link leaves between a bracket and punctuation."""
    if ") " in text or "] " in text:
        text = _SPACED_CLOSE.sub(lambda f: f["kept"] or f["close"] + f["stop"], text)
    return _TWO_DASHES.sub("—", text)


def joined_urls(text: str) -> str:
    """Adds a space before a URL that is joined to a word ("athttps://…").

    Removes the URL of arXiv's help that some pages insert into words.
    """
    if "://" in text:
        text = _SELF_HELP.sub("", text)
    if ".co" in text:
        text = _GLUED_HOST.sub(r"\g<0> ", text)
    return _GLUED_URL.sub(_with_space, text) if "://" in text else text


def _with_space(found: re.Match[str]) -> str:
    return f"{found['before']} {found['url']}" if found["before"] else found[0]


def footnotes(text: str) -> str:
    """Turns a footnote inside a sentence ("…data.111Code available…") into a sentence.

    Pages made from LaTeX have the mark of a footnote three times: in the text, before the note
    and as its label. Placeholders for hidden email addresses are removed.
    """
    if "[email" in text:
        text = _HIDDEN_EMAIL.sub("", text)
    if "††" in text:
        text = _DAGGERS.sub(". ", text)
    return _FOOTNOTE.sub(_sentence_end, text)


def _sentence_end(found: re.Match[str]) -> str:
    return " " if found.string[found.start() - 1] == "." else ". "


def asterisks(text: str) -> str:
    """Removes pairs of asterisks that mark emphasis in Markdown.

    A single asterisk, as in a name or a product, stays.
    """
    if "*" not in text:
        return text
    text = _BOLD.sub(lambda found: found["kept"] or found["text"], text)
    return _ITALIC.sub(lambda found: found["kept"] or found["text"], text)


PROSE: tuple[Callable[[str], str], ...] = (
    visible,
    quotes,
    latex_escapes,
    latex_macros,
    joined_urls,
    spacing,
)
CONVERTED = (*PROSE, footnotes, asterisks)


def repaired(text: str, repairs: tuple[Callable[[str], str], ...] = PROSE) -> str:
    """Applies all `repairs` to a text until nothing changes anymore."""
    while True:
        before = text
        for repair in repairs:
            text = repair(text)
        if text == before:
            return text
