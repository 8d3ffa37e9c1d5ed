/* Facets of the results: topic, year, week, source, code; within one facet any value will do,
   of different facets all must hold. */
(function (search) {
  "use strict";

  const { make } = search;
  const FIRST_SHOWN = 8;
  const TITLES = {
    topic: "Topic", year: "Year", week: "Week", source: "Source", code: "Code"
  };
  const NAMES = Object.keys(TITLES);

  /* [value, name, documents] of every value of every facet. */
  async function readFacets(index) {
    const { table } = index;
    const [topics, sources, weeks, code] = await Promise.all(
      [...["topics", "sources"].map(index.facet), search.ofWeeks(index), index.facet("code")]
    );
    const pairs = (named, lists) => named.map(([slug, name], n) => [slug, name, lists[n]]);
    return {
      topic: pairs(table.topics, topics),
      year: search.documentsOfYears(table).filter(([year]) => year)
        .map(([year, list]) => [year, year, list]).reverse(),
      week: weeks.map(([week, list]) => [week, week, list]).reverse(),
      source: pairs(table.sources, sources),
      code: [["yes", "Has code", code[0]]]
    };
  }

  /* Which documents pass the chosen values, and how many of them each value has. */
  function sift(facets, chosen, documents, size) {
    const failed = new Uint8Array(size).fill(255);
    for (const number of documents) failed[number] = 0;
    const bits = new Map(NAMES.map((name, n) => [name, 1 << n]));
    for (const name of NAMES) {
      if (!chosen[name].length) continue;
      const holds = new Uint8Array(size);
      for (const [value, , list] of facets[name]) {
        if (chosen[name].includes(value)) for (const number of list) holds[number] = 1;
      }
      for (const number of documents) if (!holds[number]) failed[number] |= bits.get(name);
    }
    const counts = {};
    for (const name of NAMES) {
      counts[name] = facets[name].map(([value, label, list]) => {
        let count = 0;
        for (const number of list) if ((failed[number] & ~bits.get(name)) === 0) count++;
        return { value, label, count, chosen: chosen[name].includes(value) };
      });
    }
    return { documents: documents.filter((number) => !failed[number]), counts };
  }

  const isOrdered = (name) => name === "year" || name === "week";

  function shownValues(name, values) {
    const present = values.filter((one) => one.count || one.chosen);
    if (!isOrdered(name)) present.sort((a, b) => b.count - a.count);
    return present;
  }

  /* A group of check boxes; `change(name, value, on)` is told what the reader does. */
  function group(name, values, isOpen, change, open) {
    const present = shownValues(name, values);
    if (!present.length) return null;
    const shown = isOpen ? present : present.filter((one, n) => n < FIRST_SHOWN || one.chosen);
    const list = make("ul", {}, ...shown.map((one) => entry(name, one, change)));
    const made = make("fieldset", { class: "bs-facet", "data-facet": name },
      make("legend", {}, TITLES[name]), list);
    if (shown.length < present.length) {
      const more = make("button", { type: "button", class: "bs-find__plain" },
        `All ${present.length}`, make("span", { class: "bs-unseen" }, ` of ${TITLES[name]}`));
      more.addEventListener("click", () => open(name));
      made.append(more);
    }
    return made;
  }

  function entry(name, { value, label, count, chosen }, change) {
    const id = `bs-facet-${name}-${value}`;
    const box = make("input", { type: "checkbox", id, value, checked: chosen });
    box.addEventListener("change", () => change(name, value, box.checked));
    return make("li", {}, box, make("label", { for: id }, label, " ",
      make("span", { class: "bs-facet__count" }, count.toLocaleString("en"))));
  }

  search.facets = { NAMES, TITLES, readFacets, sift, group };
})((globalThis.broadsheetSearch = globalThis.broadsheetSearch || {}));
