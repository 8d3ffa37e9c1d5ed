import assert from "node:assert/strict";
import { test } from "node:test";
import { matching } from "../../site_templates/browser/name-filter.js";

const NAMES = ["Émile Zolá", "Ada Example", "Kai-Wei Chang", "Wei Li"].map((name) => ({ name }));

/** @param {string} asked */
const found = (asked) => matching(NAMES, asked).map(({ name }) => name);

test("names are found by the starts of their parts", () => {
  assert.deepEqual(found("wei"), ["Kai-Wei Chang", "Wei Li"]);
  assert.deepEqual(found("li w"), ["Wei Li"]);
  assert.deepEqual(found("ola"), []);
});

test("accents and capitals make no difference", () => {
  assert.deepEqual(found("EMILE zola"), ["Émile Zolá"]);
});
