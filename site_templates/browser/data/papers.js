/** The table of all papers in memory: reads it, searches it, filters it and sorts it. */
import { rowsIn } from "./csv.js";
import { NEWEST } from "./look.js";

/** @import { Look } from "./look.js" */

/**
 * A column: its name, whether its cells are lists, and what is counted in it ("values", "years" or
 * "lengths").
 * @typedef {{name: string, isList: boolean, measure: string}} Column
 */

/** What joins the values of a list in CSV. */
const LIST_MARK = "; ";
/** A text that looks like a formula has an apostrophe, for spreadsheets. */
const FORMULA = /^'(?=[=+\-@\t\r\uff1d\uff0b\uff0d\uff20])/;
const ARXIV = "arXiv:";

/** All papers: the names of the columns, and a row of texts for each paper. */
export class Papers {
  constructor() {
    /** @type {string[]} */
    this.names = [];
    /** @type {string[][]} */
    this.rows = [];
    /** @type {Map<string, string[]>} */
    this.bySlug = new Map();
    /** What is searched in, in lower case, by row. @type {Map<string[], string>} */
    this.texts = new Map();
  }

  /**
   * Adds a piece of a CSV file.
   * @param {string} text
   * @param {boolean} isStart - whether it has the names of the columns
   * @returns {string} what is left for the next piece
   */
  add(text, isStart) {
    const { rows, rest } = rowsIn(text);
    if (isStart) this.names = rows.shift() ?? this.names;
    const arxiv = this.names.indexOf("arxiv");
    const slug = this.names.indexOf("slug");
    for (const row of rows) {
      const cells = cleaned(row, arxiv);
      this.rows.push(cells);
      this.bySlug.set(cells[slug], cells);
    }
    return rest;
  }

  /** @param {string} slug */
  rowOf(slug) {
    return this.bySlug.get(slug);
  }

  /**
   * The text of a cell as the data has it; "" if it's missing.
   * @param {string[]} row
   * @param {string} name
   */
  cell(row, name) {
    return row[this.names.indexOf(name)] ?? "";
  }

  /** @param {string[]} row */
  textOf(row) {
    const known = this.texts.get(row);
    if (known !== undefined) return known;
    const text = row.join("\n").toLowerCase();
    this.texts.set(row, text);
    return text;
  }

  /**
   * The papers that match, in order.
   * @param {Look} look
   * @param {Column[]} columns
   * @param {Intl.Collator} collator
   */
  found({ q, sort, only }, columns, collator) {
    const words = q.toLowerCase().split(/\s+/).filter(Boolean);
    const tests = columns.filter(({ name }) => only.has(name)).map((column) => {
      const place = this.names.indexOf(column.name);
      const value = only.get(column.name) ?? "";
      return (/** @type {string[]} */ row) => fits(row[place] ?? "", value, column);
    });
    const rows = this.rows.filter((row) => tests.every((test) => test(row)) &&
      (!words.length || words.every((word) => this.textOf(row).includes(word))));
    return this.sorted(rows, sort || NEWEST, collator);
  }

  /**
   * Papers without a value come last in both directions, and others in the order of their slugs.
   * @param {string[][]} rows
   * @param {string} sort - the name of a column, with "-" before it to turn the order around
   * @param {Intl.Collator} collator
   */
  sorted(rows, sort, collator) {
    const place = this.names.indexOf(sort.replace(/^-/, ""));
    const sign = sort.startsWith("-") ? -1 : 1;
    const slug = this.names.indexOf("slug");
    const isDate = ["published", "listed"].includes(this.names[place]);
    const compare = isDate ? inOrder : collator.compare;
    const keyed = rows.map((row) => ({ row, key: row[place] ?? "", slug: row[slug] }));
    keyed.sort((a, b) => Number(!a.key) - Number(!b.key) || sign * compare(a.key, b.key) ||
      inOrder(a.slug, b.slug));
    return keyed.map(({ row }) => row);
  }
}

/**
 * @param {string} a
 * @param {string} b
 */
const inOrder = (a, b) => a < b ? -1 : Number(a > b);

/**
 * @param {string[]} row
 * @param {number} arxiv - the place of the arXiv ID
 */
function cleaned(row, arxiv) {
  const cells = row.map((cell) => cell.startsWith("'") ? cell.replace(FORMULA, "") : cell);
  if (cells[arxiv]?.startsWith(ARXIV)) cells[arxiv] = cells[arxiv].slice(ARXIV.length);
  return cells;
}

/**
 * The values of a cell, which has several if it's a list.
 * @param {string} cell
 * @param {Column} column
 */
export const valuesOf = (cell, { isList }) => !cell ? [] : isList ? cell.split(LIST_MARK) : [cell];

/**
 * @param {string} cell
 * @param {string} value - "" for papers without one
 * @param {Column} column
 */
function fits(cell, value, column) {
  if (!value) return !cell;
  if (column.measure === "years") return cell.startsWith(value);
  return valuesOf(cell, column).includes(value);
}

/**
 * Reads all files of the table.
 * @param {string[]} addresses
 * @param {(address: string) => Promise<Response>} fetched
 * @param {(known: number) => void} onProgress - called with the number of papers so far
 * @throws {Error} when one of them can't be read
 */
export async function readPapers(addresses, fetched, onProgress) {
  const papers = new Papers();
  for (const address of addresses) {
    const { body } = await fetched(address);
    const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    let isStart = true;
    for (let read = await reader?.read(); read?.value; read = await reader?.read()) {
      const text = rest + read.value;
      if (isStart && !text.includes("\r\n")) {
        rest = text;
        continue;
      }
      rest = papers.add(text, isStart);
      isStart = false;
      onProgress(papers.rows.length);
    }
  }
  return papers;
}
