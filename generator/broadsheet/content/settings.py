"""The site owner's settings: `extra.broadsheet` in ``mkdocs.yml``."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from broadsheet.base.errors import BroadsheetError
from broadsheet.content.fields import OptionalLine, OptionalUrl, Slug, Url
from broadsheet.content.validation import validate
from broadsheet.content.yaml_text import Lines

# What stands for something else in the words of a newsletter.
PLACEHOLDERS = ("title", "digest", "week", "dates", "count", "site")


def _letter_words(text: str) -> str:
    """Refuses placeholders that letters don't have."""
    try:
        names = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    except ValueError as error:
        raise ValueError(f"{error}; write {{{{ and }}}} for braces") from error
    for name in names:
        if name not in PLACEHOLDERS:
            known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
            raise ValueError(f"unknown placeholder {{{name}}}; write {known} or {{{{ and }}}}")
    return text


LetterWords = Annotated[str, AfterValidator(_letter_words)]


def _mail_address(text: str) -> str:
    """Refuses what isn't an address: it's sent to other machines as it is."""
    if (text and not re.fullmatch(r"[!-~]+@[!-~]+", text)) or set(text) & set("();,<>"):
        raise ValueError(f"{text!r} isn't a mail address; write one like you@example.org")
    return text


def _host(text: str) -> str:
    """Refuses what isn't the name of a host: it becomes a part of the policy of pages."""
    if not re.fullmatch(r"(?=.{1,255}$)(?:[a-z0-9-]+\.)+[a-z0-9-]+(?::\d{1,5})?", text):
        raise ValueError(f"{text!r} isn't a host; write one like cdn.example.org")
    return text


Host = Annotated[str, AfterValidator(_host)]
Contact = Annotated[str, AfterValidator(_mail_address)]


class LetterSettings(BaseModel):
    """Words of the newsletter, which may have the placeholders of `PLACEHOLDERS`.

    Attributes:
        subject: The subject of the letter.
        sender: The name of the sender, unless the environment names one.
        footer: The last paragraph, which may use emphasis and links.
        subscribe: The URL where readers subscribe, which the site links to.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    subject: LetterWords = "{title}"
    sender: LetterWords = "{site}"
    footer: LetterWords = ""
    subscribe: OptionalUrl = ""


class PullSettings(BaseModel):
    """A source of new papers for `broadsheet pull`, which has a `url` or an `arxiv` query.

    Attributes:
        name: What messages call it. By default, that's its URL or query.
        url: A list on the web that `broadsheet import` can read, such as a feed. `{week}` stands
            for the week of the issue, such as 2024-W12, and `{start}` and `{end}` for its Monday
            and Sunday.
        arxiv: A query of arXiv for the newest papers, such as `cat:cs.CL AND abs:retrieval`.
        importer: The importer of the list, as `import --as` names it. By default it's detected.
        limit: How many of its first papers to look at.
        topics: Names of topics that its papers get.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = ""
    url: Url | None = None
    arxiv: str = ""
    importer: str = ""
    limit: int = Field(default=50, ge=1, le=500)
    topics: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _one_origin(self) -> Self:
        if bool(self.url) == bool(self.arxiv):
            raise ValueError("write either `url` or `arxiv`")
        return self

    @property
    def shown(self) -> str:
        """What messages call it."""
        return self.name or self.url or f"arXiv: {self.arxiv}"


class Settings(BaseModel):
    """The settings of a site.

    Attributes:
        content: The content folder, relative to ``mkdocs.yml``.
        digest: The slug of the digest that imported issues belong to.
        digests: The names of digests, by slug, in the order in which the site shows them.
        byline: Who picks the papers and how often issues appear, in one sentence for the front
            page.
        papers_per_page: How many papers a page of a list shows.
        related: How many related papers the page of a paper shows.
        author_papers: How many papers an author needs to get a page. Without it, at most one
            author in twenty papers gets a page: those with the most papers, and at least two.
            Papers of more than 50 authors don't count.
        card_papers: How many of the newest papers get a social card.
        database: Whether the site has its papers as an SQLite database, too. With about 9,000
            papers, it's larger than Cloudflare Pages takes.
        license: The license of the dataset, by its id on the Hugging Face Hub.
        newsletter: The subject, sender and footer of letters.
        feed_papers: How many papers a feed has at most.
        identity: The URL that feed ids are made from. A site that moves sets this to its old URL,
            so that feed readers don't show every paper again.
        writer: The program with which `broadsheet write` drafts summaries, with its arguments. It
            reads a prompt on standard input and prints text.
        house_style: What the program is told about how summaries are written here.
        contact: A mail address that services can write to if looking papers up causes trouble.
            Some services answer sooner if they know one.
        sources: Where `broadsheet pull` looks for new papers.
        hooks: Names of hooks of installed packages, in the order in which they run. They change the
            content of a build or add files to the site, so they're as trusted as plugins.
        allow_hosts: Other hosts that readers' browsers may ask for what settings and hand-written
            pages name, such as cdn.example.org. They learn who reads the site. Without it, the
            policy of the pages refuses all other hosts.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    content: str = "content"
    digest: Slug = "weekly"
    digests: dict[Slug, str] = Field(default_factory=dict)
    byline: OptionalLine = ""
    papers_per_page: int = Field(default=50, ge=1, le=1000)
    related: int = Field(default=6, ge=0, le=50)
    author_papers: int | None = Field(default=None, ge=1)
    card_papers: int = Field(default=100, ge=0)
    database: bool = True
    license: str = "unknown"
    feed_papers: int = Field(default=100, ge=1)
    identity: str = ""
    newsletter: LetterSettings = LetterSettings()
    writer: str = ""
    house_style: str = ""
    contact: Contact = ""
    sources: tuple[PullSettings, ...] = ()
    hooks: tuple[Slug, ...] = ()
    allow_hosts: tuple[Host, ...] = ()

    def digest_rank(self, slug: str) -> tuple[int, str]:
        """Returns what digests are sorted by: their order in the settings, then their slug."""
        names = list(self.digests)
        return names.index(slug) if slug in self.digests else len(names), slug

    def digest_name(self, slug: str) -> str:
        """Returns the name of a digest: the one set, or else its slug as words."""
        return self.digests.get(slug) or slug.replace("-", " ").capitalize()


def read_settings(settings: Any, file: Path, shown: str | None = None) -> Settings:
    """Validates the value of `extra.broadsheet`.

    Args:
        settings: The parsed value. None means that everything has its default.
        file: The configuration file, which is read again to find the lines of problems.
        shown: The file's path as problems print it.

    Raises:
        BroadsheetError: A key is unknown, or a value is invalid.
    """

    def line(keys: tuple[str | int, ...]) -> int:
        if not file.is_file():
            return 0
        line_of = Lines(file.read_text("utf-8"))
        return line_of(("extra", "broadsheet", *keys))

    found = validate(Settings, {} if settings is None else settings, shown or file.name, line)
    if isinstance(found, tuple):
        raise BroadsheetError(*found)
    return found
