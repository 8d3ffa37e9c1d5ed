// Compares our engine with lunr.js on the same clauses, in Node and in a browser.
// In Node: node identity.cjs FOLDER, where lunr.js, whole.json, clauses.json and index/ are.
"use strict";

// lunr.js compares the ends of words by "label, number of the node, label, …" with nothing between
// them, so that ends with digits can be mistaken for others and their words are not found
// (https://github.com/olivernn/lunr.js/issues/503). Here each part has its own place.
function mend(lunr) {
  lunr.TokenSet.prototype.toString = function () {
    if (this._str) return this._str;
    const edges = Object.keys(this.edges).sort().map((label) => [label, this.edges[label].id]);
    return JSON.stringify([this.final, edges]);
  };
}

function wholeIndex(lunr, whole) {
  mend(lunr);
  const byUnits = (a, b) => (a[0] < b[0] ? -1 : 1);
  const index = lunr.Index.load({
    ...whole, pipeline: [], invertedIndex: whole.invertedIndex.sort(byUnits)
  });
  // Our clauses come analysed; a clause with alternatives is what a pipeline would make of it.
  index.pipeline = { runString: (text) => text.split("|") };
  return index;
}

function wholeResults(index, clauses) {
  const presence = { required: 2, optional: 1, prohibited: 3 };
  return index
    .query((query) => {
      for (const clause of clauses) {
        query.clause({
          term: clause.terms.join("|"),
          fields: (clause.fields || index.fields.map((_, n) => n)).map((n) => index.fields[n]),
          presence: presence[clause.presence],
          boost: clause.boost
        });
      }
    })
    .map((result) => [Number(result.ref), result.score]);
}

async function compareWithLunr(lunr, search, whole, queries, read) {
  const index = search.openIndex(read);
  await index.open();
  const reference = wholeIndex(lunr, whole);
  const report = [];
  for (const clauses of queries) {
    const expected = wholeResults(reference, clauses);
    const { documents, scores } = await search.rank(index, clauses);
    const ours = search.best(documents, scores, documents.length).map((n) => [n, scores[n]]);
    report.push({ clauses, expected, ours, top: search.best(documents, scores, 10) });
  }
  return report;
}

if (typeof require === "undefined") {
  globalThis.compareWithLunr = compareWithLunr;
} else {
  const fs = require("fs");
  const path = require("path");
  const folder = process.argv[2];
  const json = (name) => JSON.parse(fs.readFileSync(path.join(folder, name), "utf8"));
  require(path.join(folder, "index", "engine.js"));
  const lunr = require(path.join(folder, "lunr.js"));
  const read = async (name) => fs.readFileSync(path.join(folder, "index", name));
  compareWithLunr(lunr, globalThis.broadsheetSearch, json("whole.json"), json("clauses.json"), read)
    .then((report) => fs.writeFileSync(path.join(folder, "report.json"), JSON.stringify(report)));
}
