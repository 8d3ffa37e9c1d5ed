/** The page of saved papers: search, filters, references, export, import, and deletion. */
import { shownAuthors } from "./authors.js";
import { LISTS, NEWS_FILE, SHARDS_FOLDER } from "./contract.js";
import { shownDate } from "./dates.js";
import { make } from "./dom.js";
import { addFilters } from "./lists.js";
import { download, say } from "./reader.js";
import { shardOf } from "./shards.js";
import { addressOf, json } from "./site.js";
import * as store from "./store.js";
import { equip } from "./tools.js";
import { counted, text } from "./words.js";

/** @import { News, MovedPaper, SavedPaper } from "./contract.js" */
/** @import { Mark } from "./marks.js" */

/** What is known of the papers that have marks. @type {Map<string, SavedPaper>} */
const facts = new Map();

/** The slugs of all papers with marks, most recently starred first. */
function wanted() {
  const marks = store.marks();
  const starred = (/** @type {string} */ slug) => marks[slug].star ?? "";
  return Object.keys(marks)
    .sort((a, b) => starred(b).localeCompare(starred(a)) || a.localeCompare(b));
}

/**
 * Loads what the cards show about papers, and follows papers that have moved.
 * @param {string[]} slugs
 * @param {number} count - of shards
 */
async function readFacts(slugs, count) {
  const numbers = new Set(slugs.map((slug) => shardOf(slug, count)));
  const read = (/** @type {number} */ number) => json(`${SHARDS_FOLDER}/${number}.json`);
  const shards = await Promise.all(Array.from(numbers, (number) => read(number)));
  /** @type {Record<string, SavedPaper | MovedPaper>} */
  const found = Object.assign({}, ...shards);
  const moved = [];
  for (const slug of slugs.filter((one) => one in found)) {
    const fact = found[slug];
    if ("moved" in fact) {
      store.rename(slug, fact.moved);
      moved.push(fact.moved);
    } else facts.set(slug, fact);
  }
  if (moved.length) await readFacts(moved, count);
}

const GONE = text("The details of this paper can’t be loaded.");

/**
 * What a card shows if a paper's details can't be loaded.
 * @param {string} slug
 * @param {Mark} mark
 */
const unknown = (slug, { title = slug }) =>
  ({ title, url: `papers/${slug}/`, authors: [], date: "", tldr: "", topics: [], code: false });

/**
 * @param {string} slug
 * @param {Mark} mark
 */
function card(slug, mark) {
  const fact = facts.get(slug);
  const { note = "" } = mark;
  const { title, url, authors, date, tldr, topics, code } = fact ?? unknown(slug, mark);
  const attributes = {
    "data-paper": slug, "data-date": date, "data-year": date.slice(0, 4),
    "data-code": code ? "yes" : "no",
    "data-topics": topics.map(([topic]) => topic).join(" "),
    "data-text": [title, ...authors, tldr, note].join(" ").toLowerCase(),
  };
  return make("article", { class: "bs-paper", ...attributes },
    make("h2", {}, make("a", { href: addressOf(url) }, title)),
    authors.length > 0 && make("p", { class: "bs-authors" }, shownAuthors(authors)),
    tldr && make("p", { class: "bs-tldr" }, tldr),
    note && make("p", { class: "bs-saved__note" }, note),
    fact ? links(fact) : make("p", { class: "bs-saved__gone" }, GONE));
}

/** @param {SavedPaper} fact */
function links({ date, links: places, topics }) {
  return make("p", { class: "bs-links" },
    date && make("time", { datetime: date }, shownDate(date)),
    ...places.map(([name, href]) => make("a", { href }, name)),
    ...topics.map(([topic, name]) =>
      make("a", { class: "bs-topic", href: addressOf(`topics/${topic}/`) }, name)));
}

/**
 * @param {string} name
 * @param {string} type
 * @param {(papers: SavedPaper[]) => string} written
 */
