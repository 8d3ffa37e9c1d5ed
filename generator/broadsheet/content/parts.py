"""The parts of papers, issues and collections: links, sources, signatures and notices."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, GetJsonSchemaHandler, model_validator
from pydantic_core import CoreSchema

from broadsheet.content.fields import LINE_SCHEMA, Day, Line, Text, Url


class Value(BaseModel):
    """A frozen value without unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Signature(Value):
    """Who did something, and on which day: `{by: Ada Example, on: 2024-03-24}` or just a name.

    Attributes:
        by: A person, or the program that wrote a text.
        on: The day.
    """

    by: Line
    on: Day | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_name(cls, value: Any) -> Any:
        return {"by": value} if isinstance(value, str) else value

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Returns the schema of a mapping or just a name."""
        return {"anyOf": [LINE_SCHEMA, handler(core_schema)]}


class Correction(Value):
    """A notice that something published was wrong.

    Attributes:
        on: The day of the correction.
        text: What was wrong and what is right.
    """

    on: Day
    text: Text


class Withdrawal(Value):
    """A notice that a paper no longer stands. Its page stays and says so.

    Attributes:
        on: The day of the withdrawal.
        reason: Why the paper was withdrawn.
        by: Who withdrew it.
    """

    on: Day
    reason: Line
    by: Line | None = None


class Cited(Value):
    """How often a paper has been cited: `{count: 41, read: 2024-03-25, by: Example Index}`.

    Attributes:
        count: The number of citations.
        read: The day on which it was read.
        by: The service that counts them.
    """

    count: int = Field(ge=1)
    read: Day
    by: Line | None = None


class Facts(Value):
    """Facts that services keep about a paper. `broadsheet enrich` writes them.

    Attributes:
        categories: The categories that arXiv lists it under, the main one first.
        version: The newest version on arXiv when the paper was last looked up.
        cited: How often it has been cited.
    """

    categories: tuple[Line, ...] = ()
    version: int | None = Field(default=None, ge=1)
    cited: Cited | None = None


class Source(Value):
    """The source of an issue or a collection.

    Attributes:
        name: The name of the source, which its readers know.
        file: The file that was imported.
        url: The web page of the source.
        retrieved: The day on which the source was read.
    """

    name: Line
    file: Line | None = None
    url: Url | None = None
    retrieved: Day | None = None


class Provenance(Value):
    """A source of a paper.

    Attributes:
        source: The file or service that lists the paper.
        line: The line of the file.
        url: The web page that lists the paper.
        retrieved: The day on which the source was read.
        gave: The fields of the paper that come from this source.
    """

    source: Line
    line: int | None = Field(default=None, ge=1)
    url: Url | None = None
    retrieved: Day | None = None
    gave: tuple[Line, ...] = ()


class Links(Value):
    """The links of a paper, other than those to arXiv and its DOI, which follow from its ids.

    Attributes:
        code: Its source code.
        project: Its project page.
        pdf: A PDF, if it isn't on arXiv.
        data: Its dataset.
        demo: A demonstration.
        video: A talk or another video.
    """

    code: Url | None = None
    project: Url | None = None
    pdf: Url | None = None
    data: Url | None = None
    demo: Url | None = None
    video: Url | None = None

    def named(self) -> Mapping[str, str]:
        """Returns the links that are set by name, in the order of the schema."""
        return {name: url for name, url in self if url is not None}
