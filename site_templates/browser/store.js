/**
 * Stores the reader's marks in this browser only. Their keys are slugs of papers, so they stay
 * valid if a page moves.
 */
import { changed, isEmpty, merged, parsed, readingOf } from "./marks.js";
import { say } from "./reader.js";
import { scope } from "./site.js";
import { text } from "./words.js";

/** @import { Mark, Marks } from "./marks.js" */

const KEY = `broadsheet:${scope}`;
const kept = storage();
/** @type {(() => void)[]} */
const listeners = [];

/** Whether this browser lets the site store anything. */
export const available = kept !== null;

/** The message for readers if it doesn't. */
export const blocked = text("Your browser doesn’t let this site store marks and notes.");
const full = text("Your browser’s storage for this site is full.");

function storage() {
  try {
    const probe = `${KEY}:probe`;
    localStorage.setItem(probe, "1");
    localStorage.removeItem(probe);
    return localStorage;
  } catch {
    return null;
  }
}

/** @returns {Marks} */
export function marks() {
  try {
    return parsed(kept?.getItem(KEY) ?? "");
  } catch {
    return {}; // nothing is stored yet, or not by this site
  }
}

/**
 * @param {string} slug
 * @returns {Mark}
 */
export const markOf = (slug) => marks()[slug] ?? {};

/**
 * Sets a field of a mark. "" removes it.
 * @param {string} slug
 * @param {"star" | "read" | "note"} field
 * @param {string} content
 * @param {string} title
 * @returns {boolean} whether it is kept
 */
export function setMark(slug, field, content, title) {
  return change((papers) => {
    const mark = changed(papers[slug] ?? {}, field, content, new Date().toISOString());
    return { ...papers, [slug]: { ...mark, title: title || papers[slug]?.title } };
  });
}

/**
 * Moves the mark of a paper whose slug has changed.
 * @param {string} from
 * @param {string} to
 */
export const rename = (from, to) => change(({ [from]: old, ...papers }) =>
  ({ ...papers, [to]: { ...old, ...papers[to] } }));

/** All marks, as the text of a file. */
export const exported = () => `${JSON.stringify(readingOf(marks()), null, 2)}\n`;

/**
 * Adds the marks in the text of an exported file.
 * @param {string} content
 * @returns {number} how many papers it has marks of
 * @throws {Error} when it's no such file, or there's no room for it
 */
export function merge(content) {
  const found = parsed(content);
  if (!change((papers) => merged(papers, found))) throw new Error(kept ? full : blocked);
  return Object.keys(found).length;
}

export function clear() {
  kept?.removeItem(KEY);
  tell();
}

/** @param {() => void} listener */
export const onChange = (listener) => listeners.push(listener);

/**
 * A stored value other than marks, such as the last visit, or null.
 * @param {string} name
 */
export function value(name) {
  try {
    return JSON.parse(kept?.getItem(`${KEY}:${name}`) ?? "null");
  } catch {
    return null;
  }
}

/**
 * @param {string} name
 * @param {unknown} content
 */
export function setValue(name, content) {
  try {
    kept?.setItem(`${KEY}:${name}`, JSON.stringify(content));
  } catch {
    // Storage is full. These values aren't essential.
  }
}

/**
 * Reads, changes and writes at once, so that two open tabs don't overwrite each other.
 * @param {(papers: Marks) => Marks} edit
 * @returns {boolean} whether it is kept
 */
function change(edit) {
  if (!kept) return false;
  const papers = Object.entries(edit(marks())).filter(([, mark]) => !isEmpty(mark));
  try {
    kept.setItem(KEY, JSON.stringify(readingOf(Object.fromEntries(papers))));
  } catch {
    say(full);
    return false;
  }
  tell();
  return true;
}

const tell = () => listeners.forEach((listener) => listener());

window.addEventListener("storage", (event) => {
  if (event.key === KEY) tell();
});
