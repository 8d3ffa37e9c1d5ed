/** Porter's stemmer for English as lunr.py has it, which isn't quite that of lunr.js. */

/**
 * One letter a letter: c for a consonant, v for a vowel.
 * @param {string} word
 */
function shape(word) {
  let shaped = "";
  for (const letter of word) {
    const isVowel = "aeiou".includes(letter) || (letter === "y" && shaped.endsWith("c"));
    shaped += isVowel ? "v" : "c";
  }
  return shaped;
}

/** @param {string} word */
const measure = (word) => shape(word).match(/vc/g)?.length ?? 0;

/** @param {string} word */
const hasVowel = (word) => shape(word).includes("v");

/** @param {string} word */
const endsDouble = (word) =>
  word.length > 1 && word.at(-1) === word.at(-2) && shape(word).endsWith("c");

/** @param {string} word */
const endsShort = (word) => /cvc$/.test(shape(word)) && !/[wxy]$/.test(word);

/** @param {string} text */
const pairs = (text) => text.split(" ").map((pair) => pair.split(":"));

// Suffixes in Porter's order; the first that fits decides, whether or not it is replaced.
const STEP_2 = pairs(
  "ational:ate tional:tion enci:ence anci:ance izer:ize bli:ble alli:al entli:ent eli:e " +
  "ousli:ous ization:ize ation:ate ator:ate alism:al iveness:ive fulness:ful ousness:ous " +
  "aliti:al iviti:ive biliti:ble logi:log");
const STEP_3 = pairs("icate:ic ative: alize:al iciti:ic ical:ic ful: ness:");
const STEP_4 = pairs(
  "al: ance: ence: er: ic: able: ible: ant: ement: ment: ent: ion: ou: ism: ate: iti: ous: ive: " +
  "ize:");

/**
 * @param {string} word
 * @param {string[][]} suffixes
 * @param {number} least
 */
function replaced(word, suffixes, least) {
  const found = suffixes.find(([suffix]) =>
    word.endsWith(suffix) && (suffix !== "ion" || /[st]ion$/.test(word)));
  if (!found) return word;
  const rest = word.slice(0, word.length - found[0].length);
  return measure(rest) > least ? rest + found[1] : word;
}

/** @param {string} word */
function withoutPlural(word) {
  if (word.endsWith("sses") || word.endsWith("ies")) return word.slice(0, -2);
  return /[^s]s$/.test(word) ? word.slice(0, -1) : word;
}

/** @param {string} word */
function withoutTense(word) {
  if (word.endsWith("eed")) return measure(word.slice(0, -3)) > 0 ? word.slice(0, -1) : word;
  const ending = /(?:ed|ing)$/.exec(word);
  if (!ending || !hasVowel(word.slice(0, ending.index))) return word;
  const rest = word.slice(0, ending.index);
  if (/(?:at|bl|iz)$/.test(rest)) return `${rest}e`;
  if (endsDouble(rest)) return /[lsz]$/.test(rest) ? rest : rest.slice(0, -1);
  return measure(rest) === 1 && endsShort(rest) ? `${rest}e` : rest;
}

/** @param {string} word */
function withoutLastLetter(word) {
  const rest = word.endsWith("e") && endsWithSpareE(word) ? word.slice(0, -1) : word;
  return rest.endsWith("l") && endsDouble(rest) && measure(rest) > 1 ? rest.slice(0, -1) : rest;
}

/** @param {string} word */
function endsWithSpareE(word) {
  const weight = measure(word);
  return weight > 1 || (weight === 1 && !endsShort(word.slice(0, -1)));
}

/**
 * @param {string} word - in lowercase
 */
export function porter(word) {
  if (Array.from(word).length <= 2) return word;
  let rest = withoutTense(withoutPlural(word));
  if (rest.endsWith("y") && hasVowel(rest.slice(0, -1))) rest = `${rest.slice(0, -1)}i`;
  rest = replaced(replaced(rest, STEP_2, 0), STEP_3, 0);
  return withoutLastLetter(replaced(rest, STEP_4, 1));
}
