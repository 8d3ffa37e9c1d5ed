/** Finds lunr's results in lunr's order with nothing but the postings of a query's terms. */
import { expand } from "./expand.js";

/** @typedef {import("./index.js").SearchIndex} SearchIndex */
/** @typedef {import("./packing.js").Term} Term */
/** @typedef {import("./contract.js").SearchTable} Table */
/** @typedef {"required" | "optional" | "prohibited"} Presence */

/**
 * Any of `terms` in any of `fields` (places, or null for all). `isWord` marks the clauses that
 * represent a word of the query.
 * @typedef {object} Clause
 * @property {string[]} terms
 * @property {number[] | null} fields
 * @property {Presence} presence
 * @property {number} boost
 * @property {boolean} [isWord]
 */

/**
 * Documents found, by number; a score for each document of the index; the terms of each clause.
 * @typedef {{documents: number[], scores: Float64Array, terms: Term[][]}} Ranking
 */

// BM25's parameters as in lunr.
const K1 = 1.2;
const B = 0.75;
// Sorting all is faster than picking the best if there are at most this many times as many.
const WORTH_SORTING = 20;

/**
 * @param {Term} term
 * @param {number} documentCount
 */
const rarity = (term, documentCount) =>
  Math.log(1 + Math.abs((documentCount - term.count + 0.5) / (term.count + 0.5)));

/**
 * @param {Table} table
 * @param {Clause} clause
 */
const fieldsOf = (table, clause) => clause.fields ?? [...table.fields.keys()];

/**
 * 1 for each document that has one of the terms in one of the fields.
 * @param {Table} table
 * @param {Term[]} terms
 * @param {number[]} fields
 */
function holdersOf(table, terms, fields) {
  const marks = new Uint8Array(table.documents);
  for (const term of terms) {
    for (const field of fields) {
      for (const number of term.of[field]?.documents ?? []) marks[number] = 1;
    }
  }
  return marks;
}

/**
 * 1 for each document that has what is required and nothing that is prohibited.
 * @param {Table} table
 * @param {Clause[]} clauses
 * @param {Term[][]} terms
 */
function allowed(table, clauses, terms) {
  const marks = new Uint8Array(table.documents).fill(1);
  clauses.forEach((clause, n) => {
    if (clause.presence === "optional") return;
    const wanted = clause.presence === "required" ? 1 : 0;
    const holds = holdersOf(table, terms[n], fieldsOf(table, clause));
    for (let number = 0; number < marks.length; number++) {
      if (holds[number] !== wanted) marks[number] = 0;
    }
  });
  return marks;
}

/**
 * For each field, the terms to look up in it, with the sum of their clauses' boosts.
 * @param {Table} table
 * @param {Clause[]} clauses
 * @param {Term[][]} terms
 */
function boostsByField(table, clauses, terms) {
  const boosts = table.fields.map(() => /** @type {Map<Term, number>} */ (new Map()));
  clauses.forEach((clause, n) => {
    if (clause.presence === "prohibited") return;
    for (const field of fieldsOf(table, clause)) {
      for (const term of terms[n]) {
        boosts[field].set(term, (boosts[field].get(term) ?? 0) + clause.boost);
      }
    }
  });
  return boosts;
}

/**
 * Adds the weights of one field's terms (BM25) to the scores of allowed documents.
 * @param {Table} table
 * @param {number} field
 * @param {Map<Term, number>} boosts
 * @param {Uint32Array | null} lengthsOfAll
 * @param {Uint8Array} isAllowed
 * @param {Float64Array} scores
 */
function addScores(table, field, boosts, lengthsOfAll, isAllowed, scores) {
  const average = table.fields[field].total / table.documents;
  const magnitude = Math.hypot(...boosts.values());
  for (const [term, boost] of boosts) {
    const postings = term.of[field];
    const lengths = postings?.lengths;
    const factor = table.fields[field].boost * boost * (K1 + 1) / magnitude;
    const weight = rarity(term, table.documents) * factor;
    postings?.documents.forEach((number, n) => {
      if (!isAllowed[number]) return;
      const length = lengths ? lengths[n] : lengthsOfAll?.[number] ?? 0;
      const norm = K1 * (1 - B + B * (length / average));
      scores[number] += (weight * postings.counts[n]) / (norm + postings.counts[n]);
    });
  }
}

/**
 * Runs clauses as lunr.Index.query does.
 * @param {SearchIndex} index
 * @param {Clause[]} clauses
 * @returns {Promise<Ranking>}
 */
export async function rank(index, clauses) {
  const { table } = index;
  const terms = await Promise.all(clauses.map(async (clause) =>
    (await Promise.all(clause.terms.map((term) => expand(index, term)))).flat()));
  const boosts = boostsByField(table, clauses, terms);
  const lengths = await Promise.all(boosts.map((wanted, field) =>
    [...wanted.keys()].some((term) => term.of[field]) ? index.lengths(field) : null));
  const isAllowed = allowed(table, clauses, terms);
  const scores = new Float64Array(table.documents);
  boosts.forEach((wanted, field) => {
    addScores(table, field, wanted, lengths[field], isAllowed, scores);
  });
  const isFound = clauses.every(({ presence }) => presence === "prohibited") ? isAllowed : scores;
  const documents = [...scores.keys()].filter((number) => isFound[number]);
  return { documents, scores, terms };
}

/**
 * How many of the clauses that represent a word each document matches.
 * @param {Table} table
 * @param {Clause[]} clauses
 * @param {Term[][]} terms - as from `rank`
 */
export function wordsMet(table, clauses, terms) {
  const words = new Uint8Array(table.documents);
  clauses.forEach((clause, n) => {
    if (!clause.isWord) return;
    holdersOf(table, terms[n], fieldsOf(table, clause)).forEach((mark, number) => {
      words[number] += mark;
    });
  });
  return words;
}

/**
 * The `count` best documents; equals stay in their order. With `words`, from `wordsMet`, those
 * that have more of the words come first: as if lunr were asked for all of the words, then for all
 * but one, and so on.
 * @param {number[]} documents
 * @param {Float64Array} scores
 * @param {number} count
 * @param {Uint8Array | null} [words]
 */
export function best(documents, scores, count, words) {
  /** @type {(a: number, b: number) => number} */
  const order = (a, b) => (words ? words[b] - words[a] : 0) || scores[b] - scores[a];
  if (documents.length <= WORTH_SORTING * count) return documents.toSorted(order).slice(0, count);
  /** @type {number[]} */
  const kept = [];
  for (const number of documents) {
    if (kept.length === count && order(number, kept[count - 1]) >= 0) continue;
    const place = kept.findIndex((other) => order(number, other) < 0);
    kept.splice(place < 0 ? kept.length : place, 0, number);
    if (kept.length > count) kept.pop();
  }
  return kept;
}
