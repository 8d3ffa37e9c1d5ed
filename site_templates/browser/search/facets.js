/**
 * Facets of the results. A paper needs one chosen value of each facet that has any. The page loads
 * this module after its first results.
 */
import { make } from "../dom.js";
import { language, text } from "../words.js";
import { ofWeeks, ofYears } from "./filters.js";
import { FACETS } from "./state.js";

/** @typedef {import("./index.js").SearchIndex} SearchIndex */
/** @typedef {import("./state.js").Chosen} Chosen */
/** @typedef {import("./state.js").Facet} Facet */
/** @typedef {{value: string, label: string, documents: Iterable<number>}} Holders */
/** @typedef {{value: string, label: string, count: number, isChosen: boolean}} Counted */
/** @typedef {Record<Facet, Counted[]>} Counts */
/** @typedef {import("./contract.js").SearchTable} Table */
/** @typedef {(name: Facet, value: string, isOn: boolean) => void} Choose */

const FIRST_SHOWN = 8;

/** @type {Record<Facet, string>} */
const TITLES = {
  topic: text("Topic"), year: text("Year"), week: text("Week"), source: text("Source"),
  code: text("Code"),
};

/**
 * The documents of every value of every facet.
 * @param {SearchIndex} index
 * @returns {Promise<Record<Facet, Holders[]>>}
 */
export async function readFacets(index) {
  const { table } = index;
  const [topics, sources, code, weeks] = await Promise.all([
    index.facet("topics"), index.facet("sources"), index.facet("code"), ofWeeks(index),
  ]);
  return {
    topic: table.topics.map(([value, label], n) => ({ value, label, documents: topics[n] })),
    year: ofYears(table).filter(([year]) => year).map(ofItself).reverse(),
    week: weeks.map(ofItself).reverse(),
    source: table.sources.map(([value, label], n) => ({ value, label, documents: sources[n] })),
    code: [{ value: "yes", label: text("Has code"), documents: code[0] }],
  };
}

/** @param {import("./filters.js").Holders} holders */
const ofItself = ([value, documents]) => ({ value, label: value, documents });

/**
 * Which documents pass the chosen values, and how many of them each value has.
 * @param {Record<Facet, Holders[]>} facets
 * @param {Chosen} chosen
 * @param {number[]} documents
 * @param {number} size - the number of all documents
 */
export function sift(facets, chosen, documents, size) {
  const failed = new Uint8Array(size).fill(255); // one bit per facet
  for (const number of documents) failed[number] = 0;
  FACETS.forEach((name, n) => {
    if (!chosen[name].length) return;
    const holds = new Uint8Array(size);
    for (const one of facets[name]) {
      if (chosen[name].includes(one.value)) for (const number of one.documents) holds[number] = 1;
    }
    for (const number of documents) if (!holds[number]) failed[number] |= 1 << n;
  });
  const counts = FACETS.map((name, n) => [name, facets[name].map((one) => ({
    value: one.value, label: one.label, count: passing(one.documents, failed, 1 << n),
    isChosen: chosen[name].includes(one.value),
  }))]);
  return {
    documents: documents.filter((number) => !failed[number]),
    counts: /** @type {Counts} */ (Object.fromEntries(counts)),
  };
}

/**
 * How many documents failed at no facet but that of `bit`: a value isn't narrowed by its own facet.
 * @param {Iterable<number>} documents
 * @param {Uint8Array} failed
 * @param {number} bit
 */
function passing(documents, failed, bit) {
  let count = 0;
  for (const number of documents) if (!(failed[number] & ~bit)) count++;
  return count;
}

/**
 * @param {Facet} name
 * @param {Counted[]} values
 */
function shownValues(name, values) {
  const present = values.filter(({ count, isChosen }) => count || isChosen);
  if (name === "year" || name === "week") return present;
  return present.sort((a, b) => b.count - a.count);
}

/**
 * Groups of check boxes, one for each facet that has any.
 * @param {Counts} counts
 * @param {Set<Facet>} opened - those of which all values are shown
 * @param {Choose} change
 * @param {(name: Facet) => void} open
 */
export const facetGroups = (counts, opened, change, open) => FACETS.flatMap((name) => {
  const present = shownValues(name, counts[name]);
  return present.length ? [facetGroup(name, present, opened.has(name), change, open)] : [];
});

/**
 * @param {Facet} name
 * @param {Counted[]} present
 * @param {boolean} isOpen - whether all values are shown
 * @param {Choose} change
 * @param {(name: Facet) => void} open
 */
function facetGroup(name, present, isOpen, change, open) {
  const shown = isOpen ? present : present.filter((one, n) => n < FIRST_SHOWN || one.isChosen);
  const onclick = () => open(name);
  const more = make("button", { type: "button", class: "bs-find__plain", onclick },
    text("Show all %(count)s", { count: present.length }),
    make("span", { class: "bs-unseen" }, `: ${TITLES[name]}`));
  return make("fieldset", { class: "bs-facet", "data-facet": name },
    make("legend", {}, TITLES[name]),
    make("ul", {}, ...shown.map((one) => entry(name, one, change))),
    shown.length < present.length && more);
}

/**
 * @param {Facet} name
 * @param {Counted} counted
 * @param {Choose} change
 */
function entry(name, { value, label, count, isChosen }, change) {
  const id = `bs-facet-${name}-${value}`;
  return make("li", {}, make("input", {
    type: "checkbox", id, value, checked: isChosen,
    onchange: (event) => change(name, value, event.target.checked),
  }), make("label", { for: id }, label, " ",
    make("span", { class: "bs-facet__count" }, count.toLocaleString(language))));
}

/**
 * A button for each chosen value, which removes it.
 * @param {Table} table
 * @param {Chosen} chosen
 * @param {Choose} change
 */
export function chips({ topics, sources }, chosen, change) {
  /** @type {Partial<Record<Facet, Map<string, string>>>} */
  const named = { topic: new Map(topics), source: new Map(sources) };
  return FACETS.flatMap((name) => chosen[name].map((value) => {
    const label = name === "code" ? text("Has code") : named[name]?.get(value) ?? value;
    return make("button", {
      type: "button", class: "bs-find__chip", onclick: () => change(name, value, false),
      "aria-label": text("Remove filter: %(name)s", { name: label }),
    }, label, make("span", { "aria-hidden": "true" }, " ×"));
  }));
}

/**
 * The feed of what is shown: one topic, one collection or everything. Queries have no feed.
 * @param {Table} table
 * @param {import("./state.js").State} state
 */
export function feedOf({ feeds }, { typed, chosen }) {
  const asked = FACETS.flatMap((name) => chosen[name].map((value) => ({ name, value })));
  if (typed.trim() || asked.length > 1) return undefined;
  if (!asked.length) return feeds[""];
  const [{ name, value }] = asked;
  const folder = name === "source" ? "collections" : `${name}s`;
  return feeds[`${folder}/${value}/`];
}
