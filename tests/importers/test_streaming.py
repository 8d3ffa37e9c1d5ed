"""Sources are read one paper at a time."""

from __future__ import annotations

import gc
import json
import re
import tracemalloc
from collections.abc import Callable

import pytest

from broadsheet.importers import detect, read
from broadsheet.importers.lines import RepairedLines, repaired_lines
from broadsheet.importers.markdown_page import parts_of
from broadsheet.importers.services.xml_elements import streamed

ABSTRACT = "A kite flies in the wind and lands on the lawn. " * 20


def _bibtex(count: int) -> str:
    entry = "@article{{k{0}, title = {{Kites {0}}}, abstract = {{{1}}}}}\n"
    return "".join(entry.format(n, ABSTRACT) for n in range(count))


def _csl(count: int) -> str:
    found = [{"type": "article", "title": f"Kites {n}", "abstract": ABSTRACT} for n in range(count)]
    return json.dumps([{**item, "DOI": f"10.1000/{n}"} for n, item in enumerate(found)])


def _json(count: int) -> str:
    found = [{"title": f"Kites {n}", "abstract": ABSTRACT} for n in range(count)]
    return json.dumps({"count": count, "things": found}, indent=1)


def _csv(count: int) -> str:
    return "title,abstract\n" + "".join(f"Kites {n},{ABSTRACT}\n" for n in range(count))


def _oai(count: int) -> str:
    metadata = '<arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>{}</id><title>Kites</title>'
    record = (
        f"<record><metadata>{metadata}<abstract>{ABSTRACT}</abstract></arXiv></metadata></record>\n"
    )
    records = "".join(record.format(f"2403.{n:05}") for n in range(1, count + 1))
    return f'<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>{records}</ListRecords></OAI-PMH>'


def _markdown(count: int) -> str:
    item = "- [Kites {0}](https://arxiv.org/abs/2403.{0:05}): {1}\n\n"
    heads = ("" if n % 10 else f"## Kites of {n}\n\n" for n in range(count))
    return "".join(f"{head}{item.format(n + 1, ABSTRACT)}" for n, head in enumerate(heads))


def _linked(count: int) -> str:
    """Markdown whose links are defined at its end."""
    text = re.sub(r"\((https\S+/(\S+))\)", r"[\2]", _markdown(count))
    links = (f"[2403.{n:05}]: https://arxiv.org/abs/2403.{n:05}\n" for n in range(1, count + 1))
    first = "- [Boats](https://arxiv.org/abs/2402.00001)"
    return f"{first}\n\n{text}\n{''.join(links)}"


def _html(count: int) -> str:
    link = "<a href='https://arxiv.org/abs/2403.{0:05}'>Kites {0}</a>"
    item = f"<li>{link}: {{1}}</li>\n"
    heads = ("" if n % 10 else f"<h2>Kites of {n}</h2>" for n in range(count))
    items = "".join(f"{head}{item.format(n + 1, ABSTRACT)}" for n, head in enumerate(heads))
    return f"<html><body><ul>{items}</ul></body></html>"


def _article(count: int) -> str:
    """Sections and papers have at most two digits."""
    papers = (f"{n // 90 + 1}.{n % 90 + 1}. Kites {n}\n{ABSTRACT}\n" for n in range(count))
    heads = ("" if n % 90 else f"{n // 90 + 1}. Kites of {n}\n" for n in range(count))
    body = "".join(head + paper for head, paper in zip(heads, papers, strict=True))
    return f"Papers for the Week from 18/03/2024 to 24/03/2024\n{body}"


def _held(text: str) -> int:
    """Returns how many bytes reading needs at most, besides the text and its records."""
    importer = detect(text, "source")
    gc.collect()
    tracemalloc.start()
    try:
        reading = importer.read(text, "source")
        gc.collect()
        kept, peak = tracemalloc.get_traced_memory()
        assert reading.records
        return peak - kept
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("make", [_bibtex, _csl, _json, _csv, _oai, _markdown, _html, _article])
def test_a_large_file_needs_little_more_memory_than_its_papers(make: Callable[[int], str]) -> None:
    text = make(1_200)
    read(make(5), "source")  # loads what all texts need
    assert _held(text) < len(text)  # a tree of objects has several times its size


