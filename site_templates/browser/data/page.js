/** The table on the page of data: sorted, searched, filtered and turned over in the browser. */
import { make } from "../dom.js";
import { copy } from "../reader.js";
import { shownOf } from "../shown-of.js";
import { fetched } from "../site.js";
import { counted, language, text } from "../words.js";
import { columnsOf, rowOf, slugOf } from "./cells.js";
import { chips, details, pager } from "./controls.js";
import { Grid } from "./grid.js";
import { isPlain, lookOf, NEWEST, nextSort, searchOf } from "./look.js";
import { readPapers } from "./papers.js";

/** @import { Look } from "./look.js" */
/** @import { Papers } from "./papers.js" */

const SHOWN = 100; // rows of a page
const STEP = 500; // papers between two messages about loading

class DataTable {
  /**
   * @param {HTMLElement} box
   * @param {HTMLTableElement} table
   */
  constructor(box, table) {
    const { sources = "", size = "", count = "0" } = box.dataset;
    this.box = box;
    this.table = table;
    this.sources = sources.split(" ");
    this.size = size;
    this.count = Number(count);
    this.columns = columnsOf(table);
    this.names = this.columns.map(({ name }) => name);
    this.collator = new Intl.Collator(language, { numeric: true, sensitivity: "base" });
    this.look = lookOf(location.search, this.names);
    /** @type {Promise<Papers> | null} */
    this.loading = null;
    /** @type {Papers | null} */
    this.papers = null;
    this.search = make("input", {
      type: "search", autocomplete: "off", oninput: ({ target }) => this.type(target.value),
    });
    this.status = make("p", { class: "bs-data__status", role: "status" });
    this.chips = make("div", { class: "bs-data__chips" });
    this.pages = make("nav", { class: "bs-data__pages", "aria-label": text("Pages") });
    this.cell = make("div", { class: "bs-data__cell", role: "group" });
    this.grid = new Grid(table, {
      select: (cell) => this.select(cell), copy: (cell) => this.copyCell(cell),
    });
  }

  start() {
    this.box.querySelector(".bs-data__bar")?.append(
      make("label", { class: "bs-data__search" }, make("span", {}, text("Search the table")),
        this.search),
      this.chips, this.status);
    this.box.querySelector(".bs-data__foot")?.append(this.cell, this.pages);
    this.cell.setAttribute("aria-label", text("Current cell"));
    this.addSorting();
    this.addFilters();
    this.grid.start();
    addEventListener("popstate", () => this.show(lookOf(location.search, this.names)));
    this.show(this.look);
  }

  addSorting() {
    for (const [place, column] of this.columns.entries()) {
      const name = this.headOf(place).querySelector(".bs-data__name");
      const onclick = () =>
        this.go({ ...this.look, sort: nextSort(this.look.sort, column.name), page: 1 });
      const title = text("Sort by %(column)s", { column: column.name });
      const button = make("button", { type: "button", class: "bs-data__sort", title, onclick });
      name?.replaceWith(button);
      button.append(name ?? "");
    }
  }

  /** @param {number} place */
  headOf(place) {
    return /** @type {HTMLElement} */ (this.table.tHead?.rows[0].cells[place]);
  }

