/* What words become: the browser's half of generator/broadsheet/search/analysis.py. */
(function (search) {
  "use strict";

  const STOP_WORDS = new Set(
    ("a able about across after all almost also am among an and any are as at be because been " +
      "but by can cannot could dear did do does either else ever every for from get got had has " +
      "have he her hers him his how however i if in into is it its just least let like likely " +
      "may me might most must my neither no nor not of off often on only or other our own rather " +
      "said say says she should since so some than that the their them then there these they " +
      "this tis to too twas us wants was we were what when where which while who whom why will " +
      "with would yet you your").split(" ")
  );
  const PLAIN = {
    "ø": "o", "ł": "l", "đ": "d", "ħ": "h", "\u0131": "i", "ð": "d", "þ": "th", "ß": "ss",
    "\u03c2": "\u03c3", "æ": "ae", "œ": "oe"
  };
  const APOSTROPHE = /['’\u02bc](?:s(?![\p{L}\p{N}]))?/gu;
  const PART = "[\\p{L}\\p{N}]+(?:(?<=[0-9])\\.(?=[0-9])[\\p{L}\\p{N}]+)*";
  const COMPOUND = new RegExp(PART + "(?:[-\\u2010\\u2013*^&]" + PART + ")*", "gu");
  const PARTS = new RegExp(PART, "gu");
  const VERSIONED = /^([0-9]{4}\.[0-9]{4,5})v[0-9]+$/;
  const LETTERS = /^[a-z]+$/;
  const LETTERS_DIGITS = /^([a-z]{2,})([0-9].*)$/;
  const SHORT_NUMBER = /^[0-9]{1,3}(?![0-9])/;
  const LONGEST_JOIN = 4;

  function fold(text) {
    let folded = text.toLowerCase();
    if (/[^\x00-\x7f]/.test(folded)) {
      folded = folded.normalize("NFKD").replace(/\p{Mn}/gu, "").toLowerCase();
      folded = folded.replace(/[øłđħ\u0131ðþß\u03c2æœ]/g, (letter) => PLAIN[letter]);
    }
    return folded.replace(APOSTROPHE, "");
  }

  /* One letter a letter: c for a consonant, v for a vowel. */
  function shape(word) {
    let shaped = "";
    for (const letter of word) {
      const vowel = "aeiou".includes(letter) || (letter === "y" && shaped.endsWith("c"));
      shaped += vowel ? "v" : "c";
    }
    return shaped;
  }

  const measure = (word) => (shape(word).match(/vc/g) || []).length;
  const hasVowel = (word) => shape(word).includes("v");
  const endsDouble = (word) =>
    word.length > 1 && word.at(-1) === word.at(-2) && shape(word).endsWith("c");
  const endsShort = (word) => /cvc$/.test(shape(word)) && !/[wxy]$/.test(word);

  /* Suffixes in Porter's order; the first that fits decides, whether or not it is replaced. */
  const STEP_2 = pairs(
    "ational:ate tional:tion enci:ence anci:ance izer:ize bli:ble alli:al entli:ent eli:e " +
      "ousli:ous ization:ize ation:ate ator:ate alism:al iveness:ive fulness:ful ousness:ous " +
      "aliti:al iviti:ive biliti:ble logi:log"
  );
  const STEP_3 = pairs("icate:ic ative: alize:al iciti:ic ical:ic ful: ness:");
  const STEP_4 = pairs(
    "al: ance: ence: er: ic: able: ible: ant: ement: ment: ent: ion: ou: ism: ate: iti: ous: " +
      "ive: ize:"
  );

  function pairs(text) {
    return text.split(" ").map((pair) => pair.split(":"));
  }

  function replaced(word, suffixes, least) {
    const found = suffixes.find(
      ([suffix]) =>
        word.endsWith(suffix) && (suffix !== "ion" || /[st]ion$/.test(word))
    );
    if (!found) return word;
    const rest = word.slice(0, word.length - found[0].length);
    return measure(rest) > least ? rest + found[1] : word;
  }

  function withoutPlural(word) {
    if (word.endsWith("sses")) return word.slice(0, -2);
    if (word.endsWith("ies")) return word.slice(0, -2);
    return /[^s]s$/.test(word) ? word.slice(0, -1) : word;
  }

  function withoutTense(word) {
    if (word.endsWith("eed")) return measure(word.slice(0, -3)) > 0 ? word.slice(0, -1) : word;
    const ending = /(?:ed|ing)$/.exec(word);
    if (!ending || !hasVowel(word.slice(0, ending.index))) return word;
    const rest = word.slice(0, ending.index);
    if (/(?:at|bl|iz)$/.test(rest)) return rest + "e";
    if (endsDouble(rest)) return /[lsz]$/.test(rest) ? rest : rest.slice(0, -1);
    return measure(rest) === 1 && endsShort(rest) ? rest + "e" : rest;
  }

  function withoutLastLetter(word) {
    let rest = word;
    if (word.endsWith("e")) {
      const weight = measure(word);
      if (weight > 1 || (weight === 1 && !endsShort(word.slice(0, -1)))) rest = word.slice(0, -1);
    }
    return rest.endsWith("l") && endsDouble(rest) && measure(rest) > 1 ? rest.slice(0, -1) : rest;
  }

  /* Porter's stemmer as lunr.py has it, which is not quite that of lunr.js. */
  function stem(word) {
    if (Array.from(word).length <= 2) return word;
    let rest = withoutTense(withoutPlural(word));
    if (rest.endsWith("y") && hasVowel(rest.slice(0, -1))) rest = rest.slice(0, -1) + "i";
    rest = replaced(replaced(rest, STEP_2, 0), STEP_3, 0);
    return withoutLastLetter(replaced(rest, STEP_4, 1));
  }

  function partWords(part) {
    const versioned = VERSIONED.exec(part);
    if (versioned) return [versioned[1]];
    const split = LETTERS_DIGITS.exec(part);
    return split ? [split[1], split[2], part] : [part];
  }

  const isNumbered = (word, number) => LETTERS.test(word) && SHORT_NUMBER.test(number);

  function joinedForm(parts) {
    const joined = parts.join("");
    return parts.length > 1 && parts.length <= LONGEST_JOIN && /[a-z]/.test(joined) ? joined : "";
  }

  function compoundWords(parts) {
    const words = parts.flatMap(partWords);
    const joins = new Set();
    for (let n = 1; n < parts.length; n++) {
      if (isNumbered(parts[n - 1], parts[n])) joins.add(parts[n - 1] + parts[n]);
    }
    if (joinedForm(parts)) joins.add(joinedForm(parts));
    return words.concat(Array.from(joins));
  }

  const compounds = (text) =>
    (fold(text).match(COMPOUND) || []).map((compound) => compound.match(PARTS));

  /* The terms of a run of characters without white space, as the index has them. */
  const termsOf = (raw) =>
    compounds(raw).flatMap(compoundWords).filter((word) => !STOP_WORDS.has(word)).map(stem);

  /* "gpt4" for "GPT" before "4"; "" unless a short number follows a word directly. */
  function numberJoined(before, raw) {
    const first = new RegExp("^" + PART, "u").exec(fold(raw));
    const word = /(?<![\p{L}\p{N}])[a-z]{2,}$/u.exec(fold(before));
    const fits = first && word && SHORT_NUMBER.test(first[0]) && !STOP_WORDS.has(word[0]);
    return fits ? stem(word[0] + first[0]) : "";
  }

  /* What a reader's word asks for: groups of words, of which a paper needs one of each group.
     "GPT-4" needs gpt4, which "GPT 4" gives too; "pre-training" needs (pre or pretraining) and
     (training or pretraining). */
  function askedOf(raw) {
    const id = /[0-9]{4}\.[0-9]{4,5}/.exec(raw);
    if (id) return [[id[0]]];
    return compounds(raw).flatMap(askedOfCompound);
  }

  function askedOfCompound(parts) {
    const joined = joinedForm(parts);
    const groups = [];
    for (let n = 0; n < parts.length; n++) {
      if (n + 1 < parts.length && isNumbered(parts[n], parts[n + 1])) {
        groups.push(new Set([parts[n] + parts[n + 1], joined]));
        n++;
      } else if (!STOP_WORDS.has(parts[n])) {
        for (const word of askedOfPart(parts[n])) groups.push(new Set([...word, joined]));
      }
    }
    return groups.map((group) => Array.from(group).filter(Boolean));
  }

  /* "CVPR2024" is also found where "CVPR 2024" stands, which the index does not join. */
  function askedOfPart(part) {
    const split = LETTERS_DIGITS.exec(part);
    if (!split || SHORT_NUMBER.test(split[2])) return [[part]];
    return [[split[1], part], [split[2], part]];
  }

  Object.assign(search, { STOP_WORDS, fold, stem, termsOf, numberJoined, askedOf });
})((globalThis.broadsheetSearch = globalThis.broadsheetSearch || {}));
