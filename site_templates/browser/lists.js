/** Filters and orders a list of papers in place. The address remembers what is chosen. */
import { FILTERED_LISTS } from "./contract.js";
import { make } from "./dom.js";
import { isChosen, MARKED, ORDERS, sifted } from "./filters.js";
import { Parts } from "./parts.js";
import { available, blocked, marks, onChange } from "./store.js";
import { equip, titleOf } from "./tools.js";
import { badge } from "./visit.js";
import { counted, text } from "./words.js";

/** @import { Choice, Entry } from "./filters.js" */
/** @typedef {[value: string, label: string][]} Options */
/** @typedef {{topics: Options, years: string[]}} Choices */
/** @typedef {HTMLInputElement | HTMLSelectElement} Field */

const SHOWN = 100; // papers at a time

/**
 * @param {HTMLElement} paper
 * @param {number} place
 * @returns {Entry}
 */
function entryOf(paper, place) {
  const { date = "", year = "", topics = "", code, text: content = "", paper: slug = "" } = paper.dataset;
  return {
    paper, place, slug, date, year, title: titleOf(paper), text: content, code: code === "yes",
    topics: topics.split(" ").filter(Boolean),
  };
}

/**
 * Topics and years to choose from: a list on several pages states those of all its pages.
 * @param {HTMLElement} list
 * @param {Entry[]} entries
 * @returns {Choices}
 */
function choicesOf(list, entries) {
  if (list.dataset.choices) return JSON.parse(list.dataset.choices);
  const years = new Set(entries.map(({ year }) => year).filter(Boolean));
  return { topics: topicsOf(entries), years: Array.from(years).sort().reverse() };
}

/**
 * Topics with their names, as the papers' own links give them.
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
function formOf(isSaved, { topics, years }) {
  const fields = make("div", { class: "bs-filter__fields", id: "bs-filter-fields" },
    isSaved && select("mark", text("Show"), labels(MARKED)),
    topics.length > 1 && select("topic", text("Topic"), [["", text("All topics")], ...topics]),
    years.length > 1 && select("year", text("Year"),
      [["", text("All years")], ...years.map((year) => /** @type {[string, string]} */ ([year, year]))]),
    check("code", text("With code")), check("unread", text("Unread"), !available),
    select("sort", text("Order"), labels(ORDERS)));
  const search = isSaved && make("label", { class: "bs-filter__search" },
    make("span", {}, text("Search your papers")),
    make("input", { type: "search", name: "q", autocomplete: "off" }));
  return make("form", { class: "bs-filter", "aria-label": text("Filter and sort this list") },
    search, opener(fields), fields, make("p", { class: "bs-filter__count", role: "status" }));
}

/**
 * On a narrow screen, fields are hidden until this is pressed.
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
const fieldsOf = (form) => /** @type {Field[]} */ (Array.from(form.elements)).filter(({ name }) => name);

/**
 * @param {Field} field
 * @returns {field is HTMLInputElement}
 */
const isBox = (field) => field.type === "checkbox";

/**
 * @param {HTMLFormElement} form
 * @returns {Choice}
 */
function chosen(form) {
  const values = fieldsOf(form).map((field) => {
    const value = isBox(field) ? field.checked && "1" : field.value.trim();
    return [field.name, value && value !== "listed" ? value : ""];
  });
  return Object.fromEntries(values);
}

/** @param {Choice} choice */
function remember(choice) {
  const address = new URL(location.href);
  for (const [name, value] of Object.entries(choice)) {
    if (value) address.searchParams.set(name, value);
    else address.searchParams.delete(name);
  }
  history.replaceState(history.state, "", address);
}

/** @param {HTMLFormElement} form */
function recall(form) {
  const asked = new URL(location.href).searchParams;
  for (const field of fieldsOf(form)) {
    const value = asked.get(field.name);
    if (value === null) continue;
    if (isBox(field)) field.checked = value === "1" && !field.disabled;
    else if (!("options" in field) || Array.from(field.options).some((one) => one.value === value)) {
      field.value = value;
    }
  }
}

/**
 * Puts exactly these papers into the list. If they are there already, nothing is touched, so focus
 * and scrolling stay.
 * @param {HTMLElement} list
 * @param {HTMLElement[]} papers
 */
