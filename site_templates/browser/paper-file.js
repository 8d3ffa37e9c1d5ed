/** What the file of a paper in the API gives to readers: its links and its reference. */
import { text } from "./words.js";

/** @import { SavedPaper } from "./contract.js" */

const NAMES = new Map([
  ["code", text("Code")], ["project", text("Project")], ["pdf", text("PDF")],
  ["data", text("Data")], ["demo", text("Demo")], ["video", text("Video")],
]);

/**
 * The address that a DOI leads to. What is encoded already stays.
 * @param {string} doi
 */
const doiAddress = (doi) => `https://doi.org/${encodeURI(doi)
  .replace(/%25(?=[\da-f]{2})/gi, "%")
  .replace(/[?#]/g, encodeURIComponent)}`;

/**
 * The names and addresses of a paper's links, in the order in which all pages show them.
 * @param {SavedPaper} paper
 * @returns {[name: string, address: string][]}
 */
export function linksOf({ arxiv, doi, links }) {
  /** @type {Map<string, string>} */
  const found = new Map();
  if (arxiv) {
    found.set("arXiv", `https://arxiv.org/abs/${arxiv}`);
    found.set(text("PDF"), `https://arxiv.org/pdf/${arxiv}`);
  }
  for (const [field, address] of Object.entries(links)) {
    const name = NAMES.get(field) ?? field;
    if (!found.has(name)) found.set(name, address);
  }
  if (doi) found.set("DOI", doiAddress(doi));
  return [...found];
}

/**
 * A reference for programs that keep abstracts. The file has the abstract only once.
 * @param {SavedPaper} paper
 */
export const cslOf = ({ abstract, citations: { csl } }) => abstract ? { ...csl, abstract } : csl;
