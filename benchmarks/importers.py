"""Shows that each importer takes time and memory in proportion to its text.

    python -m benchmarks.importers [NAME...]

For each importer it reads generated texts of 2,000 and 20,000 papers, each in a process of its own.
Times are CPU seconds of detecting and reading the text, without generating it. "Growth" is how many
times as long the larger text takes: 10 is linear. "Memory" is by how much reading the larger text
raises the peak of the process, which has had the text and its bytes before. "Besides" is what
reading holds at most besides the text and the records that it returns, for each of the two texts.
Hand-written texts often are broken, so some kinds have a second text with an entry at the top that
never ends, and Markdown has one with a single list.

To add a kind, write a function that turns papers into a text and put it into `KINDS` or
`SERVICE_KINDS`, under the name of the importer.
"""

from __future__ import annotations

import csv
import gc
import io
import json
import re
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from benchmarks.builds.corpora import corpus
from benchmarks.builds.projects import papers
from benchmarks.service_texts import SERVICE_KINDS, markdown_list

from broadsheet.base.addresses import Site
from broadsheet.base.brand import BRAND_FILE, read_brand
from broadsheet.citations import Citation
from broadsheet.content.model import Paper
from broadsheet.importers import detect, importers
from broadsheet.outputs.templates import templates_folder

FIRST, SMALL, LARGE = 200, 2_000, 20_000
MAX_GROWTH = 13.0
_BRAND = read_brand((templates_folder() / "theme" / BRAND_FILE).read_text("utf-8"), BRAND_FILE)
_SITE = Site("https://benchmark.example/", "Benchmark", brand=_BRAND)
Papers = Sequence[Paper]


def weekly_article(found: Papers) -> str:
    """Articles have at most 99 sections, so each entry has the abstracts of ten papers."""
    lines = ["Papers for the Week from 18/03/2024 to 24/03/2024"]
    groups = (found[start : start + 10] for start in range(0, len(found), 10))
    for number, group in enumerate(groups):
        section, entry = number // 25 + 1, number % 25 + 1
        lines += [f"{section}. Section {section}"] if entry == 1 else []
        lines += [f"{section}.{entry}. {group[0].title}", *(p.abstract or "" for p in group)]
    return "\n".join(lines)


def papers_page(found: Papers) -> str:
    return "\n".join(
        ["Get trending papers in your email inbox!", *(f"{p.title}\n{p.abstract}" for p in found)]
    )


def dataset_viewer(found: Papers) -> str:
    rows = (f"{p.arxiv} | {p.abstract} |" for p in found)
    return "\n".join(["arxiv_id", "stringlengths 9", "15", "| abstract", "|", "---|---|", *rows])


def records(found: Papers) -> str:
    return "\n".join(json.dumps(_facts(paper)) for paper in found)


def table(found: Papers) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["title", "authors", "arxiv", "published", "abstract"])
    for p in found:
        writer.writerow([p.title, "; ".join(p.authors), p.arxiv, p.published, p.abstract])
    return text.getvalue()


def json_objects(found: Papers) -> str:
    rows = [
        {"paper": {"paper_title": p.title, "abstract": p.abstract}, "authors": _named(p), "n": 1}
        for p in found
    ]
    return json.dumps({"count": len(rows), "items": rows}, indent=1)


def daily_papers(found: Papers) -> str:
    entries = [
        {"paper": {"id": p.arxiv, "title": p.title, "summary": p.abstract, "authors": _named(p)}}
        | {"publishedAt": "2024-03-18T00:00:00.000Z"}
        for p in found
    ]
    days = range(0, len(entries), 30)
    return json.dumps({f"day {start}": entries[start : start + 30] for start in days}, indent=1)


def papers_with_code(found: Papers) -> str:
    base = {"paper_url": "https://code.example/", "proceeding": None, "tasks": ["Floating"]}
    rows = [{**base, **_facts(p), "arxiv_id": p.arxiv, "date": p.published} for p in found]
    return json.dumps(rows, indent=1)


def own_export(found: Papers) -> str:
    base = {"key": "k", "listed": "2024-03-18", "weeks": []}
    return "\n".join(json.dumps({"slug": p.slug, **base, **_facts(p)}) for p in found)


def bibtex(found: Papers) -> str:
    more = "  abstract = {{It saves 50\\% of the {{GPUs}}. {}}},\n  keywords = {{a, b}},\n}}\n"
    entries = zip((c.bibtex for c in _citations(found)), found, strict=True)
    return "\n".join(text.rstrip("}\n") + "},\n" + more.format(p.abstract) for text, p in entries)


def ris(found: Papers) -> str:
    entries = zip((c.ris for c in _citations(found)), found, strict=True)
    return "".join(text.replace("ER  -", f"AB  - {p.abstract}\nER  -") for text, p in entries)


def csl_json(found: Papers) -> str:
    entries = zip(_citations(found), found, strict=True)
    return json.dumps([{**citation.csl, "abstract": p.abstract} for citation, p in entries])


def paperpile(found: Papers) -> str:
    rows = [
        {"author": [{"formatted": name} for name in p.authors], "pubtype": "PP_PREPRINT"}
        | {"title": p.title, "abstract": p.abstract, "arxivid": p.arxiv}
        for p in found
    ]
    return json.dumps(rows, indent=1)


