/** The state of the page of search, which is kept in its address. */

/** @typedef {"topic" | "year" | "week" | "source" | "code"} Facet */
/** @typedef {Record<Facet, string[]>} Chosen */

/**
 * `typed`: the query. `chosen`: values of facets. `sort`: "date" or "". `shown`: how many results.
 * `checked`: how many texts may be read for a phrase; 0 for the usual number.
 * @typedef {{typed: string, chosen: Chosen, sort: string, shown: number, checked: number}} State
 */

export const AT_ONCE = 10;

/** @type {readonly Facet[]} */
export const FACETS = ["topic", "year", "week", "source", "code"];

/**
 * @param {string} query - of an address: "?q=…"
 * @returns {State}
 */
export function readState(query) {
  const asked = new URLSearchParams(query);
  const chosen = Object.fromEntries(FACETS.map((name) => [name, asked.getAll(name)]));
  return {
    typed: asked.get("q") ?? "", chosen: /** @type {Chosen} */ (chosen),
    sort: asked.get("sort") ?? "", shown: AT_ONCE, checked: 0,
  };
}

/**
 * @param {State} state
 * @returns {string} "?q=…", or "" for nothing asked
 */
export function queryOf({ typed, chosen, sort }) {
  const asked = new URLSearchParams();
  if (typed.trim()) asked.set("q", typed.trim());
  for (const name of FACETS) chosen[name].forEach((value) => asked.append(name, value));
  if (sort) asked.set("sort", sort);
  return asked.size ? `?${asked}` : "";
}

/** @param {Chosen} chosen */
export const isChosen = (chosen) => Object.values(chosen).some((values) => values.length > 0);
