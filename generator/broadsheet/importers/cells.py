"""Reading the cells of a table or the values of JSON: what they say about one field of a paper.

Every reader takes a value, which is text or what JSON has, and raises ValueError with what is
wrong, and after a semicolon what to do.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from broadsheet.base.identifiers import has_lost_zero, parse_arxiv, parse_doi
from broadsheet.importers.forgiving import full_name, names_in, natural_name, with_scheme
from broadsheet.importers.lines import quoted
from broadsheet.importers.repairs import visible

# What programs write into cells without a value.
_NOTHING = frozenset(["", "nan", "null", "none", "n/a", "#n/a", "nat", "<na>"])
# Commas between Chinese names, which have none themselves.
_HAN = re.compile("[\u4e00-\u9fff]")
_HAN_COMMA = re.compile("[、，,]")
# "and" in German and French.
_AND = re.compile(r"\s+(?:und|et)\s+(?!al\b)")
# What ends an incomplete list of authors, which must not pass for a whole one.
_OTHERS = re.compile(r"(?:^|[\s,])(?:et\.? al|u\. ?a|others)\.?$|等$", re.IGNORECASE)
_NAME_KEYS = ("name", "fullname", "full_name", "display_name", "displayname", "author", "label")
_FAMILY_KEYS = ("family", "last", "lastname", "last_name", "surname")
_GIVEN_KEYS = ("given", "first", "firstname", "first_name", "forename")
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(?P<id>.+)", re.IGNORECASE)
_CODE_HOSTS = ("github.com", "gitlab.com", "bitbucket.org", "codeberg.org")
_VIDEO_HOSTS = ("youtube.com", "youtu.be", "vimeo.com", "bilibili.com")
# A list as Python prints it: ['Ada Example', "Bob O'Sample"].
_TEXT = r"""'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)\""""
_QUOTED = re.compile(_TEXT)
_ITEMS = re.compile(rf"\[(?:{_TEXT})(?:,\s*(?:{_TEXT}))*,?\]")
_UNESCAPED = re.compile(r"\\(.)")


def is_blank(value: Any) -> bool:
    """Whether a value says nothing."""
    if isinstance(value, str):
        return value.strip().casefold() in _NOTHING
    return value is None or value in ([], {})


