/** The page of search. */
import { make } from "../dom.js";
import { addressOf } from "../site.js";
import { text } from "../words.js";
import { PHRASES_CHECKED, alsoFound, askBoth, first } from "./ask.js";
import { around, wantedOf } from "./highlight.js";
import { layout, WIDE } from "./layout.js";
import { newestOnly } from "./newest.js";
import { resultItem, summary } from "./results.js";
import { explain, start } from "./start.js";
import { exactFirst, lookedAt } from "./titles.js";
import { AT_ONCE, isChosen, queryOf, readState } from "./state.js";

/** @typedef {import("./ask.js").Answer} Answer */
/** @typedef {import("./state.js").Facet} Facet */

const CHECKED_TIMES = 5;

// What isn't needed for the first results is loaded after them.
const loadFacets = () => import("./facets.js");
const loadNothing = () => import("./nothing.js");

class SearchPage {
  /** @param {HTMLElement} place */
  constructor(place) {
    this.index = start();
    this.parts = layout(place);
    this.state = readState(location.search);
    /** @type {Set<Facet>} */
    this.opened = new Set();
    /** @type {Answer | null} */
    this.answer = null;
    this.run = newestOnly(() => this.look());
    this.listen();
    this.fromState();
    if (!this.state.typed) this.parts.input.focus({ preventScroll: true });
  }

