/** Finds names by the starts of their parts. */
import { language } from "./words.js";

/** @param {string} name */
const plain = (name) => name.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase(language);

/**
 * The names that have all of the words, or parts that start with them. Accents and capitals make no
 * difference.
 * @template {{name: string}} Named
 * @param {Named[]} names
 * @param {string} asked
 */
export function matching(names, asked) {
  const words = plain(asked).split(/\s+/).filter(Boolean);
  return names.filter(({ name }) => {
    const parts = plain(name).split(/[\s-]+/);
    return words.every((word) => parts.some((part) => part.startsWith(word)));
  });
}
