/** Turns words into the terms of the index, by the rules in analysis.py. */
import { LONGEST_JOIN, PLAIN, RULES, SPELLINGS } from "./contract.js";
import { porter } from "./porter.js";

/** @typedef {import("./contract.js").SearchAnalysis} SearchAnalysis */
/** @typedef {(word: string) => string} Stem */

/** @type {Record<string, string>} */
const plainLetters = PLAIN;
const PLAIN_LETTERS = new RegExp(`[${Object.keys(PLAIN).join("")}]`, "g");
const APOSTROPHE = new RegExp(RULES.apostrophe, "gu");
const COMPOUND = new RegExp(RULES.compound, "gu");
const PART = new RegExp(RULES.part, "gu");
const FIRST_PART = new RegExp(`^${RULES.part}`, "u");
const VERSIONED = new RegExp(RULES.versioned, "u");
const LETTER = new RegExp(RULES.letters, "u");
const LETTERED = new RegExp(RULES.lettered, "u");
const SHORT_NUMBER = new RegExp(RULES.number, "u");
const LAST_WORD = new RegExp(RULES.last, "u");
export const UNSPACED = new RegExp(RULES.unspaced, "gu");
/** @type {[RegExp, string][]} */
const AMERICAN = SPELLINGS.map(([pattern, spelled]) => [new RegExp(pattern), spelled]);
const ID = /[0-9]{4}\.[0-9]{4,5}/;

/**
 * The analyzer of an index.
 * @param {SearchAnalysis} analysis
 * @param {Stem} [stem] - from the module that `analysis.stemmer` names, if it names one
 */
export function analyzerOf(analysis, stem) {
  const known = analysis.stemmer === "english" ? english : (/** @type {string} */ word) => word;
  return new Analyzer(analysis, stem ?? known);
}

/** @param {string} word */
const english = (word) => porter(american(word));

/**
 * An English word in lowercase as Americans spell it.
 * @param {string} word
 */
function american(word) {
  const known = AMERICAN.find(([pattern]) => pattern.test(word));
  return known ? word.replace(...known) : word;
}

export class Analyzer {
  /**
   * @param {SearchAnalysis} analysis
   * @param {Stem} stem
   */
  constructor(analysis, stem) {
    this.analysis = analysis;
    this.stemOf = stem;
    this.stops = new Set(analysis.stops.split(" ").map(plain));
  }

  /**
   * The term for a word in lowercase.
   * @param {string} word
   */
  stem(word) {
    return plain(this.stemOf(word));
  }

  /** @param {string} word */
  isStopWord(word) {
    return this.stops.has(plain(word));
  }

  /**
   * The terms of a run of characters without white space, as the index has them.
   * @param {string} raw
   */
  terms(raw) {
    return this.pieces(raw).flatMap((piece) => this.isUnspaced(piece) ? bigrams(piece)
      : this.compounds(piece).flatMap((parts) => this.compoundWords(parts))
        .filter((word) => !this.isStopWord(word)).map((word) => this.stem(word)));
  }

  /**
   * "gpt4" for "GPT" before "4"; "" unless a short number follows a word directly.
   * @param {string} before
   * @param {string} raw
   */
  numberJoined(before, raw) {
    const first = this.prepared(this.pieces(raw)[0] ?? "");
    const last = this.prepared(this.pieces(before).at(-1) ?? "");
    const number = FIRST_PART.exec(first)?.[0] ?? "";
    const word = LAST_WORD.exec(last)?.[0];
    const isJoined = word && SHORT_NUMBER.test(number) && !this.isStopWord(word);
    return isJoined ? this.stem(word + number) : "";
  }

  /**
   * What a reader's word asks for: groups of words. A paper needs one word of each group.
   * "GPT-4" needs gpt4, which "GPT 4" gives too; "pre-training" needs (pre or pretraining) and
   * (training or pretraining). Words aren't stemmed.
   * @param {string} raw
   * @returns {string[][]}
   */
  asked(raw) {
    const id = ID.exec(raw);
    if (id) return [[id[0]]];
    return this.pieces(raw).flatMap((piece) => this.isUnspaced(piece) ? askedOfRun(piece)
      : this.compounds(piece).flatMap((parts) => this.askedOfCompound(parts)));
  }

