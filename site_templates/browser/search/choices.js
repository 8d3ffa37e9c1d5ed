/** The papers that the search box offers for what is typed. */
import { addressOf } from "../site.js";
import { text } from "../words.js";
import { alsoFound, ask, askBoth, first } from "./ask.js";
import { wantedOf } from "./highlight.js";
import { newestOnly } from "./newest.js";
import { option, suggestion, summary } from "./results.js";
import { explain, start } from "./start.js";
import { exactFirst, lookedAt } from "./titles.js";

/** @typedef {import("./ask.js").Answer} Answer */

const SHOWN = 8;

export class Choices {
  /**
   * @param {HTMLFormElement} form
   * @param {import("./box.js").Parts} parts
   */
  constructor(form, { input, list, status }) {
    this.form = form;
    this.input = input;
    this.list = list;
    this.status = status;
    this.active = -1;
    this.show = newestOnly((typed) => this.answer(typed));
    input.addEventListener("input", () => this.typed());
    input.addEventListener("keydown", (event) => this.pressed(event));
    form.addEventListener("focusout", (event) => this.left(event));
    list.addEventListener("mousedown", (event) => event.preventDefault());
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
    this.options.forEach((one, n) => {
      one.setAttribute("aria-selected", String(n === place));
      if (n === place) one.scrollIntoView({ block: "nearest" });
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
      const index = start();
      const answer = await ask(index, typed, { typing: true });
      const counted = await askBoth(index, typed);
      const looked = Math.max(SHOWN, lookedAt(answer));
      const best = first(answer, answer.found.documents, looked);
      const numbers = [...best, ...alsoFound(answer, SHOWN - best.length)];
      const found = await index.withTable(() => index.rows("results", numbers));
      const order = exactFirst(found.slice(0, best.length), answer, index.analyzer);
      const rows = [...order.map((n) => found[n]), ...found.slice(best.length)].slice(0, SHOWN);
      if (this.input.value.trim() !== typed.trim() || document.activeElement !== this.input) return;
      this.draw(typed, answer, counted, rows);
    } catch (error) {
      this.list.replaceChildren();
      this.open(false);
      explain(error, (said) => (this.status.textContent = said));
    }
  }

  /**
   * @param {string} typed
   * @param {Answer} answer
   * @param {Answer} counted - what the page of search will show
   * @param {any[][]} rows
   */
  draw(typed, answer, counted, rows) {
    const { length } = counted.found.documents;
    const sum = summary(counted, length);
    const wanted = wantedOf(answer, start().analyzer);
    const target = new URL(addressOf("search/"));
    target.searchParams.set("q", typed.trim());
    const label = length ? text("All results: %(summary)s", { summary: sum })
      : text("No papers found. See the search tips.");
    const chosen = this.options[this.active]?.href;
    this.list.replaceChildren(...rows.map((row, n) => suggestion(row, n, wanted)),
      option(rows.length, target.href, label));
    this.status.textContent = [...answer.query.notices, sum].join(" ");
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
