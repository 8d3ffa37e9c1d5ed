/* Which terms of the index a beginning or a misspelt word stands for. */
(function (search) {
  "use strict";

  const LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789".split("");

  const SHORTEST_HALF = 2;

  /* Terms of the index for one of a clause; "*" at its end is any ending. */
  async function expand(index, term) {
    if (term.endsWith("*")) return index.startingWith(term.slice(0, -1));
    return Array.from((await index.terms([term])).values());
  }

  /* What `word` may have been meant to be: with a letter added, left out or swapped with its
     neighbour, and, less likely, with a letter changed. */
  function oneLetterOff(word) {
    const moved = new Set();
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

  const turned = (text) => Array.from(text).reverse().join("");

  /* Terms of the index that `word` stands for when one of its letters is wrong. A wrong letter
     leaves one half of the stem as it was, so two places of the sorted terms need to be read. */
  async function misspelt(index, word) {
    const stemmed = search.stem(word);
    const half = Math.floor(stemmed.length / 2);
    const tail = stemmed.slice(half + 1);
    if (half < SHORTEST_HALF) return [];
    const [forward, backward] = await Promise.all([
      index.spelled("forward", stemmed.slice(0, half)),
      tail.length < SHORTEST_HALF ? [] : index.spelled("backward", turned(tail))
    ]);
    const near = new Set(forward.concat(backward.map(turned)));
    const lists = oneLetterOff(word).map((words) =>
      Array.from(new Set(Array.from(words, search.stem))).filter((term) => near.has(term)).sort()
    );
    return lists.find((terms) => terms.length) || [];
  }

  Object.assign(search, { expand, misspelt });
})((globalThis.broadsheetSearch = globalThis.broadsheetSearch || {}));
