/* The search box of every page. The rest of the search is read when someone turns to it. */
(function (search) {
  "use strict";

  const SHOWN = 8;
  const own = document.currentScript.src;
  const root = new URL("../../", own);
  const address = (path) => new URL(path, root).href;
  let started = null;

  /* Nothing came from the host; not a defect of ours. */
  class Unreachable extends Error {}

  /* Scripts that the page itself names are there already. */
  function loadScript(name) {
    if (document.querySelector(`script[src$="search/index/${name}"]`)) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = address("search/index/" + name);
      script.async = false;
      script.onload = resolve;
      script.onerror = () => {
        script.remove();
        reject(new Unreachable(name));
      };
      document.head.append(script);
    });
  }

  const asked = (path, cache) =>
    fetch(address("search/index/" + path), { cache })
      .catch(() => Promise.reject(new Unreachable(path)));

  async function read(path, fresh) {
    const cache = path !== "table.json" ? "default" : fresh ? "reload" : "no-cache";
    const response = await asked(path, cache);
    if (!response.ok) throw new search.Gone(`${path}: ${response.status}`);
    return response.arrayBuffer().catch(() => Promise.reject(new Unreachable(path)));
  }

  /* Promises the index; its table is asked for together with the script that reads it. */
  function start() {
    if (!started) {
      let table = asked("table.json", "no-cache");
      table.catch(() => {});
      started = loadScript("engine.js").then(() => search.openIndex((path, fresh) => {
        const first = table;
        table = null;
        if (path !== "table.json" || fresh || !first) return read(path, fresh);
        return first.then((response) => response.ok ? response.arrayBuffer() : read(path, true));
      }));
      started.catch(() => (started = null));
    }
    return started;
  }

  const trouble = location.protocol === "file:"
    ? "Search works when the site is served, not from a file."
    : "The search index could not be read. Please try again.";

  /* Says kindly what cannot be helped; a defect is reported as such, too. */
  function explain(error, say) {
    say(trouble);
    if (!(error instanceof Unreachable || (search.Gone && error instanceof search.Gone))) {
      reportError(error);
    }
  }

  /* Does `task` for the newest of quickly following inputs, one at a time. */
  function newestOnly(task) {
    let waiting = null;
    let busy = false;
    return async function run(...input) {
      waiting = input;
      if (busy) return;
      busy = true;
      while (waiting) {
        const next = waiting;
        waiting = null;
        await task(...next);
      }
      busy = false;
    };
  }

  function box(form) {
    const input = form.querySelector("input[name=q]");
    const list = form.querySelector("[role=listbox]");
    const status = form.querySelector("[role=status]");
    let active = -1;

    const options = () => Array.from(list.querySelectorAll("[role=option]"));

    function open(shown) {
      list.hidden = !shown;
      input.setAttribute("aria-expanded", String(shown));
      activate(-1);
    }

    function activate(place) {
      active = place;
      options().forEach((option, n) => {
        option.setAttribute("aria-selected", String(n === place));
        if (n === place) option.scrollIntoView({ block: "nearest" });
      });
      if (place < 0) input.removeAttribute("aria-activedescendant");
      else input.setAttribute("aria-activedescendant", options()[place].id);
    }

    const option = (n, url, ...children) =>
      search.make("a", {
        role: "option", id: `bs-search-option-${n}`, href: url, tabindex: "-1",
        "aria-selected": "false", class: "bs-search__option"
      }, ...children);

    function paper(result, n, wanted) {
      const { title, url, published, ...rest } = search.readResult(result);
      const about = [search.authorsOf(rest), published && search.shownDate(published)].filter(Boolean).join(" · ");
      return option(
        n, address(url),
        search.make("span", { class: "bs-search__title" }, search.marked(title, wanted)),
        search.make("span", { class: "bs-search__about" }, about)
      );
    }

    const show = newestOnly(async (text) => {
      try {
        const index = await start();
        const answered = await search.ask(index, text, { typing: true });
        const best = search.first(answered, answered.documents, SHOWN);
        const numbers = best.concat(search.alsoFound(answered, SHOWN - best.length));
        const results = await index.withTable(() => index.values("results", numbers));
        if (input.value.trim() !== text.trim() || document.activeElement !== input) return;
        draw(text, answered, results);
      } catch (error) {
        explain(error, (text) => (status.textContent = text));
        list.replaceChildren();
        open(false);
      }
    });

    function draw(text, answered, results) {
      const wanted = search.wantedOf(answered);
      const papers = results.map((result, n) => paper(result, n, wanted));
      const target = `${address("search/")}?q=${encodeURIComponent(text.trim())}`;
      const count = answered.documents.length;
      const label = count ? `All results: ${search.summary(answered, count)}`
        : "No paper found. Search tips";
      const chosen = active < 0 ? "" : options()[active].href;
      list.replaceChildren(...papers, option(papers.length, target, label));
      status.textContent = answered.notices.concat(search.summary(answered, count)).join(" ");
      open(true);
      // Who has walked to a paper while the last results came stays on it.
      activate(options().findIndex((one) => one.href === chosen));
    }

    input.addEventListener("focus", () => start().catch(() => {}), { once: true });
    input.addEventListener("input", () => {
      // Enter means the text as it now stands, not a result that was chosen for an earlier one.
      activate(-1);
      if (input.value.trim()) show(input.value);
      else open(false);
    });
    input.addEventListener("keydown", (event) => {
      const last = options().length - 1;
      if (event.key === "Escape") {
        if (!list.hidden) open(false);
        else input.value = "";
        event.preventDefault();
      } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        if (list.hidden) return input.value.trim() && show(input.value);
        const step = event.key === "ArrowDown" ? 1 : -1;
        activate(active + step > last ? -1 : active + step < -1 ? last : active + step);
        event.preventDefault();
      } else if (event.key === "Enter" && active >= 0) {
        event.preventDefault();
        options()[active].click();
      }
    });
    form.addEventListener("focusout", (event) => {
      if (!form.contains(event.relatedTarget)) open(false);
    });
    list.addEventListener("mousedown", (event) => event.preventDefault());
  }

  function focusBox(event) {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing) return;
    const input = document.querySelector("#broadsheet-search input[type=search]") ||
      document.querySelector("[data-broadsheet-search] input[name=q]");
    if (!input) return;
    event.preventDefault();
    input.focus();
    input.select();
  }

  Object.assign(search, { start, address, newestOnly, explain });
  document.querySelectorAll("form[data-broadsheet-search]").forEach(box);
  document.addEventListener("keydown", focusBox);
  if (document.getElementById("broadsheet-search")) {
    Promise.all([start(), loadScript("page.js")])
      .then(([index]) => search.page(index))
      .catch((error) => explain(error, (text) => {
        document.getElementById("broadsheet-search").textContent = text;
      }));
  }
})((globalThis.broadsheetSearch = globalThis.broadsheetSearch || {}));
