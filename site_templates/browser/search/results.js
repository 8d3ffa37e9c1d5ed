/** Shows papers in search, and sums up what was found. */
import { shownAuthors } from "../authors.js";
import { searchResult } from "./contract.js";
import { shownDate } from "../dates.js";
import { make } from "../dom.js";
import { addressOf } from "../site.js";
import { equip } from "../tools.js";
import { counted, listed, quoted, text } from "../words.js";
import { marked } from "./highlight.js";

/** @typedef {import("./ask.js").Answer} Answer */
/** @typedef {import("./highlight.js").Wanted} Wanted */
/** @typedef {import("./index.js").SearchIndex} SearchIndex */
/** @typedef {import("./contract.js").SearchResult} SearchResult */

const MOST_INSTEAD = 4;

/** @param {SearchResult} result */
const urlOf = ({ address }) =>
  addressOf(address.startsWith("/") ? address.slice(1) : `papers/${address}/`);

/** @param {SearchResult} result */
const namesOf = ({ authors, others }) => shownAuthors(authors, others);

/**
 * A paper below the search box.
 * @param {any[]} row
 * @param {number} place
 * @param {Wanted} wanted
 */
export function suggestion(row, place, wanted) {
  const result = searchResult(row);
  const about = [namesOf(result), result.published && shownDate(result.published)];
  return option(place, urlOf(result),
    make("span", { class: "bs-search__title" }, marked(result.title, wanted), ...markOf(result)),
    make("span", { class: "bs-search__about" }, about.filter(Boolean).join(" · ")));
}

/**
 * A word beside the title of a paper that was withdrawn.
 * @param {SearchResult} result
 */
const markOf = ({ withdrawn }) => withdrawn > 0
  ? [" ", make("span", { class: "bs-mark bs-mark--withdrawn" }, text("Withdrawn"))] : [];

/**
 * A choice of the search box.
 * @param {number} place
 * @param {string} href
 * @param {...import("../dom.js").Child} children
 */
export function option(place, href, ...children) {
  return make("a", {
    role: "option", id: `bs-search-option-${place}`, href, tabindex: -1, "aria-selected": "false",
    class: "bs-search__option",
  }, ...children);
}

/**
 * A paper on the page of search.
 * @param {SearchIndex} index
 * @param {any[]} row
 * @param {Wanted} wanted
 * @param {string} passage - of its text, shown instead of its lead unless it's ""
 */
export function resultItem(index, row, wanted, passage) {
  const result = searchResult(row);
  const { address, title } = result;
  const names = namesOf(result);
  const lead = passage || result.lead;
  const paper = address.startsWith("/") ? false : address;
  const article = make("article", { class: "bs-paper", "data-paper": paper },
    make("h2", {}, make("a", { href: urlOf(result) }, marked(title, wanted)),
      ...markOf(result)),
    names && make("p", { class: "bs-authors" }, marked(names, wanted)),
    lead && make("p", { class: "bs-tldr" }, marked(lead, wanted)),
    make("p", { class: "bs-links" }, ...links(index, result)));
  if (paper) equip(article);
  return make("li", {}, article);
}

/**
 * @param {SearchIndex} index
 * @param {SearchResult} result
 */
function links({ table }, { published, arxiv, weeks, code, topics }) {
  return [
    published && make("time", { datetime: published }, shownDate(published)),
    arxiv && make("a", { href: `https://arxiv.org/abs/${arxiv}` }, "arXiv"),
    arxiv && make("a", { href: `https://arxiv.org/pdf/${arxiv}` }, "PDF"),
    ...weeks.map((week) => make("a", { href: addressOf(`weeks/${week}/`) }, week)),
    code > 0 && make("span", {}, text("Has code")),
    ...topics.map((place) => {
      const [slug, name] = table.topics[place];
      return make("a", { href: addressOf(`topics/${slug}/`), class: "bs-topic" }, name);
    }),
  ];
}

/**
 * What was found, in a sentence.
 * @param {Answer} answer
 * @param {number} count - how many papers are shown, after facets
 */
export function summary({ mode, instead, unchecked }, count) {
  if (!count) return text("No papers found.");
  if (mode === "spelled") {
    const words = listed(instead.slice(0, MOST_INSTEAD).map((word) => quoted(`${word}…`)));
    return counted(count,
      "No paper has exactly these words. %(number)s paper has similar words: %(words)s.",
      "No paper has exactly these words. %(number)s papers have similar words: %(words)s.",
      { words });
  }
  if (mode === "some") {
    return counted(count,
      "No paper has all of these words. %(number)s paper has some of them.",
      "No paper has all of these words. %(number)s papers have some of them.");
  }
  return unchecked ? counted(count, "At least %(number)s paper", "At least %(number)s papers")
    : counted(count, "%(number)s paper", "%(number)s papers");
}
