"""The source documents are read exactly: counts, places, dates and lists, but no ads."""

from __future__ import annotations

import json

from sources import OWN, Article, Documents

from broadsheet.base.errors import Level
from broadsheet.base.identifiers import title_key
from broadsheet.content.records import ReadIssue
from broadsheet.importers.repairs import repaired


def _issue(article: Article) -> ReadIssue:
    (issue,) = article.reading().issues
    return issue


def test_an_article_gives_its_week_and_numbered_entries(article: Article) -> None:
    reading, issue = article.reading(), _issue(article)
    assert reading.importer == "weekly-article"
    assert (issue.week, issue.start, issue.end) == (article.week, article.start, article.end)
    numbers = [[entry.number for entry in section.entries] for section in issue.sections]
    assert numbers == [
        [f"{section}.{place}" for place in range(1, size + 1)]
        for section, size in enumerate(article.sizes, start=1)
    ]
    assert len(reading.records) == sum(article.sizes)


def test_sections_are_called_what_the_body_calls_them(article: Article) -> None:
    found = [section.heading for section in _issue(article).sections]
    for place, heading in article.headings.items():
        assert found[place - 1] == heading
    assert found == [line.split(". ", 1)[1] for line in article.lines if _is_section(line)]


def _is_section(line: str) -> bool:
    return line[:1].isdigit() and line[1:3] == ". "


def test_every_line_of_an_article_is_a_heading_or_in_one_paper_and_no_other_line_is(
    article: Article,
) -> None:
    reading, issue = article.reading(), _issue(article)
    headings = {record.line for record in reading.records}
    headings |= {section.line for section in issue.sections}
    rest = [
        repaired(line)
        for place, line in enumerate(article.lines, start=1)
        if line and place not in headings and place not in article.around
    ]
    texts = [line for record in reading.records for line in (record.text or "").split("\n") if line]
    assert [line.removeprefix("- ") for line in texts] == rest


def test_only_papers_that_list_something_have_lists(article: Article) -> None:
    lists = {
        entry.number: count
        for section in _issue(article).sections
        for entry in section.entries
        if (count := (entry.record.text or "").count("\n- "))
    }
    assert lists == article.lists


def test_the_introduction_stands_between_the_title_lines_and_the_contents(article: Article) -> None:
    introduction = _issue(article).introduction or ""
    assert introduction.split("\n\n") == article.lines[2 : 2 + article.paragraphs]


def test_a_page_is_a_collection(documents: Documents) -> None:
    pages = (
        (documents.page, "papers-page", "trending"),
        (documents.dataset, "dataset-viewer", "data-set"),
    )
    for page, shape, slug in pages:
        reading = page.reading()
        assert reading.importer == shape
        assert reading.collection is not None
        assert reading.collection.slug == slug
        assert len(reading.collection.records) == len(reading.records) == page.count


def test_the_papers_page_has_every_title_with_the_abstract_below_it(documents: Documents) -> None:
    records, lines = documents.page.reading().records, documents.page.lines
    assert [record.line for record in records] == list(range(3, len(lines), 2))
    assert records[0].title == lines[2].removeprefix("Subscribe")
    assert lines[2].startswith("Subscribe")
    assert [record.title for record in records[1:]] == [repaired(x) for x in lines[4::2]]
    assert [record.abstract for record in records] == [repaired(x) for x in lines[3::2]]


def test_the_dataset_has_ids_and_abstracts_without_titles(documents: Documents) -> None:
    dataset = documents.dataset
    records = dataset.reading().records
    assert [record.title for record in records] == [None] * dataset.count
    starts = [n for n, line in enumerate(dataset.lines, start=1) if line[4:5] == "."]
    assert [record.line for record in records] == starts
    assert all(record.abstract and "\n" not in record.abstract for record in records)
    text = " ".join(record.abstract or "" for record in records)
    for debris in (" athttps", ":https", "111Code", "[email", "**", ") ,", ") ."):
        assert debris not in text
    assert "fromto" in text
    assert "thanM parameters" in text


def test_our_own_dataset_has_the_debris_that_is_repaired() -> None:
    for debris in (" athttps", ":https", ".111", "[email", "**", ") ,", "††", "*every", "\\textbf"):
        assert debris in OWN.dataset.text


def test_problems_are_warnings_on_the_lines_where_something_is_odd(article: Article) -> None:
    problems = article.reading().problems
    assert [problem.line for problem in problems] == article.problems
    assert {problem.level for problem in problems} == {Level.WARNING}


def test_problems_of_the_page_are_warnings_on_the_lines_where_something_is_odd(
    documents: Documents,
) -> None:
    problems = documents.page.reading().problems
    assert [problem.line for problem in problems] == documents.page.problems
    assert {problem.level for problem in problems} == {Level.WARNING}


def test_what_the_dataset_lost_is_reported_where_it_was(documents: Documents) -> None:
    problems = documents.dataset.reading().problems
    assert {problem.level for problem in problems} == {Level.WARNING}
    lost = [problem.line for problem in problems if "number seems to be missing" in problem.message]
    assert lost == documents.dataset.lost


def test_facts_import_as_records_and_name_the_same_papers(documents: Documents) -> None:
    reading = documents.facts.reading()
    assert (reading.importer, reading.problems) == ("records", ())
    assert len(reading.records) == documents.listings
    facts = {
        json.loads(line)["key"]: record
        for line, record in zip(documents.facts.text.splitlines(), reading.records, strict=True)
    }
    page, dataset = documents.fact_keys
    for place, record in enumerate(documents.page.reading().records, start=1):
        fact = facts[f"{page}-{place}"]
        keys = {title_key(title) for title in (fact.title or "", *fact.other_titles)}
        assert title_key(record.title or "") in keys
    ids = [facts[f"{dataset}-{place}"].arxiv for place in range(1, documents.dataset.count + 1)]
    assert [record.arxiv for record in documents.dataset.reading().records] == ids