function giveReferences(name, type, written) {
  const marks = store.marks();
  const starred = wanted().filter((slug) => marks[slug].star);
  const known = starred.flatMap((slug) => facts.get(slug) ?? []);
  if (known.length) download(name, type, written(known));
  else say(text("You haven’t starred any papers yet."));
}

/**
 * @param {string} label
 * @param {() => unknown} onclick
 */
const button = (label, onclick) =>
  make("button", { type: "button", class: "bs-button", onclick }, label);

/**
 * @param {string} label
 * @param {...HTMLElement} buttons
 */
const group = (label, ...buttons) => make("div", { role: "group", "aria-label": label },
  make("span", { "aria-hidden": "true" }, label), ...buttons);

/** The import button, and the hidden file field that it opens. */
function importer() {
  const hidden = { class: "bs-unseen", tabindex: -1, "aria-hidden": "true" };
  const accept = "application/json,.json";
  const field = make("input", { type: "file", accept, ...hidden, onchange: () => {
    const [file] = field.files ?? [];
    if (file) importFile(file);
    field.value = "";
  } });
  return [button(text("Import"), () => field.click()), field];
}

/** @param {File} file */
async function importFile(file) {
  try {
    const count = store.merge(await file.text());
    say(counted(count, "Imported %(number)s paper", "Imported %(number)s papers"));
    await start();
  } catch (error) {
    const advice = text("This file isn’t JSON. Choose a file that was exported here.");
    say(error instanceof SyntaxError ? advice : /** @type {Error} */ (error).message);
  }
}

function clear() {
  const question = text("Delete all stars, read marks, and notes? To keep a copy, export first.");
  if (!confirm(question)) return;
  store.clear();
  facts.clear();
  draw();
  say(text("All marks were deleted."));
}

/**
 * Joins the references of papers in a text format.
 * @param {"bibtex" | "ris"} form
 * @returns {(papers: SavedPaper[]) => string}
 */
const inLines = (form) => (known) => `${known.map((paper) => paper[form].trim()).join("\n\n")}\n`;

/** @param {SavedPaper[]} known */
const inJson = (known) => `${JSON.stringify(known.map(({ csl }) => csl), null, 2)}\n`;

const BIBTEX = "application/x-bibtex";
const CSL = "application/vnd.citationstyles.csl+json";
const RIS = "application/x-research-info-systems";
const controls = make("div", { class: "bs-saved__actions" },
  group(text("Cite starred papers"),
    button("BibTeX", () => giveReferences("starred.bib", BIBTEX, inLines("bibtex"))),
    button("RIS", () => giveReferences("starred.ris", RIS, inLines("ris"))),
    button("CSL-JSON", () => giveReferences("starred.json", CSL, inJson))),
  group(text("All your marks"),
    button(text("Export"), () => download("reading.json", "application/json", store.exported())),
    ...importer(),
    button(text("Clear all"), clear)));
const papers = make("div");

function draw() {
  const marks = store.marks();
  const cards = wanted().map((slug) => card(slug, marks[slug]));
  if (!cards.length) {
    const advice = text("Nothing is saved yet. To save a paper, select Star, or press s.");
    papers.replaceChildren(make("p", {}, advice));
    return;
  }
  const list = make("div", { class: "bs-list", "data-list": LISTS.saved }, ...cards);
  papers.replaceChildren(list);
  cards.forEach(equip);
  addFilters(list);
}

async function start() {
  try {
    /** @type {News} */
    const { shards } = await json(NEWS_FILE);
    await readFacts(wanted(), shards);
  } catch {
    say(text("The details of your papers can’t be loaded, so only titles are shown."));
  }
  draw();
}

const place = document.getElementById("bs-saved");
if (store.available) {
  place?.append(controls, papers);
  start();
} else place?.append(make("p", { class: "bs-tools__blocked", role: "status" }, store.blocked));
