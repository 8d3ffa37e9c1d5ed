/** The controls of the table: its search box, its filters, its pages, and the current cell. */
import { make } from "../dom.js";
import { text } from "../words.js";
import { valuesOf } from "./papers.js";

/** @import { Column } from "./papers.js" */

const MOST_VALUES = 3; // buttons for the values of a cell

/**
 * A filter in words.
 * @param {string} name
 * @param {string} value
 */
const shownFilter = (name, value) =>
  value ? `${name}: ${value}` : text("%(column)s: missing", { column: name });

/**
 * Buttons that remove filters.
 * @param {Map<string, string>} only
 * @param {(name: string) => void} remove
 */
export const chips = (only, remove) => [...only].map(([name, value]) => {
  const shown = shownFilter(name, value);
  const label = text("Remove the filter %(filter)s", { filter: shown });
  return make("button", {
    type: "button", class: "bs-chip", "aria-label": label, onclick: () => remove(name),
  }, shown, make("span", { "aria-hidden": "true" }, "×"));
});

/**
 * The pages: which rows are shown, and buttons for the pages before and after.
 * @param {{first: number, last: number, count: number}} rows
 * @param {(by: number) => void} turn
 */
export function pager({ first, last, count }, turn) {
  /**
   * @param {string} label
   * @param {number} by
   * @param {boolean} isOff
   */
  const button = (label, by, isOff) => make("button", {
    type: "button", class: "bs-button", "aria-disabled": isOff && "true", "data-by": by,
    onclick: () => isOff || turn(by),
  }, label);
  return [
    button(text("Previous page"), -1, first <= 1),
    make("span", {}, text("Rows %(first)s to %(last)s of %(count)s", { first, last, count })),
    button(text("Next page"), 1, last >= count),
  ];
}

/**
 * The filters for the values of a cell, as [value, label].
 * @param {string} cell
 * @param {Column} column
 * @returns {[value: string, label: string][]}
 */
export function filtersOf(cell, column) {
  if (!cell) return [["", text("Only papers without it")]];
  const values = valuesOf(cell, column);
  const found = column.measure === "years" ? [cell.slice(0, 4)]
    : column.measure === "values" ? values.slice(0, MOST_VALUES) : [];
  return found.map((value) => [value, text("Only %(value)s", { value })]);
}

/**
 * What is known of the current cell: all of its text, and what can be done with it.
 * @param {{cell: string, column: Column, href: string}} current
 * @param {{copy: () => void, only: (name: string, value: string) => void}} does
 */
export function details({ cell, column, href }, does) {
  const button = (/** @type {string} */ label, /** @type {() => void} */ onclick) =>
    make("button", { type: "button", class: "bs-button", onclick }, label);
  return [
    make("p", { class: "bs-data__value" }, make("span", { class: "bs-data__name" }, column.name),
      " ", cell || make("em", {}, text("missing"))),
    make("p", { class: "bs-data__actions" },
      cell && button(text("Copy"), does.copy),
      ...filtersOf(cell, column).map(([value, label]) =>
        button(label, () => does.only(column.name, value))),
      make("a", { href }, text("Open the paper"))),
  ];
}
