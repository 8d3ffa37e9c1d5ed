/**
 * A long list is on several pages. Filters and orders apply to all of it, so the papers of the
 * other pages are fetched then, from the pages themselves, and taken into the list.
 */
import { page } from "./site.js";

const AT_ONCE = 4; // as few requests at a time as browsers make of one host

/** A list and the papers of those of its pages that are known so far. */
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

  /** The numbers of the pages that haven't been fetched. */
  missing() {
    return this.numbers.filter((number) => !this.known.has(number));
  }

  /** Fetches what is missing. Pages that can't be had stay missing until the next call. */
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
        // Asked for again next time.
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

  /** All known papers in the order of the list. One that moved to another page is there once. */
  papers() {
    /** @type {Set<string | undefined>} */
    const seen = new Set();
    const isFirstMet = (/** @type {HTMLElement} */ paper) => {
      const { paper: slug } = paper.dataset;
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
    for (const link of paper.querySelectorAll("[href]")) { // written for another address
      link.setAttribute("href", new URL(link.getAttribute("href") ?? "", url).href);
    }
    return document.adoptNode(paper);
  });
}
