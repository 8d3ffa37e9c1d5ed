"use strict";
let pagefind = null;
async function search_for(text) {
  pagefind = pagefind || import(new URL("pagefind/pagefind.js", location).href);
  const { results } = await (await pagefind).search(text);
  const shown = await Promise.all(results.slice(0, 10).map((result) => result.data()));
  return shown.map((one) => one.url.replace(/^\//, ""));
}
