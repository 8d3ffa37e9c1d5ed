/** What a reader can do when nothing was found: ask for less, or browse. */
import { make } from "../dom.js";
import { addressOf } from "../site.js";
import { text } from "../words.js";
import { isChosen, queryOf } from "./state.js";

/** @typedef {import("./contract.js").SearchTable} Table */
/** @typedef {import("./state.js").State} State */

const MOST_TOPICS = 12;

/**
 * Queries that are wider than one that found nothing.
 * @param {State} state
 * @returns {State[]}
 */
export function wider(state) {
  const { typed, chosen } = state;
  const without = Object.fromEntries(Object.keys(chosen).map((name) => [name, []]));
  const plain = typed.replace(/(^|\s)-\S+/g, " ").replace(/\b[a-z]+:/gi, " ").replace(/"/g, " ");
  const words = plain.trim().replace(/\s+/g, " ");
  /** @type {State[]} */
  const found = [];
  if (isChosen(chosen)) found.push({ ...state, chosen: /** @type {any} */ (without) });
  if (words && words !== typed.trim()) found.push({ ...state, typed: words });
  return found;
}

/**
 * @param {State} state
 * @param {Table} table
 */
export function insteadOf(state, table) {
  const queries = wider(state).map((asked) => make("li", {},
    make("a", { href: addressOf(`search/${queryOf(asked)}`) }, labelOf(asked, state))));
  const topics = table.topics.slice(0, MOST_TOPICS).map(([slug, name]) => make("li", {},
    make("a", { href: addressOf(`topics/${slug}/`), class: "bs-topic" }, name)));
  return [
    ...group(text("Try a wider search:"), queries),
    ...group(text("Browse by topic:"), topics),
  ];
}

/**
 * @param {string} name
 * @param {HTMLElement[]} entries
 */
const group = (name, entries) =>
  entries.length ? [make("p", {}, name), make("ul", {}, ...entries)] : [];

/**
 * @param {State} asked
 * @param {State} state
 */
const labelOf = (asked, state) =>
  asked.typed === state.typed ? text("The same words without filters") : asked.typed;
