"""A paper during an import: its known fields, filled with what records add."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.base.identifiers import is_category, title_key
from broadsheet.content.changes import ImportOptions
from broadsheet.content.fields import MOST_EXTRA
from broadsheet.content.model import Entry, Facts, Links, Paper, Provenance
from broadsheet.content.records import Record
from broadsheet.content.topics import Taxonomy

# The fields that papers take from records, in the order of the schema.
FIELDS = (
    "title",
    "authors",
    "arxiv",
    "doi",
    "published",
    "venue",
    "topics",
    "tldr",
    "summary",
    "abstract",
)
# Fields of which records fill the missing keys.
MAPPINGS = ("links", "extra")
TEXTS = ("tldr", "summary", "abstract")


def refuse_invalid(record: Record) -> None:
    """Refuses a record that can't become a paper.

    Raises:
        BroadsheetError: A field is too long or contains characters that aren't allowed.
    """
    values = {name: getattr(record, name) for name in FIELDS if name != "topics"}
    values |= {"links": dict(record.links), "other_titles": record.other_titles}
    values["extra"] = dict(record.extra)
    try:
        Paper.model_validate({"slug": "a", **values})
        Entry(paper="a", number=record.number, text=record.text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        message, _, advice = first["msg"].removeprefix("Value error, ").partition("; ")
        field = str(first["loc"][0])
        problem = Problem(record.source, record.line, field, message, advice)
        raise BroadsheetError(problem) from error


@dataclass
class Draft:
    """A paper that records are merged into.

    Attributes:
        slug: The paper's slug, or None for a new paper.
        fields: What is known about the paper, by name.
        new_fields: The names of the fields that records have filled.
        provenance: The sources of the paper.
        texts: What sources print about the paper.
        changed: Whether any record has added something.
    """

    slug: str | None = None
    fields: dict[str, Any] = field(default_factory=lambda: {"links": Links()})
    new_fields: list[str] = field(default_factory=list)
    provenance: list[Provenance] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    changed: bool = False

    def paper(self, slug: str) -> Paper:
        """Returns the finished paper."""
        return Paper(**{**self.fields, "slug": slug, "provenance": tuple(self.provenance)})

    def fill(self, record: Record, options: ImportOptions, taxonomy: Taxonomy) -> list[str]:
        """Fills empty fields from a record and returns their names."""
        filled: list[str] = []
        for name in FIELDS:
            if self.fields.get(name) or (name in TEXTS and not options.texts):
                continue
            value = _topics(record, taxonomy) if name == "topics" else getattr(record, name)
            if value:
                self.fields[name] = value
                filled.append(name)
        filled += [*self._add_links(record), *self._add_extra(record), *self._add_titles(record)]
        filled += self._add_categories(record)
        self.new_fields += [name for name in filled if name not in self.new_fields]
        return filled

    def _add_links(self, record: Record) -> list[str]:
        links = self.fields["links"].named()
        more = {name: url for name, url in record.links.items() if name not in links}
        if not more:
            return []
        self.fields["links"] = Links(**{**links, **more})
        return ["links"]

    def _add_extra(self, record: Record) -> list[str]:
        known = self.fields.get("extra", {})
        more = [(name, value) for name, value in record.extra.items() if name not in known]
        more = more[: MOST_EXTRA - len(known)]
        if not more:
            return []
        self.fields["extra"] = {**known, **dict(more)}
        return ["extra"]

    def _add_categories(self, record: Record) -> list[str]:
        categories = tuple(word for word in record.keywords if is_category(word))
        if not categories or not self.fields.get("arxiv") or self.fields.get("facts"):
            return []
        self.fields["facts"] = Facts(categories=categories)
        return ["facts"]

    def _add_titles(self, record: Record) -> list[str]:
        known = {title_key(self.fields.get("title") or "")}
        known |= {title_key(title) for title in self.fields.get("other_titles", ())}
        titles = [title for title in (record.title, *record.other_titles) if title]
        more = [title for title in titles if title_key(title) not in known]
        if not more:
            return []
        self.fields["other_titles"] = (*self.fields.get("other_titles", ()), *more)
        return ["other_titles"]

    def title_keys(self) -> tuple[str, ...]:
        """Returns the keys of all titles of the paper."""
        titles = (self.fields.get("title"), *self.fields.get("other_titles", ()))
        return tuple(title_key(title) for title in titles if title)

    def remember(
        self,
        record: Record,
        gave: list[str],
        options: ImportOptions,
        earlier_names: Iterable[str] = (),
    ) -> bool:
        """Adds provenance unless the source is known and gave nothing new.

        That way, importing a source twice changes nothing, even under another name. A record
        without a line, which is in no list, is only remembered for what it gave.
        """
        names = (record.source, *earlier_names)
        is_known = any(known.source in names for known in self.provenance)
        if not gave and (is_known or not record.line):
            return False
        self.changed = True
        if record.text and options.texts:
            gave = [*gave, "text"]
        self.provenance.append(
            Provenance(
                source=record.source,
                line=record.line or None,
                retrieved=options.today,
                gave=tuple(gave),
            )
        )
        text = record.abstract or record.text
        if text:
            self.texts.append(text)
        return True


def _topics(record: Record, taxonomy: Taxonomy) -> tuple[str, ...]:
    slugs = [slug for name in record.topics for slug in taxonomy.topics_for(name)]
    slugs += [slug for keyword in record.keywords for slug in taxonomy.known_for(keyword)]
    return tuple(dict.fromkeys(slugs))
