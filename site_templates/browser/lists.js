/** Filters and orders lists of papers in place. */
import { FILTERED_LISTS, LISTS } from "./contract.js";
import { make } from "./dom.js";
import { choicesOf, chosen, formOf, recall, remember } from "./filter-form.js";
import { isChosen, sifted } from "./filters.js";
import { Parts } from "./parts.js";
import { dateOf, slugOf, topicsOf } from "./rows.js";
import { marks, onChange } from "./store.js";
import { equip, titleOf } from "./tools.js";
import { badge } from "./visit.js";
import { shownOf } from "./shown-of.js";
import { counted, text } from "./words.js";

/** @import { Entry } from "./filters.js" */

const SHOWN = 100; // papers at a time

/**
 * @param {HTMLElement} paper
 * @param {number} place
 * @returns {Entry}
 */
function entryOf(paper, place) {
  const { code, text: words = "" } = paper.dataset;
  const date = dateOf(paper);
  return {
    paper, place, date, text: words, slug: slugOf(paper), title: titleOf(paper),
    year: date.slice(0, 4), topics: topicsOf(paper), code: code !== undefined,
  };
}

/**
 * Makes the list show exactly these papers. If it does already, nothing is touched, so focus and
 * scroll position stay.
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
    return text("%(shown)s of the %(known)s papers on this page. The rest can’t be loaded. " +
      "Are you offline?", { shown, known });
  }
  return shownOf(shown, known);
}

/** A list of papers with its filter form. */
class FilteredList {
  /** @param {HTMLElement} list */
  constructor(list) {
    this.list = list;
    this.isSaved = list.dataset.list === LISTS.saved;
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
    const all = (isWhole ? this.own : this.parts.papers()).map(entryOf);
    // What a reader has only read isn't one of the saved papers, and the other way around.
    const entries = choice.mark === undefined ? all : sifted(all, { mark: choice.mark }, marks());
    const found = sifted(entries, choice, marks());
    // Without filters, the whole page is shown; results are shown in steps.
    const most = isWhole && !this.isSaved ? this.own.length : this.limit;
    arrange(this.list, found.slice(0, most).map(({ paper }) => paper));
    this.drawMore(found.length - most);
    const isAll = found.length === entries.length && !this.parts.missing().length;
    this.count.textContent = isWhole && found.length === this.own.length || isAll
      ? counted(isAll ? found.length : this.parts.total, "%(number)s paper", "%(number)s papers")
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
 * Adds filters to a list, unless it has only one paper.
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
