/** Checks phrases in the texts of papers, because the index doesn't know the order of words. */
import { searchTexts } from "./contract.js";
import { listed, quoted, text } from "../words.js";
import { hasPhrase } from "./query.js";

/** @typedef {import("./index.js").SearchIndex} SearchIndex */
/** @typedef {import("./query.js").Phrase} Phrase */
/** @typedef {import("./query.js").Query} Query */
/** @typedef {import("./contract.js").SearchTexts} SearchTexts */

/**
 * The documents that have every phrase and no excluded one. Adds a notice if some are unchecked.
 * @param {SearchIndex} index
 * @param {Query} query
 * @param {number[]} documents - the best ones, best first
 * @param {number} unchecked - how many more there are
 */
export async function keepPhrases(index, query, documents, unchecked) {
  if (unchecked) query.notices.push(notice(query, documents.length, unchecked));
  const rows = (await index.rows("texts", documents)).map(searchTexts);
  return documents.filter((_, n) =>
    query.phrases.every((phrase) => isIn(index, phrase, rows[n]) !== phrase.excluded));
}

/**
 * @param {Query} query
 * @param {number} checked
 * @param {number} unchecked
 */
function notice({ phrases }, checked, unchecked) {
  const quotes = listed(phrases.map((phrase) => quoted(phrase.text)));
  return text(
    "Only the first %(checked)s of %(all)s matching papers were checked for %(phrases)s.",
    { checked, all: checked + unchecked, phrases: quotes });
}

/**
 * @param {SearchIndex} index
 * @param {Phrase} phrase
 * @param {SearchTexts} texts
 */
function isIn({ analyzer, table }, { words, field }, { title, body, authors, topics }) {
  const names = topics.map((place) => table.topics[place][1]);
  /** @type {Record<string, string[]>} */
  const looked = { title: [title], author: authors, topic: names, id: [] };
  const texts = looked[field.replace(/s$/, "")] ?? [title, body, ...authors, ...names];
  return texts.some((one) => hasPhrase(one, words, analyzer));
}
