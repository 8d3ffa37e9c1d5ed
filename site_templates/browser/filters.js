/** Filters and sorts the papers of a list. */
import { text } from "./words.js";

/** @import { Mark, Marks } from "./marks.js" */

/**
 * A paper of a list, with what filters and orders need.
 * @typedef {object} Entry
 * @property {HTMLElement} paper
 * @property {number} place
 * @property {string} slug
 * @property {string} date
 * @property {string} year
 * @property {string[]} topics
 * @property {boolean} code
 * @property {string} title
 * @property {string} text - in lower case, to search in
 */

/**
 * The values of the form, by the names of its fields; "" means no choice.
 * @typedef {Partial<Record<string, string>>} Choice
 */

/** @type {Record<string, [label: string, order: (a: Entry, b: Entry) => number]>} */
export const ORDERS = {
  listed: [text("As listed"), () => 0],
  newest: [text("Newest first"), (a, b) => b.date.localeCompare(a.date)],
  oldest: [text("Oldest first"), (a, b) => a.date.localeCompare(b.date)],
  title: [text("By title"), (a, b) => a.title.localeCompare(b.title)],
};

/** @type {Record<string, [label: string, fits: (mark: Mark) => boolean]>} */
export const MARKED = {
  "": [text("Starred or noted"), ({ star, note }) => Boolean(star || note)],
  star: [text("Starred"), ({ star }) => Boolean(star)],
  note: [text("With a note"), ({ note }) => Boolean(note)],
  read: [text("Read"), ({ read }) => Boolean(read)],
};

/** @param {Choice} choice */
export const isChosen = (choice) => Object.values(choice).some(Boolean);

/**
 * The entries that match the choice, in its order.
 * @param {Entry[]} entries
 * @param {Choice} choice
 * @param {Marks} marks
 */
export function sifted(entries, choice, marks) {
  const [, order] = ORDERS[choice.sort || "listed"];
  return entries.filter((entry) => fits(entry, choice, marks[entry.slug] ?? {}))
    .sort((a, b) => order(a, b) || a.place - b.place);
}

/**
 * @param {Entry} entry
 * @param {Choice} choice
 * @param {Mark} mark
 */
function fits(entry, choice, mark) {
  const tests = [
    !choice.topic || entry.topics.includes(choice.topic),
    !choice.year || entry.year === choice.year,
    !choice.code || entry.code,
    !choice.unread || !mark.read,
    choice.mark === undefined || MARKED[choice.mark][1](mark),
    !choice.q || choice.q.toLowerCase().split(/\s+/).every((word) => entry.text.includes(word)),
  ];
  return tests.every(Boolean);
}
