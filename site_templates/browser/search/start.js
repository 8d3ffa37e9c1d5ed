/** Opens the index of this site, and explains why it can't be read. */
import { root } from "../site.js";
import { text } from "../words.js";
import { Gone } from "./packing.js";
import { partOf } from "./parts.js";
import { SearchIndex } from "./index.js";

const folder = new URL("search/index/", root);

/** The host didn't answer. */
class Unreachable extends Error {}

/** @type {SearchIndex | null} */
let started = null;

/**
 * The response for the table, if it was requested before these modules were loaded.
 * @type {Promise<Response> | undefined}
 */
let early;

/**
 * @param {string} path
 * @param {boolean} fresh
 */
async function read(path, fresh) {
  const asked = path === "table.json" ? table(fresh) : fetch(new URL(path, folder));
  const answer = await reached(asked, path);
  if (!answer.ok) throw new Gone(`${path}: ${answer.status}`);
  return reached(answer.arrayBuffer(), path);
}

/** @param {boolean} fresh - past all caches */
function table(fresh) {
  const answer = early;
  early = undefined;
  return answer ?? fetch(new URL("table.json", folder), { cache: fresh ? "reload" : "no-cache" });
}

/**
 * @param {string} path
 * @param {number} from
 * @param {number} to
 */
const part = (path, from, to) => partOf(new URL(path, folder), from, to, () => read(path, false));

/** @param {string} path */
const load = (path) => reached(import(new URL(path, folder).href), path);

/**
 * @template Result
 * @param {Promise<Result>} promise
 * @param {string} path
 * @returns {Promise<Result>}
 */
const reached = (promise, path) => promise.catch(() => Promise.reject(new Unreachable(path)));

/**
 * The index, whose table is being read.
 * @param {Promise<Response>} [answer] - for the table, if it was requested already
 */
export function start(answer) {
  if (!started) early = answer;
  started ??= new SearchIndex({ read, part, load });
  started.open().catch(() => {}); // the first query tries again and reports it
  return started;
}

/**
 * Tells the reader what went wrong, and reports it as an error if it's a defect of ours.
 * @param {unknown} error
 * @param {(said: string) => void} say
 */
export function explain(error, say) {
  say(location.protocol === "file:"
    ? text("Search works only on a web server, not in pages that are opened as files.")
    : text("The search index can’t be loaded. Try again."));
  if (!(error instanceof Unreachable || error instanceof Gone)) reportError(error);
}
