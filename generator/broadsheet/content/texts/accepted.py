"""Findings that a person accepted with a comment: `# ok: 175B is from the paper's table 1`.

YAML has comments after a value, after the `|` or `>` of a text with several lines, and above a key.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import yaml
from yaml.nodes import MappingNode, ScalarNode

from broadsheet.content.texts.finding import Finding
from broadsheet.content.texts.names import names_in
from broadsheet.content.texts.numbers import numbers_in

_COMMENT = re.compile(r"(?:^|\s)#\s*ok\s*:(?P<reason>.*)$", re.IGNORECASE)
# Places in the paper that a reason may name: they aren't the words that it accepts.
_PLACE = re.compile(
    r"(?:\b(?:appendix|chapter|equation|figure|footnote|page|section|table|version"
    r"|app|ch|eq|fig|p|pp|sec|tab|v)s?\.?|§)\s*\d[\w.]*|https?://\S+",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class TextInFile:
    """A text in a YAML file.

    Attributes:
        first: The line of its key, counted from 1.
        lines: The lines of its key and value.
        reasons: What the comments that accept findings say, without "# ok:".
    """

    first: int
    lines: tuple[str, ...]
    reasons: tuple[str, ...]

    def line_of(self, words: str) -> int:
        """Returns the line on which some words start, or that of the key."""
        if not words:
            return self.first
        text = "\n".join(self.lines)
        pattern = r"\s+".join(re.escape(word).replace("'", "'{1,2}") for word in words.split())
        found = re.search(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE)
        return self.first + (text.count("\n", 0, found.start()) if found else 0)

    def accepts(self, finding: Finding, others: Sequence[Finding]) -> bool:
        """Whether a comment accepts a finding.

        A comment that names words accepts only the findings about these. Others accept all.

        Args:
            finding: The finding.
            others: All findings about the text.
        """
        return any(_accepts(reason, finding, others) for reason in self.reasons)


def texts_in_file(text: str, fields: Sequence[str]) -> dict[str, TextInFile]:
    """Returns where the texts of some fields are in a YAML file that is known to be valid."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    pairs = root.value if isinstance(root, MappingNode) else []
    lines = text.splitlines()
    return {
        key.value: _text_in_file(lines, key.start_mark.line, value)
        for key, value in pairs
        if key.value in fields and isinstance(value, ScalarNode)
    }


def _text_in_file(lines: list[str], first: int, value: ScalarNode) -> TextInFile:
    is_block = value.style in ("|", ">")
    # The end of a block is the start of what follows it.
    last = max(first, value.end_mark.line - is_block * (value.end_mark.column == 0))
    mark = value.start_mark if is_block else value.end_mark
    remark = lines[mark.line][mark.column :] if mark.line < len(lines) else ""
    comments = [*_above(lines, first), remark]
    reasons = tuple(
        found["reason"].strip() for comment in comments if (found := _COMMENT.search(comment))
    )
    return TextInFile(first + 1, tuple(lines[first : last + 1]), tuple(filter(None, reasons)))


def _above(lines: list[str], first: int) -> Iterator[str]:
    """Yields the comments directly above a line."""
    while first > 0 and lines[first - 1].startswith("#"):
        first -= 1
        yield lines[first]


def _accepts(reason: str, finding: Finding, others: Sequence[Finding]) -> bool:
    if _mentions(reason, finding.words):
        return True
    if any(_mentions(reason, other.words) for other in others):
        return False
    told = _PLACE.sub(" ", reason)
    # The words it names may have gone since: it must not accept new ones then.
    names = any(True for _ in names_in(told, capitals_name=False))
    return not names and not any(number.is_digits for number in numbers_in(told))


def _mentions(reason: str, words: str) -> bool:
    pattern = rf"(?<![\w.]){re.escape(words)}(?!\w)"
    return bool(words) and bool(re.search(pattern, reason, re.IGNORECASE))
