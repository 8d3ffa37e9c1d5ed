/* What a reader types, taken apart: words, phrases, exclusions, fields and filters. */
(function (search) {
  "use strict";

  const FIELDS = {
    title: ["title"], author: ["authors"], authors: ["authors"], topic: ["topics"],
    topics: ["topics"], id: ["ids"]
  };
  const PIECE = /(-?)(?:(title|authors?|topics?|id|week|year):)?(?:"([^"]*)("|$)|(\S+))/gi;
  const WEEK = /^\d{4}-W\d{2}$/i;
  const SHORTEST_PREFIX = 3;
  const ENDINGS = ("ing ed er ers ation ations ization ment ments ness ity ive able al ally ical " +
    "ance ence ant ent ous ful").split(" ");

  /* A query as it was asked:
       words     {groups, spelled, optional, prefix, fields, excluded, text}: groups as in
                 askedOf, stemmed, and as they are spelled
       phrases   {words, text, field, excluded}, words folded
       filters   {kind: "year" | "week", from, to, excluded}
       notices   what could not be understood, as sentences */
  function parse(text, typing) {
    const query = { words: [], phrases: [], filters: [], notices: [] };
    const pieces = Array.from(text.matchAll(PIECE));
    pieces.forEach((piece, n) => {
      const unfinished = typing && n === pieces.length - 1 && !/\s$/.test(text);
      addPiece(query, piece, unfinished, pieces[n - 1]);
    });
    return query;
  }

  function addPiece(query, piece, unfinished, before) {
    const [, sign, name, quoted, , word] = piece;
    const field = (name || "").toLowerCase();
    const excluded = sign === "-";
    const value = quoted === undefined ? word : quoted;
    if (quoted === undefined && /^-?(title|authors?|topics?|id|week|year):$/i.test(word)) return;
    if (field === "year" || field === "week") return addFilter(query, field, value, excluded);
    if (!field && WEEK.test(value)) return addFilter(query, "week", value, excluded);
    if (quoted !== undefined && !/\s/.test(value.trim())) {
      return addWord(query, value, field, excluded, false, null);
    }
    if (quoted !== undefined) return addPhrase(query, value, field, excluded);
    const previous = before && !before[1] && !before[2] && !field && !excluded ? before[5] : null;
    return addWord(query, value, field, excluded, unfinished && !excluded, previous);
  }

  function addWord(query, value, field, excluded, last, previous) {
    const spelled = search.askedOf(value);
    const groups = stems(spelled);
    if (!groups.length) return;
    const joined = previous ? search.numberJoined(previous, value) : "";
    query.words.push({
      groups: excluded ? [mostExact(groups)] : groups,
      spelled,
      optional: joined ? [joined] : [],
      prefix: last ? prefixOf(spelled) : "",
      fields: FIELDS[field] || null,
      excluded,
      text: value
    });
  }

  const stems = (groups) => groups.map((words) => words.map(search.stem));

  /* Excluding "fine-tuning" must not exclude every paper with "fine". */
  const mostExact = (groups) => groups[groups.length - 1].slice(-1);

  /* The word that may go on; "" when it is too short to say how. */
  function prefixOf(spelled) {
    const word = spelled[spelled.length - 1].slice(-1)[0];
    return word.length >= SHORTEST_PREFIX ? word : "";
  }

  /* Stems of what `word` becomes when the ending it seems to begin is finished: terms are stems,
     so that no term begins with "reasonin". */
  function finished(word) {
    const stems = ENDINGS.flatMap((ending) => {
      const begun = Array.from(ending.slice(0, -1), (_, n) => ending.slice(0, n + 1));
      const typed = begun.filter((start) => word.endsWith(start));
      return typed.map((start) => search.stem(word + ending.slice(start.length)));
    });
    return Array.from(new Set(stems));
  }

  function addPhrase(query, value, field, excluded) {
    const words = phraseWords(value);
    const spelled = value.split(/\s+/).flatMap(search.askedOf);
    const groups = stems(spelled);
    if (excluded) {
      query.phrases.push({ words, text: value, field, excluded });
    } else if (!groups.length) {
      query.notices.push(
        `“${value}” has only words too common to look up, so the index cannot answer it.`
      );
    } else {
      query.phrases.push({ words, text: value, field, excluded });
      query.words.push({
        groups, spelled, optional: [], prefix: "", fields: FIELDS[field] || null,
        excluded: false, text: value
      });
    }
  }

  /* Words as they stand, without case, accents and punctuation, parted by single spaces. */
  function phraseWords(text) {
    return search.fold(text).replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  }

  function addFilter(query, kind, value, excluded) {
    const shape = kind === "year" ? /^\d{4}$/ : WEEK;
    const ends = value.toUpperCase().split("..");
    const known = ends.length < 3 && ends.some(Boolean) && ends.every((e) => !e || shape.test(e));
    if (known) {
      query.filters.push({ kind, from: ends[0], to: ends[ends.length - 1], excluded });
    } else {
      const example = kind === "year" ? "year:2023 or year:2023..2024" : "week:2024-W12";
      query.notices.push(`${kind}:${value} is not understood; write ${example}.`);
    }
  }

  /* Whether `text` has the phrase, word for word. */
  function hasPhrase(text, words) {
    return ` ${phraseWords(text)} `.includes(` ${words} `);
  }

  Object.assign(search, { parse, finished, hasPhrase });
})((globalThis.broadsheetSearch = globalThis.broadsheetSearch || {}));
