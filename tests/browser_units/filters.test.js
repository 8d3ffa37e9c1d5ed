import assert from "node:assert/strict";
import { test } from "node:test";
import { isChosen, ORDERS, sifted } from "../../site_templates/browser/filters.js";

/** @import { Entry } from "../../site_templates/browser/filters.js" */

/**
 * @param {Partial<Entry>} facts
 * @returns {Entry}
 */
const entry = (facts) => /** @type {Entry} */ ({
  slug: "", date: "", year: "", topics: [], code: false, title: "", text: "", ...facts,
});

const ENTRIES = [
  entry({ slug: "rafts", place: 0, date: "2024-03-18", year: "2024", topics: ["a"], title: "R" }),
  entry({ slug: "boats", place: 1, date: "2023-05", year: "2023", title: "boats", code: true }),
  entry({ slug: "ships", place: 2, date: "2024-03-18", year: "2024", text: "at sea", title: "S" }),
];

/**
 * @param {Record<string, string>} choice
 * @param {import("../../site_templates/browser/marks.js").Marks} [marks]
 */
const slugs = (choice, marks = {}) => sifted(ENTRIES, choice, marks).map(({ slug }) => slug);

test("a list without a choice is as it was made", () => {
  assert.deepEqual(slugs({ topic: "", sort: "" }), ["rafts", "boats", "ships"]);
  assert.ok(!isChosen({ topic: "", sort: "" }));
});

test("papers are chosen by topic, year, code, and words", () => {
  assert.deepEqual(slugs({ topic: "a" }), ["rafts"]);
  assert.deepEqual(slugs({ year: "2023" }), ["boats"]);
  assert.deepEqual(slugs({ code: "1" }), ["boats"]);
  assert.deepEqual(slugs({ q: "SEA at" }), ["ships"]);
  assert.deepEqual(slugs({ year: "2024", topic: "a" }), ["rafts"]);
});

test("read papers can be left out", () => {
  assert.deepEqual(slugs({ unread: "1" }, { rafts: { read: "2026-01-01" } }), ["boats", "ships"]);
});

test("saved papers are chosen by their marks", () => {
  const day = "2026-01-01";
  const marks = { rafts: { star: day }, boats: { note: "x" }, ships: { read: day } };
  assert.deepEqual(slugs({ mark: "" }, marks), ["rafts", "boats"]);
  assert.deepEqual(slugs({ mark: "note" }, marks), ["boats"]);
  assert.deepEqual(slugs({ mark: "read" }, marks), ["ships"]);
});

test("papers of one day stay in the order of the list", () => {
  assert.deepEqual(slugs({ sort: "newest" }), ["rafts", "ships", "boats"]);
  assert.deepEqual(slugs({ sort: "oldest" }), ["boats", "rafts", "ships"]);
});

test("titles are sorted as words, without regard to case", () => {
  assert.deepEqual(slugs({ sort: "title" }), ["boats", "rafts", "ships"]);
  assert.deepEqual(Object.keys(ORDERS), ["listed", "newest", "oldest", "title"]);
});
