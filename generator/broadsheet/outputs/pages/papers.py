"""Pages of papers, and the archive by year and month."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import groupby, islice

from broadsheet.base.addresses import paper_api, paper_url, week_url
from broadsheet.base.identifiers import arxiv_url, doi_url, title_key
from broadsheet.base.language import Language, first_names
from broadsheet.base.markup import plain, plain_rich
from broadsheet.base.text import shortened
from broadsheet.content.model import Paper, Provenance
from broadsheet.edition import Appearance, Edition, Kind, Link, PaperList
from broadsheet.edition.labels import without_label
from broadsheet.edition.links import elsewhere
from broadsheet.edition.lists import UNDATED
from broadsheet.outputs.api.files import api_paper
from broadsheet.outputs.notices import machine_notice, marks_of, notices_of
from broadsheet.outputs.pages.listed import listed
from broadsheet.outputs.pages.materials import Materials
from broadsheet.outputs.pages.page import Page, Plan
from broadsheet.outputs.pages.parts import Part, parts
from broadsheet.outputs.pages.rows import (
    CountedLink,
    GivenFacts,
    ListedPaper,
    OwnTexts,
    PlaceInIssue,
    PlaceView,
    RelatedPaper,
    Takeaway,
    YearOfPapers,
)
from broadsheet.outputs.pages.views import MonthView, PapersView, PaperView
from broadsheet.outputs.words import field_name

# More authors, such as those of a large group, are folded, because each one is a link.
_SHOWN_AUTHORS = 20


def papers_pages(materials: Materials) -> Iterator[Plan]:
    """Yields the archive, the pages of its months, and the page of each paper."""
    edition = materials.edition
    yield Plan("papers/", "papers", partial(_archive, edition))
    for month in edition.lists_of(Kind.MONTH):
        for part in parts(len(month.papers), edition.settings.papers_per_page, month.url):
            yield Plan(part.here, "month", partial(_month, materials, part))
    for slug in edition.papers:
        make, file = partial(_paper, edition, slug), partial(api_paper, edition, slug)
        yield Plan(paper_url(slug), "paper", make, beside=file)


def _archive(edition: Edition) -> Page:
    months = edition.lists_of(Kind.MONTH)
    newest = sorted(months, key=lambda m: "" if m.slug == UNDATED else m.slug, reverse=True)
    language, total = edition.language, len(edition.papers)
    return Page(
        address="papers/",
        title=language.text("Papers"),
        description=language.counted(
            total,
            "%(number)s paper of %(site)s.",
            "%(number)s papers of %(site)s by year and month.",
            site=edition.site.name,
        ),
        view=PapersView(
            tuple(_newest(edition, newest)),
            tuple(_year(tuple(group), language) for _, group in groupby(newest, key=_year_of)),
            total,
        ),
    )


def _newest(edition: Edition, months: Iterable[PaperList]) -> Iterator[ListedPaper]:
    """Yields the newest papers. Only these are read, so no other paper changes the page."""
    slugs = (slug for month in months for slug in month.papers)
    for slug in islice(slugs, edition.settings.papers_per_page):
        yield listed(edition, edition.papers[slug])


def _year_of(month: PaperList) -> str:
    return "" if month.slug == UNDATED else month.slug[:4]


def _year(months: tuple[PaperList, ...], language: Language) -> YearOfPapers:
    links = tuple(CountedLink(_month_name(m, language), m.url, len(m.papers)) for m in months)
    name = language.date(_year_of(months[0])) or language.text("Undated")
    return YearOfPapers(name, sum(link.count for link in links), links)


def _month_name(month: PaperList, language: Language) -> str:
    return language.text("Undated") if month.slug == UNDATED else language.date(month.slug)


def _month(materials: Materials, part: Part) -> Page:
    edition, language = materials.edition, materials.edition.language
    month = edition.lists[part.base]
    title, about = _month_words(month, language)
    return Page(
        address=part.here,
        title=part.title(title, language),
        description=part.description(about, language),
        view=MonthView(
            list=month,
            part=part,
            choices=materials.choices[part.base],
            takeaway=Takeaway(),
            papers=tuple(listed(edition, edition.papers[slug]) for slug in part.of(month.papers)),
            name=_month_name(month, language),
        ),
    )


def _month_words(month: PaperList, language: Language) -> tuple[str, str]:
    """Returns the title and description of the pages of a month."""
    count, name = len(month.papers), _month_name(month, language)
    if month.slug == UNDATED:
        about = language.counted(
            count, "%(number)s paper without a date.", "%(number)s papers without a date."
        )
        return language.text("Papers without a date"), about
    about = language.counted(
        count,
        "%(number)s paper first published in %(month)s.",
        "%(number)s papers first published in %(month)s.",
        month=name,
    )
    return language.text("Papers from %(month)s", month=name), about


def _paper(edition: Edition, slug: str) -> Page:
    paper = edition.papers[slug]
    title = plain(paper.name)
    shown, folded = _folded(paper.authors)
    return Page(
        address=paper_url(paper.slug),
        title=title,
        description=_description(paper, title, edition),
        view=PaperView(
            paper=paper,
            listed=listed(edition, paper),
            authors=tuple(Link(name, edition.author_address(name)) for name in shown),
            folded=folded,
            other_titles=_other_titles(paper),
            arxiv=arxiv_url(paper.arxiv) if paper.arxiv else "",
            doi=doi_url(paper.doi) if paper.doi else "",
            appearances=tuple(_place(edition, place) for place in edition.appearances_of(paper)),
            in_issue=_place_in_issue(edition, slug),
            elsewhere=elsewhere(paper),
            related=tuple(_related(edition, paper)),
            citation=edition.citations[paper.slug],
            download=paper_api(paper.slug),
            sources=tuple(_source(known, edition.language) for known in paper.provenance),
            read_on=_last_read(paper, edition.language),
            own=_own_texts(paper, edition.language),
            notices=notices_of(paper, edition.language),
        ),
        edit=edition.places["paper", paper.slug].file,
    )


def _other_titles(paper: Paper) -> tuple[str, ...]:
    """Returns titles that differ from the title in more than their punctuation and formulas."""
    known = title_key(paper.title or "")
    return tuple(title for title in paper.other_titles if title_key(title) != known)


def _own_texts(paper: Paper, language: Language) -> OwnTexts:
    notice = machine_notice(paper, language)
    # The notice is right above the one-line summary, which needs no label then.
    tldr = without_label(paper.tldr or "", language) if notice else paper.tldr or ""
    reviewer = paper.reviewed.by if paper.reviewed and paper.written else ""
    return OwnTexts(tldr, paper.summary or "", (notice,) if notice else (), reviewer)


def _folded(authors: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Returns the authors that a page shows, and those between the first ones and the last one."""
    shown, others = first_names(authors, _SHOWN_AUTHORS)
    if not others:
        return authors, ()
    return (*shown, authors[-1]), authors[_SHOWN_AUTHORS:-1]