function arrange(list, papers) {
  const current = Array.from(list.querySelectorAll(":scope > .bs-paper"));
  if (papers.length === current.length && papers.every((paper, n) => paper === current[n])) return;
  const focused = document.activeElement;
  current.forEach((paper) => paper.remove());
  list.append(...papers);
  papers.forEach(equip);
  if (list.contains(focused)) /** @type {HTMLElement} */ (focused).focus({ preventScroll: true });
}

/**
 * @param {number} shown
 * @param {number} known
 * @param {number} missing - pages of the list that couldn't be fetched
 */
function countOf(shown, known, missing) {
  if (missing) {
    return text("%(shown)s of the %(known)s papers on this page. The other pages of this list can’t be loaded. Are you offline?", { shown, known });
  }
  return shown ? text("%(shown)s of %(known)s papers", { shown, known })
    : text("0 of %(known)s papers. Remove a filter to see more.", { known });
}

/** A list with its form. */
class FilteredList {
  /** @param {HTMLElement} list */
  constructor(list) {
    this.list = list;
    this.isSaved = list.dataset.list === "saved";
    /** @type {HTMLElement[]} */
    this.own = Array.from(list.querySelectorAll(":scope > .bs-paper"));
    this.parts = new Parts(list, this.own);
    this.form = formOf(this.isSaved, choicesOf(list, this.own.map(entryOf)));
    this.count = /** @type {HTMLElement} */ (this.form.querySelector(".bs-filter__count"));
    this.limit = SHOWN;
    const onclick = () => this.showMore();
    this.more = make("button", { type: "button", class: "bs-button bs-filter__more", onclick });
  }

  start() {
    this.list.prepend(this.form);
    recall(this.form);
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.form.addEventListener("change", () => this.changed());
    this.form.querySelector("[type=search]")?.addEventListener("input", () => this.changed());
    onChange(() => this.list.contains(document.activeElement) || this.update());
    this.update();
  }

  changed() {
    this.limit = SHOWN;
    remember(chosen(this.form));
    this.update();
  }

  async update() {
    const isWhole = !isChosen(chosen(this.form));
    /** @type {NodeListOf<HTMLElement>} */
    const ofPages = document.querySelectorAll(".bs-pager, .bs-part");
    for (const element of ofPages) element.hidden = !isWhole;
    if (!isWhole && this.parts.missing().length) await this.fetchRest();
    this.draw();
  }

  async fetchRest() {
    this.count.textContent = text("Loading the rest of this list …");
    this.list.setAttribute("aria-busy", "true");
    await this.parts.fetchAll();
    this.list.removeAttribute("aria-busy");
    this.parts.papers().forEach(badge);
  }

  draw() {
    const choice = chosen(this.form);
    const isWhole = !isChosen(choice);
    const entries = (isWhole ? this.own : this.parts.papers()).map(entryOf);
    const found = sifted(entries, choice, marks());
    // A page stays whole as it was made; what is found is shown a piece at a time.
    const most = isWhole && !this.isSaved ? this.own.length : this.limit;
    arrange(this.list, found.slice(0, most).map(({ paper }) => paper));
    this.drawMore(found.length - most);
    this.count.textContent = isWhole && found.length === this.own.length
      ? counted(this.parts.total, "%(number)s paper", "%(number)s papers")
      : countOf(found.length, entries.length, this.parts.missing().length);
    return found;
  }

  /** @param {number} rest */
  drawMore(rest) {
    this.more.remove();
    if (rest <= 0) return;
    this.more.textContent = text("Show %(number)s more", { number: Math.min(SHOWN, rest) });
    this.list.append(this.more);
  }

  showMore() {
    const before = this.limit;
    this.limit += SHOWN;
    /** @type {HTMLElement | null} */
    const next = this.draw()[before].paper.querySelector("a[href]");
    next?.focus();
  }
}

/**
 * Gives a list its filters, unless it is too short to need any.
 * @param {HTMLElement} list
 */
export function addFilters(list) {
  const filtered = new FilteredList(list);
  if (filtered.parts.total > 1 || filtered.isSaved) filtered.start();
}

const selector = FILTERED_LISTS.map((kind) => `.bs-list[data-list="${kind}"]`).join();
/** @type {NodeListOf<HTMLElement>} */
const lists = document.querySelectorAll(selector);
lists.forEach(addFilters);
