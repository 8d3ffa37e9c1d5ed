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
  entry({ slug: "rafts", place: 0, date: "2024-03-18", year: "2024", title: "Rafts", topics: ["water"] }),
  entry({ slug: "boats", place: 1, date: "2023-05", year: "2023", title: "boats", code: true }),
  entry({ slug: "ships", place: 2, date: "2024-03-18", year: "2024", title: "Ships", text: "ships at sea" }),
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
  assert.deepEqual(slugs({ topic: "water" }), ["rafts"]);
  assert.deepEqual(slugs({ year: "2023" }), ["boats"]);
  assert.deepEqual(slugs({ code: "1" }), ["boats"]);
  assert.deepEqual(slugs({ q: "SEA ships" }), ["ships"]);
  assert.deepEqual(slugs({ year: "2024", topic: "water" }), ["rafts"]);
});

test("read papers can be left out", () => {
  assert.deepEqual(slugs({ unread: "1" }, { rafts: { read: "2026-01-01" } }), ["boats", "ships"]);
});

test("saved papers are chosen by their marks", () => {
  const marks = { rafts: { star: "2026-01-01" }, boats: { note: "x" }, ships: { read: "2026-01-01" } };
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
