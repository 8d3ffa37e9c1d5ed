/** The page of saved papers: search, filters, references, export, import, and deletion. */
import { shownAuthors } from "./authors.js";
import { LISTS, MOVED_FILE, PAPERS_FOLDER } from "./contract.js";
import { dayOf, shownDate } from "./dates.js";
import { make } from "./dom.js";
import { addFilters } from "./lists.js";
import { inOrderOfSaving, isSaved } from "./marks.js";
import { cslOf, linksOf } from "./paper-file.js";
import { download, say } from "./reader.js";
import { risOf } from "./ris.js";
import { addressOf, json } from "./site.js";
import * as store from "./store.js";
import { equip } from "./tools.js";
import { counted, language, text } from "./words.js";

/** @import { SavedPaper } from "./contract.js" */
/** @import { Mark } from "./marks.js" */

const AT_ONCE = 4; // requests at a time, fewer than the six that browsers allow per host

/** What is known of the papers that have marks. @type {Map<string, SavedPaper>} */
const facts = new Map();

/** The slugs of all papers with marks, the last saved one first. */
const wanted = () => inOrderOfSaving(store.marks());

/** Renames the marks of papers that have moved, and loads what the cards show. */
async function readFacts() {
  /** @type {Record<string, string>} */
  const moved = await json(MOVED_FILE);
  for (const slug of wanted().filter((one) => Object.hasOwn(moved, one))) {
    store.rename(slug, moved[slug]);
  }
  const missing = wanted().filter((slug) => !facts.has(slug));
  await Promise.all(Array.from({ length: AT_ONCE }, () => readSome(missing)));
}

/** @param {string[]} missing - shared by those who read at the same time */
async function readSome(missing) {
  for (let slug = missing.shift(); slug; slug = missing.shift()) {
    try {
      facts.set(slug, await json(`${PAPERS_FOLDER}/${slug}.json`));
    } catch {
      // Its card says so.
    }
  }
}

const GONE = text("The details of this paper can’t be loaded.");

/** What is missing in a file has no value. */
const EMPTY = { authors: [], tldr: "", links: { code: "" } };

/**
 * @param {string} slug
 * @param {Mark} mark
 */
function card(slug, mark) {
  const fact = facts.get(slug);
  const { note = "" } = mark;
  const { authors, tldr, links: { code } } = { ...EMPTY, ...fact };
  const title = fact ? titleOf(fact) : mark.title ?? slug;
  const attributes = {
    "data-paper": slug, "data-code": Boolean(code),
    "data-text": [title, ...authors, tldr, note].join(" ").toLowerCase(),
  };
  return make("article", { class: "bs-paper", ...attributes },
    make("h2", {}, make("a", { href: addressOf(`papers/${slug}/`) }, title)),
    authors.length > 0 && make("p", { class: "bs-authors" }, shownAuthors(authors)),
    tldr && make("p", { class: "bs-tldr" }, tldr),
    note && make("p", { class: "bs-saved__note" }, note),
    isSaved(mark) && make("p", { class: "bs-saved__when" }, savedWhen(mark)),
    fact ? lineOf(fact) : make("p", { class: "bs-saved__gone" }, GONE));
}

/** @param {Mark} mark */
function savedWhen({ saved, star }) {
  const day = saved ? dayOf(Date.parse(saved)) : star;
  return day ? text("Saved on %(day)s", { day: shownDate(day) }) : "";
}

/**
 * The title without its markup for formulas, which the reference has.
 * @param {SavedPaper} fact
 */
const titleOf = ({ citations }) => String(citations.csl.title);

/** @param {SavedPaper} fact */
function lineOf(fact) {
  const { published: date, topics } = fact;
  return make("p", { class: "bs-links" },
    date && make("time", { datetime: date }, shownDate(date)),
    ...linksOf(fact).map(([name, href]) => make("a", { href }, name)),
    ...topics.map(({ slug, name }) =>
      make("a", { class: "bs-topic", href: addressOf(`topics/${slug}/`) }, name)));
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
 * @param {(paper: SavedPaper) => string} of
 * @returns {(papers: SavedPaper[]) => string}
 */
const inLines = (of) => (known) => `${known.map((paper) => of(paper).trim()).join("\n\n")}\n`;

/** @param {SavedPaper} paper */
const bibtexOf = ({ citations }) => citations.bibtex;

/** @param {SavedPaper[]} known */
const inJson = (known) => `${JSON.stringify(known.map(cslOf), null, 2)}\n`;

const BIBTEX = "application/x-bibtex";
const CSL = "application/vnd.citationstyles.csl+json";
const RIS = "application/x-research-info-systems";
const controls = make("div", { class: "bs-saved__actions" },
  group(text("Cite starred papers"),
    button("BibTeX", () => giveReferences("starred.bib", BIBTEX, inLines(bibtexOf))),
    button("RIS", () => giveReferences("starred.ris", RIS, inLines(risOf))),
    button("CSL-JSON", () => giveReferences("starred.json", CSL, inJson))),
  group(text("All your marks"),
    button(text("Export"), () => download("reading.json", "application/json", store.exported())),
    ...importer(),
    button(text("Clear all"), clear)));
const papers = make("div");

/** Says beside the heading how many papers are saved. */
function showCount() {
  const number = Object.values(store.marks()).filter(isSaved).length;
  const shown = make("span", { class: "bs-count" }, number.toLocaleString(language));
  heading?.replaceChildren(...title, " ", shown);
}

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
    await readFacts();
  } catch {
    say(text("The details of your papers can’t be loaded, so only titles are shown."));
  }
  draw();
}

const place = document.getElementById("bs-saved");
const heading = document.querySelector("h1");
const title = Array.from(heading?.childNodes ?? []);
if (store.available) {
  store.onChange(showCount);
  showCount();
  place?.append(controls, papers);
  start();
} else place?.append(make("p", { class: "bs-tools__blocked", role: "status" }, store.blocked));
