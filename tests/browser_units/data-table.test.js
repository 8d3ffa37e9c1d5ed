import assert from "node:assert/strict";
import { test } from "node:test";
import { rowsIn } from "../../site_templates/browser/data/csv.js";
import { lookOf, nextSort, searchOf } from "../../site_templates/browser/data/look.js";
import { Papers, readPapers, valuesOf } from "../../site_templates/browser/data/papers.js";

const CSV = [
  "slug,title,authors,arxiv,published,year,venue",
  "rafts,Rafts of Logs,Ada Example; Bob Sample,arXiv:2403.01230,2024-03-18,2024,SHIPS 2024",
  "boats,\"Boats, \"\"old\"\" and\r\nnew\",Ada Example,,2023-05,2023,",
  "sails,'=SUM of Sails,,,,,SHIPS 2024",
  "anchors,anchors,Cy Test,arXiv:2403.01231,2024-03-18,2024,HARBOR",
  "",
].join("\r\n");
const COLUMNS = [
  { name: "title", isList: false, measure: "lengths" },
  { name: "authors", isList: true, measure: "values" },
  { name: "published", isList: false, measure: "years" },
  { name: "venue", isList: false, measure: "values" },
];
const NAMES = COLUMNS.map(({ name }) => name);
const COLLATOR = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

function table() {
  const papers = new Papers();
  assert.equal(papers.add(CSV, true), "");
  return papers;
}

/** @param {string} search */
const slugs = (search) => {
  const papers = table();
  return papers.found(lookOf(search, NAMES), COLUMNS, COLLATOR)
    .map((row) => papers.cell(row, "slug"));
};

test("CSV is read the same in pieces of any size", () => {
  const whole = rowsIn(CSV).rows;
  assert.equal(whole.length, 5);
  assert.equal(whole[2][1], "Boats, \"old\" and\r\nnew");
  for (let size = 1; size < 40; size += 1) {
    const found = [];
    let rest = "";
    for (let at = 0; at < CSV.length; at += size) {
      const read = rowsIn(rest + CSV.slice(at, at + size));
      found.push(...read.rows);
      ({ rest } = read);
    }
    assert.deepEqual(found, whole);
    assert.equal(rest, "");
  }
});

test("cells are those of the papers, without what only spreadsheets need", () => {
  const papers = table();
  const [rafts, , sails] = papers.rows;
  assert.equal(papers.cell(rafts, "arxiv"), "2403.01230");
  assert.equal(papers.cell(sails, "title"), "=SUM of Sails");
  assert.deepEqual(valuesOf(papers.cell(rafts, "authors"), COLUMNS[1]),
    ["Ada Example", "Bob Sample"]);
});

test("the newest papers come first, then by slug, and those without a date last", () => {
  assert.deepEqual(slugs(""), ["anchors", "rafts", "boats", "sails"]);
});

test("a column sorts both ways, and missing values stay last", () => {
  assert.deepEqual(slugs("?sort=venue"), ["anchors", "rafts", "sails", "boats"]);
  assert.deepEqual(slugs("?sort=-venue"), ["rafts", "sails", "anchors", "boats"]);
  assert.deepEqual(slugs("?sort=published"), ["boats", "anchors", "rafts", "sails"]);
});

test("words are found in all columns, and filters narrow", () => {
  assert.deepEqual(slugs("?q=ADA+logs"), ["rafts"]);
  assert.deepEqual(slugs("?authors=Ada+Example"), ["rafts", "boats"]);
  assert.deepEqual(slugs("?published=2024"), ["anchors", "rafts"]);
  assert.deepEqual(slugs("?venue="), ["boats"]);
  assert.deepEqual(slugs("?venue=SHIPS+2024&authors=Ada+Example"), ["rafts"]);
});

test("an address says the view, and what it doesn't know is left out", () => {
  for (const search of ["", "?venue=&q=a+b&sort=-title&page=3", "?authors=Ada+%26+Bob"]) {
    assert.equal(searchOf(lookOf(search, NAMES)), search);
  }
  assert.equal(searchOf(lookOf("?sort=nothing&page=-1&other=1&sort=x", NAMES)), "");
  assert.equal(searchOf(lookOf("?sort=-published&page=1.5", NAMES)), "");
});

test("a click sorts up, then down, then not at all", () => {
  assert.equal(nextSort("", "title"), "title");
  assert.equal(nextSort("title", "title"), "-title");
  assert.equal(nextSort("-title", "title"), "");
  assert.equal(nextSort("", "published"), "published");
  assert.equal(nextSort("published", "published"), "");
});

test("a table in several files is read as one", async () => {
  const [head, ...lines] = CSV.split("\r\n").filter(Boolean);
  const files = [[head, lines[0], ""], [head, lines.at(-1), ""]].map((part) => part.join("\r\n"));
  /** @type {number[]} */
  const known = [];
  const papers = await readPapers(["0", "1"],
    async (name) => new Response(files[Number(name)]), (number) => known.push(number));
  assert.deepEqual(papers.rows.map(([slug]) => slug), ["rafts", "anchors"]);
  assert.equal(known.at(-1), 2);
});