  listen() {
    const { parts } = this;
    parts.input.addEventListener("input", () => {
      this.change({ typed: parts.input.value, checked: 0 }, "replaceState");
    });
    parts.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.change({}, "pushState");
    });
    const { sort } = parts;
    sort.addEventListener("change", () => this.change({ sort: sort.value }, "pushState"));
    parts.more.addEventListener("click", () => this.showMore());
    parts.check.addEventListener("click", () => this.checkMore());
    parts.copy.addEventListener("click", () => this.copyLink());
    parts.root.addEventListener("keydown", (event) => this.walk(event));
    window.addEventListener("popstate", () => {
      this.state = readState(location.search);
      this.fromState();
    });
  }

  fromState() {
    this.parts.input.value = this.state.typed;
    this.parts.sort.value = this.state.sort;
    this.run();
  }

  /**
   * @param {Partial<import("./state.js").State>} changes
   * @param {"pushState" | "replaceState"} how - what becomes of the address before
   */
  change(changes, how) {
    this.state = { ...this.state, shown: AT_ONCE, ...changes };
    const query = queryOf(this.state);
    if (query !== location.search) history[how](null, "", location.pathname + query);
    this.run();
  }

  async look() {
    const { index, parts } = this;
    const { typed, chosen, sort, checked } = this.state;
    try {
      parts.root.setAttribute("aria-busy", "true");
      const isFiltered = isChosen(chosen);
      this.answer = await askBoth(index, typed, { isFiltered, sort, checked });
      await index.withTable(() => this.show());
    } catch (error) {
      explain(error, (said) => (parts.status.textContent = said));
      parts.list.replaceChildren();
    } finally {
      parts.root.removeAttribute("aria-busy");
    }
  }

  /** Shows results first. Counts of facets follow, unless chosen facets filter the results. */
  async show() {
    const { answer } = this;
    if (!answer) return;
    const sifted = isChosen(this.state.chosen) ? await this.sift(answer) : null;
    const documents = sifted?.documents ?? answer.found.documents;
    await this.draw(answer, documents);
    const { counts } = sifted ?? await this.sift(answer);
    const facets = await loadFacets();
    if (answer === this.answer) this.drawTools(facets, counts, documents);
  }

  /** @param {Answer} answer */
  async sift({ found }) {
    const { readFacets, sift } = await loadFacets();
    const facets = await readFacets(this.index);
    return sift(facets, this.state.chosen, found.documents, this.index.table.documents);
  }

  /**
   * @param {Answer} answer
   * @param {number[]} documents
   */
  async draw(answer, documents) {
    const { index, parts, state } = this;
    const { best, rows } = await this.best(answer, documents);
    const passages = await this.passages(answer, best);
    if (answer !== this.answer) return;
    const wanted = wantedOf(answer, index.analyzer);
    const items = rows.map((row, n) => resultItem(index, row, wanted, passages[n] ?? ""));
    parts.list.replaceChildren(...items.slice(0, best.length));
    parts.also.hidden = items.length === best.length;
    parts.alsoList.replaceChildren(...items.slice(best.length));
    parts.more.hidden = documents.length <= state.shown;
    this.say(answer, documents.length);
  }

  /**
   * The best documents, those with exact titles first, and their rows before those of papers with
   * only some of the words. All rows are read at once.
   * @param {Answer} answer
   * @param {number[]} documents
   */
  async best(answer, documents) {
    const { index, state } = this;
    const found = first(answer, documents, Math.max(state.shown, lookedAt(answer)));
    const count = Math.min(found.length, state.shown);
    const also = isChosen(state.chosen) || state.sort ? [] : alsoFound(answer, state.shown - count);
    const read = await index.rows("results", [...found, ...also]);
    const order = exactFirst(read.slice(0, found.length), answer, index.analyzer).slice(0, count);
    return {
      best: order.map((n) => found[n]),
      rows: [...order.map((n) => read[n]), ...read.slice(found.length)],
    };
  }

  /**
   * The words around a phrase in each of the documents.
   * @param {Answer} answer
   * @param {number[]} documents
   */
  async passages({ query }, documents) {
    const { index } = this;
    if (!query.phrases.length) return [];
    const rows = await index.rows("texts", documents);
    return rows.map(([, body]) =>
      query.phrases.map(({ words }) => around(body, words, index.analyzer)).find(Boolean) ?? "");
  }

  /**
   * @param {Answer} answer
   * @param {number} count
   */
  say(answer, count) {
    const { parts, state } = this;
    const isAsked = Boolean(state.typed.trim()) || isChosen(state.chosen);
    parts.status.textContent = isAsked ? summary(answer, count) : "";
    parts.notices.replaceChildren(...answer.query.notices.map((notice) => make("p", {}, notice)));
    parts.tips.open = isAsked ? !count : window.matchMedia(WIDE).matches;
    parts.nothing.hidden = !isAsked || count > 0;
    if (!parts.nothing.hidden) loadNothing().then((loaded) => this.drawNothing(loaded), () => {});
    parts.check.hidden = !answer.unchecked;
  }

  /** @param {typeof import("./nothing.js")} loaded */
  drawNothing({ insteadOf }) {
    this.parts.nothing.replaceChildren(...insteadOf(this.state, this.index.table));
  }

  /**
   * @param {typeof import("./facets.js")} facets
   * @param {import("./facets.js").Counts} counts
   * @param {number[]} documents
   */
  drawTools({ chips, facetGroups, feedOf }, counts, documents) {
    const { parts, state, index: { table } } = this;
    const choose = this.choose.bind(this);
    const held = document.activeElement?.id;
    parts.facets.replaceChildren(
      ...facetGroups(counts, this.opened, choose, (name) => this.openFacet(name)));
    if (held) focusOn(parts.facets.querySelector(`#${CSS.escape(held)}`));
    parts.filters.hidden = !documents.length && !isChosen(state.chosen);
    parts.chosen.replaceChildren(...chips(table, state.chosen, choose));
    parts.bar.hidden = !documents.length;
    const feed = feedOf(table, state);
    parts.feed.hidden = feed === undefined;
    if (feed !== undefined) parts.feed.href = addressOf(feed);
  }

  /**
   * @param {Facet} name
   * @param {string} value
   * @param {boolean} isOn
   */
  choose(name, value, isOn) {
    const { chosen } = this.state;
    const others = chosen[name].filter((one) => one !== value);
    const values = isOn ? [...others, value] : others;
    this.change({ chosen: { ...chosen, [name]: values } }, "pushState");
  }

  /** @param {Facet} name */
  async openFacet(name) {
    this.opened.add(name);
    await this.show();
    focusOn(this.parts.facets.querySelector(`[data-facet="${name}"] input`));
  }

  async showMore() {
    const { list } = this.parts;
    const before = list.children.length;
    this.state = { ...this.state, shown: this.state.shown + AT_ONCE };
    await this.show();
    focusOn(list.children[before]?.querySelector("a"));
  }

  checkMore() {
    const checked = (this.state.checked || PHRASES_CHECKED) * CHECKED_TIMES;
    this.state = { ...this.state, checked };
    this.run();
  }

  async copyLink() {
    const link = new URL(location.pathname + queryOf(this.state), location.href).href;
    const none = () => Promise.reject(new Error("no clipboard"));
    const copied = navigator.clipboard?.writeText(link) ?? none();
    this.parts.copied.textContent = await copied.then(() => text("Link copied."), () => link);
  }

  /**
   * The arrow keys move from the query through the results; Esc returns to it.
   * @param {KeyboardEvent} event
   */
  walk(event) {
    const { input, root } = this.parts;
    const places = [input, ...root.querySelectorAll(".bs-find__results h2 a")];
    const { target } = event;
    const isResult = target instanceof Element && target.closest(".bs-find__results a") !== null;
    const now = places.findIndex((place) => place === target);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key] ?? 0;
    if (event.key === "Escape" && isResult) input.focus();
    else if (step && now >= 0) {
      focusOn(places[Math.min(Math.max(now + step, 0), places.length - 1)]);
    }
    else return;
    event.preventDefault();
  }
}

/** @param {Element | null | undefined} element */
function focusOn(element) {
  if (element instanceof HTMLElement) element.focus();
}

const place = document.getElementById("broadsheet-search");
if (place) new SearchPage(place);
