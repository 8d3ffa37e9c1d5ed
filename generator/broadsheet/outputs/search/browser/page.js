/* The page /search/: the query, facets and order are in the address, the results below it. */
(function (search) {
  "use strict";

  const AT_ONCE = 10;
  const TIPS = [
    ["attention sparse", "papers with both words"],
    ["\"chain of thought\"", "these words in this order"],
    ["retrieval -survey", "without a word"],
    ["title:agents author:li", "in the title, by an author; also topic: and id:"],
    ["year:2023..2024 week:2024-W12", "from these years, from this week's issue"],
    ["2406.04520", "an arXiv id, with or without its version"]
  ];

  function readState() {
    const asked = new URLSearchParams(location.search);
    const chosen = {};
    for (const name of search.facets.NAMES) chosen[name] = asked.getAll(name);
    return { text: asked.get("q") || "", chosen, sort: asked.get("sort") || "", shown: AT_ONCE };
  }

  function addressOf({ text, chosen, sort }) {
    const asked = new URLSearchParams();
    if (text.trim()) asked.set("q", text.trim());
    for (const [name, values] of Object.entries(chosen)) {
      for (const value of values) asked.append(name, value);
    }
    if (sort) asked.set("sort", sort);
    const query = asked.toString();
    return location.pathname + (query ? "?" + query : "");
  }

  const isChosen = (chosen) => Object.values(chosen).some((values) => values.length);

  function page(index) {
    const { make } = search;
    const place = document.getElementById("broadsheet-search");
    const parts = layout(place);
    const opened = new Set();
    let state = readState();
    let last = null;

    function remember(how) {
      const address = addressOf(state);
      if (address !== location.pathname + location.search) history[how](null, "", address);
    }

    const run = search.newestOnly(async (typing) => {
      try {
        parts.root.setAttribute("aria-busy", "true");
        const { text, chosen, sort } = state;
        const checked = state.checked;
        last = await search.ask(index, text, { typing, chosen, sort, checked });
        await index.withTable(show);
      } catch (error) {
        search.explain(error, (said) => (parts.status.textContent = said));
        parts.results.replaceChildren();
      } finally {
        parts.root.removeAttribute("aria-busy");
      }
    });

    /* Results first; the counts of the facets follow, unless facets decide on the results. */
    async function show() {
      const answered = last;
      const sifted = isChosen(state.chosen) ? await siftNow(answered) : null;
      const documents = sifted ? sifted.documents : answered.documents;
      await draw(answered, documents);
      drawTools(answered, sifted || (await siftNow(answered)), documents);
    }

    async function siftNow(answered) {
      const facets = await search.facets.readFacets(index);
      const all = answered.documents;
      return search.facets.sift(facets, state.chosen, all, index.table.documents);
    }

    async function draw(answered, documents) {
      const best = search.first(answered, documents, state.shown);
      const also = isChosen(state.chosen) || state.sort ? []
        : search.alsoFound(answered, state.shown - best.length);
      const shown = await index.values("results", best.concat(also));
      const extra = answered.query.phrases.length ? await index.values("texts", best) : [];
      if (answered !== last) return;
      const wanted = search.wantedOf(answered);
      const made = shown.map((one, n) => result(index, one, wanted, phraseText(answered, extra[n])));
      parts.results.replaceChildren(...made.slice(0, best.length));
      parts.also.hidden = !also.length;
      parts.alsoResults.replaceChildren(...made.slice(best.length));
      const asked = state.text.trim() || isChosen(state.chosen);
      parts.status.textContent = asked ? search.summary(answered, documents.length) : "";
      parts.notices.replaceChildren(...answered.notices.map((text) => make("p", {}, text)));
      parts.tips.open = !asked || !documents.length;
      parts.more.hidden = documents.length <= state.shown;
      parts.check.hidden = !answered.unchecked;
    }

    function phraseText(answered, texts) {
      if (!texts) return "";
      const found = answered.query.phrases.map(({ words }) => search.around(texts[1], words));
      return found.find(Boolean) || "";
    }

    function drawTools(answered, sifted, documents) {
      if (answered !== last) return;
      const groups = search.facets.NAMES.map((name) => search.facets.group(
        name, sifted.counts[name], opened.has(name), choose, openFacet
      ));
      const held = document.activeElement && document.activeElement.id;
      parts.facets.replaceChildren(...groups.filter(Boolean));
      if (held && parts.facets.querySelector(`#${CSS.escape(held)}`)) {
        document.getElementById(held).focus();
      }
      parts.filters.hidden = !documents.length && !isChosen(state.chosen);
      parts.chosen.replaceChildren(...chips(index, state.chosen, choose));
      parts.tools.hidden = !documents.length;
      drawFeed();
    }

    /* A feed stands for one topic or one collection, or for everything; not for words. */
    function drawFeed() {
      const feeds = index.table.feeds;
      const asked = Object.entries(state.chosen).flatMap(([name, all]) => all.map((v) => [name, v]));
      const pages = { topic: "topics/", source: "collections/" };
      const [name, value] = asked[0] || ["", ""];
      const page = asked.length === 0 ? "" : (pages[name] || name + "/") + value + "/";
      const feed = asked.length < 2 && !state.text.trim() ? feeds[page] : undefined;
      parts.feed.hidden = feed === undefined;
      if (feed !== undefined) parts.feed.href = search.address(feed);
    }

    function choose(name, value, on) {
      const others = state.chosen[name].filter((one) => one !== value);
      state.chosen[name] = on ? others.concat(value) : others;
      state.shown = AT_ONCE;
      remember("pushState");
      run(false);
    }

    function openFacet(name) {
      opened.add(name);
      show().then(() => {
        const first = parts.facets.querySelector(`[data-facet="${name}"] input`);
        if (first) first.focus();
      });
    }

    function fromState() {
      parts.input.value = state.text;
      parts.sort.value = state.sort;
      run(false);
    }

    parts.input.addEventListener("input", () => {
      state = { ...state, text: parts.input.value, shown: AT_ONCE, checked: 0 };
      remember("replaceState");
      run(true);
    });
    parts.form.addEventListener("submit", (event) => {
      event.preventDefault();
      remember("pushState");
      run(false);
    });
    parts.sort.addEventListener("change", () => {
      state.sort = parts.sort.value;
      remember("pushState");
      run(false);
    });
    parts.more.addEventListener("click", async () => {
      const before = parts.results.children.length;
      state.shown += AT_ONCE;
      await show();
      const next = parts.results.children[before];
      if (next) next.querySelector("a").focus();
    });
    parts.check.addEventListener("click", () => {
      state.checked = (state.checked || 40) * 5;
      run(false);
    });
    parts.copy.addEventListener("click", async () => {
      const link = new URL(addressOf(state), location.href).href;
      const copied = navigator.clipboard ? navigator.clipboard.writeText(link) : Promise.reject();
      parts.copied.textContent = await copied.then(() => "Link copied.", () => link);
    });
    window.addEventListener("popstate", () => {
      state = readState();
      fromState();
    });
    parts.root.addEventListener("keydown", (event) => walk(event, parts));
    fromState();
    if (!state.text) parts.input.focus({ preventScroll: true });
  }

  /* Arrows walk from the query through the results; Esc leads back. */
  function walk(event, parts) {
    const inResults = event.target.closest(".bs-find__results a");
    if (event.target !== parts.input && !inResults) return;
    const links = Array.from(parts.root.querySelectorAll(".bs-find__results h2 a"));
    const now = links.indexOf(event.target);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape" && inResults) {
      parts.input.focus();
    } else if (step && (now >= 0 || (event.target === parts.input && step > 0))) {
      (links[now + step] || (now + step < 0 ? parts.input : links[now])).focus();
    } else {
      return;
    }
    event.preventDefault();
  }

  function result(index, shown, wanted, phraseText) {
    const { make, marked } = search;
    const { title, url, published, authors, others, topics, weeks, code, lead } = search.readResult(shown);
    const link = (path, text, name) => make("a", { href: search.address(path), class: name }, text);
    const about = make("p", { class: "bs-links" });
    if (published) about.append(make("time", { datetime: published }, search.shownDate(published)));
    for (const week of weeks) about.append(link(`weeks/${week}/`, week, ""));
    if (code) about.append(make("span", {}, "Has code"));
    for (const topic of topics) {
      const [slug, name] = index.table.topics[topic];
      about.append(link(`topics/${slug}/`, name, "bs-topic"));
    }
    const names = search.authorsOf({ authors, others });
    const [, slug] = /^papers\/([^/]+)\/$/.exec(url) || [];
    const made = make("article", { class: "bs-paper", "data-paper": slug || false },
      make("h2", {}, make("a", { href: search.address(url) }, marked(title, wanted))),
      names && make("p", { class: "bs-authors" }, marked(names, wanted)),
      (phraseText || lead) && make("p", { class: "bs-tldr" }, marked(phraseText || lead, wanted)),
      about);
    // Stars and read marks, where the site has them.
    const { tools } = globalThis.Broadsheet || {};
    if (slug && tools) tools.place(made);
    return make("li", {}, made);
  }

  function chips(index, chosen, choose) {
    const { make } = search;
    const named = { topic: new Map(index.table.topics), source: new Map(index.table.sources) };
    return Object.entries(chosen).flatMap(([name, values]) => values.map((value) => {
      const text = (named[name] && named[name].get(value)) || (name === "code" ? "Has code" : value);
      const chip = make("button", { type: "button", class: "bs-find__chip" }, text,
        make("span", { "aria-hidden": "true" }, " ×"),
        make("span", { class: "bs-unseen" }, ": leave this filter"));
      chip.addEventListener("click", () => choose(name, value, false));
      return chip;
    }));
  }

  /* The parts of the page, by name. */
  function layout(place) {
    const { make } = search;
    const input = make("input", {
      type: "search", id: "bs-find-input", name: "q", autocomplete: "off", autocapitalize: "off",
      spellcheck: "false", enterkeyhint: "search", class: "bs-find__input"
    });
    const form = make("form", { role: "search", "aria-label": "All papers", class: "bs-find__form" },
      make("label", { for: "bs-find-input" }, "Words, names, ids"), input);
    const tips = make("details", { class: "bs-find__tips" }, make("summary", {}, "How to ask"),
      make("dl", {}, ...TIPS.flatMap(([asked, means]) => [
        make("dt", {}, make("code", {}, asked)), make("dd", {}, means)
      ])));
    const status = make("p", { role: "status", "aria-live": "polite", class: "bs-find__status" });
    const notices = make("div", { class: "bs-find__notices" });
    const sort = make("select", { id: "bs-find-sort" },
      make("option", { value: "" }, "Best match"), make("option", { value: "date" }, "Newest"));
    const button = (text) => make("button", { type: "button", class: "bs-find__plain" }, text);
    const copy = button("Copy link to this search");
    const copied = make("span", { role: "status", class: "bs-find__copied" });
    const feed = make("a", { class: "bs-find__feed", hidden: true, href: search.address("feeds/") }, "Feed");
    const tools = make("div", { class: "bs-find__tools", hidden: true },
      make("label", { for: "bs-find-sort" }, "Order"), sort, copy, copied, feed);
    const facets = make("div", { class: "bs-find__facets" });
    const filters = make("details", { class: "bs-find__filters", hidden: true },
      make("summary", {}, "Filter"), facets);
    if (window.matchMedia("(min-width: 60em)").matches) filters.open = true;
    const chosen = make("div", { class: "bs-find__chosen" });
    const results = make("ol", { class: "bs-find__results" });
    const alsoResults = make("ol", { class: "bs-find__results" });
    const also = make("section", { hidden: true, class: "bs-find__also" },
      make("p", { class: "bs-find__status" }, "Papers with some of the words:"), alsoResults);
    const more = make("button", { type: "button", class: "bs-find__more", hidden: true }, "More papers");
    const check = make("button", { type: "button", class: "bs-find__more", hidden: true },
      "Check more texts for the phrase");
    const root = make("div", { class: "bs-find" }, form, tips, status, notices, chosen, tools,
      make("div", { class: "bs-find__body" }, filters,
        make("div", { class: "bs-find__found" }, results, also, more, check)));
    place.replaceChildren(root);
    return {
      root, form, input, tips, status, notices, sort, copy, copied, feed, tools, facets, filters,
      chosen, results, also, alsoResults, more, check
    };
  }

  search.page = page;
})((globalThis.broadsheetSearch = globalThis.broadsheetSearch || {}));
