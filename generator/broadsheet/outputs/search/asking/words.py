"""What the words of a query ask for, by the rules in analysis.py."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from broadsheet.outputs.search.analysis import (
    LONGEST_JOIN,
    PATTERNS,
    Analyzer,
    bigrams,
    fold,
)

# Words that mean the same. A paper needs one word of each group.
Group = tuple[str, ...]

_ID = re.compile(r"[0-9]{4}\.[0-9]{4,5}")
_HAS_LETTER = re.compile(r"[a-z]")
_NO_WORD = re.compile(r"[\W_]+")


def pieces(analyzer: Analyzer, text: str) -> list[str]:
    """Returns a text in pieces: runs of scripts that need no spaces, and everything else."""
    return analyzer.spaced(text).split() if analyzer.language.has_bigrams else [text]


def is_unspaced(analyzer: Analyzer, text: str) -> bool:
    """Returns whether a text starts with a script that needs no spaces."""
    return analyzer.language.has_bigrams and bool(PATTERNS["unspaced"].match(text))


def number_joined(analyzer: Analyzer, before: str, raw: str) -> str:
    """Returns the term "gpt4" for "GPT" before "4", or "" unless a short number follows a word."""
    ends = pieces(analyzer, before), pieces(analyzer, raw)
    if not all(ends):
        return ""
    word = analyzer.number_joined(ends[0][-1], ends[1][0])
    return analyzer.stem(word) if word else ""


def asked(analyzer: Analyzer, raw: str) -> list[Group]:
    """Returns the groups of words, not stemmed, that a word of a query asks for.

    "GPT-4" needs gpt4, which "GPT 4" gives too; "pre-training" needs (pre or pretraining) and
    (training or pretraining).
    """
    found = _ID.search(raw)
    if found:
        return [(found[0],)]
    return [group for piece in pieces(analyzer, raw) for group in _asked_of_piece(analyzer, piece)]


def _asked_of_piece(analyzer: Analyzer, piece: str) -> Iterator[Group]:
    if is_unspaced(analyzer, piece):
        pairs = list(bigrams(piece))
        yield from ((pair,) for pair in (pairs[:-1] if len(pairs) > 1 else pairs))
        return
    for parts in compounds(analyzer, piece):
        yield from _asked_of_compound(analyzer, parts)


def compounds(analyzer: Analyzer, text: str) -> Iterator[list[str]]:
    """Yields the parts of each compound of a text."""
    for compound in PATTERNS["compound"].findall(analyzer.prepared(text)):
        yield PATTERNS["part"].findall(compound)


def _asked_of_compound(analyzer: Analyzer, parts: Sequence[str]) -> Iterator[Group]:
    joined = joined_form(parts)
    place = 0
    while place < len(parts):
        part, following = parts[place], parts[place + 1] if place + 1 < len(parts) else None
        if following is not None and _is_numbered(part, following):
            yield _group((part + following, joined))
            place += 1
        elif not analyzer.is_stop_word(part):
            yield from (_group((*words, joined)) for words in _asked_of_part(part))
        place += 1


def _group(words: Sequence[str]) -> Group:
    return tuple(dict.fromkeys(filter(None, words)))


def _asked_of_part(part: str) -> list[Group]:
    """Returns the groups of a part. "CVPR2024" also finds "CVPR 2024", which has no joined form."""
    split = PATTERNS["lettered"].match(part)
    if not split or PATTERNS["number"].match(split[2]):
        return [(part,)]
    return [(split[1], part), (split[2], part)]


def joined_form(parts: Sequence[str]) -> str:
    """Returns the joined form of a compound, or "" if it has none."""
    joined = "".join(parts)
    is_compound = 1 < len(parts) <= LONGEST_JOIN
    return joined if is_compound and _HAS_LETTER.search(joined) else ""


def _is_numbered(word: str, number: str) -> bool:
    return bool(PATTERNS["letters"].match(word) and PATTERNS["number"].match(number))


def phrase_words(analyzer: Analyzer, text: str) -> str:
    """Returns the words of a text in lowercase, without accents, with single spaces between them.

    Runs of scripts without spaces become single characters.
    """
    spaced = (
        " ".join(piece) if is_unspaced(analyzer, piece) else fold(piece)
        for piece in pieces(analyzer, text)
    )
    return _NO_WORD.sub(" ", " ".join(spaced)).strip()


def has_phrase(analyzer: Analyzer, text: str, words: str) -> bool:
    """Returns whether a text has a phrase, given by `phrase_words`, word for word."""
    return f" {words} " in f" {phrase_words(analyzer, text)} "
