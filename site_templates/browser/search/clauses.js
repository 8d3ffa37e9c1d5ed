/** Turns the words of a query into clauses for `rank`. */
import { misspelt } from "./expand.js";

/** @typedef {import("./index.js").SearchIndex} SearchIndex */
/** @typedef {import("./query.js").Query} Query */
/** @typedef {import("./query.js").Word} Word */
/** @typedef {import("./rank.js").Clause} Clause */
/** @typedef {import("./rank.js").Presence} Presence */

/** Terms to use for groups of words that no paper has, by the group as the reader spelled it. */
/** @typedef {Map<string[], string[]>} Corrections */

/**
 * How to look words up: the terms that the index knows, what to use for other terms, and whether a
 * paper needs all words or any of them.
 * @typedef {{known: Set<string>, corrected: Corrections, presence: Presence}} Way
 */

const BOOST_OF_EXACT = 3;
const BOOST_OF_JOINED = 2;

/**
 * The terms that a word asks for.
 * @param {Word} word
 */
export const termsOf = (word) => [...word.groups.flat(), word.joined].filter(Boolean);

/**
 * @param {Query} query
 * @param {Way} way
 * @returns {Clause[] | null} null when no paper has what is asked for
 */
export function clausesFor(query, way) {
  const clauses = [];
  for (const word of query.words) {
    for (const n of word.groups.keys()) {
      const made = groupClauses(query, word, n, way);
      if (!made) return null;
      clauses.push(...made);
    }
    if (way.known.has(word.joined)) {
      clauses.push(clause(word, [word.joined], "optional", BOOST_OF_JOINED));
    }
  }
  const isOnlyExclusion = clauses.every(({ presence }) => presence === "prohibited");
  return isOnlyExclusion && query.words.some(({ excluded }) => !excluded) ? null : clauses;
}

/**
 * @param {Word} word
 * @param {string[]} terms
 * @param {Presence} presence
 * @param {number} boost
 * @returns {Clause}
 */
const clause = ({ fields }, terms, presence, boost) => ({ terms, fields, presence, boost });

/**
 * @param {Query} query
 * @param {Word} word
 * @param {number} n - the place of the group
 * @param {Way} way
 */
function groupClauses(query, word, n, way) {
  const exact = word.groups[n].filter((name) => way.known.has(name));
  const prefix = n === word.groups.length - 1 ? word.prefix : "";
  const presence = presenceOf(query, word, prefix, way);
  const terms = prefix
    ? [...exact.filter((name) => !name.startsWith(prefix)), `${prefix}*`]
    : exact.length ? exact : way.corrected.get(word.spelled[n]) ?? [];
  if (!terms.length) return presence === "required" ? null : [];
  const clauses = [{ ...clause(word, terms, presence, 1), isWord: !word.excluded }];
  if (prefix && exact.length) {
    clauses.push({ ...clause(word, exact, "optional", BOOST_OF_EXACT), isWord: false });
  }
  return clauses;
}

/**
 * @param {Query} query
 * @param {Word} word
 * @param {string} prefix
 * @param {Way} way
 */
function presenceOf(query, word, prefix, way) {
  if (word.excluded) return "prohibited";
  return isTooShort(query, word) && !prefix ? "optional" : way.presence;
}

/**
 * While the last word is being typed, it may be too short to decide on results.
 * @param {Query} query
 * @param {Word} word
 */
const isTooShort = (query, word) => query.isUnfinished && word === query.words.at(-1) &&
  query.words.some((other) => other !== word && !other.excluded);

/**
 * For each group of words that no paper has, the terms that differ in one letter.
 * @param {SearchIndex} index
 * @param {Query} query
 * @param {Set<string>} known
 * @returns {Promise<Corrections>}
 */
export async function corrections(index, query, known) {
  const unknown = query.words.filter(({ excluded }) => !excluded).flatMap((word) =>
    word.spelled.filter((_, n) => !word.groups[n].some((name) => known.has(name))));
  return new Map(await Promise.all(unknown.map(async (spelled) => {
    const near = await Promise.all(spelled.map((one) => misspelt(index, one)));
    return /** @type {[string[], string[]]} */ ([spelled, near.flat()]);
  })));
}