def _place(edition: Edition, place: Appearance) -> PlaceView:
    name = f"{edition.digest_name(place)} · {place.week}" if place.week else place.title
    return PlaceView(name, place.url, place.section, place.number, place.text)


def _place_in_issue(edition: Edition, slug: str) -> PlaceInIssue | None:
    found = edition.in_issues.get(slug)
    if found is None:
        return None
    return PlaceInIssue(
        name=f"{edition.settings.digest_name(found.digest)} · {found.week}",
        address=f"{week_url(found.week)}#{slug}",
        place=found.place,
        count=found.count,
        earlier=_neighbor(edition, found.earlier),
        later=_neighbor(edition, found.later),
    )


def _neighbor(edition: Edition, slug: str) -> Link | None:
    return Link(edition.papers[slug].name, paper_url(slug)) if slug else None


def _related(edition: Edition, paper: Paper) -> Iterator[RelatedPaper]:
    for found in edition.related.get(paper.slug, ()):
        other = edition.papers[found.slug]
        yield RelatedPaper(
            other.name, paper_url(other.slug), found.shared, marks_of(other, edition.language)
        )


def _source(known: Provenance, language: Language) -> GivenFacts:
    return GivenFacts(
        source=known.source,
        line=known.line or 0,
        retrieved=language.date(str(known.retrieved or "")),
        fields=tuple(field_name(field, language) for field in known.gave),
    )


def _last_read(paper: Paper, language: Language) -> str:
    days = [known.retrieved for known in paper.provenance if known.retrieved]
    return language.date(max(days).isoformat()) if days else ""


def _description(paper: Paper, title: str, edition: Edition) -> str:
    """Returns the description of a paper's page.

    Reference managers use it if they find no abstract, so it tells who wrote a summary.
    """
    language = edition.language
    if paper.tldr or paper.summary:
        words = shortened(plain_rich(paper.tldr or paper.summary or ""))
        if paper.unreviewed:
            return words  # its label tells
        return language.text("%(words)s (Summary by %(site)s)", words=words, site=edition.site.name)
    if paper.abstract:
        return shortened(plain(paper.abstract))
    if paper.authors:
        authors = language.names(paper.authors)
        title = language.text("%(title)s, by %(authors)s", title=title, authors=authors)
    return shortened(title)
