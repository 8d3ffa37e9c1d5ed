import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

const GERMAN = {
  Copied: "Kopiert",
  "%(number)s paper": ["%(number)s Aufsatz", "%(number)s Aufsätze"],
};

/**
 * The module as a page in `lang` loads it, with `catalog` as the answer of the server.
 * @param {string} lang
 * @param {object} [catalog] - none: the server has no catalog
 * @returns {Promise<typeof import("../../site_templates/browser/words.js")>}
 */
async function words(lang, catalog) {
  const page = { documentElement: { lang } };
  Object.assign(globalThis, { document: page, fetch: answering(catalog) });
  const address = `../../site_templates/browser/words.js?${lang}-${JSON.stringify(catalog)}`;
  return import(address);
}

/** @param {object} [catalog] */
const answering = (catalog) => async () => ({ ok: Boolean(catalog), json: async () => catalog });

const { fetch: usual } = globalThis;
afterEach(() => {
  Reflect.deleteProperty(globalThis, "document");
  globalThis.fetch = usual;
});

test("English needs no catalog and asks for none", async () => {
  const { text, counted } = await words("en");
  globalThis.fetch = () => assert.fail("nothing is to be fetched");
  assert.equal(text("Copied"), "Copied");
  assert.equal(counted(1, "%(number)s paper", "%(number)s papers"), "1 paper");
  assert.equal(counted(0, "%(number)s paper", "%(number)s papers"), "0 papers");
});

test("values are filled in, and large numbers are grouped", async () => {
  const { text, counted } = await words("en");
  assert.equal(text("Show %(number)s more from %(topic)s", { number: 1234, topic: "RAG" }),
    "Show 1,234 more from RAG");
  assert.equal(counted(10_000, "%(number)s paper", "%(number)s papers"), "10,000 papers");
});

test("a value that looks like a placeholder stays as it is", async () => {
  const { text } = await words("en");
  assert.equal(text("“%(query)s”", { query: "%(number)s $& $1" }), "“%(number)s $& $1”");
});

test("a German page uses its catalog, its plural forms and its numbers", async () => {
  const { text, counted } = await words("de", GERMAN);
  assert.equal(text("Copied"), "Kopiert");
  assert.equal(counted(1, "%(number)s paper", "%(number)s papers"), "1 Aufsatz");
  assert.equal(counted(2000, "%(number)s paper", "%(number)s papers"), "2.000 Aufsätze");
});

test("lists and quotation marks are those of the language", async () => {
  const { listed, quoted } = await words("de", { "“%(words)s”": "„%(words)s“", ", ": " / " });
  assert.equal(listed(["a", "b"].map(quoted)), "„a“ / „b“");
});

test("a language with one form uses it for every number", async () => {
  const { counted } = await words("zh", { "%(number)s paper": ["%(number)s 篇论文"] });
  assert.equal(counted(1, "%(number)s paper", "%(number)s papers"), "1 篇论文");
  assert.equal(counted(7, "%(number)s paper", "%(number)s papers"), "7 篇论文");
});

test("what a catalog lacks is English", async () => {
  const { text, counted } = await words("de", {});
  assert.equal(text("Copied"), "Copied");
  assert.equal(counted(2, "%(number)s paper", "%(number)s papers"), "2 papers");
});

test("without a catalog the page is English", async () => {
  const { text } = await words("de");
  assert.equal(text("Copied"), "Copied");
});
