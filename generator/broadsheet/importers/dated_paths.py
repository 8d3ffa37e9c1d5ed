"""Papers of a file that has a date only in its path, such as archive/2024/11/25.json."""

from __future__ import annotations

from dataclasses import replace

from broadsheet.content.records import ListedRecord, Reading, ReadIssue, ReadSection
from broadsheet.importers.digest_dating import days_of_page


def dated_by_path(reading: Reading) -> Reading:
    """Returns what was read as an issue of the days in the path, if nothing else says the days."""
    found = days_of_page("", "", reading.source)
    lists = any(record.issue or record.collection for record in reading.records)
    if not found or reading.issues or lists or not reading.records:
        return reading
    entries = tuple(ListedRecord(record) for record in reading.records)
    # A day is a section of its week, as in lists that name their days.
    heading = found.start.isoformat() if found.is_day else ""
    issue = ReadIssue(
        found.start,
        found.end,
        (ReadSection(heading, 1, entries),),
        source_name=reading.source.rpartition("/")[2],
        is_part=found.is_day,
    )
    return replace(reading, issues=(issue,), collection=None)