def mendeley(found: Papers) -> str:
    rows = [
        {"title": p.title, "abstract": p.abstract, "identifiers": {"arxiv": p.arxiv}}
        | {"authors": [{"last_name": name} for name in p.authors], "source": "arXiv"}
        for p in found
    ]
    return json.dumps(rows, indent=1)


def _citations(found: Papers) -> list[Citation]:
    return [Citation(paper, f"key{n}", _SITE) for n, paper in zip(count(), found, strict=False)]


def _named(paper: Paper) -> list[dict[str, str]]:
    return [{"name": name} for name in paper.authors]


def _facts(paper: Paper) -> dict[str, Any]:
    return paper.model_dump(mode="json", include={"title", "authors", "arxiv", "abstract"})


# The texts of each importer, by its name.
KINDS: Mapping[str, Callable[[Papers], str]] = {
    "weekly-article": weekly_article,
    "papers-page": papers_page,
    "dataset-viewer": dataset_viewer,
    "records": records,
    "bibtex": bibtex,
    "ris": ris,
    "csl-json": csl_json,
    "paperpile": paperpile,
    "mendeley": mendeley,
    "table": table,
    "json": json_objects,
    "daily-papers": daily_papers,
    "papers-with-code": papers_with_code,
    "broadsheet-export": own_export,
    **SERVICE_KINDS,
}
# What somebody forgot to end, at the top of a text.
BROKEN: Mapping[str, str] = {
    "bibtex": "@article{broken, title = {{Never closed,\n",
    "ris": "TY  - JOUR\nTI  - Never ended\n",
}


def _others() -> Iterator[tuple[str, str, Callable[[Papers], str]]]:
    """Yields other texts of importers: the name, what is special, and how to make it."""
    yield "markdown", "one list", markdown_list
    for name, start in BROKEN.items():
        yield name, "unended entry", partial(_broken, name, start)


def _broken(name: str, start: str, found: Papers) -> str:
    return start + KINDS[name](found)


def main() -> None:
    """Prints the table, or with `--one` figures of one file."""
    if sys.argv[1:2] == ["--one"]:
        name, *files = sys.argv[2:]
        (_held if len(files) > 1 else _one)(name, *map(Path, files))
        return
    chosen = [name for name in KINDS if name in sys.argv[1:] or not sys.argv[1:]]
    found = tuple(papers(corpus(LARGE)))[:LARGE]
    print("| importer | 2,000 papers, s | 20,000 papers, s | growth | memory, MiB | besides, MiB |")
    print("| --- | --- | --- | --- | --- | --- |")
    texts = [(name, "", KINDS[name]) for name in chosen]
    texts += [other for other in _others() if other[0] in chosen]
    slow = [name for name, special, make in texts if not _row(name, special, make, found)]
    missing = ", ".join(found.name for found in importers() if found.name not in KINDS)
    print(f"\nWithout a generated text: {missing or 'none'}.")
    sys.exit(f"more than {MAX_GROWTH} times: {', '.join(slow)}" if slow else 0)


def _row(name: str, special: str, make: Callable[[Papers], str], found: Papers) -> bool:
    """Prints a row of the table. Returns whether time grows with the text."""
    with tempfile.TemporaryDirectory() as folder:
        file, first = Path(folder) / "papers.txt", Path(folder) / "first.txt"
        first.write_text(KINDS[name](found[:FIRST]), "utf-8")
        file.write_text(make(found[:SMALL]), "utf-8")
        small, _ = _measured(name, file)
        (held_small,) = _measured(name, file, first)
        file.write_text(make(found), "utf-8")
        large, peak = _measured(name, file)
        (held,) = _measured(name, file, first)
    growth = large / small
    shown = f"{name}, {special}" if special else name
    memory = f"{peak:,.0f} | {held_small:.1f}, {held:.1f}"
    print(f"| {shown} | {small:.2f} | {large:.2f} | {growth:.1f} | {memory} |", flush=True)
    return growth <= MAX_GROWTH


def _measured(name: str, *files: Path) -> list[float]:
    command = [sys.executable, "-m", "benchmarks.importers", "--one", name, *map(str, files)]
    run = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return [float(figure) for figure in run.stdout.split()]


def _one(name: str, file: Path) -> None:
    """Prints the CPU seconds that reading takes, and how many MiB it adds to the peak of memory."""
    text = file.read_text("utf-8")
    before, start = _peak(), time.process_time()
    found = detect(text, file.name)
    assert found.name == name, found.name
    assert len(found.read(text, file.name).records) > SMALL // 20
    print(time.process_time() - start, _peak() - before)


def _peak() -> float:
    # Not that of `resource`, which counts the parent's memory, too.
    peak = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text("utf-8"))
    return int(peak[1]) / 1024 if peak else 0


def _held(name: str, file: Path, first: Path) -> None:
    """Prints how many MiB reading holds at most besides the text and the records.

    Another text is read before, which loads what all texts need.
    """
    text = file.read_text("utf-8")
    importer = detect(text, file.name)
    assert importer.name == name, importer.name
    importer.read(first.read_text("utf-8"), first.name)
    gc.collect()
    tracemalloc.start()
    reading = importer.read(text, file.name)
    gc.collect()
    kept, peak = tracemalloc.get_traced_memory()
    assert reading.records
    print((peak - kept) / 2**20)


if __name__ == "__main__":
    main()
