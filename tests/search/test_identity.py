"""In Node.js, results and their order are those of lunr.js with the whole index.

Papers whose lunr scores differ by less than `TOLERANCE` may change places. lunr rounds each weight
to three decimals and adds up one weight per word and field; we don't round. So our score may differ
by a few roundings, and lunr's order among papers that close is chance.
"""

import json
import random
import subprocess
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, TypedDict

import pytest
from nodejs import node
from samples import BY_HAND, bundled, mixed
from small_site import write_index, write_scripts
from whole import ROUNDING, lunr_script, whole_index

from broadsheet.outputs.search import SearchDocument
from broadsheet.outputs.search.analysis import Analyzer
from broadsheet.outputs.search.document import FIELDS, field_texts

SCRIPT = Path(__file__).with_name("identity.mjs")
TOLERANCE = 4 * ROUNDING

Clause = dict[str, Any]
Documents = Sequence[SearchDocument]
Scores = Sequence[tuple[int, float]]


class Compared(TypedDict):
    """A query, the results of lunr.js and of our engine, and our first ten."""

    clauses: list[Clause]
    expected: Scores
    ours: Scores
    top: list[int]


def clause(
    terms: list[str], presence: str = "optional", fields: list[int] | None = None, boost: int = 1
) -> Clause:
    return {"terms": terms, "presence": presence, "fields": fields, "boost": boost}


def random_clauses(documents: Documents, count: int, seed: int = 5) -> list[list[Clause]]:
    """Generates all forms of clauses, with terms that exist and terms that don't."""
    chance = random.Random(seed)
    analyzer = Analyzer()
    terms = sorted({t for d in documents for text in field_texts(d) for t in analyzer.terms(text)})
    return [_random_query(chance, terms) for _ in range(count)]


def _random_query(chance: random.Random, terms: list[str]) -> list[Clause]:
    def word() -> str:
        term = chance.choice(terms)
        form = chance.random()
        if form < 0.15 and len(term) > 2:
            return term[: chance.randrange(2, len(term))] + "*"
        return term if form < 0.97 else "nowhere"

    def one() -> Clause:
        presence = chance.choice(("required", "required", "optional", "optional", "prohibited"))
        terms = [word()]
        if chance.random() < 0.2 and terms != ["nowhere"]:
            terms.append(chance.choice(("model", "train", "gpt4")))
        fields = sorted(chance.sample(range(len(FIELDS)), 2)) if chance.random() < 0.3 else None
        return clause(terms, presence, fields, chance.choice((1, 1, 3)))

    return [one() for _ in range(chance.randrange(1, 5))]


def prepare(folder: Path, documents: Documents, queries: Sequence[list[Clause]]) -> None:
    (folder / "lunr.js").write_bytes(lunr_script())
    (folder / "whole.json").write_text(json.dumps(whole_index(documents).serialize()))
    (folder / "clauses.json").write_text(json.dumps(queries))
    write_scripts(folder / "site")
    write_index(folder / "site", documents)


def differences(report: Sequence[Compared]) -> list[list[Clause]]:
    """The clauses for which our results, scores or order aren't lunr's."""
    return [
        query["clauses"]
        for query in report
        if not is_same(query["expected"], query["ours"], query["top"])
    ]


def is_same(expected: Scores, ours: Scores, top: list[int]) -> bool:
    lunr_scores, our_scores = dict(expected), dict(ours)
    order = [lunr_scores.get(number, 0) for number, _ in ours]
    lowest_so_far = accumulate(order, min)
    return (
        lunr_scores.keys() == our_scores.keys()
        and all(abs(our_scores[n] - lunr_scores[n]) < TOLERANCE for n in lunr_scores)
        and all(score - low < TOLERANCE for score, low in zip(order, lowest_so_far, strict=True))
        and top == [number for number, _ in ours][:10]
    )


def report_of(folder: Path) -> list[Compared]:
    subprocess.run([node(), SCRIPT, folder], check=True, timeout=300)
    report: list[Compared] = json.loads((folder / "report.json").read_text())
    return report


def compare(folder: Path, documents: Documents, queries: Sequence[list[Clause]]) -> list[Compared]:
    prepare(folder, documents, queries)
    report = report_of(folder)
    assert len(report) == len(queries)
    assert differences(report) == []
    return report


def plain_queries(documents: Documents, count: int, seed: int = 3) -> Iterator[list[Clause]]:
    """Generates queries as readers type them: one to four words of a title."""
    chance = random.Random(seed)
    titles = filter(None, (Analyzer().terms(document.title) for document in documents))
    for terms in chance.sample(list(titles), count):
        presence = chance.choice(("required", "optional"))
        words = chance.sample(terms, min(len(terms), chance.randrange(1, 5)))
        yield [clause([word], presence) for word in words]


def test_all_clauses_on_odd_documents_give_what_lunr_gives(tmp_path: Path) -> None:
    documents = (*BY_HAND, *mixed(500))
    report = compare(tmp_path, documents, random_clauses(documents, 400))
    assert sum(bool(query["expected"]) for query in report) > 200


def test_plain_queries_on_the_bundled_papers_give_what_lunr_gives(tmp_path: Path) -> None:
    documents = bundled()
    report = compare(tmp_path, documents, list(plain_queries(documents, 200)))
    scores = [[score for _, score in query["expected"]] for query in report]
    gaps = [a - b for of_query in scores for a, b in pairwise(of_query)]
    assert sum(gap > TOLERANCE for gap in gaps) > len(gaps) / 2, "the tolerance forgives too much"


def test_another_weight_of_titles_is_noticed(tmp_path: Path) -> None:
    documents = bundled()
    prepare(tmp_path, documents, list(plain_queries(documents, 50)))
    file = tmp_path / "site" / "search" / "index" / "table.json"
    table = json.loads(file.read_text())
    table["fields"][0]["boost"] *= 1.01
    file.write_text(json.dumps(table))
    assert differences(report_of(tmp_path))


def test_results_in_another_order_are_noticed() -> None:
    ours = [(1, 2.0), (2, 1.0)]
    assert is_same(expected=ours, ours=ours, top=[1, 2])
    assert not is_same(expected=ours, ours=ours[::-1], top=[2, 1])
    assert not is_same(expected=[*ours, (3, 0.5)], ours=ours, top=[1, 2])


@pytest.mark.parametrize(
    "query",
    [
        [clause(["model"])],
        [clause(["model"], "required"), clause(["retriev"], "prohibited")],
        [clause(["read*"], "required"), clause(["read"], boost=3)],
        [clause(["navratil"], "required", [1])],
        [clause(["retriev"], "prohibited")],
        [clause(["pretrain", "train"], "required")],
        [clause(["nowhere"], "required"), clause(["model"])],
    ],
)
def test_each_form_of_a_query_gives_what_lunr_gives(tmp_path: Path, query: list[Clause]) -> None:
    compare(tmp_path, BY_HAND, [query])
