/** RIS, a format of reference managers, made from CSL-JSON. */
import { RIS_TYPES } from "./contract.js";

/** @import { SavedPaper } from "./contract.js" */

/**
 * A reference with its abstract. Without one, it is what `citations/ris.py` writes.
 * @param {SavedPaper} paper
 */
export function risOf({ abstract, citations: { csl } }) {
  /** @type {number[]} */
  const date = csl.issued?.["date-parts"][0] ?? [];
  const day = date.map((part) => String(part).padStart(2, "0")).join("/");
  /** @type {[tag: string, values: unknown[]][]} */
  const fields = [
    ["TY", [RIS_TYPES[/** @type {keyof typeof RIS_TYPES} */ (csl.type)]]],
    ["ID", [csl.id]], ["TI", [csl.title]], ["AU", (csl.author ?? []).map(nameOf)],
    ["PY", [date[0]]], ["DA", [date.length > 1 && day]], ["T2", [csl["container-title"]]],
    ["VL", [csl.volume]], ["IS", [csl.issue]], ["SP", [csl.page]], ["PB", [csl.publisher]],
    ["AN", [csl.number ?? csl.archive_location]], ["DO", [csl.DOI]], ["UR", [csl.URL]],
    ["N1", [csl.note]], ["AB", [abstract]],
  ];
  const lines = fields.flatMap(([tag, values]) => values.filter(Boolean)
    .map((value) => `${tag}  - ${String(value).replace(/\s+/g, " ").trim()}\n`));
  return `${lines.join("")}ER  - \n\n`;
}

/** @param {Record<string, string>} author - in CSL-JSON */
function nameOf({ literal, family, given, suffix, "non-dropping-particle": particle }) {
  const last = [particle, family].filter(Boolean).join(" ");
  return literal ?? [last, given, suffix].filter(Boolean).join(", ");
}
