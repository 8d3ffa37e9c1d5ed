/* The page of saved papers: search, filters, references, export, import, and a way to forget. */
(function () {
  "use strict";
  var site = window.Broadsheet;
  var store = site.store;
  var make = site.element;
  var page = document.getElementById("bs-saved");
  if (!page) return;
  var facts = new Map();

  function wanted() {
    var marks = store.marks();
    return Object.keys(marks).sort(function (a, b) {
      return (marks[b].star || "").localeCompare(marks[a].star || "") || a.localeCompare(b);
    });
  }

  /* Facts of the papers, from their shards; papers that moved are followed. */
  function fetchFacts(slugs, count) {
    var numbers = Array.from(new Set(slugs.map(function (slug) { return site.shardOf(slug, count); })));
    return Promise.all(numbers.map(function (number) { return site.json("reading/" + number + ".json"); }))
      .then(function (shards) {
        var found = Object.assign.apply(null, [{}].concat(shards));
        var moved = [];
        slugs.forEach(function (slug) {
          if (found[slug] && found[slug].moved) {
            store.rename(slug, found[slug].moved);
            moved.push(found[slug].moved);
          } else if (found[slug]) facts.set(slug, found[slug]);
        });
        return moved.length ? fetchFacts(moved, count) : undefined;
      });
  }

  function card(slug, mark) {
    var fact = facts.get(slug);
    var name = (fact && fact.title) || mark.title || slug;
    var address = new URL(fact ? fact.url : "papers/" + slug + "/", site.root).href;
    var note = mark.note ? make("p", { "class": "bs-saved__note", text: mark.note }) : null;
    return make("article", {
      "class": "bs-paper", "data-paper": slug, "data-date": (fact && fact.date) || "",
      "data-year": ((fact && fact.date) || "").slice(0, 4), "data-topics": fact ? fact.topics.map(function (topic) { return topic[0]; }).join(" ") : "",
      "data-code": fact && fact.code ? "yes" : "no",
      "data-text": [name, fact ? fact.authors.join(" ") : "", fact ? fact.tldr : "", mark.note || ""].join(" ").toLowerCase()
    }, [
      make("h2", {}, [make("a", { href: address, text: name })]),
      fact && fact.authors.length ? make("p", { "class": "bs-authors", text: names(fact.authors) }) : null,
      fact && fact.tldr ? make("p", { "class": "bs-tldr", text: fact.tldr }) : null,
      note,
      fact ? null : make("p", { "class": "bs-saved__gone", text: "This paper's facts cannot be fetched now." }),
      fact ? links(fact) : null
    ]);
  }

  /* As many names as any list shows. */
  function names(authors) {
    if (authors.length > 4) return authors.slice(0, 3).join(", ") + " and " + (authors.length - 3) + " others";
    var last = authors.slice(-1);
    return authors.length > 1 ? authors.slice(0, -1).join(", ") + " and " + last : String(last);
  }

  function links(fact) {
    var day = fact.date ? make("time", { datetime: fact.date, text: shown(fact.date) }) : null;
    return make("p", { "class": "bs-links" }, [day].concat(
      fact.links.map(function (link) { return make("a", { href: link[1], text: link[0] }); }),
      fact.topics.map(function (topic) {
        return make("a", { "class": "bs-topic", href: new URL("topics/" + topic[0] + "/", site.root).href, text: topic[1] });
      })
    ));
  }

  /* A date as precise as it is known: "18 March 2024", "March 2024", "2024". */
  function shown(date) {
    var parts = date.split("-").length;
    var format = { year: "numeric", month: parts > 1 ? "long" : undefined, day: parts > 2 ? "numeric" : undefined, timeZone: "UTC" };
    return new Intl.DateTimeFormat("en-GB", format).format(new Date(date));
  }

  function starred() {
    var marks = store.marks();
    return wanted().filter(function (slug) { return marks[slug].star && facts.has(slug); })
      .map(function (slug) { return facts.get(slug); });
  }

  function references(name, type, text) {
    var papers = starred();
    if (!papers.length) return site.say("No paper has a star yet.");
    return site.save(name, type, text(papers));
  }

  function lines(field) {
    return function (papers) { return papers.map(function (paper) { return paper[field].trim(); }).join("\n\n") + "\n"; };
  }

  function csl(papers) {
    return JSON.stringify(papers.map(function (paper) { return paper.csl; }), null, 2) + "\n";
  }

  function button(text, action) {
    return make("button", { type: "button", "class": "bs-button", text: text, onclick: action });
  }

  function importer() {
    var file = make("input", { type: "file", accept: "application/json,.json", "class": "bs-unseen", tabindex: "-1", "aria-hidden": "true" });
    file.addEventListener("change", function () {
      if (!file.files.length) return;
      file.files[0].text().then(function (text) {
        site.say("Marks of " + store.merge(text) + " papers were added.");
        return start();
      }).catch(function (error) {
        site.say(error instanceof SyntaxError ? "This file is not JSON. Choose one that was exported here." : error.message);
      });
      file.value = "";
    });
    return [button("Import", function () { file.click(); }), file];
  }

  function forget() {
    if (!window.confirm("Forget all stars, read marks and notes in this browser? Export them first if you may want them again.")) return;
    store.clear();
    facts.clear();
    draw();
    site.say("Everything is forgotten.");
  }

  function group(label, buttons) {
    return make("div", { role: "group", "aria-label": label }, [make("span", { "aria-hidden": "true", text: label })].concat(buttons));
  }

  function actions() {
    return make("div", { "class": "bs-saved__actions" }, [
      group("Cite what is starred", [
        button("BibTeX", function () { references("starred.bib", "application/x-bibtex", lines("bibtex")); }),
        button("RIS", function () { references("starred.ris", "application/x-research-info-systems", lines("ris")); }),
        button("CSL-JSON", function () { references("starred.json", "application/vnd.citationstyles.csl+json", csl); })
      ]),
      group("All your marks", [
        button("Export", function () { site.save("reading.json", "application/json", store.exported()); })
      ].concat(importer(), [button("Clear all", forget)]))
    ]);
  }

  var controls = actions();
  var papers = make("div");

  function draw() {
    var slugs = wanted();
    if (!page.contains(controls)) page.replaceChildren(controls, papers);
    if (!slugs.length) {
      papers.replaceChildren(make("p", { text: "Nothing is saved yet. Press Star at a paper, or s on the keyboard, and it will stand here." }));
      return;
    }
    var marks = store.marks();
    var list = make("div", { "class": "bs-list", "data-list": "saved" }, slugs.map(function (slug) {
      return card(slug, marks[slug]);
    }));
    papers.replaceChildren(list);
    list.querySelectorAll(":scope > .bs-paper").forEach(site.tools.place);
    site.lists.equip(list);
  }

  function start() {
    return site.json("reading/edition.json")
      .then(function (edition) { return fetchFacts(wanted(), edition.shards); })
      .catch(function () { site.say("Facts of your papers cannot be fetched; their names are shown."); })
      .then(draw);
  }

  if (!store.available) {
    page.append(make("p", { "class": "bs-tools__blocked", role: "status", text: site.store.blocked }));
  } else start();
})();
