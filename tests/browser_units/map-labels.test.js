import assert from "node:assert/strict";
import { test } from "node:test";
import { cornerOf } from "../../site_templates/browser/map-card.js";
import { boxAt, Covered, placed } from "../../site_templates/browser/map-labels.js";

/**
 * @param {string} name
 * @param {number} x
 * @param {number} y
 */
const wanted = (name, x, y) => ({ name, x, y, hue: 0, width: 80, height: 20 });

/** @param {{left: number, right: number, top: number, bottom: number}[]} boxes */
function overlaps(boxes) {
  return boxes.some((one, n) => boxes.slice(n + 1).some((other) => one.left < other.right &&
    other.left < one.right && one.top < other.bottom && other.top < one.bottom));
}

test("a name is where it should be if nothing is in the way", () => {
  const free = new Covered({ width: 400, height: 200 });
  const [{ x, y }] = placed([wanted("Boats", 200, 100)], free, 90);
  assert.deepEqual([x, y], [200, 100]);
});

test("names cover neither points nor each other, and stay on the screen", () => {
  const screen = { width: 400, height: 300 };
  const covered = new Covered(screen);
  const points = Array.from({ length: 40 }, (_, n) =>
    ({ x: 60 + n * 37 % 280, y: 30 + n * 53 % 90 }));
  const boxes = points.map(({ x, y }) => boxAt({ x, y }, { width: 6, height: 6 }));
  boxes.forEach((box) => covered.add(box));
  const found = placed(["A", "B", "C"].map((name) => wanted(name, 200, 80)), covered, 200);
  assert.equal(found.length, 3);
  for (const name of found) {
    const box = boxAt(name, name);
    assert.ok(!boxes.some((point) => overlaps([box, point])));
    assert.ok(box.left >= 0 && box.top >= 0 && box.right <= 400 && box.bottom <= 300);
  }
  assert.ok(!overlaps(found.map((name) => boxAt(name, name))));
});

test("a name without a free place nearby is left out", () => {
  const covered = new Covered({ width: 400, height: 300 });
  covered.add({ left: 0, top: 0, right: 400, bottom: 300 });
  assert.deepEqual(placed([wanted("A", 200, 150)], covered, 500), []);
});

test("a card is beside the pointer and inside of the map", () => {
  const box = { width: 300, height: 200 };
  const card = { width: 100, height: 50 };
  assert.deepEqual(cornerOf({ x: 10, y: 10 }, card, box), { x: 24, y: 24 });
  assert.deepEqual(cornerOf({ x: 290, y: 190 }, card, box), { x: 176, y: 126 });
});
