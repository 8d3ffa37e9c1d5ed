// Compares our engine with lunr.js on the same clauses: `node identity.mjs FOLDER`, where lunr.js,
// whole.json, clauses.json and the site are. A browser imports compareWithLunr.

// lunr.js compares the ends of words by "label, number of the node, label, …" with nothing between
// them, so that ends with digits can be mistaken for others and their words are not found
// (https://github.com/olivernn/lunr.js/issues/503). Here each part has its own place.
function mend(lunr) {
  lunr.TokenSet.prototype.toString = function toString() {
    const edges = Object.keys(this.edges).sort().map((label) => [label, this.edges[label].id]);
    this._str ??= JSON.stringify([this.final, edges]);
    return this._str;
  };
}

function wholeIndex(lunr, whole) {
  mend(lunr);
  const byUnits = (a, b) => (a[0] < b[0] ? -1 : 1);
  const index = lunr.Index.load({
    ...whole, pipeline: [], invertedIndex: whole.invertedIndex.sort(byUnits),
  });
  // Our clauses come analyzed; a clause with alternatives is what a pipeline would make of it.
  index.pipeline = { runString: (text) => text.split("|") };
  return index;
}

function wholeResults(index, clauses) {
  const presence = { required: 2, optional: 1, prohibited: 3 };
  const results = index.query((query) => {
    for (const clause of clauses) {
      query.clause({
        term: clause.terms.join("|"),
        fields: (clause.fields ?? [...index.fields.keys()]).map((n) => index.fields[n]),
        presence: presence[clause.presence],
        boost: clause.boost,
      });
    }
  });
  return results.map((result) => [Number(result.ref), result.score]);
}

/** `ours` is our index, open, with the functions `rank` and `best`. */
export async function compareWithLunr(lunr, ours, whole, queries) {
  const reference = wholeIndex(lunr, whole);
  const report = [];
  for (const clauses of queries) {
    const { documents, scores } = await ours.rank(ours.index, clauses);
    const found = ours.best(documents, scores, documents.length).map((n) => [n, scores[n]]);
    const expected = wholeResults(reference, clauses);
    report.push({ clauses, expected, ours: found, top: ours.best(documents, scores, 10) });
  }
  return report;
}

/** Our engine from the scripts of a site; `scripts` is their folder, `place` its index. */
export async function engine(scripts, place) {
  const [{ SearchIndex }, { best, rank }] = await Promise.all(
    ["index.js", "rank.js"].map((name) => import(new URL(name, scripts).href)));
  const index = new SearchIndex(place);
  await index.open();
  return { index, rank, best };
}

if (globalThis.process) {
  const { pathToFileURL } = await import("node:url");
  const { createRequire } = await import("node:module");
  const { readFile, writeFile } = await import("node:fs/promises");
  const folder = pathToFileURL(`${process.argv[2]}/`);
  const at = (path) => new URL(path, folder);
  const json = async (name) => JSON.parse(await readFile(at(name), "utf8"));
  const read = (name) => readFile(at(`site/search/index/${name}`));
  const ours = await engine(at("site/assets/broadsheet/search/"), {
    read,
    part: async (name, start, end) => (await read(name)).subarray(start, end),
    load: (name) => import(at(`site/search/index/${name}`).href),
  });
  const lunr = createRequire(folder)("./lunr.js");
  const report = await compareWithLunr(lunr, ours, await json("whole.json"), await json("clauses.json"));
  await writeFile(at("report.json"), JSON.stringify(report));
}
