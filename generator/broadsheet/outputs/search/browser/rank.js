/* lunr's results, order and scores, from the postings of a query's terms alone. */
(function (search) {
  "use strict";

  const K1 = 1.2;
  const B = 0.75;

  /* Three decimals, as Python's round() has them and lunr.py keeps them. */
  function rounded(weight) {
    const scaled = weight * 1000;
    if (Math.abs(scaled - Math.floor(scaled) - 0.5) > 1e-6) return Math.round(scaled) / 1000;
    if ((weight * 16) % 2 === 1) return (2 * Math.round(scaled / 2)) / 1000;
    return Number(weight.toFixed(3));
  }

  function idf(term, documentCount) {
    return Math.log(1 + Math.abs((documentCount - term.count + 0.5) / (term.count + 0.5)));
  }

  /* lunr adds up in the order in which terms and fields were first met, and so does this. */
  const metBefore = (a, b) => a.term.first - b.term.first || a.term.rank - b.term.rank;

  class Ranking {
    constructor(table) {
      this.table = table;
      this.vectors = table.fields.map(() => new Map());
      this.met = [];
      this.fieldsMet = new Uint32Array(table.documents);
      this.required = null;
      this.prohibited = null;
    }

    add(clause, terms) {
      const fields = clause.fields || this.table.fields.map((_, field) => field);
      if (clause.presence === "prohibited") {
        this.prohibited = this.prohibited || new Uint8Array(this.table.documents);
        this.mark(terms, fields, this.prohibited);
        return;
      }
      if (clause.presence === "required") this.require(terms, fields);
      for (const term of terms) for (const field of fields) this.meet(term, field, clause.boost);
    }

    mark(terms, fields, marks) {
      for (const term of terms) {
        for (const field of fields) {
          if (term.of[field]) for (const number of term.of[field].documents) marks[number] = 1;
        }
      }
    }

    require(terms, fields) {
      const marks = new Uint8Array(this.table.documents);
      this.mark(terms, fields, marks);
      if (this.required) marks.forEach((mark, n) => (marks[n] = mark & this.required[n]));
      this.required = marks;
    }

    /* A field is one more than its place, in three bits, the first one met highest. */
    meet(term, field, boost) {
      const vector = this.vectors[field];
      const known = vector.get(term.name);
      vector.set(term.name, { term, boost: boost + (known ? known.boost : 0) });
      if (known || !term.of[field]) return;
      for (const number of term.of[field].documents) {
        if (!this.fieldsMet[number]) this.met.push(number);
        if (!hasField(this.fieldsMet[number], field + 1)) {
          this.fieldsMet[number] = this.fieldsMet[number] * 8 + field + 1;
        }
      }
    }

    isWanted(number) {
      return (!this.required || this.required[number]) &&
        !(this.prohibited && this.prohibited[number]);
    }

    /* The fields in which a clause looked and found something. */
    fieldsUsed() {
      return this.vectors.flatMap((vector, field) =>
        Array.from(vector.values()).some(({ term }) => term.of[field]) ? [field] : []
      );
    }

    /* Documents in the order in which lunr meets them, and a score for each document. */
    results(lengthsOfAll) {
      const wanted = this.met.filter((number) => this.isWanted(number));
      const parts = this.vectors.map((vector, field) =>
        field in lengthsOfAll ? this.similarities(field, lengthsOfAll[field]) : null
      );
      const scores = new Float64Array(this.table.documents);
      for (const number of wanted) scores[number] = sum(parts, this.fieldsMet[number], number);
      return { documents: wanted, scores };
    }

    similarities(field, lengthsOfAll) {
      const [, boost, total] = this.table.fields[field];
      const average = total / this.table.documents;
      const met = Array.from(this.vectors[field].values()).sort(metBefore);
      const magnitude = Math.sqrt(met.reduce((all, one) => all + one.boost * one.boost, 0));
      const dots = new Float64Array(this.table.documents);
      for (const { term, boost: asked } of met) {
        if (!term.of[field]) continue;
        const { documents, counts, lengths } = term.of[field];
        const rarity = idf(term, this.table.documents);
        for (let n = 0; n < documents.length; n++) {
          const number = documents[n];
          if (!this.isWanted(number)) continue;
          const length = lengths ? lengths[n] : lengthsOfAll[number];
          const norm = K1 * (1 - B + B * (length / average)) + counts[n];
          dots[number] += asked * rounded(((rarity * ((K1 + 1) * counts[n])) / norm) * boost);
        }
      }
      return { dots, magnitude };
    }
  }

  function hasField(met, field) {
    for (let rest = met; rest; rest = Math.floor(rest / 8)) if (rest % 8 === field) return true;
    return false;
  }

  function sum(parts, met, number) {
    let score = 0;
    for (let shift = 8 ** 5; shift >= 1; shift /= 8) {
      const field = Math.floor(met / shift) % 8;
      if (!field) continue;
      const { dots, magnitude } = parts[field - 1];
      score += dots[number] / magnitude || 0;
    }
    return score;
  }

  /* Runs clauses {terms, fields, presence, boost}: what lunr.Index.query gives for them. */
  async function rank(index, clauses) {
    const ranking = new Ranking(index.table);
    const expanded = await Promise.all(
      clauses.map((clause) => Promise.all(clause.terms.map((term) => search.expand(index, term))))
    );
    clauses.forEach((clause, n) => ranking.add(clause, expanded[n].flat()));
    if (clauses.every((clause) => clause.presence === "prohibited")) {
      ranking.met = Array.from({ length: index.table.documents }, (_, number) => number);
    }
    const lengths = [];
    await Promise.all(
      ranking.fieldsUsed().map(async (field) => (lengths[field] = await index.lengths(field)))
    );
    const results = ranking.results(lengths);
    return { ...results, terms: expanded.map((lists) => lists.flat()) };
  }

  /* How many of the clauses that stand for a word each document meets; `terms` as from `rank`. */
  function wordsMet(table, clauses, terms) {
    const all = table.fields.map((_, field) => field);
    const words = new Uint8Array(table.documents);
    const ranking = new Ranking(table);
    clauses.forEach(({ isWord, fields }, n) => {
      if (!isWord) return;
      const marks = new Uint8Array(table.documents);
      ranking.mark(terms[n], fields || all, marks);
      for (let number = 0; number < marks.length; number++) words[number] += marks[number];
    });
    return words;
  }

  /* The `count` best documents, the first met first among equals. With `words`, from `wordsMet`,
     those that have more of the words come first: as if lunr were asked for all of the words, then
     for all but one, and so on. */
  function best(documents, scores, count, words) {
    const order = words
      ? (a, b) => words[b] - words[a] || scores[b] - scores[a] : (a, b) => scores[b] - scores[a];
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
