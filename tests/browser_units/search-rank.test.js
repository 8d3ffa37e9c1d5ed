import assert from "node:assert/strict";
import { test } from "node:test";
import { best, rank, wordsMet } from "../../site_templates/browser/search/rank.js";

/** @import { Clause } from "../../site_templates/browser/search/rank.js" */
/** @import { SearchIndex } from "../../site_templates/browser/search/index.js" */

/**
 * Postings of one field: how often each document says a term; the field is ten words long.
 * @param {Record<number, number>} counts
 */
const postings = (counts) => ({
  documents: Uint32Array.from(Object.keys(counts), Number),
  counts: Uint32Array.from(Object.values(counts)),
  lengths: new Uint32Array(Object.keys(counts).length).fill(10),
});

/**
 * An index of five documents with two fields, "title" heavier than "text".
 * @param {Record<string, (Record<number, number> | null)[]>} said - by term, for each field
 */
function indexOf(said) {
  const terms = new Map(Object.entries(said).map(([name, fields]) => {
    const of = fields.map((counts) => counts && postings(counts));
    const count = of.reduce((sum, one) => sum + (one?.documents.length ?? 0), 0);
    return [name, { name, count, of }];
  }));
  const field = (/** @type {number} */ boost) => ({ asked: [], boost, total: 50, lengths: -1 });
  return /** @type {SearchIndex} */ (/** @type {unknown} */ ({
    table: { documents: 5, fields: [field(5), field(1)] },
    terms: async (/** @type {string[]} */ names) =>
      new Map([...terms].filter(([name]) => names.includes(name))),
    startingWith: async (/** @type {string} */ prefix) =>
      [...terms.values()].filter(({ name }) => name.startsWith(prefix)),
    lengths: async () => null,
  }));
}

const INDEX = indexOf({
  model: [{ 0: 1 }, { 1: 1, 2: 3 }],
  modern: [null, { 3: 1 }],
  sparse: [null, { 0: 1, 2: 1 }],
});

/**
 * @param {Partial<Clause> & {terms: string[]}} parts
 * @returns {Clause}
 */
const clause = (parts) =>
  ({ fields: null, presence: "optional", boost: 1, isWord: true, ...parts });

/** @param {...Clause} clauses */
async function ordered(...clauses) {
  const { documents, scores } = await rank(INDEX, clauses);
  return best(documents, scores, 5);
}

test("a word in a heavier field counts more, as does a word that is said more often", async () => {
  assert.deepEqual(await ordered(clause({ terms: ["model"] })), [0, 2, 1]);
});

test("a required word leaves only papers that have it", async () => {
  const required = clause({ terms: ["sparse"], presence: "required" });
  assert.deepEqual(await ordered(clause({ terms: ["model"] }), required), [0, 2]);
});

test("an excluded word leaves only papers without it, even alone", async () => {
  const excluded = clause({ terms: ["sparse"], presence: "prohibited" });
  assert.deepEqual(await ordered(clause({ terms: ["model"] }), excluded), [1]);
  assert.deepEqual(await ordered(excluded), [1, 3, 4]);
});

test("a field narrows a word", async () => {
  assert.deepEqual(await ordered(clause({ terms: ["model"], fields: [0] })), [0]);
});

test("a beginning finds all that begins with it", async () => {
  assert.deepEqual((await ordered(clause({ terms: ["mod*"] }))).toSorted(), [0, 1, 2, 3]);
});

test("words that a paper meets are counted once for each word of the reader", async () => {
  const clauses = [clause({ terms: ["model"] }), clause({ terms: ["sparse"] }),
    clause({ terms: ["sparse"], isWord: false })];
  const { terms } = await rank(INDEX, clauses);
  assert.deepEqual([...wordsMet(INDEX.table, clauses, terms)], [2, 1, 2, 0, 0]);
});

test("more of the words come first, then better scores, and equals keep their order", () => {
  const scores = Float64Array.from([9, 1, 1, 2]);
  assert.deepEqual(best([0, 1, 2, 3], scores, 3), [0, 3, 1]);
  assert.deepEqual(best([0, 1, 2, 3], scores, 3, Uint8Array.from([1, 2, 2, 1])), [1, 2, 0]);
});

test("a few of many are picked in the same order as if all were sorted", () => {
  const numbers = Array.from({ length: 1000 }, (_, n) => n);
  const scores = Float64Array.from(numbers, (n) => (n * 7919) % 101);
  assert.deepEqual(best(numbers, scores, 7), best(numbers, scores, 1000).slice(0, 7));
});
