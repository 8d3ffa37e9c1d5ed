"""Texts that try to be markup or code."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from typing import Any

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</article></div><svg onload=alert(1)>",
    "{: onclick=alert(1) }",
    "{ onclick=alert(1) }",
    "Title { #id onclick=alert(1) }",
    "[x](javascript:alert(1))",
    "![x](https://evil.example/pixel.png)",
    "<https://evil.example/>",
    "<javascript:alert(1)>",
    "[x][y] and [y]: https://evil.example/",
    "[y]: https://evil.example/",
    "&lt;script&gt; &amp; &#60;b&#62; &copy; &nbsp;",
    "*a* **b** _c_ __d__ ~~e~~ ^f^ `g` ``h``",
    "---",
    "***",
    "- a",
    "+ a",
    "# a",
    "a\n===\n",
    "> a",
    "1. a",
    "1) a",
    "    code",
    "``` python\nx\n```",
    "~~~",
    ": a definition",
    "!!! note",
    "??? note",
    "| a | b |",
    "*[HTML]: x",
    "[^1]",
    "[TOC]",
    "$x$",
    "--8<-- file",
    "{% raw %}{{ 7 * 7 }}",
    "\\*a\\* \\",
    "a\\",
    "a `",
    "a \x02amp\x03 \x02wzxhzdk:0\x03 klzzwxh:0000",
    '" onmouseover="alert(1)',
    "' onmouseover='alert(1)",
    "]]> <!-- x --> <?php x ?>",
    "a  \nb",
    "\u202eevil\u2028line\x85end\x80",
]

# Names that objects of JavaScript have already, and those of parameters in addresses.
NAMES = ("__proto__", "constructor", "toString", "hasOwnProperty", "q", "sort", "page", "slug")
DAY = "2025-01-02"


def hostile_files(texts: Iterable[str]) -> dict[str, str]:
    """A folder of content that has each text in every field that takes texts, as files of JSON."""
    papers = {f"paper-{number}": _paper(text) for number, text in enumerate(texts)}
    papers |= {"constructor": _paper("constructor"), "valueof": _paper("__proto__")}
    entries = [
        {"paper": slug, "number": title, "text": title, "commentary": title}
        for slug, title in ((slug, paper["title"]) for slug, paper in papers.items())
    ]
    sections = [
        {"heading": entry["text"], "commentary": entry["text"], "entries": [entry]}
        for entry in entries
    ]
    first = entries[0]["text"]
    source = {"name": first, "file": first, "url": "https://a.example/?a=(b)&c=[d]"}
    topics = {
        slug: {"name": text, "description": text, "aliases": [f"{text} {slug}"]}
        for slug, text in (("constructor", first), ("tostring", "__proto__"))
    }
    issue = {
        "title": first,
        "week": "2025-W01",
        "start": "2024-12-30",
        "end": "2025-01-05",
        "source": source,
        "lead": "paper-1",
        "introduction": first,
        "sections": sections,
        "corrections": [{"on": DAY, "text": first}],
    }
    collection = {"title": first, "description": first, "source": source, "entries": entries}
    files: dict[str, Any] = {f"papers/{slug}.yml": paper for slug, paper in papers.items()}
    files |= {"topics.yml": topics, "digests/constructor/2025-W01.yml": issue}
    files |= {"collections/constructor.yml": collection}
    return {f"content/{name}": json.dumps(value) for name, value in files.items()}


def _paper(text: str) -> dict[str, Any]:
    number = zlib.crc32(text.encode())
    return {
        "title": text,
        "authors": [text, f"{text} Twice"],
        "venue": text,
        "published": DAY,
        "tldr": text,
        "summary": text,
        "abstract": f"{text}\n\n- {text}",
        "doi": f"10.1000/{number}<script>\"'#?",
        "topics": ["constructor", "tostring"],
        "links": {"code": f'https://a.example/{number}"><script>alert(1)</script>(x)[y]'},
        "extra": {**dict.fromkeys(NAMES, text), text[:99].strip(): text},
        "facts": {
            "categories": [text],
            "version": 2,
            "cited": {"count": 7, "read": DAY, "by": text},
        },
        "other_titles": [f"{text} again"],
        "written": {"by": text, "on": DAY},
        "corrections": [{"on": DAY, "text": text}],
        "withdrawn": {"on": DAY, "reason": text, "by": text},
        "provenance": [{"source": text, "line": 1, "gave": [text]}],
    }
