/* lunr's results in lunr's order, from the postings of a query's terms alone. */
(function (search) {
  "use strict";

  const K1 = 1.2;
  const B = 0.75;

  function idf(term, documentCount) {
    return Math.log(1 + Math.abs((documentCount - term.count + 0.5) / (term.count + 0.5)));
  }

  const fieldsOf = (table, clause) => clause.fields || table.fields.map((_, field) => field);

  /* 1 for each document that has one of the terms in one of the fields. */
  function marked(table, terms, fields) {
    const marks = new Uint8Array(table.documents);
    for (const term of terms) {
      for (const field of fields) {
        if (term.of[field]) for (const number of term.of[field].documents) marks[number] = 1;
      }
    }
    return marks;
  }

  /* 1 for each document that has what is required and nothing that is prohibited. */
  function allowed(table, clauses, terms) {
    const marks = new Uint8Array(table.documents).fill(1);
    clauses.forEach((clause, n) => {
      if (clause.presence === "optional") return;
      const wanted = clause.presence === "required" ? 1 : 0;
      const holds = marked(table, terms[n], fieldsOf(table, clause));
      for (let number = 0; number < marks.length; number++) {
        if (holds[number] !== wanted) marks[number] = 0;
      }
    });
    return marks;
  }

  /* For each field the terms to look for in it, with the sum of their clauses' boosts. */
  function boostsByField(table, clauses, terms) {
    const boosts = table.fields.map(() => new Map());
    clauses.forEach((clause, n) => {
      if (clause.presence === "prohibited") return;
      for (const field of fieldsOf(table, clause)) {
        for (const term of terms[n]) {
          boosts[field].set(term, (boosts[field].get(term) || 0) + clause.boost);
        }
      }
    });
    return boosts;
  }

  /* Adds to the scores of allowed documents what the terms of one field weigh (BM25). */
  function addScores(table, field, boosts, lengthsOfAll, isAllowed, scores) {
    const [, boostOfField, total] = table.fields[field];
    const average = total / table.documents;
    const magnitude = Math.hypot(...boosts.values());
    for (const [term, boost] of boosts) {
      if (!term.of[field]) continue;
      const { documents, counts, lengths } = term.of[field];
      const weight = (idf(term, table.documents) * (K1 + 1) * boostOfField * boost) / magnitude;
      for (let n = 0; n < documents.length; n++) {
        const number = documents[n];
        if (!isAllowed[number]) continue;
        const length = lengths ? lengths[n] : lengthsOfAll[number];
        const norm = K1 * (1 - B + B * (length / average));
        scores[number] += (weight * counts[n]) / (norm + counts[n]);
      }
    }
  }

  /* Runs clauses {terms, fields, presence, boost} as lunr.Index.query does. Gives the documents
     found, by number, a score for each document of the index, and the terms of each clause. */
  async function rank(index, clauses) {
    const { table } = index;
    const terms = await Promise.all(clauses.map(async (clause) =>
      (await Promise.all(clause.terms.map((term) => search.expand(index, term)))).flat()
    ));
    const isAllowed = allowed(table, clauses, terms);
    const scores = new Float64Array(table.documents);
    const boosts = boostsByField(table, clauses, terms);
    const lengths = await Promise.all(boosts.map((wanted, field) =>
      Array.from(wanted.keys()).some((term) => term.of[field]) ? index.lengths(field) : null
    ));
    boosts.forEach((wanted, field) =>
      addScores(table, field, wanted, lengths[field], isAllowed, scores)
    );
    const isFound = clauses.every((clause) => clause.presence === "prohibited") ? isAllowed : scores;
    const documents = Array.from(scores.keys()).filter((number) => isFound[number]);
    return { documents, scores, terms };
  }

  /* How many of the clauses that stand for a word each document meets; `terms` as from `rank`. */
  function wordsMet(table, clauses, terms) {
    const words = new Uint8Array(table.documents);
    clauses.forEach((clause, n) => {
      if (!clause.isWord) return;
      const marks = marked(table, terms[n], fieldsOf(table, clause));
      for (let number = 0; number < marks.length; number++) words[number] += marks[number];
    });
    return words;
  }

  /* The `count` best documents, the newest first among equals. With `words`, from `wordsMet`,
     those that have more of the words come first: as if lunr were asked for all of the words, then
     for all but one, and so on. */
  function best(documents, scores, count, words) {
    const order = (a, b) =>
      (words ? words[b] - words[a] : 0) || scores[b] - scores[a] || b - a;
    if (documents.length <= 20 * count) return documents.slice().sort(order).slice(0, count);
    const kept = [];
    for (const number of documents) {
      if (kept.length === count && order(number, kept[count - 1]) >= 0) continue;
      let place = kept.length;
      while (place && order(number, kept[place - 1]) < 0) place--;
      kept.splice(place, 0, number);
      if (kept.length > count) kept.pop();
    }
    return kept;
  }

  Object.assign(search, { rank, wordsMet, best });
})((globalThis.broadsheetSearch = globalThis.broadsheetSearch || {}));
