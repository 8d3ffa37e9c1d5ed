/** Formats lists of authors the way all lists of papers do. */
import { MOST_AUTHORS } from "./contract.js";
import { counted, language, listed } from "./words.js";

const list = new Intl.ListFormat(language, { type: "conjunction" });

/**
 * "Ada Example, Bob Sample and Cy Test", or the first few names and "5 others".
 * @param {string[]} authors
 * @param {number} [others] - how many there are beside them
 */
export function shownAuthors(authors, others = 0) {
  if (!others && authors.length <= MOST_AUTHORS + 1) return list.format(authors);
  const shown = authors.slice(0, MOST_AUTHORS);
  const count = others + authors.length - shown.length;
  return counted(count, "%(names)s and %(number)s other", "%(names)s and %(number)s others",
    { names: listed(shown) });
}
