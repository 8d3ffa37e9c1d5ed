"""Whatever services say, a person's values stay, and what is filled in fits the paper."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from values import papers

from broadsheet.content.model import Paper
from broadsheet.content.records import Record
from broadsheet.importers.services.work import Work
from broadsheet.site.enriching.identity import Confirmed, confirmed, is_same
from broadsheet.site.enriching.proposals import Wish, proposal
from broadsheet.site.enriching.said import FIELDS, Said, said, value_of

SERVICES = ("arXiv", "Crossref", "OpenAlex", "Semantic Scholar", "Hugging Face")
DAY = date(2026, 11, 22)
names = st.sampled_from(["Ada Example", "Example, Ada", "Bob Sample", "Cy \u202e", ""])
titles = st.none() | st.sampled_from(["Kites of Paper", "Kites of Paper: A Survey", "Boats"])
records = st.builds(
    Record,
    source=st.just(""),
    line=st.just(0),
    title=titles | st.text(max_size=20),
    authors=st.lists(names | st.text(max_size=9), max_size=3).map(tuple),
    arxiv=st.none() | st.sampled_from(["2403.00001", "2403.00002", "math/0112017", "?"]),
    doi=st.none() | st.sampled_from(["10.1000/a", "10.1000/b", "x"]),
    published=st.none() | st.sampled_from(["2024", "2024-03-18", "2023", "soon"]),
    venue=st.none() | st.text(max_size=9),
    links=st.dictionaries(
        st.sampled_from(["code"]), st.sampled_from(["https://a.org/", "javascript:1"])
    ),
    abstract=st.none() | st.text(max_size=9),
)
works = st.builds(
    Work,
    records,
    citations=st.none() | st.integers(-1, 99),
    categories=st.lists(st.text(max_size=5), max_size=2).map(tuple),
    version=st.none() | st.integers(-1, 9),
    withdrawn=st.none() | st.text(max_size=9),
)
answers = st.lists(
    st.builds(lambda service, work: said(service, DAY, work), st.sampled_from(SERVICES), works),
    max_size=5,
)


def _without_ours(paper: Paper) -> Paper:
    return paper.model_copy(update={"provenance": ()})


@given(papers, answers)
def test_what_a_paper_has_stays(paper: Paper, found: list[Said]) -> None:
    after = proposal(paper, Confirmed(tuple(found)), Wish(frozenset(FIELDS))).after
    for name in FIELDS:
        mine = value_of(paper, name)
        assert not mine or value_of(after, name) == mine, name
    for name in set(Paper.model_fields) - {*FIELDS, "links", "facts", "provenance"}:
        assert getattr(after, name) == getattr(paper, name)
    assert after.provenance[: len(paper.provenance)] == paper.provenance
    assert after.withdrawn == paper.withdrawn
    assert Paper.model_validate(after.model_dump()) == after


@given(papers, answers)
def test_the_same_answers_give_nothing_the_second_time(paper: Paper, found: list[Said]) -> None:
    wish = Wish(frozenset(FIELDS))
    once = proposal(paper, Confirmed(tuple(found)), wish).after
    again = proposal(once, Confirmed(tuple(found)), wish)
    assert (again.after, again.given) == (once, ())


@given(papers, answers)
def test_what_is_taken_is_no_difference_any_more(paper: Paper, found: list[Said]) -> None:
    wish = Wish(frozenset(FIELDS), take=frozenset(FIELDS))
    once = proposal(paper, Confirmed(tuple(found)), wish)
    assert once.differences == ()
    assert Paper.model_validate(once.after.model_dump()) == once.after
    again = proposal(once.after, Confirmed(tuple(found)), wish)
    assert _without_ours(again.after) == _without_ours(once.after)


@given(papers, answers)
def test_every_answer_is_about_the_paper_or_about_another(paper: Paper, found: list[Said]) -> None:
    parts = confirmed(paper, found)
    assert sorted(map(id, (*parts.answers, *parts.strangers))) == sorted(map(id, found))
    for answer in parts.answers:
        record = answer.work.record
        assert not (paper.arxiv and record.arxiv) or paper.arxiv == record.arxiv
        assert not is_same(paper, record) or answer not in parts.strangers
