/* A reader's query in, an answer out: which papers, in which order, and what was done to find
   them. Words are all required; when that finds nothing, one letter may differ in words that no
   paper has; when that finds nothing either, some of the words are enough, and papers with more of
   them come first. */
(function (search) {
  "use strict";

  const SHORTEST_MISSPELT = 5;
  const FEW = 10;
  const PHRASES_CHECKED = 40;
  const BOOST_OF_EXACT = 3;

  const namesOf = (word) => word.groups.flat().concat(word.optional);

  /* The fields of the table by their places; null for all. */
  const places = (table, names) =>
    names && names.map((name) => table.fields.findIndex(([field]) => field === name));

  function clauseOf(table, word, terms, presence, boost) {
    return { terms, fields: places(table, word.fields), presence, boost };
  }

  /* What is to be searched for, in lunr's clauses; null when a required word is unknown.
     `corrected` has terms for words that no paper has. */
  function clausesFor(index, query, known, presence, corrected) {
    const clauses = [];
    for (const word of query.words) {
      for (const [n, group] of word.groups.entries()) {
        const made = groupClauses(index, query, word, n, [known, corrected, presence]);
        if (!made) return null;
        clauses.push(...made);
      }
      const joined = word.optional.filter((name) => known.has(name));
      if (joined.length) clauses.push(clauseOf(index.table, word, joined, "optional", 2));
    }
    return clauses;
  }

  function groupClauses(index, query, word, n, [known, corrected, presence]) {
    const exact = word.groups[n].filter((name) => known.has(name));
    const wide = n === word.groups.length - 1 && word.prefix;
    const spelled = exact.length || wide ? [] : corrected.get(word.spelled[n]) || [];
    const terms = wide
      ? exact.filter((name) => !name.startsWith(wide)).concat(wide + "*") : exact.concat(spelled);
    const unfinished = isUnfinished(query, word) && !wide;
    const asked = word.excluded ? "prohibited" : unfinished ? "optional" : presence;
    if (!terms.length) return asked === "required" ? null : [];
    const isWord = !word.excluded;
    const clauses = [{ ...clauseOf(index.table, word, terms, asked, 1), isWord }];
    if (wide && exact.length) {
      clauses.push(clauseOf(index.table, word, exact, "optional", BOOST_OF_EXACT));
    }
    return clauses;
  }

  const isLong = (word) => word.length >= SHORTEST_MISSPELT && /[a-z]{3}/.test(word);

  /* For each group of words that no paper has: the terms that differ in one letter. */
  async function corrections(index, query, known) {
    const unknown = query.words.filter((word) => !word.excluded).flatMap((word) =>
      word.spelled.filter((_, n) => !word.groups[n].some((name) => known.has(name)))
    );
    const near = await Promise.all(unknown.map((words) =>
      Promise.all(words.filter(isLong).map((one) => search.misspelt(index, one)))
    ));
    return new Map(unknown.map((words, n) => [words, near[n].flat()]));
  }

  /* While the last word is being typed it may still be too short to say anything. */
  const isUnfinished = (query, word) =>
    query.typing && word === query.words[query.words.length - 1] && !word.excluded &&
    query.words.some((other) => other !== word && !other.excluded);

  async function ranked(index, clauses) {
    const positive = clauses && clauses.some((clause) => clause.presence !== "prohibited");
    if (!clauses || !clauses.length) return { documents: [], scores: null, terms: [] };
    const results = await search.rank(index, clauses);
    // A required word that no paper has in its field leaves nothing, as in lunr.
    const lost = clauses.some((c, n) => c.presence === "required" && !results.terms[n].length);
    if (lost && positive) return { ...results, documents: [] };
    const isAny = !clauses.some((clause) => clause.isWord && clause.presence === "required");
    const words = isAny ? search.wordsMet(index.table, clauses, results.terms) : null;
    return { ...results, words };
  }

  /* Lengths of the fields that may be needed are read together with the terms, not after. */
  function readAhead(index, query) {
    const all = index.table.fields.map((_, place) => place);
    const needed = new Set(query.words.flatMap((word) => places(index.table, word.fields) || all));
    for (const field of needed) index.lengths(field).catch(() => {});
  }

  /* What the last word may become: its endings if terms begin like it, and its stem finished. */
  async function finish(index, word) {
    const known = await index.terms(search.finished(word.prefix));
    const last = word.groups[word.groups.length - 1];
    const begun = index.isNarrow(word.prefix) &&
      (await index.startingWith(word.prefix)).length > 0;
    if (!begun) word.prefix = "";
    last.push(...Array.from(known.keys()).filter((name) => !last.includes(name)));
  }

  async function found(index, query) {
    readAhead(index, query);
    const last = query.words[query.words.length - 1];
    if (last.prefix) await finish(index, last);
    const known = await index.terms(Array.from(new Set(query.words.flatMap(namesOf))));
    const none = new Map();
    const attempt = (presence, corrected) =>
      ranked(index, clausesFor(index, query, known, presence, corrected));
    const all = await attempt("required", none);
    if (all.documents.length) {
      const few = all.documents.length < FEW && !query.phrases.length;
      return { mode: "all", ...all, more: few ? await attempt("optional", none) : null };
    }
    const corrected = await corrections(index, query, known);
    const ways = [["spelled", "required", corrected]];
    if (!query.phrases.length) {
      ways.push(["some", "optional", none], ["spelled", "optional", corrected]);
    }
    for (const [mode, presence, spelled] of ways) {
      if (mode === "spelled" && !Array.from(corrected.values()).some((t) => t.length)) continue;
      const results = await attempt(presence, spelled);
      if (results.documents.length) {
        const instead = mode === "spelled" ? Array.from(corrected.values()).flat() : [];
        return { mode, ...results, more: null, instead };
      }
    }
    return { mode: "none", documents: [], scores: null, terms: [], more: null };
  }

  /* Every document, for a query that only filters. */
  function everything(index) {
    const documents = Array.from({ length: index.table.documents }, (_, number) => number);
    return { mode: "filter", documents, scores: null, terms: [], more: null };
  }

  /* [year, documents] of every year, from the numbers at which years begin. */
  function documentsOfYears(table) {
    return table.years.map(([year, start], n) => {
      const end = n + 1 < table.years.length ? table.years[n + 1][1] : table.documents;
      return [year, Array.from({ length: end - start }, (_, place) => start + place)];
    });
  }

  /* [week, documents] of every week. */
  async function ofWeeks(index) {
    const [weeks, lists] = await Promise.all([index.weeks(), index.facet("weeks")]);
    return weeks.map((week, n) => [week, lists[n]]);
  }

  async function passing(index, filter) {
    const wanted = new Uint8Array(index.table.documents).fill(filter.excluded ? 1 : 0);
    const within = (value) =>
      (!filter.from || value >= filter.from) && (!filter.to || value <= filter.to);
    const lists = filter.kind === "year" ? documentsOfYears(index.table) : await ofWeeks(index);
    for (const [value, list] of lists) {
      if (value && within(value)) for (const number of list) wanted[number] = filter.excluded ? 0 : 1;
    }
    return wanted;
  }

  /* The documents among `numbers`, best first, that have every phrase and no excluded one; at most
     `limit` are read. */
  async function withPhrases(index, query, numbers, limit) {
    const read = numbers.slice(0, limit);
    const texts = await index.values("texts", read);
    return read.filter((_, n) => query.phrases.every(
      (phrase) => isIn(index, phrase, texts[n]) !== phrase.excluded
    ));
  }

  function isIn(index, { words, field }, [title, body, authors, topics]) {
    const names = topics.map((place) => index.table.topics[place][1]);
    const all = { t: [title], a: authors, o: names };
    const looked = field ? all[field[0] === "t" && field[1] === "o" ? "o" : field[0]] || []
      : [title, body, ...authors, ...names];
    return looked.some((text) => search.hasPhrase(text, words));
  }

  const phraseNotice = (query, read, all) =>
    `${query.phrases.map((phrase) => `“${phrase.text}”`).join(" and ")}: the index knows words, ` +
    `not their order. The texts of the first ${read} of ${all} papers that may answer were ` +
    "checked; the others were not, so there may be more.";

  /* options: typing (the last word may be unfinished), chosen (facets: {topic: [slug, …], …}),
     checked (how many texts may be read for a phrase), sort ("date" or relevance). */
  async function answer(index, text, options) {
    const query = search.parse(text, Boolean(options.typing));
    query.typing = Boolean(options.typing) && !/\s$/.test(text);
    const empty = { mode: "none", documents: [], scores: null, terms: [], more: null };
    if (!index.table.documents) return { query, ...empty, facets: null, notices: query.notices };
    const asked = query.words.length || query.filters.length || query.phrases.length ||
      hasChoice(options.chosen);
    const results = query.words.length ? await found(index, query)
      : asked ? everything(index) : empty;
    for (const filter of query.filters) {
      const wanted = await passing(index, filter);
      keepWanted(results, wanted);
    }
    if (query.phrases.length) await keepPhrases(index, query, results, options.checked);
    return { query, ...results, text, sort: options.sort || "", notices: query.notices };
  }

  const hasChoice = (chosen) => Object.values(chosen || {}).some((values) => values.length);

  function keepWanted(results, wanted) {
    results.documents = results.documents.filter((number) => wanted[number]);
    if (results.more) {
      results.more.documents = results.more.documents.filter((number) => wanted[number]);
    }
  }

  async function keepPhrases(index, query, results, checked) {
    const limit = checked || PHRASES_CHECKED;
    const all = results.documents.length;
    const best = first(results, results.documents, limit);
    results.documents = await withPhrases(index, query, best, limit);
    results.unchecked = Math.max(0, all - limit);
    if (results.unchecked) query.notices.push(phraseNotice(query, limit, all));
  }

  /* The first `count` documents of an answer in its order; newest first without a ranking. */
  function first(answered, documents, count) {
    if (answered.sort === "date" || !answered.scores) {
      return Array.from(documents).sort((a, b) => b - a).slice(0, count);
    }
    return search.best(documents, answered.scores, count, answered.words);
  }

  /* The first `count` papers with only some of the words, without those that have all. */
  function alsoFound(answered, count) {
    if (!answered.more) return [];
    const all = new Set(answered.documents);
    const rest = answered.more.documents.filter((number) => !all.has(number));
    return search.best(rest, answered.more.scores, count, answered.more.words);
  }

  /* What of a text is to be highlighted: terms, and beginnings of words. */
  function wantedOf({ query, instead }) {
    const words = query.words.filter((word) => !word.excluded);
    return {
      terms: new Set(words.flatMap(namesOf).concat(instead || [])),
      prefixes: words.map((word) => word.prefix).filter(Boolean)
    };
  }

  /* Asks, and once more with a new table when the site was published anew meanwhile. */
  const ask = (index, text, options) =>
    index.withTable(() => answer(index, text, options || {}));

  Object.assign(search, { ask, first, alsoFound, wantedOf, documentsOfYears, ofWeeks });
})((globalThis.broadsheetSearch = globalThis.broadsheetSearch || {}));
