/** Finds terms of the index for the beginning of a word, and for unfinished or misspelled words. */

/** @typedef {import("./index.js").SearchIndex} SearchIndex */

const LETTERS = Array.from("abcdefghijklmnopqrstuvwxyz0123456789");
const SHORTEST_HALF = 2;
const SHORTEST_MISSPELT = 5;
const ENGLISH_ENDINGS = (
  "ing ed er ers ation ations ization ment ments ness ity ive able al ally ical ance ence ant " +
  "ent ous ful").split(" ");

/**
 * Terms of the index for a term of a clause. An asterisk at its end stands for any ending.
 * @param {SearchIndex} index
 * @param {string} term
 */
export async function expand(index, term) {
  if (term.endsWith("*")) return index.startingWith(term.slice(0, -1));
  return [...(await index.terms([term])).values()];
}

/**
 * Stems of the words that `word` may become. "reasonin" needs them, because terms are stems and no
 * term begins with it.
 * @param {SearchIndex} index
 * @param {string} word
 */
export function finished({ analyzer }, word) {
  if (analyzer.analysis.stemmer !== "english") return [analyzer.stem(word)];
  const stems = ENGLISH_ENDINGS.flatMap((ending) => {
    const begun = Array.from(ending.slice(0, -1), (_, n) => ending.slice(0, n + 1));
    const typed = begun.filter((start) => word.endsWith(start));
    return typed.map((start) => analyzer.stem(word + ending.slice(start.length)));
  });
  return [...new Set(stems)];
}

/**
 * Words that `word` may mean: with a letter added, left out, or swapped with its neighbor; and,
 * less likely, with a letter changed.
 * @param {string} word
 */
function oneLetterOff(word) {
  /** @type {Set<string>} */
  const moved = new Set();
  /** @type {Set<string>} */
  const changed = new Set();
  for (let n = 0; n <= word.length; n++) {
    const before = word.slice(0, n);
    const after = word.slice(n);
    moved.add(before + after.slice(1));
    if (after.length > 1) moved.add(before + after[1] + after[0] + after.slice(2));
    for (const letter of LETTERS) {
      moved.add(before + letter + after);
      changed.add(before + letter + after.slice(1));
    }
  }
  return [moved, changed];
}

/** @param {string} text */
const turned = (text) => Array.from(text).reverse().join("");

/** @param {string} word */
const isLong = (word) => word.length >= SHORTEST_MISSPELT && /[a-z]{3}/.test(word);

/**
 * Terms of the index that `word` may mean if one of its letters is wrong. A wrong letter leaves one
 * half of the stem intact, so it's enough to read two places of the sorted terms.
 * @param {SearchIndex} index
 * @param {string} word
 * @returns {Promise<string[]>}
 */
export async function misspelt(index, word) {
  const stemmed = index.analyzer.stem(word);
  const half = Math.floor(stemmed.length / 2);
  const tail = stemmed.slice(half + 1);
  if (!isLong(word) || half < SHORTEST_HALF) return [];
  const [forward, backward] = await Promise.all([
    index.spelled("forward", stemmed.slice(0, half)),
    tail.length < SHORTEST_HALF ? [] : index.spelled("backward", turned(tail)),
  ]);
  const near = new Set([...forward, ...backward.map(turned)]);
  const lists = oneLetterOff(word).map((words) => {
    const stems = new Set(Array.from(words, (one) => index.analyzer.stem(one)));
    return [...stems].filter((term) => near.has(term)).sort();
  });
  return lists.find((terms) => terms.length) ?? [];
}
