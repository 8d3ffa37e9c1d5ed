"use strict";
let ready = null;
const json = (name) => fetch(name).then((response) => response.json());
async function read() {
  const [whole, titles, table, { analyzerOf }] = await Promise.all([
    json("whole.json"), json("titles.json"), json("analysis.json"),
    import("./assets/broadsheet/search/analysis.js")
  ]);
  whole.invertedIndex.sort((a, b) => (a[0] < b[0] ? -1 : 1));
  return [lunr.Index.load(whole), titles, analyzerOf(table.analysis)];
}
/* lunr's usual way: any of the words. */
async function search_for(text) {
  ready = ready || read();
  const [index, titles, analyzer] = await ready;
  const terms = text.split(/\s+/).flatMap((word) => analyzer.terms(word));
  const results = index.query((query) => {
    for (const term of terms) query.term(term, { usePipeline: false });
  });
  return results.slice(0, 10).map((result) => titles[Number(result.ref)][0]);
}
