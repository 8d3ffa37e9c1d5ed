"""Comparing what services say with what the file of a paper says. A person's values stay."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import Any

from broadsheet.base.identifiers import doi_url
from broadsheet.base.text import shortened
from broadsheet.content.model import Cited, Facts, Paper, Provenance, Withdrawal
from broadsheet.site.enriching.agreement import agree
from broadsheet.site.enriching.identity import Confirmed
from broadsheet.site.enriching.said import FIELDS, Said, value_of

# Who is asked first about a field. Those before the bar are also compared with what a paper has:
# they know best.
_ORDER = {
    "title": "arXiv Crossref | SemanticScholar OpenAlex",
    "authors": "arXiv Crossref | OpenAlex SemanticScholar",
    "arxiv": "arXiv Crossref SemanticScholar OpenAlex",
    "doi": "arXiv Crossref SemanticScholar OpenAlex",
    "published": "arXiv | Crossref SemanticScholar OpenAlex",
    "venue": "Crossref | SemanticScholar OpenAlex arXiv",
    "code": "HuggingFace |",
    "abstract": "arXiv Crossref | OpenAlex SemanticScholar",
    "categories": "arXiv |",
    "version": "arXiv |",
    "citations": "SemanticScholar OpenAlex Crossref |",
    "withdrawn": "arXiv Crossref OpenAlex SemanticScholar |",
}
_OURS = {name for order in _ORDER.values() for name in order.split()}
_OF_FACTS = ("categories", "version", "citations")
_IDS = ("arxiv", "doi")


@dataclass(frozen=True)
class Wish:
    """What a person wants.

    Attributes:
        only: The fields to look at.
        take: The fields in which services may overwrite what a paper has.
        refresh: Whether counts of citations are brought up to date.
    """

    only: AbstractSet[str]
    take: AbstractSet[str] = frozenset()
    refresh: bool = False


@dataclass(frozen=True)
class Given:
    """A value that a service has given to a paper."""

    field: str
    value: str
    service: str


@dataclass(frozen=True)
class Difference:
    """A field in which a paper and a service disagree."""

    field: str
    yours: str
    theirs: str
    service: str


@dataclass(frozen=True)
class Proposal:
    """What becomes of a paper.

    Attributes:
        before: The paper as its file has it.
        after: The paper with what services gave.
        given: What they gave.
        differences: Where they disagree with the file, which stays.
        notes: What a person should know.
    """

    before: Paper
    after: Paper
    given: tuple[Given, ...] = ()
    differences: tuple[Difference, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Change:
    """What happens to a field."""

    given: tuple[str, Any, Said] | None = None
    difference: Difference | None = None
    note: str = ""


def proposal(paper: Paper, found: Confirmed, wish: Wish) -> Proposal:
    """Returns what becomes of a paper.

    Args:
        paper: The paper.
        found: What services say.
        wish: What a person wants.
    """
    names = [name for name in FIELDS if name in wish.only]
    changes = [_change(paper, name, _offers(name, found.answers), wish) for name in names]
    given = [change.given for change in changes if change.given]
    after = _with_provenance(_with_values(paper, given), paper, given)
    return Proposal(
        paper,
        after,
        tuple(Given(name, shown(value), said.service) for name, value, said in given),
        tuple(change.difference for change in changes if change.difference),
        (
            *(change.note for change in changes if change.note),
            *_published_since(paper, after),
            *_about_others(found.strangers),
        ),
    )


def _offers(name: str, answers: Iterable[Said]) -> list[tuple[bool, Said]]:
    """Returns who says something about a field, the best first, and whether they know best.

    Services of other packages come after ours.
    """
    best, _, rest = _ORDER[name].partition("|")
    others = {said.service.replace(" ", ""): None for said in answers}.keys() - _OURS
    order = [*best.split(), *rest.split(), *sorted(others)]
    rank = lambda said: order.index(said.service.replace(" ", ""))
    able = (said for said in answers if said.service.replace(" ", "") in order)
    offered = sorted((said for said in able if name in said.values), key=rank)
    return [(said.service.replace(" ", "") in best.split(), said) for said in offered]


def _change(paper: Paper, name: str, offers: Sequence[tuple[bool, Said]], wish: Wish) -> _Change:
    if not offers:
        return _Change()
    if name in _SPECIAL:
        return _SPECIAL[name](paper, [said for _, said in offers], wish)
    if value_of(paper, name):
        return _compared(paper, name, offers[0], wish)
    return _filled(name, offers)


def _filled(name: str, offers: Sequence[tuple[bool, Said]]) -> _Change:
    if name in _IDS and len({str(said.values[name]).lower() for _, said in offers}) > 1:
        return _Change(note=_disagreement(name, offers))
    _, said = offers[0]
    return _Change((name, said.values[name], said))


def _compared(paper: Paper, name: str, offer: tuple[bool, Said], wish: Wish) -> _Change:
    knows_best, said = offer
    mine, theirs = value_of(paper, name), said.values[name]
    if not knows_best or agree(name, paper, mine, theirs):
        return _Change()
    if name in wish.take:
        return _Change((name, theirs, said))
    return _Change(difference=Difference(name, shown(mine), shown(theirs), said.service))


def _disagreement(name: str, offers: Sequence[tuple[bool, Said]]) -> str:
    says = (f"{said.service} says {said.values[name]}" for _, said in offers)
    return f"left out {name}, because services disagree: {', '.join(says)}"


def _withdrawn(paper: Paper, offers: Sequence[Said], wish: Wish) -> _Change:
    if paper.withdrawn:
        return _Change()
    said = offers[0]
    if "withdrawn" in wish.take:
        return _Change(("withdrawn", said.values["withdrawn"], said))
    reason = shortened(said.values["withdrawn"])
    note = f"{said.service} says that it was withdrawn: {reason!r}; --take withdrawn says so, too"
    return _Change(note=note)


def _version(paper: Paper, offers: Sequence[Said], wish: Wish) -> _Change:
    said = offers[0]
    mine, theirs = value_of(paper, "version"), said.values["version"]
    if mine is None or (mine < theirs and "version" in wish.take):
        return _Change(("version", theirs, said))
    if mine >= theirs:
        return _Change()
    note = (
        f"arXiv has version {theirs}, and had version {mine} when the paper was last looked up; "
        "see what has changed, then use --take version"
    )
    return _Change(note=note)


def _citations(paper: Paper, offers: Sequence[Said], wish: Wish) -> _Change:
    mine: Cited | None = value_of(paper, "citations")
    if mine is None:
        return _Change(("citations", offers[0].values["citations"], offers[0]))
    same = next((said for said in offers if said.service == mine.by), None)
    # What has no service was written by a person.
    if "citations" in wish.take:
        same = same or offers[0]
    if same is None or not (wish.refresh or "citations" in wish.take) or same.on <= mine.read:
        return _Change()
    return _Change(("citations", same.values["citations"], same))


_SPECIAL: Mapping[str, Callable[[Paper, Sequence[Said], Wish], _Change]] = {
    "withdrawn": _withdrawn,
    "version": _version,
    "citations": _citations,
}


def _with_values(paper: Paper, given: Iterable[tuple[str, Any, Said]]) -> Paper:
    for name, value, said in given:
        paper = paper.model_copy(update=_update(paper, name, value, said.on, said.service))
    return paper


def _update(paper: Paper, name: str, value: Any, on: date, service: str) -> Mapping[str, Any]:
    """Returns the fields of the model that get a value."""
    if name == "code":
        return {"links": paper.links.model_copy(update={"code": value})}
    if name in _OF_FACTS:
        key = "cited" if name == "citations" else name
        found = Cited(count=value, read=on, by=service) if name == "citations" else value
        return {"facts": (paper.facts or Facts()).model_copy(update={key: found})}
    if name == "withdrawn":
        return {"withdrawn": Withdrawal(on=on, reason=value)}
    if name == "title" and paper.title:
        return {"title": value, "other_titles": (*paper.other_titles, paper.title)}
    return {name: value}


def _with_provenance(after: Paper, before: Paper, given: Sequence[tuple[str, Any, Said]]) -> Paper:
    """Returns a paper that remembers which service gave what."""
    gave: dict[tuple[str, date], dict[str, None]] = {}
    for name, _, said in given:
        if name == "citations" and value_of(before, "citations"):
            continue  # the count itself has the day and the service
        field = "links" if name == "code" else "facts" if name in _OF_FACTS else name
        gave.setdefault((said.service, said.on), {})[field] = None
    more = (
        Provenance(source=service, retrieved=on, gave=tuple(fields))
        for (service, on), fields in gave.items()
    )
    return after.model_copy(update={"provenance": (*before.provenance, *more)})


def _published_since(before: Paper, after: Paper) -> Iterator[str]:
    if before.doi or before.venue or not (after.doi or after.venue) or not before.arxiv:
        return
    places = (after.venue, doi_url(after.doi) if after.doi else None)
    yield f"has been published: {', '.join(filter(None, places))}"


def _about_others(strangers: Iterable[Said]) -> Iterator[str]:
    for said in strangers:
        title = shortened(said.work.record.title or "another paper")
        yield f"left out the answer of {said.service}, which is about {title!r}; check the ids"


def shown(value: Any) -> str:
    """Returns a value as people read it."""
    if isinstance(value, tuple):
        return ", ".join(value)
    return str(value.count) if isinstance(value, Cited) else str(value)
