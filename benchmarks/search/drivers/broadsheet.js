"use strict";
async function search_for(text) {
  const search = broadsheetSearch;
  const index = await search.start();
  const answered = await search.ask(index, text, {});
  const best = search.first(answered, answered.documents, 10);
  const numbers = best.concat(search.alsoFound(answered, 10 - best.length));
  const results = await index.values("results", numbers);
  return results.map((result) => search.readResult(result).url);
}
