"""Measures the map of many papers: `python benchmarks/map.py`.

It places generated papers by the terms that they share, as a build does, and prints the CPU time
per paper for 1,000 and 10,000 papers, which must not grow much. Then it opens the map of 10,000
papers in Chromium with the scripts and styles of the site, zooms and drags, and prints how long
frames took.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path += [str(ROOT / "tests"), str(ROOT / "benchmarks" / "search")]

from browsing import browser, served  # noqa: E402
from corpora import generated  # noqa: E402
from playwright.sync_api import Page  # noqa: E402

from broadsheet.base.language import ENGLISH  # noqa: E402
from broadsheet.content.model import Paper, Topic  # noqa: E402
from broadsheet.edition.related import relate  # noqa: E402
from broadsheet.outputs.browser import browser_files  # noqa: E402
from broadsheet.outputs.charts import map_files, map_picture  # noqa: E402
from broadsheet.outputs.charts.layout import Point, layout  # noqa: E402

SMALL, LARGE = 1_000, 10_000
MAX_GROWTH = 1.5
FRAMES = 120
TEMPLATES = ROOT / "site_templates"
STYLES = "".join(
    f'<link rel="stylesheet" href="../assets/broadsheet/{name}.css">'
    for name in ("brand", "page", "type", "map")
)
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Map</title>{styles}
<script src="../assets/broadsheet/early.js" data-root=".."></script></head>
<body class="md-typeset">{picture}<div class="bs-map-papers"></div>
<script type="module" src="../assets/broadsheet/map.js"></script></body></html>
"""
# The times between frames while zooming and dragging, with all points in view at first.
MEASURE = """(frames) => new Promise((done) => {
  const canvas = document.querySelector("canvas"), times = [];
  const kinds = {wheel: WheelEvent, pointerdown: PointerEvent, pointermove: PointerEvent};
  const at = (name, more) => canvas.dispatchEvent(new kinds[name](
    name, {bubbles: true, cancelable: true, pointerId: 1,
           clientX: canvas.getBoundingClientRect().x + 500 + (more.x || 0),
           clientY: canvas.getBoundingClientRect().y + 300, ...more}));
  canvas.setPointerCapture = () => {};
  let last = null, n = 0;
  const step = (now) => {
    if (last !== null) times.push(now - last);
    last = now;
    if (n === frames / 2) at("pointerdown", {});
    if (n >= frames / 2) at("pointermove", {x: (n % 20) * 4});
    else at("wheel", {deltaY: n % 30 < 20 ? -30 : 55});
    n += 1;
    if (n <= frames) requestAnimationFrame(step); else done(times);
  };
  requestAnimationFrame(step);
})"""


def corpus(size: int) -> tuple[tuple[Paper, ...], tuple[Topic, ...], Mapping[str, str]]:
    """Returns papers, their topics, and the text of each by slug."""
    papers: list[Paper] = []
    texts: dict[str, str] = {}
    names: dict[str, str] = {}
    for document in generated(size):
        slug = f"paper-{len(papers):05d}"
        names |= dict(document.topics)
        topics = tuple(topic for topic, _ in document.topics)
        papers.append(Paper(slug=slug, title=document.title, topics=topics))
        texts[slug] = "\n".join([document.title] * 3 + [document.abstract])
    labels = (Topic(slug=slug, name=name) for slug, name in sorted(names.items()))
    return tuple(papers), tuple(labels), texts


def placed(papers: Sequence[Paper], texts: Mapping[str, str]) -> tuple[Mapping[str, Point], float]:
    """Returns the places of papers, and the milliseconds of layout per paper."""
    related = relate(texts, 6).related
    topics = {paper.slug: paper.topics for paper in papers}
    start = time.process_time()
    places = layout(related, topics)
    return places, (time.process_time() - start) * 1000 / len(papers)


def frames(tab: Page, address: str) -> list[float]:
    tab.goto(f"{address}/map/")
    tab.locator(".bs-map--ready").wait_for()
    found: list[float] = tab.evaluate(MEASURE, FRAMES)
    shown = tab.locator("#bs-map-list").inner_text()
    assert f"of {LARGE} in view" not in shown, f"nothing was zoomed: {shown}"
    return found


def main() -> None:
    papers, _, texts = corpus(SMALL)
    _, small = placed(papers, texts)
    papers, topics, texts = corpus(LARGE)
    places, large = placed(papers, texts)
    print(f"layout, ms per paper: {small:.2f} at {SMALL:,}, {large:.2f} at {LARGE:,}")
    print(f"growth {large / small:.2f} (limit {MAX_GROWTH})")
    addresses = {topic.slug: f"../topics/{topic.slug}/" for topic in topics}
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder)
        shutil.copytree(TEMPLATES / "theme" / "assets", site / "assets")
        (site / "map").mkdir()
        picture = map_picture(papers, places, topics, addresses, ENGLISH)
        (site / "map" / "index.html").write_text(
            PAGE.format(styles=STYLES, picture=picture), "utf-8"
        )
        made = {**browser_files(TEMPLATES / "browser"), **map_files(papers, places, topics)}
        for name, content in made.items():
            (site / name).write_bytes(content)
        with served(site) as address, browser() as chromium:
            tab = chromium.new_page(viewport={"width": 1280, "height": 900})
            times = sorted(frames(tab, address))
    print(
        f"frames at {LARGE:,} points, ms: {statistics.median(times):.1f} (median), "
        f"{times[int(len(times) * 0.95)]:.1f} (p95), {times[-1]:.1f} (longest)"
    )
    sys.exit(large / small > MAX_GROWTH)


if __name__ == "__main__":
    main()
