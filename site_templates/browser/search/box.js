/** The search box of every page. It loads the rest of search when it gets the focus. */
import { make } from "../dom.js";
import { onKey } from "../shortcuts.js";
import { addressOf } from "../site.js";
import { text } from "../words.js";
import { newestOnly } from "./newest.js";

/** @typedef {import("./ask.js").Answer} Answer */
/** @typedef {typeof import("./engine.js")} Engine */

const SHOWN = 8;
// Without scripts, the box is a plain field, so pages don't have these.
const INPUT = {
  "role": "combobox", "aria-autocomplete": "list", "aria-expanded": "false",
  "aria-controls": "bs-search-list",
};
const LIST = {
  "class": "bs-search__list", "id": "bs-search-list", "role": "listbox",
  "aria-label": text("Papers"), "hidden": true,
};
const STATUS = { "class": "bs-search__status", "role": "status", "aria-live": "polite" };

/** @type {Promise<Engine> | null} */
let loaded = null;

/** Loads the scripts of search and, at the same time, the table of the index. */
function engine() {
  if (!loaded) {
    const table = fetch(addressOf("search/index/table.json"), { cache: "no-cache" });
    table.catch(() => {}); // the first query reports it
    loaded = import("./engine.js").then((found) => {
      found.start(table);
      return found;
    });
    loaded.catch(() => (loaded = null));
  }
  return loaded;
}

class SearchBox {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form;
    this.input = /** @type {HTMLInputElement} */ (form.querySelector("input[name=q]"));
    this.list = make("div", LIST);
    this.status = make("p", STATUS);
    form.append(this.list, this.status);
    Object.entries(INPUT).forEach(([name, value]) => this.input.setAttribute(name, value));
    this.active = -1;
    this.show = newestOnly((typed) => this.answer(typed));
    this.input.addEventListener("focus", () => void engine().catch(() => {}), { once: true });
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("keydown", (event) => this.pressed(event));
    form.addEventListener("focusout", (event) => this.left(event));
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
  }

  /** @returns {HTMLAnchorElement[]} */
  get options() {
    return Array.from(this.list.querySelectorAll("a"));
  }

  /** @param {boolean} isOpen */
  open(isOpen) {
    this.list.hidden = !isOpen;
    this.input.setAttribute("aria-expanded", String(isOpen));
    this.activate(-1);
  }

  /** @param {number} place - of an option; -1 for none */
  activate(place) {
    this.active = place;
    this.options.forEach((option, n) => {
      option.setAttribute("aria-selected", String(n === place));
      if (n === place) option.scrollIntoView({ block: "nearest" });
    });
    if (place < 0) this.input.removeAttribute("aria-activedescendant");
    else this.input.setAttribute("aria-activedescendant", this.options[place].id);
  }

  typed() {
    // Enter now means this text, not a result of an earlier one.
    this.activate(-1);
    if (this.input.value.trim()) this.show(this.input.value);
    else this.open(false);
  }

  /** @param {string} typed */
  async answer(typed) {
    try {
      const search = await engine();
      const index = search.start();
      const answer = await search.ask(index, typed, { typing: true });
      const counted = await search.askBoth(index, typed);
      const best = search.first(answer, answer.found.documents, search.LOOKED_AT);
      const numbers = [...best, ...search.alsoFound(answer, SHOWN - best.length)];
      const found = await index.withTable(() => index.rows("results", numbers));
      const order = search.exactFirst(found.slice(0, best.length), answer.query, index.analyzer);
      const rows = [...order.map((n) => found[n]), ...found.slice(best.length)].slice(0, SHOWN);
      if (this.input.value.trim() !== typed.trim() || document.activeElement !== this.input) return;
      this.draw(search, typed, answer, counted, rows);
    } catch (error) {
      await this.explain(error);
    }
  }

  /** @param {unknown} error */
  async explain(error) {
    this.list.replaceChildren();
    this.open(false);
    const say = (/** @type {string} */ said) => (this.status.textContent = said);
    const search = await engine().catch(() => null);
    if (search) search.explain(error, say);
    else say(text("Search can’t be loaded. Try again."));
  }

  /**
   * @param {Engine} search
   * @param {string} typed
   * @param {Answer} answer
   * @param {Answer} counted - what the page of search will show
   * @param {any[][]} rows
   */
  draw(search, typed, answer, counted, rows) {
    const { length } = counted.found.documents;
    const summary = search.summary(counted, length);
    const wanted = search.wantedOf(answer, search.start().analyzer);
    const target = new URL(addressOf("search/"));
    target.searchParams.set("q", typed.trim());
    const label = length ? text("All results: %(summary)s", { summary })
      : text("No papers found. See the search tips.");
    const chosen = this.options[this.active]?.href;
    this.list.replaceChildren(...rows.map((row, n) => search.suggestion(row, n, wanted)),
      search.option(rows.length, target.href, label));
    this.status.textContent = [...answer.query.notices, summary].join(" ");
    this.open(true);
    // A paper that was chosen before the last results came stays chosen.
    this.activate(this.options.findIndex(({ href }) => href === chosen));
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    if (event.key === "Escape") {
      if (this.list.hidden) this.input.value = "";
      else this.open(false);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      this.step(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && this.active >= 0) {
      this.options[this.active].click();
    } else {
      return;
    }
    event.preventDefault();
  }

  /**
   * From the input (place -1) through the options and back to it.
   * @param {number} by
   */
  step(by) {
    if (this.list.hidden) {
      if (this.input.value.trim()) this.show(this.input.value);
      return;
    }
    const places = this.options.length + 1;
    this.activate((this.active + 1 + by + places) % places - 1);
  }

  /** @param {FocusEvent} event */
  left({ relatedTarget }) {
    if (!(relatedTarget instanceof Node && this.form.contains(relatedTarget))) this.open(false);
  }
}

/** @type {NodeListOf<HTMLFormElement>} */
const forms = document.querySelectorAll("form[data-broadsheet-search]");
forms.forEach((form) => new SearchBox(form));

onKey("/", () => {
  /** @type {HTMLInputElement | null} */
  const input = document.querySelector("#broadsheet-search input[type=search]") ??
    document.querySelector("[data-broadsheet-search] input[name=q]");
  input?.focus();
  input?.select();
});
