/** A reader's marks as data: stars, read marks, and notes, keyed by the slug of the paper. */
import { SLUG_LENGTH } from "./contract.js";
import { text } from "./words.js";

/**
 * The days when a paper was starred and read, the note about it, its title, and the moment when it
 * was saved: when it got its star or its note, whichever came first.
 * @typedef {{star?: string, read?: string, note?: string, title?: string, saved?: string}} Mark
 */
/** @typedef {Record<string, Mark>} Marks */
/** @typedef {{format: string, version: number, papers: Marks}} Reading */

const FORMAT = "broadsheet-reading";
const VERSION = 1;
export const LONGEST_NOTE = 20_000;

/** @type {readonly (keyof Mark)[]} */
const FIELDS = ["star", "read", "note", "title", "saved"];

/**
 * @param {Marks} papers
 * @returns {Reading}
 */
export const readingOf = (papers) => ({ format: FORMAT, version: VERSION, papers });

/** @param {Mark} mark */
export const isEmpty = (mark) => !isSaved(mark) && !mark.read;

/**
 * Whether a reader has saved a paper. Papers that were only read aren't saved.
 * @param {Mark} mark
 */
export const isSaved = (mark) => Boolean(mark.star || mark.note);

/**
 * A mark with another value of a field, and with the moment when the paper was saved.
 * @param {Mark} mark
 * @param {keyof Mark} field
 * @param {string} content - "" removes it
 * @param {string} now - an ISO date and time
 * @returns {Mark}
 */
export function changed(mark, field, content, now) {
  const { saved = "", ...others } = { ...mark, [field]: content };
  if (!isSaved(others)) return others;
  return { ...others, saved: isSaved(mark) ? saved || mark.star || "" : now };
}

/**
 * The slugs of all papers with marks: those that were saved last come first, and those that were
 * only read come last.
 * @param {Marks} papers
 */
export function inOrderOfSaving(papers) {
  const when = (/** @type {string} */ slug) =>
    isSaved(papers[slug]) ? papers[slug].saved || papers[slug].star || "" : "";
  return Object.keys(papers).sort((a, b) =>
    Number(isSaved(papers[b])) - Number(isSaved(papers[a])) ||
    when(b).localeCompare(when(a)) || a.localeCompare(b));
}

/**
 * Parses an exported or stored text, and drops whatever isn't a mark.
 * @param {string} content
 * @throws {SyntaxError} when it isn't JSON
 * @throws {Error} with a message for the reader, when it's something else or too new
 */
export function parsed(content) {
  const value = JSON.parse(content);
  if (!isObject(value) || value.format !== FORMAT || !isObject(value.papers)) {
    throw new Error(text("This file wasn’t exported from this site."));
  }
  if (value.version > VERSION) {
    throw new Error(text("This file is from a newer version of this site. Reload the page first."));
  }
  const known = Object.entries(value.papers)
    .filter(([slug, mark]) => isSlug(slug) && isObject(mark))
    .map(([slug, mark]) => /** @type {[string, Mark]} */ ([slug, clean(mark)]));
  return Object.fromEntries(known.filter(([, mark]) => !isEmpty(mark)));
}

/**
 * Merges two sets of marks. For a paper in both, the days of `found` win and notes are joined.
 * @param {Marks} papers
 * @param {Marks} found
 * @returns {Marks}
 */
export function merged(papers, found) {
  const both = Object.entries(found).map(([slug, mark]) => {
    const note = joined(papers[slug]?.note, mark.note);
    return [slug, { ...papers[slug], ...mark, ...(note ? { note } : {}) }];
  });
  return { ...papers, ...Object.fromEntries(both) };
}

/**
 * @param {string} [old]
 * @param {string} [found]
 */
function joined(old, found) {
  if (!old || !found) return old || found;
  return old.includes(found) ? old : `${old}\n\n${found}`;
}

/** @param {Record<string, unknown>} mark */
function clean(mark) {
  /** @type {Mark} */
  const result = {};
  for (const field of FIELDS) {
    const value = mark[field];
    if (typeof value === "string" && value) result[field] = value.slice(0, LONGEST_NOTE);
  }
  return result;
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, any>}
 */
const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

/** @param {string} slug */
const isSlug = (slug) => /^[a-z0-9-]+$/.test(slug) && slug.length <= SLUG_LENGTH;
