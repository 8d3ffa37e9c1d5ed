"""The pages of the bundled site that browser tests open: one of each kind."""

from __future__ import annotations

RAFT = "raft-adapting-language-model-to-domain-specific-rag"
KINDS = {
    "home": "",
    "weeks": "weeks/",
    "week": "weeks/2024-W12/",
    "topics": "topics/",
    "topic": "topics/retrieval/",
    "archive": "papers/",
    "month": "archive/2024-06/",
    "paper": f"papers/{RAFT}/",
    "collections": "collections/",
    "collection": "collections/trending/",
    "second part": "collections/trending/page-2/",
    "authors": "authors/",
    "feeds": "feeds/",
    "data": "data/",
    "about": "about/",
    "saved": "saved/",
    "by hand": "colophon/",
    "search": "search/?q=retrieval",
}
