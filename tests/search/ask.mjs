// Asks a site's search in Node: `node ask.mjs FOLDER`, where asked.json and the site are.
// asked.json has texts to analyze, and queries; what becomes of them goes to answered.json.
import { readFile, writeFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";

const folder = pathToFileURL(`${process.argv[2]}/`);
const at = (path) => new URL(path, folder);
const script = (name) => import(at(`site/assets/broadsheet/search/${name}.js`).href);

const [{ SearchIndex }, { ask, first }] = await Promise.all(["index", "ask"].map(script));
const read = (name) => readFile(at(`site/search/index/${name}`));
const index = new SearchIndex({
  read,
  part: async (name, start, end) => (await read(name)).subarray(start, end),
  load: (name) => import(at(`site/search/index/${name}`).href),
});
await index.open();

/** All terms of a text, as the index would have them. */
function terms({ analyzer }, text) {
  const words = analyzer.pieces(text).join(" ").split(/\s+/).filter(Boolean);
  return words.flatMap((word, n) => {
    const joined = n ? analyzer.numberJoined(words[n - 1], word) : "";
    return [joined, ...analyzer.terms(word)].filter(Boolean);
  });
}

/** The titles that are found, and how. */
async function found(query) {
  const answer = await ask(index, query);
  const rows = await index.rows("results", first(answer, answer.found.documents, 10));
  return { mode: answer.mode, titles: rows.map(([title]) => title) };
}

const { texts, queries } = JSON.parse(await readFile(at("asked.json"), "utf8"));
await writeFile(at("answered.json"), JSON.stringify({
  terms: texts.map((text) => terms(index, text)),
  found: await Promise.all(queries.map(found)),
}));
