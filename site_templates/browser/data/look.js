/** How a reader looks at the table: what is searched, sorted and filtered. The address says it. */

/** The order without any choice. */
export const NEWEST = "-published";

/**
 * @typedef {object} Look
 * @property {string} q - words to search for
 * @property {string} sort - the name of a column, with "-" before it to turn the order around; ""
 *   for the newest first
 * @property {number} page - from 1
 * @property {Map<string, string>} only - values by the name of their column; "" for missing ones
 */

/**
 * @param {string} search - the query string of an address
 * @param {string[]} names - of the columns
 * @returns {Look}
 */
export function lookOf(search, names) {
  const given = new URLSearchParams(search);
  const sort = given.get("sort") ?? "";
  const page = Number(given.get("page") ?? "1");
  return {
    q: given.get("q") ?? "",
    sort: sort !== NEWEST && names.includes(sort.replace(/^-/, "")) ? sort : "",
    page: Number.isInteger(page) && page > 0 ? page : 1,
    only: new Map([...given].filter(([name]) => names.includes(name))),
  };
}

/**
 * The query string of a look, "" for the newest papers.
 * @param {Look} look
 */
export function searchOf({ q, sort, page, only }) {
  const given = new URLSearchParams([...only]);
  if (q) given.set("q", q);
  if (sort) given.set("sort", sort);
  if (page > 1) given.set("page", String(page));
  const found = given.toString();
  return found && `?${found}`;
}

/** @param {Look} look */
export const isPlain = (look) => searchOf(look) === "";

/**
 * What sorting by a column does next: up, down, and back to the newest papers.
 * @param {string} sort
 * @param {string} name
 */
export function nextSort(sort, name) {
  const next = sort === name ? `-${name}` : sort === `-${name}` ? "" : name;
  return next === NEWEST ? "" : next;
}
