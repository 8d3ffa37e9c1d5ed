/**
 * Everything that answers queries. It also imports what these modules import, so that a browser
 * fetches all of them at once.
 */
import "../authors.js";
import "../contract.js";
import "../dates.js";
import "../dom.js";
import "./analysis.js";
import "./ask.js";
import "./clauses.js";
import "./contract.js";
import "./expand.js";
import "./highlight.js";
import "./index.js";
import "./porter.js";
import "./query.js";
import "./packing.js";
import "./parts.js";
import "./rank.js";
import "./results.js";
import "./titles.js";

export { Choices } from "./choices.js";
export { start } from "./start.js";
