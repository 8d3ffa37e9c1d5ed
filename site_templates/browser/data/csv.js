/** Reads CSV in pieces, as it arrives: RFC 4180, with lines that end with "\r\n". */

const PLAIN = /[^,\r]*/y;

/**
 * The rows that are complete in a text, and the rest of it, to which more can be added.
 * @param {string} text
 * @returns {{rows: string[][], rest: string}}
 */
export function rowsIn(text) {
  /** @type {string[][]} */
  const rows = [];
  let at = 0;
  for (let row = rowAt(text, at); row; row = rowAt(text, at)) {
    rows.push(row.cells);
    at = row.end;
  }
  return { rows, rest: text.slice(at) };
}

/**
 * @param {string} text
 * @param {number} start
 */
function rowAt(text, start) {
  /** @type {string[]} */
  const cells = [];
  let at = start;
  for (;;) {
    const cell = text[at] === "\"" ? quoted(text, at) : plain(text, at);
    if (!cell) return null;
    cells.push(cell.value);
    at = cell.end;
    if (text.startsWith("\r\n", at)) return { cells, end: at + 2 };
    if (text[at] !== ",") return null; // the rest hasn't arrived
    at += 1;
  }
}

/**
 * @param {string} text
 * @param {number} at
 */
function plain(text, at) {
  PLAIN.lastIndex = at;
  const value = PLAIN.exec(text)?.[0] ?? "";
  return { value, end: at + value.length };
}

/**
 * @param {string} text
 * @param {number} start
 */
function quoted(text, start) {
  let end = text.indexOf("\"", start + 1);
  while (text[end + 1] === "\"" && end > 0) end = text.indexOf("\"", end + 2);
  if (end < 0) return null;
  return { value: text.slice(start + 1, end).replaceAll("\"\"", "\""), end: end + 1 };
}
