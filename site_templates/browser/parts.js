/**
 * Long lists have several pages. A filter applies to all of them, so it needs the papers of the
 * other pages. Those are fetched from the pages themselves.
 */
import { slugOf } from "./rows.js";
import { page } from "./site.js";

const AT_ONCE = 4; // requests at a time, fewer than the six that browsers allow per host

/** A list, and the papers of all pages fetched so far. */
export class Parts {
  /**
   * @param {HTMLElement} list
   * @param {HTMLElement[]} own - the papers on this page
   */
  constructor(list, own) {
    const { part = "1", parts = "1", total = String(own.length) } = list.dataset;
    this.own = own;
    this.total = Number(total);
    this.isFirst = part === "1";
    this.numbers = Array.from({ length: Number(parts) }, (_, place) => place + 1);
    /** @type {Map<number, HTMLElement[]>} */
    this.known = new Map([[Number(part), own]]);
    /** @type {Promise<unknown> | null} */
    this.fetching = null;
  }

  /** The numbers of the pages that aren't fetched yet. */
  missing() {
    return this.numbers.filter((number) => !this.known.has(number));
  }

  /** Fetches the missing pages. Pages that fail stay missing until the next call. */
  async fetchAll() {
    const wanted = this.missing();
    this.fetching ??= Promise.all(Array.from({ length: AT_ONCE }, () => this.fetchSome(wanted)));
    await this.fetching;
    this.fetching = null;
  }

  /** @param {number[]} wanted - shared by those who fetch at the same time */
  async fetchSome(wanted) {
    for (let number = wanted.shift(); number; number = wanted.shift()) {
      try {
        this.known.set(number, await papersAt(this.address(number)));
      } catch {
        // The next call tries again.
      }
    }
  }

  /**
   * The first page has the list's own address, and the others are below it.
   * @param {number} number
   */
  address(number) {
    const base = new URL(this.isFirst ? "./" : "../", location.href.split(/[?#]/)[0]);
    return number === 1 ? base : new URL(`page-${number}/`, base);
  }

  /** All known papers in the order of the list, without duplicates from pages that have changed. */
  papers() {
    /** @type {Set<string>} */
    const seen = new Set();
    const isFirstMet = (/** @type {HTMLElement} */ paper) => {
      const slug = slugOf(paper);
      if (seen.has(slug) && !this.own.includes(paper)) return false;
      return seen.add(slug);
    };
    return this.numbers.flatMap((number) => this.known.get(number) ?? []).filter(isFirstMet);
  }
}

/** @param {URL} url */
async function papersAt(url) {
  const found = await page(url);
  /** @type {NodeListOf<HTMLElement>} */
  const papers = found.querySelectorAll(".bs-list > .bs-paper");
  return Array.from(papers, (paper) => {
    for (const link of paper.querySelectorAll("[href]")) { // relative to the other page
      link.setAttribute("href", new URL(link.getAttribute("href") ?? "", url).href);
    }
    return document.adoptNode(paper);
  });
}
