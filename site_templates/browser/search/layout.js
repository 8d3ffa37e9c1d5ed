/** The parts of the page of search. */
import { make } from "../dom.js";
import { addressOf } from "../site.js";
import { text } from "../words.js";

/** @typedef {ReturnType<typeof layout>} Parts */

const TIPS = [
  ["attention sparse", text("Papers with both words")],
  ["\"chain of thought\"", text("An exact phrase")],
  ["retrieval -survey", text("Leave out papers with a word")],
  ["title:agents author:li", text("Search one field: title, author, topic, or id")],
  ["year:2023..2024 week:2024-W12", text("Papers from these years, or from one week’s issue")],
  ["2406.04520", text("An arXiv ID, with or without its version")],
];
/** Where there is room for filters beside the results, and for the tips. */
export const WIDE = "(min-width: 60em)";

/**
 * Puts the parts into the page.
 * @param {HTMLElement} place
 */
export function layout(place) {
  const search = searchForm();
  const tools = toolRow();
  const found = results();
  const status = make("p", { role: "status", "aria-live": "polite", class: "bs-find__status" });
  const notices = make("div", { class: "bs-find__notices" });
  const chosen = make("div", { class: "bs-find__chosen" });
  const facets = make("div", { class: "bs-find__facets" });
  const filters = make("details", {
    class: "bs-find__filters", hidden: true, open: window.matchMedia(WIDE).matches,
  }, make("summary", {}, text("Filters")), facets);
  const page = make("div", { class: "bs-find" },
    search.form, status, notices, found.nothing, search.tips, chosen, tools.bar,
    make("div", { class: "bs-find__body" }, filters, found.found));
  place.replaceChildren(page);
  return { root: page, ...search, status, notices, chosen, facets, filters, ...tools, ...found };
}

function searchForm() {
  const input = make("input", {
    type: "search", id: "bs-find-input", name: "q", autocomplete: "off", autocapitalize: "off",
    spellcheck: "false", enterkeyhint: "search", class: "bs-find__input",
  });
  const form = make("form", {
    role: "search", "aria-label": text("All papers"), class: "bs-find__form",
  }, make("label", { for: input.id }, text("Search titles, authors, abstracts, and IDs")), input);
  const tips = make("details", { class: "bs-find__tips" }, make("summary", {}, text("Search tips")),
    make("dl", {}, ...TIPS.flatMap(([asked, meaning]) => [
      make("dt", {}, make("code", {}, asked)), make("dd", {}, meaning),
    ])));
  return { form, input, tips };
}

function toolRow() {
  const sort = make("select", { id: "bs-find-sort" },
    make("option", { value: "" }, text("Relevance")),
    make("option", { value: "date" }, text("Newest first")));
  const copy = make("button", { type: "button", class: "bs-find__plain" },
    text("Copy link to this search"));
  const copied = make("span", { role: "status", class: "bs-find__copied" });
  const feed = make("a", {
    class: "bs-find__feed", hidden: true, href: addressOf("feeds/"),
  }, text("Feed"));
  const bar = make("div", { class: "bs-find__tools", hidden: true },
    make("label", { for: "bs-find-sort" }, text("Sort by")), sort, copy, copied, feed);
  return { bar, sort, copy, copied, feed };
}

function results() {
  const list = make("ol", { class: "bs-find__results" });
  const alsoList = make("ol", { class: "bs-find__results" });
  const also = make("section", { hidden: true, class: "bs-find__also" },
    make("p", { class: "bs-find__status" }, text("Papers with only some of the words")), alsoList);
  const nothing = make("section", { hidden: true, class: "bs-find__nothing" });
  const more = moreButton(text("Show more papers"));
  const check = moreButton(text("Check more papers for the phrase"));
  const found = make("div", { class: "bs-find__found" }, list, also, more, check);
  return { found, list, nothing, also, alsoList, more, check };
}

/** @param {string} label */
const moreButton = (label) =>
  make("button", { type: "button", class: "bs-find__more", hidden: true }, label);
