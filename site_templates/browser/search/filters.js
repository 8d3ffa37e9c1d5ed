/** Which documents belong to a year or a week. */

/** @typedef {import("./index.js").SearchIndex} SearchIndex */
/** @typedef {import("./query.js").Filter} Filter */
/** @typedef {import("./contract.js").SearchTable} Table */
/** @typedef {[value: string, documents: Iterable<number>]} Holders */

/**
 * The documents of every year, from the numbers at which years begin.
 * @param {Table} table
 * @returns {Holders[]}
 */
export function ofYears({ years, documents }) {
  return years.map(([year, start], n) => {
    const end = years[n + 1]?.[1] ?? documents;
    return [year, Array.from({ length: end - start }, (_, place) => start + place)];
  });
}

/**
 * The documents of every week.
 * @param {SearchIndex} index
 * @returns {Promise<Holders[]>}
 */
export async function ofWeeks(index) {
  const [weeks, lists] = await Promise.all([index.weeks(), index.facet("weeks")]);
  return weeks.map((week, n) => [week, lists[n]]);
}

/**
 * 1 for each document that a filter lets pass.
 * @param {SearchIndex} index
 * @param {Filter} filter
 */
export async function passing(index, { kind, from, to, excluded }) {
  const wanted = new Uint8Array(index.table.documents).fill(excluded ? 1 : 0);
  const holders = kind === "year" ? ofYears(index.table) : await ofWeeks(index);
  const within = holders.filter(([value]) => value && value >= from && (!to || value <= to));
  for (const [, documents] of within) {
    for (const number of documents) wanted[number] = excluded ? 0 : 1;
  }
  return wanted;
}
