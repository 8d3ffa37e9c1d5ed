"""In Chromium, too, results and their order are those of lunr.js."""

import shutil
from pathlib import Path

from playwright.sync_api import Browser
from samples import BY_HAND, mixed
from small_site import served
from test_identity import SCRIPT, differences, prepare, random_clauses

COMPARE = """async () => {
  const json = (name) => fetch(name).then((response) => response.json());
  const at = (path) => new URL(path, location.href);
  const { compareWithLunr, engine } = await import(at("identity.mjs"));
  const read = (name) =>
    fetch(at("site/search/index/" + name)).then((answer) => answer.arrayBuffer());
  const part = (name, start, end) => read(name).then((content) => content.slice(start, end));
  const ours = await engine(at("site/assets/broadsheet/search/"), { read, part });
  return compareWithLunr(lunr, ours, await json("whole.json"), await json("clauses.json"));
}"""


def test_clauses_of_all_forms_give_what_lunr_gives_in_chromium(
    tmp_path: Path, chromium: Browser
) -> None:
    documents = (*BY_HAND, *mixed(300))
    prepare(tmp_path, documents, random_clauses(documents, 150, seed=11))
    shutil.copy(SCRIPT, tmp_path)
    (tmp_path / "index.html").write_text("<!doctype html><title>Identity</title>")
    with served(tmp_path) as address:
        page = chromium.new_page()
        page.goto(address)
        page.add_script_tag(url=f"{address}/lunr.js")
        report = page.evaluate(COMPARE)
    assert sum(bool(query["expected"]) for query in report) > 75
    assert differences(report) == []
