"""In Node, results, order and scores are those of lunr.js on the whole index."""

# mypy: disallow-untyped-defs=False, disallow-incomplete-defs=False
# mypy: disallow-untyped-calls=False, check-untyped-defs=False

import json
import random
import subprocess
from pathlib import Path

import pytest
from nodejs import node
from samples import BY_HAND, mixed

from broadsheet.outputs.search import build_search
from broadsheet.outputs.search.analysis import Analyzer
from broadsheet.outputs.search.document import FIELDS, field_texts
from broadsheet.outputs.search.whole import lunr_script, whole_index

SCRIPT = Path(__file__).with_name("identity.cjs")


def clause(terms, presence="optional", fields=None, boost=1):
    return {"terms": terms, "presence": presence, "fields": fields, "boost": boost}


def random_clauses(documents, count, seed=5):
    """Clauses of every form that the query language makes, on terms that exist and do not."""
    chance = random.Random(seed)
    analyzer = Analyzer()
    terms = sorted({t for d in documents for text in field_texts(d) for t in analyzer.terms(text)})
    return [_random_query(chance, terms) for _ in range(count)]


def _random_query(chance, terms):
    def word():
        term = chance.choice(terms)
        form = chance.random()
        if form < 0.15 and len(term) > 2:
            return term[: chance.randrange(2, len(term))] + "*"
        return term if form < 0.97 else "nowhere"

    def one():
        presence = chance.choice(("required", "required", "optional", "optional", "prohibited"))
        terms = [word()]
        if chance.random() < 0.2 and terms != ["nowhere"]:
            terms.append(chance.choice(("model", "train", "gpt4")))
        fields = sorted(chance.sample(range(len(FIELDS)), 2)) if chance.random() < 0.3 else None
        return clause(terms, presence, fields, chance.choice((1, 1, 3)))

    return [one() for _ in range(chance.randrange(1, 5))]


def prepare(folder, documents, queries):
    (folder / "lunr.js").write_bytes(lunr_script())
    (folder / "whole.json").write_text(json.dumps(whole_index(documents).serialize()))
    (folder / "clauses.json").write_text(json.dumps(queries))
    for name, content in build_search(documents).items():
        path = folder / "index" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def differences(report):
    return [
        query["clauses"]
        for query in report
        if [n for n, _ in query["ours"]] != [n for n, _ in query["expected"]]
        or any(
            abs(a - b) > 1e-9
            for (_, a), (_, b) in zip(query["ours"], query["expected"], strict=True)
        )
        or query["top"] != [n for n, _ in query["expected"]][:10]
    ]


def compare(folder, documents, queries):
    prepare(folder, documents, queries)
    subprocess.run([node(), SCRIPT, folder], check=True, timeout=300)
    report = json.loads((folder / "report.json").read_text())
    assert len(report) == len(queries)
    assert differences(report) == []
    return report


def test_all_clauses_on_odd_documents_give_what_lunr_gives(tmp_path):
    documents = (*BY_HAND, *mixed(500))
    report = compare(tmp_path, documents, random_clauses(documents, 400))
    assert sum(bool(query["expected"]) for query in report) > 200


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
def test_each_form_of_a_query_gives_what_lunr_gives(tmp_path, query):
    compare(tmp_path, BY_HAND, [query])
