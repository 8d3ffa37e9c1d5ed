/** Marks what a query asks for. Titles come from strangers, so text never becomes HTML. */
import { make } from "../dom.js";
import { UNSPACED, bigrams, fold } from "./analysis.js";
import { termsOf } from "./clauses.js";
import { hasPhrase } from "./query.js";

/** @typedef {import("./analysis.js").Analyzer} Analyzer */
/** @typedef {import("./ask.js").Answer} Answer */

/** @typedef {{analyzer: Analyzer, terms: Set<string>, prefixes: string[]}} Wanted */
/** @typedef {[from: number, to: number]} Span */

const RUN = /[\p{L}\p{N}\p{M}'’.*^&\u2010\u2013-]+/gu;
const WORD = /[\p{L}\p{N}\p{M}'’]+(?:\.[0-9][\p{L}\p{N}]*)*/gu;
const SNIPPET_WORDS = 34;
const BEFORE_PHRASE = 12;

/**
 * What to highlight in texts: terms and beginnings of words.
 * @param {Answer} answer
 * @param {Analyzer} analyzer
 * @returns {Wanted}
 */
export function wantedOf({ query, instead }, analyzer) {
  const words = query.words.filter(({ excluded }) => !excluded);
  return {
    analyzer,
    terms: new Set([...words.flatMap(termsOf), ...instead]),
    prefixes: words.map(({ prefix }) => prefix).filter(Boolean),
  };
}

/**
 * `content` with what is wanted in <mark>.
 * @param {string} content
 * @param {Wanted} wanted
 */
export function marked(content, wanted) {
  const made = document.createDocumentFragment();
  let end = 0;
  for (const [from, to] of spans(content, wanted)) {
    made.append(content.slice(end, from), make("mark", {}, content.slice(from, to)));
    end = to;
  }
  made.append(content.slice(end));
  return made;
}

/**
 * Where the wanted words of `content` are.
 * @param {string} content
 * @param {Wanted} wanted
 * @returns {Span[]}
 */
export function spans(content, wanted) {
  if (!wanted.analyzer.analysis.bigrams) return wordSpans(content, 0, wanted);
  const found = [];
  let end = 0;
  for (const run of content.matchAll(UNSPACED)) {
    found.push(...wordSpans(content.slice(end, run.index), end, wanted));
    found.push(...runSpans(run[0], run.index, wanted));
    end = run.index + run[0].length;
  }
  return [...found, ...wordSpans(content.slice(end), end, wanted)];
}

/**
 * A compound counts as a whole when its joined form was asked for.
 * @param {string} content
 * @param {number} offset - added to all places
 * @param {Wanted} wanted
 * @returns {Span[]}
 */
function wordSpans(content, offset, wanted) {
  return Array.from(content.matchAll(RUN)).flatMap((run) => {
    const words = Array.from(run[0].matchAll(WORD));
    const start = offset + run.index;
    const parts = words.filter((word) => isWanted(word[0], wanted));
    const isWhole = !parts.length && words.length > 1 && isWanted(run[0], wanted);
    return isWhole ? [spanOf(words[0], words[words.length - 1], start)]
      : parts.map((part) => spanOf(part, part, start));
  });
}

/**
 * From the beginning of one match to the end of another.
 * @param {RegExpMatchArray} first
 * @param {RegExpMatchArray} last
 * @param {number} offset
 * @returns {Span}
 */
const spanOf = ({ index = 0 }, last, offset) =>
  [offset + index, offset + (last.index ?? 0) + last[0].length];

/**
 * Neighboring characters that were asked for, as few spans.
 * @param {string} run
 * @param {number} offset
 * @param {Wanted} wanted
 */
function runSpans(run, offset, wanted) {
  /** @type {Span[]} */
  const found = [];
  let place = offset;
  for (const pair of bigrams(run)) {
    const [character] = pair;
    const last = found.at(-1);
    if (wanted.terms.has(pair)) {
      if (last && last[1] >= place) last[1] = place + pair.length;
      else found.push([place, place + pair.length]);
    } else if (wanted.prefixes.includes(character) && (last?.[1] ?? 0) <= place) {
      found.push([place, place + character.length]);
    }
    place += character.length;
  }
  return found;
}

/**
 * @param {string} word
 * @param {Wanted} wanted
 */
function isWanted(word, { analyzer, terms, prefixes }) {
  const folded = fold(word);
  return analyzer.terms(word).some((term) => terms.has(term)) ||
    prefixes.some((prefix) => folded.startsWith(prefix));
}

/**
 * The words around the first place where `content` has the phrase; "" when it has not.
 * @param {string} content
 * @param {string} words - as `phraseWords` has them
 * @param {Analyzer} analyzer
 */
export function around(content, words, analyzer) {
  const all = content.split(/\s+/);
  const span = words.split(" ").length + 2;
  for (let n = 1; n <= all.length; n++) {
    const near = all.slice(Math.max(0, n - span), n).join(" ");
    if (!hasPhrase(near, words, analyzer)) continue;
    const start = Math.max(0, n - span - BEFORE_PHRASE);
    const end = start + SNIPPET_WORDS;
    return (start ? "… " : "") + all.slice(start, end).join(" ") + (end < all.length ? " …" : "");
  }
  return "";
}
