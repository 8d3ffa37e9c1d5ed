/** Keeps a misspelled name from finding another person. */
import { searchTexts } from "./contract.js";

/** @typedef {import("./index.js").SearchIndex} SearchIndex */
/** @typedef {import("./packing.js").Term} Term */
/** @typedef {import("./query.js").Query} Query */

/** How many papers are read to see whose names they have. */
const CHECKED = 40;

/**
 * The documents where a corrected name belongs to the same person as the other names of the query:
 * who asks for "Yoshua Bengio" doesn't mean a Joshua who wrote with another Bengio.
 * @param {SearchIndex} index
 * @param {Query} query
 * @param {string[]} instead - terms used for misspelled words
 * @param {number[]} documents - the best ones, best first
 */
export async function ofOnePerson(index, query, instead, documents) {
  const asked = query.words.filter(({ excluded }) => !excluded).flatMap(({ groups }) => groups);
  const terms = await index.terms([...new Set([...instead, ...asked.flat()])]);
  const field = index.table.fields.findIndex((one) => one.asked.includes("author"));
  const isName = (/** @type {string} */ term) => isMostlyIn(terms.get(term), field);
  const corrected = instead.filter(isName);
  const others = asked.filter((group) => group.some(isName));
  if (!corrected.length || !others.length) return documents;
  const checked = documents.slice(0, CHECKED);
  const rows = (await index.rows("texts", checked)).map(searchTexts);
  return checked.filter((_, n) => rows[n].authors.some((author) => {
    const known = new Set(index.analyzer.terms(author));
    return corrected.some((term) => known.has(term)) &&
      others.every((group) => group.some((term) => known.has(term)));
  }));
}

/**
 * @param {Term | undefined} term
 * @param {number} field
 */
function isMostlyIn(term, field) {
  const counts = term?.of.map((postings) => postings?.documents.length ?? 0) ?? [];
  return (counts[field] ?? 0) * 2 > counts.reduce((sum, count) => sum + count, 0);
}
