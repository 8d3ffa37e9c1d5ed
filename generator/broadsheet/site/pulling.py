"""Reading the sources that a site takes new papers from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import urlencode

from broadsheet.content.columns import NO_CHOICES, ColumnChoices
from broadsheet.content.records import Reading, Record
from broadsheet.content.settings import PullSettings
from broadsheet.importers import read
from broadsheet.importers.services import arxiv_api
from broadsheet.site.addresses import fetched, origin_of_address
from broadsheet.site.fetching import ARXIV, Fetcher


def pulled(
    source: PullSettings, week: str, fetcher: Fetcher, choices: ColumnChoices = NO_CHOICES
) -> Reading:
    """Returns the first papers of a source as records that name no list.

    Args:
        source: The source.
        week: The ISO week of the issue that the papers are for.
        fetcher: Fetches it.
        choices: What people have decided about the columns of tables.

    Raises:
        BroadsheetError: It can't be had, or not be read.
    """
    url = origin_of_address(_address(source, week, fetcher))
    importer = arxiv_api.NAME if source.arxiv else source.importer
    name = ARXIV.name if source.arxiv else url
    reading = read(fetched(fetcher, url), name, importer or None, choices)
    records = (_unlisted(record, source) for record in reading.records[: source.limit])
    return Reading(reading.importer, name, records=tuple(records), problems=reading.problems)


def _address(source: PullSettings, week: str, fetcher: Fetcher) -> str:
    if source.arxiv:
        query = {
            "search_query": source.arxiv,
            "sortBy": "submittedDate",
            "sortOrder": "descending",
            "max_results": source.limit,
        }
        return f"{fetcher.service(ARXIV).address}?{urlencode(query)}"
    monday = date.fromisocalendar(int(week[:4]), int(week[-2:]), 1)
    values = {"week": week, "start": monday, "end": monday + timedelta(days=6)}
    url = source.url or ""
    for name, value in values.items():
        url = url.replace(f"{{{name}}}", str(value))
    return url


def _unlisted(record: Record, source: PullSettings) -> Record:
    """Returns a record without its place in the source, which is another one next time."""
    topics = (*record.topics, *source.topics)
    record = replace(record, line=0, topics=topics, issue=None, section=None)
    return replace(record, number=None, collection=None, text=None)
