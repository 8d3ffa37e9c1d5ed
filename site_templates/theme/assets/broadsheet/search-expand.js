/* Which terms of the index a word, a beginning or a misspelt word stands for, in the order in
   which lunr.js would visit them: among equal scores that order decides. */
(function (search) {
  "use strict";

  const isDigit = (letter) => letter >= "0" && letter <= "9";

  /* JavaScript lists the keys of an object digits first; lunr then visits them from the last. */
  function visitedBefore(a, b) {
    const end = Math.min(a.length, b.length);
    for (let n = 0; n < end; n++) {
      if (a[n] === b[n]) continue;
      if (isDigit(a[n]) !== isDigit(b[n])) return isDigit(a[n]) ? 1 : -1;
      return a[n] > b[n] ? -1 : 1;
    }
    return a.length - b.length;
  }

  const node = () => ({ final: false, edges: {} });

  function edge(from, label) {
    if (!(label in from.edges)) from.edges[label] = node();
    return from.edges[label];
  }

  function trieOf(words) {
    const root = node();
    for (const word of words) {
      let last = root;
      for (const letter of word.split("")) last = edge(last, letter);
      last.final = true;
    }
    return root;
  }

  /* Everything that one letter added, left out, changed or swapped makes of `text`; "*" is any
     letter. The order of the steps is lunr's. */
  function oneLetterOff(text) {
    const root = node();
    const open = [{ at: root, left: 1, rest: text }];
    while (open.length) {
      const { at, left, rest } = open.pop();
      const tail = rest.slice(1);
      const go = (label, after, rested, ends) => {
        const next = edge(at, label);
        if (ends) next.final = true;
        open.push({ at: next, left: after, rest: rested });
      };
      if (rest.length) go(rest[0], left, tail, rest.length === 1);
      if (!left) continue;
      go("*", 0, rest, rest.length === 0);
      if (rest.length > 1) open.push({ at, left: 0, rest: tail });
      if (rest.length === 1) at.final = true;
      if (rest.length) go("*", 0, tail, rest.length === 1);
      if (rest.length > 1) go(rest[1], 0, rest[0] + rest.slice(2), false);
    }
    return root;
  }

  function common(words, pattern) {
    const root = node();
    const open = [{ word: words, wanted: pattern, out: root }];
    while (open.length) {
      const { word, wanted, out } = open.pop();
      for (const label of Object.keys(wanted.edges)) {
        for (const letter of Object.keys(word.edges)) {
          if (letter !== label && label !== "*") continue;
          const next = word.edges[letter];
          const then = wanted.edges[label];
          const made = edge(out, letter);
          made.final = made.final || (next.final && then.final);
          open.push({ word: next, wanted: then, out: made });
        }
      }
    }
    return root;
  }

  function listed(root) {
    const words = [];
    const open = [{ at: root, word: "" }];
    while (open.length) {
      const { at, word } = open.pop();
      if (at.final) words.push(word);
      for (const letter of Object.keys(at.edges)) {
        open.push({ at: at.edges[letter], word: word + letter });
      }
    }
    return words;
  }

  /* Terms of the index that differ from `word` in one letter at most. */
  async function misspelt(index, word) {
    const half = Math.floor(word.length / 2);
    const reversed = Array.from(word).reverse().join("");
    const [forward, backward] = await Promise.all([
      index.spelled("forward", word.slice(0, half)),
      index.spelled("backward", reversed.slice(0, word.length - half - 1))
    ]);
    const turned = backward.map((term) => Array.from(term).reverse().join(""));
    const near = Array.from(new Set(forward.concat(turned))).filter(
      (term) => Math.abs(term.length - word.length) < 2
    );
    return listed(common(trieOf(near.sort()), oneLetterOff(word)));
  }

  /* `term` may end with "*" (any ending) or "~" (one letter off). */
  async function expand(index, term) {
    if (term.endsWith("*")) {
      const found = await index.startingWith(term.slice(0, -1));
      return found.sort((a, b) => visitedBefore(a.name, b.name));
    }
    const names = term.endsWith("~") ? await misspelt(index, term.slice(0, -1)) : [term];
    const found = await index.terms(names);
    return names.filter((name) => found.has(name)).map((name) => found.get(name));
  }

  search.expand = expand;
})((globalThis.broadsheetSearch = globalThis.broadsheetSearch || {}));
