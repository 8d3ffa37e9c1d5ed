/**
 * Answers a query: which papers match, in which order, and how they were found. All words are
 * required. If no paper has them all, one letter may differ in words that no paper has. If that
 * finds nothing either, some of the words are enough, and papers with more of them come first.
 */
import { clausesFor, corrections, termsOf } from "./clauses.js";
import { finished } from "./expand.js";
import { parse } from "./query.js";
import { best, rank, wordsMet } from "./rank.js";

/** @typedef {import("./index.js").SearchIndex} SearchIndex */
/** @typedef {import("./query.js").Query} Query */
/** @typedef {import("./query.js").Word} Word */
/** @typedef {import("./rank.js").Clause} Clause */

/** Documents with their scores, and how many of the words each has if they needn't have all. */
/** @typedef {{documents: number[], scores: Float64Array | null, words: Uint8Array | null}} Found */

/**
 * What was found, and how. `more` are papers with only some of the words; `instead` are terms used
 * for misspelled words; `unchecked` is how many papers weren't checked for a phrase.
 * @typedef {object} Answer
 * @property {Query} query
 * @property {string} sort
 * @property {"all" | "spelled" | "some" | "filter" | "none"} mode
 * @property {Found} found
 * @property {Found | null} more
 * @property {string[]} instead
 * @property {number} unchecked
 */

/**
 * `typing`: the last word may be unfinished. `isFiltered`: facets are chosen. `checked`: how many
 * texts may be read for a phrase. `sort`: "date", or "" for relevance.
 * @typedef {{typing?: boolean, isFiltered?: boolean, checked?: number, sort?: string}} Options
 */

/** Below this, papers with only some of the words are shown after those with all. */
const FEW = 10;
export const PHRASES_CHECKED = 40;

// Few queries need these modules. They are requested together with the terms, not after.
const loadFilters = () => import("./filters.js");
const loadNames = () => import("./names.js");
const loadPhrases = () => import("./phrases.js");

/** @param {() => Promise<unknown>} load */
const ahead = (load) => load().catch(() => {}); // whoever needs it tries again

/** @returns {Found} */
const nothing = () => ({ documents: [], scores: null, words: null });

/**
 * Asks the index.
 * @param {SearchIndex} index
 * @param {string} typed
 * @param {Options} [options]
 */
export const ask = (index, typed, options = {}) =>
  index.withTable(() => answer(index, typed, options));

/**
 * Asks for words as they are, or with the last one unfinished if no paper has them all. The box and
 * the page count what this finds, so that they agree.
 * @param {SearchIndex} index
 * @param {string} typed
 * @param {Options} [options]
 */
export async function askBoth(index, typed, options = {}) {
  const whole = await ask(index, typed, options);
  if (whole.mode === "all" || whole.mode === "filter" || !whole.query.words.length) return whole;
  if (!await index.withTable(() => mayBeUnfinished(index, typed))) return whole;
  // Usually it finds nothing else, so the first papers are read at the same time.
  const shown = first(whole, whole.found.documents, FEW);
  ahead(() => index.rows("results", shown));
  const begun = await ask(index, typed, { ...options, typing: true });
  return begun.mode === "all" && begun.query.words.at(-1)?.prefix ? begun : whole;
}

/**
 * Whether a paper has all words before the last one, which may be unfinished. Their terms have been
 * read, so this loads nothing, and what the last word may become needn't be read for nothing.
 * @param {SearchIndex} index
 * @param {string} typed
 */
async function mayBeUnfinished(index, typed) {
  const query = parse(typed, true, index.analyzer, index.table.fields);
  if (!query.words.at(-1)?.prefix) return false;
  const before = { ...query, words: query.words.slice(0, -1) };
  if (before.words.every(({ excluded }) => excluded)) return true;
  const known = await knownTerms(index, before);
  const clauses = clausesFor(before, { known, corrected: new Map(), presence: "required" });
  return (await ranked(index, clauses)).documents.length > 0;
}

/**
 * @param {SearchIndex} index
 * @param {Query} query
 */
const knownTerms = async (index, { words }) =>
  new Set((await index.terms([...new Set(words.flatMap(termsOf))])).keys());

/**
 * @param {SearchIndex} index
 * @param {string} typed
 * @param {Options} options
 * @returns {Promise<Answer>}
 */
async function answer(index, typed, { typing = false, isFiltered = false, checked, sort = "" }) {
  const query = parse(typed, typing, index.analyzer, index.table.fields);
  if (query.filters.length) ahead(loadFilters);
  if (query.phrases.length) ahead(loadPhrases);
  const results = { query, sort, unchecked: 0, ...await resultsOf(index, query, isFiltered) };
  await filter(index, query, [results.found, results.more ?? nothing()]);
  if (query.phrases.length) {
    const { keepPhrases } = await loadPhrases();
    const limit = checked || PHRASES_CHECKED;
    const ordered = first(results, results.found.documents, limit);
    results.unchecked = Math.max(0, results.found.documents.length - limit);
    results.found.documents = await keepPhrases(index, query, ordered, results.unchecked);
  }
  return results;
}

/**
 * Leaves out the papers that a filter of the query doesn't let pass.
 * @param {SearchIndex} index
 * @param {Query} query
 * @param {Found[]} lists
 */