def test_markdown_whose_links_are_defined_at_its_end_is_read_in_parts() -> None:
    text = _linked(600)
    read(_linked(5), "source")
    assert _held(text) < 2 * len(text)  # each definition is held, but no tree of the whole text


@pytest.mark.parametrize("link", ["[Kites {n}][{n}]", "[Kites {n}][]", "[Kites {n}]"])
def test_links_that_are_defined_far_below_are_recognized(link: str) -> None:
    label = "{n}" if link.endswith("{n}]") and "][" in link else "Kites {n}"
    defined = f"[{label}]: https://arxiv.org/abs/2403.{{n:05}}"
    items = [f"- {link.format(n=n)} {ABSTRACT}" for n in range(2_000)]
    text = "\n".join([*items, "", *(defined.format(n=n) for n in range(2_000))])
    assert text.find("arxiv.org") > 1024 * 1024
    reading = read(text, "source")
    assert (reading.importer, len(reading.records), reading.problems) == ("markdown", 2_000, ())


def test_a_list_on_one_line_is_recognized_without_reading_all_of_it() -> None:
    text = _csl(1_200)
    detect(_csl(5), "source")
    gc.collect()
    tracemalloc.start()
    try:
        detect(text, "source")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < len(text) / 2


def test_an_object_with_a_list_for_each_day_is_read_day_by_day() -> None:
    days = [
        [{"paper": {"id": f"2403.{n:05}", "title": ABSTRACT}, "upvotes": 1}] for n in range(300)
    ]
    text = json.dumps({f"day {n}": entries for n, entries in enumerate(days)}, indent=1)
    assert len(read(text, "source").records) == 300
    assert _held(text) < len(text)


def test_lines_are_repaired_when_they_are_asked_for() -> None:
    text = "\ufeffone\r\n\r\n  two \n\u200b\nfi\ufb01ve"
    lines = RepairedLines(text)
    assert list(lines) == list(repaired_lines(text))
    assert list(lines[1:]) == list(lines)[1:]
    assert (lines[-1], len(lines[1:][:1])) == (list(lines)[-1], 1)


def test_markdown_is_divided_only_where_a_heading_ends_everything_before() -> None:
    kites = "word " * 8_000
    text = f"# A\n\n{kites}\n\n```\n\n# no\n```\n{kites}\n<!--\n\n# no\n-->\n{kites}\n# no\n\n# B\n"
    parts = list(parts_of(text))
    assert [part.partition("\n")[0] for part, _ in parts] == ["# A", "# B"]
    assert [line for _, line in parts] == [0, text.count("\n") - 1]
    linked = f"{text}\n\n[a]: https://example.org/\n"
    assert len(list(parts_of(linked))) == 2
    for connected in (f"{text}\n\n[a]:\nhttps://example.org/\n", f"{text}\n<pre>\n"):
        assert list(parts_of(connected)) == [(connected, 0)]


@pytest.mark.parametrize(
    "text",
    [
        "```\n\n[a]: https://example.org/\n```",
        "<!--\n\n[a]: https://example.org/\n-->",
        "word\n[a]: https://example.org/",
        "[a]: https://example.org/\n'title'",
        "- ```\n  x\n\n  ```\n\n[a]: https://example.org/",
    ],
)
def test_markdown_is_one_part_if_a_line_may_be_no_definition_of_a_link(text: str) -> None:
    long = f"# A\n\n{'word ' * 8_000}\n\n# B\n\n{text}\n"
    assert list(parts_of(long)) == [(long, 0)]


def test_an_item_of_xml_is_taken_out_of_the_element_around_it() -> None:
    elements = streamed("<a><b>1<c/></b> <b>2</b><d/></a>", "a.xml", "b".__eq__)
    root = next(elements)
    found = [(element.text, len(root)) for element in elements]
    assert found == [("1", 1), ("2", 1)]  # what is left is <d/>
    assert [child.tag for child in root] == ["d"]


def test_the_names_of_characters_are_read_across_parts() -> None:
    text = "<a>" + "x" * 65_530 + "&uuml;&amp;y</a>"
    (root,) = streamed(text, "a.xml", lambda _: False)
    assert root.text
    assert root.text.endswith("xü&y")