  /** Makes frequent values links to a view with these papers only. */
  addFilters() {
    /** @type {NodeListOf<HTMLAnchorElement>} */
    const links = this.table.querySelectorAll("thead a[data-value]");
    for (const link of links) {
      const { dataset: { of: name = "" } } = /** @type {HTMLElement} */ (link.closest("[data-of]"));
      const value = link.dataset.value ?? "";
      link.href = searchOf({ q: "", sort: "", page: 1, only: new Map([[name, value]]) });
      link.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return; // in another tab
        event.preventDefault();
        this.only(name, value);
      });
    }
  }

  /** @param {string} words */
  type(words) {
    return this.go({ ...this.look, q: words.trim(), page: 1 }, true);
  }

  /**
   * @param {string} name
   * @param {string} value
   */
  only(name, value) {
    const only = new Map(this.look.only);
    this.go({ ...this.look, page: 1, only: only.set(name, value) });
  }

  /** @param {string} name */
  remove(name) {
    const only = new Map(this.look.only);
    only.delete(name);
    this.search.focus();
    this.go({ ...this.look, page: 1, only });
  }

  /**
   * Goes to a view, and puts it into the address.
   * @param {Look} look
   * @param {boolean} [isTyped] - then, there's no step back to it
   */
  go(look, isTyped = false) {
    const address = `${location.pathname}${searchOf(look)}`;
    if (isTyped) history.replaceState(history.state, "", address);
    else history.pushState(null, "", address);
    return this.show(look);
  }

  /** @param {Look} look */
  async show(look) {
    this.look = look;
    this.drawControls();
    if (!this.papers && isPlain(look)) return this.drawPlain();
    const papers = await this.load();
    return papers && this.draw(papers);
  }

  /** The state of the page before anything is loaded. */
  drawPlain() {
    this.drawPages(0, this.table.tBodies[0].rows.length, this.count);
    this.status.textContent = counted(this.count, "%(number)s paper", "%(number)s papers");
  }

  /** Reads the table once. Returns null, and says so, if it can't be read. */
  async load() {
    if (this.papers) return this.papers;
    this.box.setAttribute("aria-busy", "true");
    this.loading ??= readPapers(this.sources, fetched, (known) => this.progress(known));
    try {
      this.papers = await this.loading;
      return this.papers;
    } catch {
      this.loading = null; // the next click tries again
      this.status.textContent = text("The table can’t be loaded. Are you offline?");
      return null;
    } finally {
      this.box.removeAttribute("aria-busy");
    }
  }

  /** @param {number} known */
  progress(known) {
    const number = Math.floor(known / STEP) * STEP;
    const shown = text("Loading the table (%(size)s): %(number)s of %(count)s papers",
      { size: this.size, number, count: this.count });
    if (this.status.textContent !== shown) this.status.textContent = shown;
  }

  /** @param {Papers} papers */
  draw(papers) {
    const found = papers.found(this.look, this.columns, this.collator);
    const pages = Math.max(1, Math.ceil(found.length / SHOWN));
    const first = (Math.min(this.look.page, pages) - 1) * SHOWN;
    const rows = found.slice(first, first + SHOWN);
    this.table.tBodies[0].replaceChildren(...rows.map((row) => rowOf(papers, row, this.columns)));
    this.grid.reset();
    this.cell.replaceChildren();
    this.drawPages(first, rows.length, found.length);
    this.status.textContent = this.statusOf(found.length, papers.rows.length);
  }

  /**
   * @param {number} shown
   * @param {number} known
   */
  statusOf(shown, known) {
    return shown === known ? counted(known, "%(number)s paper", "%(number)s papers")
      : shownOf(shown, known);
  }

  drawControls() {
    if (this.search.value.trim() !== this.look.q) this.search.value = this.look.q;
    this.chips.replaceChildren(...chips(this.look.only, (name) => this.remove(name)));
    const sort = this.look.sort || NEWEST;
    for (const [place, { name }] of this.columns.entries()) {
      const order = sort === name ? "ascending" : sort === `-${name}` ? "descending" : "";
      if (order) this.headOf(place).setAttribute("aria-sort", order);
      else this.headOf(place).removeAttribute("aria-sort");
    }
  }

  /**
   * @param {number} before
   * @param {number} shown
   * @param {number} count
   */
  drawPages(before, shown, count) {
    const had = document.activeElement?.getAttribute("data-by");
    const first = shown ? before + 1 : 0;
    const turn = (/** @type {number} */ by) => this.turn(by);
    this.pages.replaceChildren(...pager({ first, last: before + shown, count }, turn));
    /** @type {HTMLElement | null} */
    const button = had ? this.pages.querySelector(`[data-by="${had}"]`) : null;
    button?.focus({ preventScroll: true });
  }

  /** @param {number} by */
  async turn(by) {
    await this.go({ ...this.look, page: this.look.page + by });
    this.table.parentElement?.scrollTo({ top: 0 });
  }

  /**
   * The text of a cell, all of it as soon as the table is loaded.
   * @param {HTMLTableCellElement} cell
   */
  textOf(cell) {
    const row = /** @type {HTMLTableRowElement} */ (cell.parentElement);
    const slug = slugOf(row);
    const known = this.papers?.rowOf(slug);
    return known && this.papers ? this.papers.cell(known, this.names[cell.cellIndex])
      : (cell.textContent ?? "").trim();
  }

  /** @param {HTMLTableCellElement} cell */
  select(cell) {
    const column = this.columns[cell.cellIndex];
    const { href = "" } = cell.parentElement?.querySelector("a") ?? {};
    this.cell.replaceChildren(...details({ cell: this.textOf(cell), column, href }, {
      copy: () => this.copyCell(cell), only: (name, value) => this.only(name, value),
    }));
  }

  /** @param {HTMLTableCellElement} cell */
  async copyCell(cell) {
    await this.load(); // the rows of the page have only a few of the authors
    await copy(this.textOf(cell), text("Copied"));
  }
}

/** @type {HTMLElement | null} */
const box = document.querySelector(".bs-data");
const table = box?.querySelector("table");
if (box && table) new DataTable(box, table).start();
