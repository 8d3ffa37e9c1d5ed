/** Puts titles with every word as the reader typed it before titles with other forms of them. */
import { searchResult } from "./contract.js";
import { phraseWords } from "./query.js";

/** @typedef {import("./ask.js").Answer} Answer */
/** @typedef {import("./analysis.js").Analyzer} Analyzer */
/** @typedef {import("./query.js").Query} Query */

/** How many of the best papers are looked at. More would be more to load. */
const LOOKED_AT = 16;
const FEWEST_WORDS = 2;

/** @param {Query} query */
const wantedWords = ({ words }) =>
  words.filter(({ excluded }) => !excluded).flatMap(({ spelled }) => spelled);

/**
 * How many of the best papers are looked at: none if no title can have all words.
 * @param {Answer} answer
 */
export const lookedAt = ({ query, sort, mode }) =>
  mode !== "all" || sort || query.phrases.length || wantedWords(query).length < FEWEST_WORDS
    ? 0 : LOOKED_AT;

/**
 * The order of rows, as their places: those with exact titles first.
 * @param {any[][]} rows - of results, best first
 * @param {Answer} answer
 * @param {Analyzer} analyzer
 */
export function exactFirst(rows, answer, analyzer) {
  const places = [...rows.keys()];
  const wanted = wantedWords(answer.query);
  const isExact = rows.slice(0, lookedAt(answer)).map((row) => {
    const words = wordsOf(searchResult(row).title, analyzer);
    return wanted.every((forms) => forms.some((form) => words.has(form)));
  });
  return [...places.filter((n) => isExact[n]), ...places.filter((n) => !isExact[n])];
}

/**
 * The words of a title, and the joined forms of its compounds.
 * @param {string} title
 * @param {Analyzer} analyzer
 */
function wordsOf(title, analyzer) {
  const joined = analyzer.compounds(title).map((parts) => parts.join(""));
  return new Set([...phraseWords(title, analyzer).split(" "), ...joined]);
}