async function filter(index, { filters }, lists) {
  for (const one of filters) {
    const { passing } = await loadFilters();
    const wanted = await passing(index, one);
    for (const found of lists) found.documents = found.documents.filter((n) => wanted[n]);
  }
}

/**
 * @param {SearchIndex} index
 * @param {Query} query
 * @param {boolean} isFiltered
 * @returns {Promise<Pick<Answer, "mode" | "found" | "more" | "instead">>}
 */
async function resultsOf(index, query, isFiltered) {
  const none = { found: nothing(), more: null, instead: [] };
  if (!index.table.documents) return { ...none, mode: "none" };
  if (query.words.length) return { ...none, ...await lookedUp(index, query) };
  const isEmpty = !isFiltered && !query.filters.length && !query.phrases.length;
  if (isEmpty) return { ...none, mode: "none" };
  const documents = Array.from({ length: index.table.documents }, (_, number) => number);
  return { ...none, mode: "filter", found: { ...nothing(), documents } };
}

/**
 * @param {SearchIndex} index
 * @param {Query} query
 * @returns {Promise<Partial<Answer> & Pick<Answer, "mode">>}
 */
async function lookedUp(index, query) {
  readAhead(index, query);
  await Promise.all(query.words.map((word) => finish(index, word)));
  const known = await knownTerms(index, query);
  const none = new Map();
  const attempt = (/** @type {"required" | "optional"} */ presence, corrected = none) =>
    ranked(index, clausesFor(query, { known, corrected, presence }));
  const found = await attempt("required");
  if (found.documents.length) {
    const isFew = found.documents.length < FEW && !query.phrases.length;
    return { mode: "all", found, more: isFew ? await attempt("optional") : null };
  }
  const corrected = await corrections(index, query, known);
  const instead = [...corrected.values()].flat();
  /** @type {["spelled" | "some", () => Promise<Found>][]} */
  const ways = [["spelled", () => spelled(index, query, instead, attempt("required", corrected))]];
  if (!query.phrases.length) {
    ways.push(["some", () => attempt("optional")]);
    ways.push(["spelled", () => attempt("optional", corrected)]);
  }
  for (const [mode, look] of ways) {
    const results = mode === "some" || instead.length ? await look() : nothing();
    if (results.documents.length) {
      return { mode, found: results, instead: mode === "spelled" ? instead : [] };
    }
  }
  return { mode: "none" };
}

/**
 * What was found with corrected words, as far as it's by the same person.
 * @param {SearchIndex} index
 * @param {Query} query
 * @param {string[]} instead
 * @param {Promise<Found>} attempt
 * @returns {Promise<Found>}
 */
async function spelled(index, query, instead, attempt) {
  ahead(loadNames);
  const found = await attempt;
  if (!found.documents.length || !found.scores) return found;
  const { ofOnePerson } = await loadNames();
  const ordered = best(found.documents, found.scores, found.documents.length, found.words);
  return { ...found, documents: await ofOnePerson(index, query, instead, ordered) };
}

/**
 * Lengths of the fields that may be needed are read together with the terms, not after.
 * @param {SearchIndex} index
 * @param {Query} query
 */
function readAhead(index, query) {
  index.readAhead();
  const all = [...index.table.fields.keys()];
  const needed = new Set(query.words.flatMap(({ fields }) => fields ?? all));
  for (const field of needed) index.lengths(field).catch(() => {}); // ranking reads it again
}

/**
 * Adds what an unfinished word may become: terms that begin with it, and stems of longer words.
 * @param {SearchIndex} index
 * @param {Word} word
 */
async function finish(index, word) {
  if (!word.prefix) return;
  const known = await index.terms(finished(index, word.prefix));
  const last = word.groups[word.groups.length - 1];
  const isBegun = index.isNarrow(word.prefix) && (await index.startingWith(word.prefix)).length > 0;
  if (!isBegun) word.prefix = "";
  last.push(...[...known.keys()].filter((name) => !last.includes(name)));
}

/**
 * @param {SearchIndex} index
 * @param {Clause[] | null} clauses
 * @returns {Promise<Found>}
 */
async function ranked(index, clauses) {
  if (!clauses?.length) return nothing();
  const { documents, scores, terms } = await rank(index, clauses);
  // As in lunr, nothing matches if no paper has a required word in its field.
  const isLost = clauses.some(({ presence }, n) => presence === "required" && !terms[n].length);
  if (isLost) return nothing();
  const needAll = clauses.some(({ isWord, presence }) => isWord && presence === "required");
  return { documents, scores, words: needAll ? null : wordsMet(index.table, clauses, terms) };
}

/**
 * The first `count` documents of an answer in its order; newest first without a ranking.
 * @param {Pick<Answer, "found" | "sort">} answer
 * @param {number[]} documents
 * @param {number} count
 */
export function first({ found, sort }, documents, count) {
  if (sort === "date" || !found.scores) return documents.toSorted((a, b) => b - a).slice(0, count);
  return best(documents, found.scores, count, found.words);
}

/**
 * The first `count` papers with only some of the words, without those that have all.
 * @param {Answer} answer
 * @param {number} count
 */
export function alsoFound({ found, more }, count) {
  if (!more?.scores) return [];
  const all = new Set(found.documents);
  const rest = more.documents.filter((number) => !all.has(number));
  return best(rest, more.scores, count, more.words);
}
