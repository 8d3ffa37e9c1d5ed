/**
 * Everything that answers queries. It also imports what these modules import, so that a browser
 * fetches all of them at once.
 */
import "../authors.js";
import "../contract.js";
import "../dates.js";
import "../dom.js";
import "./analysis.js";
import "./clauses.js";
import "./contract.js";
import "./expand.js";
import "./filters.js";
import "./index.js";
import "./names.js";
import "./phrases.js";
import "./porter.js";
import "./query.js";
import "./packing.js";
import "./parts.js";
import "./rank.js";

export { alsoFound, ask, askBoth, first } from "./ask.js";
export { wantedOf } from "./highlight.js";
export { option, suggestion, summary } from "./results.js";
export { explain, start } from "./start.js";
export { LOOKED_AT, exactFirst } from "./titles.js";
