/** Parses what a reader types into words, phrases, exclusions, fields and filters. */
import { text } from "../words.js";
import { fold } from "./analysis.js";

/** @typedef {import("./analysis.js").Analyzer} Analyzer */
/** @typedef {import("./contract.js").SearchedField} SearchedField */

/**
 * A word. `groups` are terms, and a paper needs one of each group. `spelled` are the same groups as
 * the reader spelled them. `joined` is a term that improves the score, or "". `prefix` is the
 * beginning of an unfinished word, or "". `fields` are places of fields, or null for all.
 * @typedef {object} Word
 * @property {string[][]} groups
 * @property {string[][]} spelled
 * @property {string} joined
 * @property {string} prefix
 * @property {number[] | null} fields
 * @property {boolean} excluded
 */

/** @typedef {{words: string, text: string, field: string, excluded: boolean}} Phrase */
/** @typedef {{kind: "year" | "week", from: string, to: string, excluded: boolean}} Filter */

/**
 * A parsed query. `notices` say what could not be understood. `isUnfinished` means that the last
 * word is still being typed.
 * @typedef {object} Query
 * @property {Word[]} words
 * @property {Phrase[]} phrases
 * @property {Filter[]} filters
 * @property {string[]} notices
 * @property {boolean} isUnfinished
 */

/** @typedef {{field: string, excluded: boolean, unfinished?: boolean, before?: string}} How */

const WEEK = /^\d{4}-W\d{2}$/i;
const YEAR = /^\d{4}$/;
const SHORTEST_PREFIX = 3;

/**
 * @param {string} typed
 * @param {boolean} typing - whether the last word may go on
 * @param {Analyzer} analyzer
 * @param {readonly SearchedField[]} fields
 */
export function parse(typed, typing, analyzer, fields) {
  return new Parser(analyzer, fields).parse(typed, typing && !/\s$/.test(typed));
}

class Parser {
  /**
   * @param {Analyzer} analyzer
   * @param {readonly SearchedField[]} fields
   */
  constructor(analyzer, fields) {
    const names = [...fields.flatMap(({ asked }) => asked), "year", "week"].join("|");
    this.analyzer = analyzer;
    this.fields = fields;
    this.piece = new RegExp(`(-?)(?:(${names}):)?(?:"([^"]*)("|$)|(\\S+))`, "gi");
    this.bareName = new RegExp(`^-?(?:${names}):$`, "i");
    /** @type {Query} */
    this.query = { words: [], phrases: [], filters: [], notices: [], isUnfinished: false };
  }

  /**
   * @param {string} typed
   * @param {boolean} isUnfinished
   */
  parse(typed, isUnfinished) {
    const pieces = Array.from(typed.matchAll(this.piece));
    this.query.isUnfinished = isUnfinished;
    pieces.forEach((piece, n) => {
      this.add(piece, isUnfinished && n === pieces.length - 1, pieces[n - 1]);
    });
    return this.query;
  }

  /**
   * @param {string[]} piece
   * @param {boolean} unfinished
   * @param {string[]} [before]
   */
  add([, sign, name, quoted, , word], unfinished, before) {
    const field = (name ?? "").toLowerCase();
    const excluded = sign === "-";
    const value = quoted ?? word;
    const filter = field || (WEEK.test(value) ? "week" : "");
    if (filter === "year" || filter === "week") this.addFilter(filter, value, excluded);
    else if (quoted !== undefined) this.addQuoted(quoted, { field, excluded });
    else if (!this.bareName.test(word)) {
      this.addWord(word, { field, excluded, unfinished, before: plainWord(before) });
    }
  }

  /**
   * @param {string} value
   * @param {How} how
   */
  addQuoted(value, how) {
    const isWord = !/\s/.test(value.trim()) && !this.analyzer.pieces(value).some((piece) =>
      this.analyzer.isUnspaced(piece));
    if (isWord) this.addWord(value, how);
    else this.addPhrase(value, how);
  }

