// Asks a site's search in Node as its page of search does: `node answers.mjs FOLDER`, where
// queries.json and the site are. The answers go to answers.json.
import { readFile, writeFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";

const folder = pathToFileURL(`${process.argv[2]}/`);
const at = (path) => new URL(path, folder);
const script = (name) => import(at(`site/assets/broadsheet/search/${name}.js`).href);

const [{ SearchIndex }, { alsoFound, askBoth, first }, { exactFirst, lookedAt }] =
  await Promise.all(["index", "ask", "titles"].map(script));
const read = (name) => readFile(at(`site/search/index/${name}`));
const index = new SearchIndex({
  read,
  part: async (name, start, end) => (await read(name)).subarray(start, end),
  load: (name) => import(at(`site/search/index/${name}`).href),
});
await index.open();
const AT_ONCE = 10;

/** What the page shows, and in which order; see page.js. */
async function answered({ text, sort }) {
  const answer = await askBoth(index, text, { sort });
  const found = first(answer, answer.found.documents, Math.max(AT_ONCE, lookedAt(answer)));
  const order = exactFirst(await index.rows("results", found), answer, index.analyzer);
  const documents = order.slice(0, AT_ONCE).map((n) => found[n]);
  return {
    text,
    sort,
    mode: answer.mode,
    count: answer.found.documents.length,
    documents,
    also: sort ? [] : alsoFound(answer, AT_ONCE - documents.length),
    instead: answer.instead,
    notices: answer.query.notices,
    unchecked: answer.unchecked,
  };
}

const queries = JSON.parse(await readFile(at("queries.json"), "utf8"));
const answers = [];
for (const query of queries) answers.push(await answered(query));
await writeFile(at("answers.json"), JSON.stringify(answers));
