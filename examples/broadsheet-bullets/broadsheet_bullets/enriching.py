"""A service that knows where the code of papers is.

It asks `https://bullets.example/papers?ids=2403.01234,2403.05678`, which doesn't exist. Name a
server of yours in the environment variable `BULLETS_API`. The answer is a list such as
`[{"arxiv": "2403.01234", "title": "Some Method for Some Task", "code": "https://…"}]`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from urllib.parse import urlencode

from broadsheet.content.model import Paper
from broadsheet.content.records import Record
from broadsheet.importers.services.work import Work
from broadsheet.site.enriching.enricher import Enricher
from broadsheet.site.fetching import Question, Service

SERVICE = Service("Bullets", "https://bullets.example/papers", "BULLETS_API", pause=1, most=50)


def keys(paper: Paper) -> Sequence[str]:
    """Returns the names by which a paper is asked for."""
    return [paper.arxiv] if paper.arxiv else []


def question(service: Service, ids: Sequence[str]) -> Question:
    """Returns the question for some papers."""
    return Question(f"{service.address}?{urlencode({'ids': ','.join(ids)})}", "application/json")


def works(text: str) -> tuple[Work, ...]:
    """Reads the answer. A work without the title of its paper would be left out."""
    return tuple(
        Work(
            Record(
                SERVICE.name,
                0,
                title=found["title"],
                arxiv=found["arxiv"],
                links={"code": found["code"]},
            )
        )
        for found in json.loads(text)
    )


def names(record: Record) -> Sequence[str]:
    """Returns the names by which a work could have been asked for."""
    return [record.arxiv] if record.arxiv else []


ENRICHER = Enricher(SERVICE, keys, question, works, names, gives=frozenset(["code"]))
