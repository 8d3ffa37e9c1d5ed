/** Addresses of the site, and requests for its files. */
import { parsedPage } from "./trust.js";

/** The address of the front page, which may be below the root of its host. */
export const root = new URL("../../", import.meta.url);

/** The prefix of this site's keys in the browser's storage. early.js sets it. */
export const scope = /** @type {URL} */ (Reflect.get(globalThis, "__md_scope") ?? root).pathname;

/**
 * The address of a page or file of the site.
 * @param {string} path - relative to the front page
 */
export const addressOf = (path) => new URL(path, root).href;

/**
 * @param {string | URL} address
 * @throws {Error} when there's no connection, or no such file
 */
export async function fetched(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address} can’t be read (${answer.status})`);
  return answer;
}

/**
 * Fetches a JSON file of the site.
 * @param {string} path - relative to the front page
 * @returns {Promise<any>}
 * @throws {Error} when it can't be read
 */
export const json = async (path) => (await fetched(addressOf(path))).json();

/**
 * Fetches and parses a page.
 * @param {string | URL} address
 * @throws {Error} when it can't be read
 */
export async function page(address) {
  const content = await (await fetched(address)).text();
  return parsedPage(content);
}
