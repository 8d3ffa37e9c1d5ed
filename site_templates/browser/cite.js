/** Copies the citations of a list; copies and downloads the citation of a paper. */
import { make } from "./dom.js";
import { copy, download, say } from "./reader.js";
import { cslOf } from "./paper-file.js";
import { risOf } from "./ris.js";
import { fetched } from "./site.js";
import { text } from "./words.js";

/** @import { SavedPaper } from "./contract.js" */

/** @type {[name: string, ending: string, type: string, of: (paper: SavedPaper) => string][]} */
const FORMS = [
  ["BibTeX", "bib", "application/x-bibtex", ({ citations }) => citations.bibtex],
  ["RIS", "ris", "application/x-research-info-systems", risOf],
  ["CSL-JSON", "csl.json", "application/vnd.citationstyles.csl+json",
    (paper) => `${JSON.stringify([cslOf(paper)], null, 1)}\n`],
];

/**
 * @param {string} label
 * @param {() => unknown} onclick
 * @param {string} [name] - for those who don't see what the button stands beside
 */
function button(label, onclick, name) {
  return make("button", { type: "button", class: "bs-plain", "aria-label": name, onclick }, label);
}

/** @param {string} address - of a list's BibTeX file */
async function copyFile(address) {
  try {
    copy(await (await fetched(address)).text(), text("Copied"));
  } catch {
    say(text("The citations can’t be loaded. Are you offline?"));
  }
}

/**
 * Adds download buttons after the link to the paper's JSON, so nothing on the page moves.
 * @param {HTMLAnchorElement} link
 */
function addDownloads(link) {
  for (const [name, ending, type, of] of FORMS) {
    link.parentElement?.append(" ", button(name, async () => {
      try {
        /** @type {SavedPaper} */
        const paper = await (await fetched(link.href)).json();
        download(`${paper.citations.key}.${ending}`, type, of(paper));
      } catch {
        say(text("The citation can’t be loaded. Are you offline?"));
      }
    }));
  }
}

/** @param {Element} style - the name of a style; the reference comes after it */
function addCopy(style) {
  const reference = style.nextElementSibling?.textContent ?? "";
  const name = text("Copy %(style)s", { style: style.textContent ?? "" });
  style.append(" ", button(text("Copy"), () => copy(reference, text("Copied")), name));
}

for (const one of document.querySelectorAll(".bs-takeaway [data-copy]")) {
  const file = one.parentElement?.querySelector("a");
  if (file) one.addEventListener("click", () => copyFile(file.href));
}
/** @type {HTMLAnchorElement | null} */
const record = document.querySelector(".bs-cite .bs-downloads a");
if (record) addDownloads(record);
document.querySelectorAll(".bs-cite .bs-style").forEach(addCopy);
