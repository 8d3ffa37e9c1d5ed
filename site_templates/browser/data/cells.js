/** The cells of the table. The page has the same ones for its first rows (`pages/table.py`). */
import { shownAuthors } from "../authors.js";
import { make } from "../dom.js";
import { addressOf } from "../site.js";
import { valuesOf } from "./papers.js";

/** @import { Column, Papers } from "./papers.js" */

/**
 * The columns that a table shows.
 * @param {HTMLTableElement} table
 * @returns {Column[]}
 */
export function columnsOf(table) {
  /** @type {NodeListOf<HTMLElement>} */
  const heads = table.querySelectorAll("th[data-column]");
  return Array.from(heads, ({ dataset: { column = "", measure = "", list } }) =>
    ({ name: column, measure, isList: list !== undefined }));
}

/**
 * What a cell shows of its text.
 * @param {string} cell
 * @param {Column} column
 */
export function shownCell(cell, column) {
  if (!cell) return "";
  if (column.name === "authors") return shownAuthors(valuesOf(cell, column));
  if (column.isList) return valuesOf(cell, column).join(", ");
  return column.name === "code" ? cell.replace(/^https?:\/\//, "") : cell;
}

/**
 * The row of a paper.
 * @param {Papers} papers
 * @param {string[]} row
 * @param {Column[]} columns - the title first
 */
export function rowOf(papers, row, [title, ...others]) {
  const slug = papers.cell(row, "slug");
  const href = addressOf(`papers/${slug}/`);
  const name = papers.cell(row, title.name) || slug;
  const cells = others.map((column) => shownCell(papers.cell(row, column.name), column));
  return make("tr", {},
    make("th", { scope: "row" }, make("a", { href }, name)),
    ...cells.map((cell) => make("td", {}, cell && make("div", {}, cell))));
}

/**
 * The slug of the paper in a row.
 * @param {HTMLTableRowElement} row
 */
export function slugOf(row) {
  const path = row.querySelector("a")?.pathname ?? "";
  return decodeURIComponent(path.split("/").at(-2) ?? "");
}
