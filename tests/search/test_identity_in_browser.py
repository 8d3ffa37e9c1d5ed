"""In Chromium as in Node: results, order and scores are those of lunr.js."""

# mypy: disallow-untyped-defs=False, disallow-incomplete-defs=False
# mypy: disallow-untyped-calls=False, check-untyped-defs=False

import shutil

from samples import BY_HAND, mixed
from small_site import served
from test_identity import SCRIPT, differences, prepare, random_clauses

COMPARE = """async () => {
  const json = (name) => fetch(name).then((response) => response.json());
  const read = (name) => fetch("index/" + name).then((response) => response.arrayBuffer());
  return compareWithLunr(
    lunr, broadsheetSearch, await json("whole.json"), await json("clauses.json"), read
  );
}"""


def test_clauses_of_all_forms_give_what_lunr_gives_in_chromium(tmp_path, chromium):
    documents = (*BY_HAND, *mixed(300))
    prepare(tmp_path, documents, random_clauses(documents, 150, seed=11))
    shutil.copy(SCRIPT, tmp_path / "identity.js")
    (tmp_path / "index.html").write_text("<!doctype html><title>Identity</title>")
    with served(tmp_path) as address:
        page = chromium.new_page()
        page.goto(address)
        for script in ("lunr.js", "index/engine.js", "identity.js"):
            page.add_script_tag(url=f"{address}/{script}")
        report = page.evaluate(COMPARE)
    assert sum(bool(query["expected"]) for query in report) > 75
    assert differences(report) == []
