"use strict";
async function search_for(text) {
  const { alsoFound, ask, exactFirst, first, lookedAt, start } =
    await import("./assets/broadsheet/search/all.js");
  const index = start();
  const answer = await ask(index, text);
  const found = first(answer, answer.found.documents, Math.max(10, lookedAt(answer)));
  const also = alsoFound(answer, 10 - Math.min(10, found.length));
  const rows = await index.rows("results", [...found, ...also]);
  const order = exactFirst(rows.slice(0, found.length), answer, index.analyzer).slice(0, 10);
  const shown = [...order.map((n) => rows[n]), ...rows.slice(found.length)];
  return shown.map(([, slug]) => `papers/${slug}/`);
}
