/**
 * Makes a table a grid: it's one stop of the Tab key, and the arrow keys move among its cells. The
 * cell with the focus is the current one.
 */

/** @typedef {HTMLTableCellElement} Cell */

const PAGE = 10; // rows

/** @type {Record<string, [across: number, down: number]>} */
const STEPS = {
  ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1],
  PageUp: [0, -PAGE], PageDown: [0, PAGE], Home: [-Infinity, 0], End: [Infinity, 0],
};

export class Grid {
  /**
   * @param {HTMLTableElement} table
   * @param {{select: (cell: Cell) => void, copy: (cell: Cell) => void}} does
   */
  constructor(table, does) {
    this.table = table;
    this.body = table.tBodies[0];
    this.does = does;
    /** @type {Cell | null} */
    this.current = null;
  }

  start() {
    this.table.setAttribute("role", "grid");
    this.body.addEventListener("keydown", (event) => this.press(event));
    this.body.addEventListener("focusin", ({ target }) => this.enter(cellAt(target)));
    this.body.addEventListener("click", ({ target }) => this.click(target));
    this.reset();
  }

  /** Makes the first cell the one that the Tab key reaches. */
  reset() {
    for (const link of this.body.querySelectorAll("a")) link.tabIndex = -1;
    this.current = this.body.rows[0]?.cells[0] ?? null;
    if (this.current) focusedIn(this.current).tabIndex = 0;
  }

  /** @param {Cell | null} cell */
  enter(cell) {
    if (!cell) return;
    if (this.current && this.current !== cell) focusedIn(this.current).tabIndex = -1;
    this.current = cell;
    focusedIn(cell).tabIndex = 0;
    this.does.select(cell);
  }

  /** @param {EventTarget | null} target */
  click(target) {
    const cell = cellAt(target);
    if (!cell || cell.contains(document.activeElement)) return;
    this.enter(cell);
    focusedIn(cell).focus({ preventScroll: true });
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const cell = cellAt(event.target);
    if (!cell || event.altKey) return;
    const { key, ctrlKey, metaKey } = event;
    const isCommand = ctrlKey || metaKey;
    if (key in STEPS) {
      event.preventDefault();
      this.move(cell, STEPS[key], isCommand);
    } else if (isCommand && key === "c") {
      if (!String(getSelection())) this.does.copy(cell);
    } else if (key === "Enter" && event.target === cell) open(cell);
  }

  /**
   * @param {Cell} cell
   * @param {[across: number, down: number]} step
   * @param {boolean} isFar - to the first or last row as well
   */
  move(cell, [across, down], isFar) {
    const { rows } = this.body;
    const row = /** @type {HTMLTableRowElement} */ (cell.parentElement);
    const below = isFar && Math.abs(across) === Infinity ? across : down;
    const place = within(row.sectionRowIndex + below, rows.length);
    const { cells } = rows[place];
    const next = cells[within(cell.cellIndex + across, cells.length)];
    this.enter(next);
    focusedIn(next).focus();
  }
}

/**
 * Opens the paper of a cell.
 * @param {Cell} cell
 */
const open = (cell) => cell.parentElement?.querySelector("a")?.click();

/**
 * @param {number} place
 * @param {number} count
 */
const within = (place, count) => Math.min(Math.max(place, 0), count - 1);

/**
 * @param {EventTarget | null} target
 * @returns {Cell | null}
 */
const cellAt = (target) => target instanceof Element ? target.closest("th, td") : null;

/**
 * What has the focus in a cell: its link, or the cell itself.
 * @param {Cell} cell
 * @returns {HTMLElement}
 */
const focusedIn = (cell) => cell.querySelector("a") ?? cell;