def text_of(value: Any) -> str:
    """Returns a text without invisible characters."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise ValueError(f"must be text, not {_kind(value)}")  # noqa: TRY004 bad data, not a bug
    return visible(str(value))


def line_of(value: Any) -> str:
    """Returns a text on one line."""
    return " ".join(text_of(value).split())


def paragraphs_of(value: Any) -> str:
    """Returns a text that may have paragraphs, also if they are in a list."""
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return "\n\n".join(filter(None, map(visible, value)))
    return text_of(value)


def names_of(value: Any) -> tuple[str, ...]:
    """Returns the names of authors, from one text, or from a list of texts or of objects."""
    names = _all_names(_parsed_list(value))
    if any(_OTHERS.search(name) for name in names[-1:]):
        raise ValueError(f"{quoted(names[-1])} stands for more authors; list them all")
    return names


def _all_names(value: Any) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(filter(None, map(_name, value)))
    if isinstance(value, Mapping):
        return tuple(filter(None, [_name(value)]))
    text = line_of(value).replace("；", ";")
    if _HAN.search(text):
        text = _HAN_COMMA.sub(";", text)
    names = names_in(_AND.sub(" and ", text))
    if names is None:
        raise ValueError(f"can't tell the names in {quoted(text)}; separate names by semicolons")
    return tuple(names)


def _name(value: Any) -> str:
    if isinstance(value, Mapping):
        plain = {key.casefold(): inner for key, inner in value.items()}
        found = next((plain[key] for key in _NAME_KEYS if plain.get(key)), None)
        if isinstance(found, Mapping):
            return _name(found)
        if found is None:
            family, given = (
                next((line_of(plain[key]) for key in keys if plain.get(key)), "")
                for keys in (_FAMILY_KEYS, _GIVEN_KEYS)
            )
            return full_name(family, given) if family and given else family or given
        value = found
    return natural_name(line_of(value)) if value is not None else ""


def words_of(value: Any) -> tuple[str, ...]:
    """Returns topics or keywords, from one text, or from a list of texts or of objects."""
    value = _parsed_list(value)
    if isinstance(value, list):
        words = [_name(word) if isinstance(word, Mapping) else line_of(word) for word in value]
    else:
        text = line_of(value)
        mark = next((mark for mark in (";", "|", "；", "、") if mark in text), ",")
        words = text.replace("，", ",").split(mark)
    return tuple(dict.fromkeys(filter(None, (word.strip().lstrip("#").strip() for word in words))))


def titles_of(value: Any) -> tuple[str, ...]:
    """Returns other titles. A text is one title."""
    value = _parsed_list(value)
    return tuple(filter(None, map(line_of, value if isinstance(value, list) else [value])))


def _parsed_list(value: Any) -> Any:
    """Returns the list that a text such as "['a', 'b']" is, as programs write lists into cells."""
    if not isinstance(value, str) or not value.strip().startswith("["):
        return value
    text = value.strip()
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = [first or second for first, second in _QUOTED.findall(text)]
        # Nothing but quoted texts: a title such as "[Re] Some Method" is no list.
        return [_UNESCAPED.sub(r"\1", item) for item in found] if _ITEMS.fullmatch(text) else value
    return found if isinstance(found, list) else value


def arxiv_of(value: Any) -> str:
    """Returns an arXiv id."""
    text = line_of(value)
    found = parse_arxiv(text.partition("?")[0].partition("#")[0].rstrip("/"))
    if found is None:
        raise ValueError(f"{quoted(text)} isn't an arXiv id; write one like 2403.01234")
    if has_lost_zero(found):
        message = f"{found} is missing a digit, as programs drop zeros at the end of numbers"
        raise ValueError(f"{message}; make the column a text, with ids of five digits")
    return found


def doi_of(value: Any) -> tuple[str, str]:
    """Returns the field that a DOI is for, which may be `arxiv`, and its value."""
    text = line_of(value)
    found = parse_doi(text)
    if found is None:
        raise ValueError(f"{quoted(text)} isn't a DOI; write one like 10.1000/example")
    if of_arxiv := _ARXIV_DOI.fullmatch(found):
        return "arxiv", arxiv_of(of_arxiv["id"])
    return "doi", text[-len(found) :]


def link_of(value: Any) -> str:
    """Returns a URL."""
    text = with_scheme(line_of(value))
    if not text.lower().startswith(("https://", "http://")):
        raise ValueError(f"{quoted(text)} isn't a URL; it must start with https:// or http://")
    return str(text)


def address_of(value: Any) -> tuple[str, str]:
    """Returns the field that an address of a paper is for, and its value.

    The field is empty for an address that Broadsheet has no field for, such as that of a
    publisher's page.
    """
    text = line_of(value)
    plain = text.partition("?")[0].partition("#")[0].rstrip("/")
    if parse_arxiv(plain):
        return "arxiv", arxiv_of(plain)
    if parse_doi(plain):
        return doi_of(plain)
    url = link_of(value)
    try:
        parts = urlsplit(url)
    except ValueError as error:  # a host such as [::1
        raise ValueError(f"{quoted(url)} isn't a URL; correct it") from error
    host = (parts.hostname or "").removeprefix("www.")
    if host in _CODE_HOSTS:
        return "code", url
    if host in _VIDEO_HOSTS:
        return "video", url
    return ("pdf" if parts.path.lower().endswith(".pdf") else ""), url


def fact_of(value: Any) -> str:
    """Returns any value as text, as it's kept under `extra`."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list) and all(isinstance(item, str | int) for item in value):
        return "; ".join(map(fact_of, value))
    if isinstance(value, list | Mapping):
        return visible(json.dumps(value, ensure_ascii=False))
    return text_of(value)


def _kind(value: Any) -> str:
    kinds: tuple[tuple[type | tuple[type, ...], str], ...] = (
        (bool, "true or false"),
        (Mapping, "an object"),
        (list, "a list"),
    )
    return next((name for kind, name in kinds if isinstance(value, kind)), "this")
