"use strict";
let ready = null;
const json = (name) => fetch(name).then((response) => response.json());
async function read() {
  const [whole, titles] = await Promise.all([json("whole.json"), json("titles.json")]);
  whole.invertedIndex.sort((a, b) => (a[0] < b[0] ? -1 : 1));
  return [lunr.Index.load(whole), titles];
}
/* lunr's usual way: any of the words. */
async function search_for(text) {
  ready = ready || read();
  const [index, titles] = await ready;
  const terms = text.split(/\s+/).flatMap(broadsheetSearch.termsOf);
  const results = index.query((query) => {
    for (const term of terms) query.term(term, { usePipeline: false });
  });
  return results.slice(0, 10).map((result) => titles[Number(result.ref)][0]);
}