  /**
   * Text in pieces: runs of scripts that need no spaces, and everything else.
   * @param {string} text
   */
  pieces(text) {
    if (!this.analysis.bigrams) return [text];
    return text.normalize("NFKC").replace(UNSPACED, " $& ").split(/\s+/).filter(Boolean);
  }

  /** @param {string} text */
  isUnspaced(text) {
    return this.analysis.bigrams && text.search(UNSPACED) === 0;
  }

  /**
   * The text as the stemmer of the language expects it.
   * @param {string} raw
   */
  prepared(raw) {
    return this.analysis.accents ? raw.normalize("NFKC").toLowerCase() : fold(raw);
  }

  /**
   * @param {string} text
   * @returns {string[][]}
   */
  compounds(text) {
    const compounds = this.prepared(text).match(COMPOUND) ?? [];
    return compounds.map((compound) => compound.match(PART) ?? []);
  }

  /** @param {string[]} parts */
  compoundWords(parts) {
    const words = parts.flatMap((part) => this.partWords(part));
    const joins = new Set([...this.numbered(parts), this.joined(parts)]);
    return [...words, ...joins].filter(Boolean);
  }

  /** @param {string} part */
  partWords(part) {
    const versioned = VERSIONED.exec(part);
    if (versioned) return [versioned[1]];
    const split = LETTERED.exec(part);
    return split ? [split[1], split[2], part] : [part];
  }

  /**
   * @param {string} word
   * @param {string} [number]
   */
  isNumbered(word, number) {
    return number !== undefined && LETTER.test(word) && SHORT_NUMBER.test(number);
  }

  /** @param {string[]} parts */
  numbered(parts) {
    return parts.slice(0, -1).map((word, n) =>
      this.isNumbered(word, parts[n + 1]) ? word + parts[n + 1] : "");
  }

  /**
   * The joined form of a compound; "" where it has none.
   * @param {string[]} parts
   */
  joined(parts) {
    const joined = parts.join("");
    const isCompound = parts.length > 1 && parts.length <= LONGEST_JOIN;
    return isCompound && /[a-z]/.test(joined) ? joined : "";
  }

  /** @param {string[]} parts */
  askedOfCompound(parts) {
    const joined = this.joined(parts);
    const groups = [];
    for (let n = 0; n < parts.length; n++) {
      if (this.isNumbered(parts[n], parts[n + 1])) {
        groups.push([parts[n] + parts[n + 1], joined]);
        n++;
      } else if (!this.isStopWord(parts[n])) {
        groups.push(...this.askedOfPart(parts[n]).map((words) => [...words, joined]));
      }
    }
    return groups.map((group) => [...new Set(group)].filter(Boolean));
  }

  /**
   * "CVPR2024" also finds "CVPR 2024", which the index doesn't join.
   * @param {string} part
   */
  askedOfPart(part) {
    const split = LETTERED.exec(part);
    if (!split || SHORT_NUMBER.test(split[2])) return [[part]];
    return [[split[1], part], [split[2], part]];
  }
}

/**
 * Each character of a run with the one after it, the last one alone.
 * @param {string} run
 */
export function bigrams(run) {
  const characters = Array.from(run);
  return characters.map((character, n) => character + (characters[n + 1] ?? ""));
}

/**
 * All pairs of neighbors; a single character is asked for itself.
 * @param {string} run
 */
function askedOfRun(run) {
  const pairs = bigrams(run);
  return (pairs.length > 1 ? pairs.slice(0, -1) : pairs).map((pair) => [pair]);
}

/**
 * `text` in lowercase and without accents.
 * @param {string} text
 */
function plain(text) {
  const lowered = text.toLowerCase();
  const unmarked = lowered.normalize("NFKD").replace(/\p{Mn}/gu, "").toLowerCase();
  return unmarked.replace(PLAIN_LETTERS, (letter) => plainLetters[letter]);
}

/**
 * `text` in lowercase, without accents and English apostrophes.
 * @param {string} text
 */
export const fold = (text) => plain(text).replace(APOSTROPHE, "");