  /**
   * @param {string} value
   * @param {How} how
   */
  addWord(value, { field, excluded, unfinished, before }) {
    const spelled = this.analyzer.asked(value);
    const groups = this.stems(spelled);
    if (!groups.length) return;
    this.query.words.push({
      groups: excluded ? mostExact(groups) : groups,
      spelled,
      joined: before && !field && !excluded ? this.analyzer.numberJoined(before, value) : "",
      prefix: excluded ? "" : this.prefixOf(spelled, Boolean(unfinished)),
      fields: this.placesOf(field),
      excluded,
    });
  }

  /** @param {string[][]} groups */
  stems(groups) {
    return groups.map((words) => words.map((word) => this.analyzer.stem(word)));
  }

  /**
   * The unfinished word, or "" if it's too short. A single character of a script without spaces
   * counts as unfinished, because terms are pairs.
   * @param {string[][]} spelled
   * @param {boolean} unfinished
   */
  prefixOf(spelled, unfinished) {
    const word = spelled.at(-1)?.at(-1) ?? "";
    if (this.analyzer.isUnspaced(word)) return Array.from(word).length === 1 ? word : "";
    return unfinished && word.length >= SHORTEST_PREFIX ? word : "";
  }

  /** @param {string} name */
  placesOf(name) {
    const places = Array.from(this.fields.keys()).filter((place) =>
      this.fields[place].asked.includes(name));
    return places.length ? places : null;
  }

  /**
   * @param {string} value
   * @param {How} how
   */
  addPhrase(value, { field, excluded }) {
    const words = phraseWords(value, this.analyzer);
    const spelled = value.split(/\s+/).flatMap((word) => this.analyzer.asked(word));
    if (!excluded && !spelled.length) {
      const phrase = value;
      this.query.notices.push(
        text("“%(phrase)s” has only very common words, which search leaves out.", { phrase }));
      return;
    }
    this.query.phrases.push({ words, text: value, field, excluded });
    if (excluded) return;
    this.query.words.push({
      groups: this.stems(spelled), spelled, joined: "", prefix: "", fields: this.placesOf(field),
      excluded,
    });
  }

  /**
   * @param {"year" | "week"} kind
   * @param {string} value
   * @param {boolean} excluded
   */
  addFilter(kind, value, excluded) {
    const shape = kind === "year" ? YEAR : WEEK;
    const ends = value.toUpperCase().split("..");
    const isKnown = ends.length < 3 && ends.some(Boolean) &&
      ends.every((end) => !end || shape.test(end));
    if (isKnown) {
      this.query.filters.push({ kind, from: ends[0], to: ends[ends.length - 1], excluded });
    } else {
      this.query.notices.push(kind === "year"
        ? text("“%(value)s” isn’t a year. Write year:2023 or year:2023..2024.", { value })
        : text("“%(value)s” isn’t a week. Write week:2024-W12.", { value }));
    }
  }
}

/**
 * The word of a piece, or "" if it is quoted, excluded, or limited to a field.
 * @param {string[]} [piece]
 */
const plainWord = (piece) => piece && !piece[1] && !piece[2] ? piece[5] ?? "" : "";

/**
 * Only the last, most exact form: excluding "fine-tuning" must not exclude all papers with "fine".
 * @param {string[][]} groups
 */
const mostExact = (groups) => [groups[groups.length - 1].slice(-1)];

/**
 * The words of a text in lowercase, without accents and punctuation, with single spaces between
 * them. Runs of scripts without spaces become single characters.
 * @param {string} content
 * @param {Analyzer} analyzer
 */
export function phraseWords(content, analyzer) {
  const spaced = analyzer.pieces(content).map((piece) =>
    analyzer.isUnspaced(piece) ? Array.from(piece).join(" ") : fold(piece));
  return spaced.join(" ").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

/**
 * Whether `content` has the phrase, word for word.
 * @param {string} content
 * @param {string} words - from `phraseWords`
 * @param {Analyzer} analyzer
 */
export const hasPhrase = (content, words, analyzer) =>
  ` ${phraseWords(content, analyzer)} `.includes(` ${words} `);
