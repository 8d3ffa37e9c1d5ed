"""What a digest's owner sets: `extra.broadsheet` in ``mkdocs.yml``, read strictly."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from broadsheet.base.errors import BroadsheetError
from broadsheet.content.model import Slug
from broadsheet.content.validation import validate
from broadsheet.content.yaml_text import line_of


class Settings(BaseModel):
    """Settings of one site.

    `content` is the corpus' folder, relative to ``mkdocs.yml``; `digest` is the digest that
    imported issues belong to; `papers_per_page` cuts long lists into pages; `related` is how
    many related papers a page shows. `identity` is the address that ids in feeds are made from: a
    site that moves names its old one here, so that nobody's reader shows all papers again.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    content: str = "content"
    digest: Slug = "weekly"
    digests: dict[Slug, str] = Field(default_factory=dict)
    papers_per_page: int = Field(default=50, ge=1, le=1000)
    related: int = Field(default=6, ge=0, le=50)
    author_papers: int = Field(default=2, ge=1)
    card_papers: int = Field(default=100, ge=0)
    license: str = "unknown"
    feed_papers: int = Field(default=100, ge=1)
    identity: str = ""

    def digest_name(self, slug: str) -> str:
        """What a digest is called, as set, or from its folder's name."""
        return self.digests.get(slug) or slug.replace("-", " ").capitalize()


def read_settings(settings: Any, file: Path, shown: str | None = None) -> Settings:
    """The settings found under `extra.broadsheet`; None means all defaults.

    Raises BroadsheetError with the line in `file` for a key or a value that is not right.
    """

    def line(keys: tuple[str | int, ...]) -> int:
        if not file.is_file():
            return 0
        return line_of(_without_tags(file.read_text("utf-8")), ("extra", "broadsheet", *keys))

    found = validate(Settings, {} if settings is None else settings, shown or file.name, line)
    if isinstance(found, tuple):
        raise BroadsheetError(*found)
    return found


def _without_tags(text: str) -> str:
    """mkdocs.yml may use tags (!ENV, !!python/name) that only MkDocs knows."""
    return text.replace("!!python", "!python")
