/** Filters the list of authors. Those on its other pages are fetched when a reader types. */
import { make } from "./dom.js";
import { matching } from "./name-filter.js";
import { page } from "./site.js";
import { counted, text } from "./words.js";

/** @typedef {{name: string, line: HTMLElement}} Author */

/**
 * @param {ParentNode} list
 * @returns {Author[]}
 */
const authorsIn = (list) =>
  Array.from(/** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll(".bs-names li")),
    (line) => ({ name: line.querySelector("a")?.textContent ?? "", line }));

/**
 * The addresses of all pages of the list, which has some pages below its own.
 * @param {number} here - the number of this page
 * @param {number} count
 */
function addresses(here, count) {
  const base = new URL(here === 1 ? "./" : "../", location.href.split(/[?#]/)[0]);
  return Array.from({ length: count }, (_, n) => n ? new URL(`page-${n + 1}/`, base) : base);
}

class Names {
  /** @param {HTMLElement} list */
  constructor(list) {
    this.list = list;
    this.here = Number(list.dataset.part);
    this.count = Number(list.dataset.parts);
    this.own = authorsIn(document);
    /** @type {Promise<Author[]> | null} */
    this.all = null;
    this.input = make("input", {
      type: "search", name: "q", autocomplete: "off", oninput: () => this.changed(),
    });
    this.status = make("p", { class: "bs-filter__count", role: "status" });
    this.found = make("ul", { class: "bs-months", hidden: true });
  }

  start() {
    const label = make("label", { class: "bs-filter__search" },
      make("span", {}, text("Filter by name")), this.input);
    this.list.before(
      make("div", { class: "bs-filter bs-names-filter" }, label, this.status),
      this.found);
    this.input.value = new URL(location.href).searchParams.get("q") ?? "";
    if (this.input.value) this.show();
  }

  changed() {
    const address = new URL(location.href);
    const asked = this.input.value.trim();
    if (asked) address.searchParams.set("q", asked);
    else address.searchParams.delete("q");
    history.replaceState(history.state, "", address);
    return this.show();
  }

  async show() {
    const asked = this.input.value.trim();
    this.list.hidden = Boolean(asked);
    this.found.hidden = !asked;
    this.status.textContent = "";
    if (!asked) return;
    const all = await (this.all ??= this.read());
    if (asked !== this.input.value.trim()) return; // typed on meanwhile
    const found = matching(all, asked);
    this.found.replaceChildren(...found.map(({ line }) => line.cloneNode(true)));
    this.status.textContent = found.length
      ? counted(found.length, "%(number)s author", "%(number)s authors")
      : text("No author of several papers has this name.");
  }

  /** The authors of all pages. Pages that can't be read are left out. */
  async read() {
    const pages = addresses(this.here, this.count).map(async (address, n) => {
      if (n + 1 === this.here) return this.own;
      try {
        const found = authorsIn(await page(address));
        for (const { line } of found) {
          const link = line.querySelector("a");
          link?.setAttribute("href", new URL(link.getAttribute("href") ?? "", address).href);
        }
        return found;
      } catch {
        return [];
      }
    });
    return (await Promise.all(pages)).flat();
  }
}

/** @type {HTMLElement | null} */
const list = document.querySelector(".bs-names");
if (list) new Names(list).start();
