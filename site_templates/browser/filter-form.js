/** The form that filters and sorts a list. The page's address holds the choice. */
import { make } from "./dom.js";
import { MARKED, ORDERS } from "./filters.js";
import { available, blocked } from "./store.js";
import { text } from "./words.js";

/** @import { Choice, Entry } from "./filters.js" */
/** @typedef {[value: string, label: string][]} Options */
/** @typedef {{topics: Options, years: Options}} Choices */
/** @typedef {HTMLInputElement | HTMLSelectElement} Field */

/**
 * The topics and years to choose from. A list on several pages has those of all pages.
 * @param {HTMLElement} list
 * @param {Entry[]} entries
 * @returns {Choices}
 */
export function choicesOf(list, entries) {
  if (list.dataset.choices) {
    const { topics, years } = JSON.parse(list.dataset.choices);
    return { topics, years: named(years) };
  }
  const years = Array.from(new Set(entries.map(({ year }) => year).filter(Boolean)));
  return { topics: topicsOf(entries), years: named(years.sort().reverse()) };
}

/**
 * @param {string[]} values - which are their own names
 * @returns {Options}
 */
const named = (values) => values.map((value) => [value, value]);

/**
 * Topics and their names, read from the links of the papers.
 * @param {Entry[]} entries
 * @returns {Options}
 */
function topicsOf(entries) {
  /** @type {Map<string, string>} */
  const names = new Map();
  for (const { paper, topics } of entries) {
    /** @type {NodeListOf<HTMLAnchorElement>} */
    const links = paper.querySelectorAll(".bs-topic");
    for (const link of links) {
      const slug = new URL(link.href).pathname.split("/").filter(Boolean).at(-1) ?? "";
      if (topics.includes(slug)) names.set(slug, (link.textContent ?? "").trim());
    }
  }
  return Array.from(names).sort(([, a], [, b]) => a.localeCompare(b));
}

/**
 * @param {string} name
 * @param {string} label
 * @param {Options} options
 */
function select(name, label, options) {
  return make("label", { class: "bs-filter__field" }, make("span", {}, label),
    make("select", { name }, ...options.map(([value, shown]) => make("option", { value }, shown))));
}

/**
 * @param {Record<string, [string, unknown]>} table
 * @returns {Options}
 */
const labels = (table) => Object.entries(table).map(([value, [label]]) => [value, label]);

/**
 * The orders of a list. Saved papers are listed in the order in which they were saved.
 * @param {boolean} isSaved
 * @returns {Options}
 */
const orders = (isSaved) => labels(ORDERS).map(([value, label]) =>
  [value, isSaved && value === "listed" ? text("Last saved first") : label]);

/**
 * @param {string} name
 * @param {string} label
 * @param {boolean} [isOff] - because it needs what this browser doesn't keep
 */
function check(name, label, isOff = false) {
  const box = make("input", { type: "checkbox", name, value: 1, disabled: isOff });
  return make("label", { class: "bs-filter__check", title: isOff && blocked }, box, label);
}

/**
 * @param {boolean} isSaved
 * @param {Choices} choices
 */
export function formOf(isSaved, { topics, years }) {
  const fields = make("div", { class: "bs-filter__fields", id: "bs-filter-fields" },
    isSaved && select("mark", text("Show"), labels(MARKED)),
    topics.length > 1 && select("topic", text("Topic"), [["", text("All topics")], ...topics]),
    years.length > 1 && select("year", text("Year"), [["", text("All years")], ...years]),
    check("code", text("With code")), check("unread", text("Unread"), !available),
    select("sort", text("Order"), orders(isSaved)));
  const search = isSaved && make("label", { class: "bs-filter__search" },
    make("span", {}, text("Search your papers")),
    make("input", { type: "search", name: "q", autocomplete: "off" }));
  return make("form", { class: "bs-filter", "aria-label": text("Filter and sort this list") },
    search, opener(fields), fields, make("p", { class: "bs-filter__count", role: "status" }));
}

/**
 * The button that shows the fields on a narrow screen.
 * @param {HTMLElement} fields
 */
function opener(fields) {
  const button = make("button", {
    type: "button", class: "bs-filter__open", "aria-expanded": "false", "aria-controls": fields.id,
    onclick: () => {
      const isOpen = button.form?.classList.toggle("bs-filter--open");
      button.setAttribute("aria-expanded", String(isOpen));
    },
  }, text("Filter and sort"));
  return button;
}

/** @param {HTMLFormElement} form */
const fieldsOf = ({ elements }) =>
  /** @type {Field[]} */ (Array.from(elements)).filter(({ name }) => name);

/**
 * @param {Field} field
 * @returns {field is HTMLInputElement}
 */
const isBox = (field) => field.type === "checkbox";

/**
 * @param {HTMLFormElement} form
 * @returns {Choice}
 */
export function chosen(form) {
  const values = fieldsOf(form).map((field) => {
    const value = isBox(field) ? field.checked && "1" : field.value.trim();
    return [field.name, value && value !== "listed" ? value : ""];
  });
  return Object.fromEntries(values);
}

/** @param {Choice} choice */
export function remember(choice) {
  const address = new URL(location.href);
  for (const [name, value] of Object.entries(choice)) {
    if (value) address.searchParams.set(name, value);
    else address.searchParams.delete(name);
  }
  history.replaceState(history.state, "", address);
}

/** @param {HTMLFormElement} form */
export function recall(form) {
  const asked = new URL(location.href).searchParams;
  for (const field of fieldsOf(form)) {
    const value = asked.get(field.name);
    if (value === null) continue;
    if (isBox(field)) field.checked = value === "1" && !field.disabled;
    else if (!("options" in field) || hasOption(field, value)) field.value = value;
  }
}

/**
 * @param {HTMLSelectElement} field
 * @param {string} value
 */
const hasOption = ({ options }, value) => Array.from(options).some((one) => one.value === value);
