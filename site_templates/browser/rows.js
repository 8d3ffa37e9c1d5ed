/** What lists say about their papers. Attributes that repeat it would be a fifth of a list. */

/**
 * The slug of a paper: the last part of the address to which its heading leads.
 * @param {HTMLElement} paper
 */
export function slugOf(paper) {
  /** @type {HTMLAnchorElement | null} */
  const link = paper.querySelector(":is(h2, h3, h4) a[href]");
  return paper.dataset.paper ??= link ? lastOf(link.pathname) : "";
}

/**
 * When a paper was published, such as "2024-05".
 * @param {HTMLElement} paper
 */
export const dateOf = (paper) =>
  paper.querySelector(".bs-links time")?.getAttribute("datetime") ?? "";

/**
 * The slugs of a paper's topics.
 * @param {HTMLElement} paper
 */
export function topicsOf(paper) {
  /** @type {NodeListOf<HTMLAnchorElement>} */
  const links = paper.querySelectorAll(".bs-links .bs-topic");
  return Array.from(links, ({ pathname }) => lastOf(pathname));
}

/** @param {string} path - ends with "/" */
const lastOf = (path) => decodeURIComponent(path.split("/").at(-2) ?? "");
