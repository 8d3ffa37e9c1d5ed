import assert from "node:assert/strict";
import { test } from "node:test";
import { Grid, recall, searchOf, View } from "../../site_templates/browser/map-view.js";

const view = () => new View({ width: 1000, height: 640 }, { width: 500, height: 320 });

test("the whole map fills the screen at first", () => {
  assert.equal(view().scale, 0.5);
  assert.deepEqual(view().onScreen({ x: 0, y: 0 }), { x: 0, y: 0 });
  assert.deepEqual(view().onScreen({ x: 1000, y: 640 }), { x: 500, y: 320 });
});

test("a place on the screen is the place on the map that is drawn there", () => {
  const zoomed = view();
  zoomed.enlarge(3, { x: 100, y: 50 });
  const { x, y } = zoomed.onMap(zoomed.onScreen({ x: 321, y: 123 }));
  assert.ok(Math.hypot(x - 321, y - 123) < 1e-9);
});

test("what is under the pointer stays there when the map is enlarged", () => {
  const zoomed = view();
  const before = zoomed.onMap({ x: 300, y: 100 });
  zoomed.enlarge(2, { x: 300, y: 100 });
  const after = zoomed.onMap({ x: 300, y: 100 });
  assert.ok(Math.hypot(before.x - after.x, before.y - after.y) < 1e-9);
  assert.ok(!zoomed.isInView({ x: 0, y: 0 }));
});

test("the map can't be made smaller than the screen, nor moved while it is all in view", () => {
  const whole = view();
  whole.enlarge(0.1, { x: 0, y: 0 });
  whole.move({ x: 400, y: 0 });
  assert.deepEqual([whole.zoom, whole.x, whole.y], [1, 500, 320]);
});

test("the middle of the screen never leaves the map", () => {
  const zoomed = view();
  zoomed.enlarge(4, { x: 250, y: 160 });
  zoomed.move({ x: 10_000, y: -10_000 });
  assert.deepEqual([zoomed.x, zoomed.y], [1000, 0]);
});

test("the nearest paper is found, across cells and only within reach", () => {
  const places = { a: 19, b: 25, c: 90 };
  const grid = new Grid(Object.entries(places).map(([slug, x]) =>
    ({ x, y: 10, hue: 0, slug, title: slug, label: 0 })));
  assert.equal(grid.nearest({ x: 20.5, y: 10 }, 10)?.slug, "a");
  assert.equal(grid.nearest({ x: 24, y: 10 }, 10)?.slug, "b");
  assert.equal(grid.nearest({ x: 60, y: 10 }, 10), null);
});

test("an address says the view, whatever the height of the map is", () => {
  const size = { width: 1000, height: 640 };
  const tall = new View({ width: 1000, height: 1280 }, { width: 500, height: 640 });
  recall(tall, "?x=300&y=320&zoom=4", size);
  assert.deepEqual([tall.x, tall.y, tall.zoom], [300, 640, 4]);
  assert.equal(searchOf(tall, size), "?x=300&y=320&zoom=4");
  tall.showAll();
  assert.equal(searchOf(tall, size), "");
});

test("an address that says no view shows the whole map", () => {
  for (const search of ["", "?x=1", "?x=a&y=b&zoom=c", "?x=1&y=1&zoom=0"]) {
    const whole = view();
    recall(whole, search, { width: 1000, height: 640 });
    assert.deepEqual([whole.x, whole.y, whole.zoom], [500, 320, 1]);
  }
});
