// node pagefind-build.mjs TOOLS LINES OUT: indexes one page a line.
import { createInterface } from "node:readline";
import { createReadStream } from "node:fs";
import { pathToFileURL } from "node:url";
import { resolve } from "node:path";

const [tools, lines, out] = process.argv.slice(2);
const module = resolve(tools, "node_modules/pagefind/lib/index.js");
const pagefind = await import(pathToFileURL(module));
const { index } = await pagefind.createIndex();
for await (const line of createInterface({ input: createReadStream(lines) })) {
  await index.addHTMLFile(JSON.parse(line));
}
await index.writeFiles({ outputPath: out });
await pagefind.close();
