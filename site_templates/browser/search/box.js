/** The search box of every page. It loads the rest of search when it gets the focus. */
import { make } from "../dom.js";
import { onKey } from "../shortcuts.js";
import { addressOf } from "../site.js";
import { text } from "../words.js";

/** @typedef {typeof import("./engine.js")} Engine */
/** @typedef {{input: HTMLInputElement, list: HTMLElement, status: HTMLElement}} Parts */

// Without scripts, the box is a plain field, so pages don't have these.
const INPUT = {
  "role": "combobox", "aria-autocomplete": "list", "aria-expanded": "false",
  "aria-controls": "bs-search-list",
};
const LIST = {
  "class": "bs-search__list", "id": "bs-search-list", "role": "listbox",
  "aria-label": text("Papers"), "hidden": true,
};
const STATUS = { "class": "bs-search__status", "role": "status", "aria-live": "polite" };

/** @type {Promise<Engine> | null} */
let loaded = null;

/** Loads the scripts of search and, at the same time, the table of the index. */
function engine() {
  if (!loaded) {
    const table = fetch(addressOf("search/index/table.json"), { cache: "no-cache" });
    table.catch(() => {}); // the first query reports it
    loaded = import("./engine.js").then((found) => {
      found.start(table);
      return found;
    });
    loaded.catch(() => (loaded = null));
  }
  return loaded;
}

/** @param {HTMLFormElement} form */
function prepare(form) {
  const input = /** @type {HTMLInputElement} */ (form.querySelector("input[name=q]"));
  const list = make("div", LIST);
  const status = make("p", STATUS);
  form.append(list, status);
  Object.entries(INPUT).forEach(([name, value]) => input.setAttribute(name, value));
  const parts = { input, list, status };
  input.addEventListener("focus", () => begin(form, parts, input.value), { once: true });
}

/**
 * Loads what answers, and tries again with the next letter if that fails.
 * @param {HTMLFormElement} form
 * @param {Parts} parts
 * @param {string} before - what the field had before the reader typed
 */
async function begin(form, parts, before) {
  const { input, status } = parts;
  try {
    const { Choices } = await engine();
    const choices = new Choices(form, parts);
    status.textContent = "";
    if (document.activeElement === input && input.value !== before) choices.typed();
  } catch {
    if (input.value.trim()) status.textContent = text("Search can’t be loaded. Try again.");
    input.addEventListener("input", () => begin(form, parts, ""), { once: true });
  }
}

/** @type {NodeListOf<HTMLFormElement>} */
const boxes = document.querySelectorAll("form[data-broadsheet-search]");
boxes.forEach(prepare);

onKey("/", () => {
  /** @type {HTMLInputElement | null} */
  const input = document.querySelector("#broadsheet-search input[type=search]") ??
    document.querySelector("[data-broadsheet-search] input[name=q]");
  input?.focus();
  input?.select();
});
