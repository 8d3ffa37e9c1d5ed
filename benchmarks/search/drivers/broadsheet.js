"use strict";
async function search_for(text) {
  const [{ alsoFound, ask, first }, { start }] = await Promise.all(
    ["ask", "start"].map((name) => import(`./assets/broadsheet/search/${name}.js`)));
  const index = start();
  const answer = await ask(index, text);
  const best = first(answer, answer.found.documents, 10);
  const rows = await index.rows("results", [...best, ...alsoFound(answer, 10 - best.length)]);
  return rows.map(([, slug]) => `papers/${slug}/`);
}
