/* Filters and orders a list of papers in place. What is chosen stands in the address. */
(function () {
  "use strict";
  var site = window.Broadsheet;
  var make = site.element;
  var LISTS = ["topic", "collection", "archive", "author"];
  var SHOWN = 100;

  var ORDERS = {
    listed: ["As listed", function (a, b) { return a.place - b.place; }],
    newest: ["Newest first", function (a, b) { return b.date.localeCompare(a.date) || a.place - b.place; }],
    oldest: ["Oldest first", function (a, b) { return a.date.localeCompare(b.date) || a.place - b.place; }],
    title: ["By title", function (a, b) { return a.title.localeCompare(b.title) || a.place - b.place; }]
  };

  /* What a reader can choose among the papers that are saved. */
  var MARKS = {
    "": ["Starred or noted", function (mark) { return mark.star || mark.note; }],
    star: ["Starred", function (mark) { return mark.star; }],
    note: ["With a note", function (mark) { return mark.note; }],
    read: ["Read", function (mark) { return mark.read; }]
  };

  function entry(paper, place) {
    var data = paper.dataset;
    return {
      paper: paper, place: place, slug: data.paper, date: data.date || "", year: data.year || "",
      topics: (data.topics || "").split(" ").filter(Boolean), code: data.code === "yes",
      title: site.tools.title(paper), text: data.text || ""
    };
  }

  /* Names of topics, as the links of the papers themselves give them. */
  function topicNames(entries) {
    var names = new Map();
    entries.forEach(function (one) {
      one.paper.querySelectorAll(".bs-topic").forEach(function (link) {
        var slug = new URL(link.href).pathname.split("/").filter(Boolean).pop();
        if (one.topics.indexOf(slug) >= 0) names.set(slug, link.textContent.trim());
      });
    });
    return Array.from(names).sort(function (a, b) { return a[1].localeCompare(b[1]); });
  }

  /* Topics and years to choose from: a list of several pages says which there are on all of them. */
  function choicesOf(list, entries) {
    if (list.dataset.choices) return JSON.parse(list.dataset.choices);
    var years = Array.from(new Set(entries.map(function (one) { return one.year; }).filter(Boolean)));
    return { topics: topicNames(entries), years: years.sort().reverse() };
  }

  function select(name, label, options) {
    return make("label", { "class": "bs-filter__field" }, [
      make("span", { text: label }),
      make("select", { name: name }, options.map(function (option) {
        return make("option", { value: option[0], text: option[1] });
      }))
    ]);
  }

  function labels(table) {
    return Object.keys(table).map(function (key) { return [key, table[key][0]]; });
  }

  function check(name, label) {
    var box = make("input", { type: "checkbox", name: name, value: "1" });
    if (name === "unread" && !site.store.available) {
      box.disabled = true;
      return make("label", { "class": "bs-filter__check", title: site.store.blocked }, [box, label]);
    }
    return make("label", { "class": "bs-filter__check" }, [box, label]);
  }

  function form(list, entries) {
    var saved = list.dataset.list === "saved";
    var choices = choicesOf(list, entries);
    var fields = make("div", { "class": "bs-filter__fields", id: "bs-filter-fields" }, [
      saved ? select("mark", "Show", labels(MARKS)) : null,
      choices.topics.length > 1 ? select("topic", "Topic", [["", "All topics"]].concat(choices.topics)) : null,
      choices.years.length > 1
        ? select("year", "Year", [["", "All years"]].concat(choices.years.map(function (y) { return [y, y]; })))
        : null,
      check("code", "With code"), check("unread", "Unread"),
      select("sort", "Order", labels(ORDERS))
    ]);
    var opener = make("button", {
      type: "button", "class": "bs-filter__open", "aria-expanded": "false", "aria-controls": fields.id,
      text: "Filter and sort",
      onclick: function () {
        var open = opener.getAttribute("aria-expanded") !== "true";
        opener.setAttribute("aria-expanded", String(open));
        opener.closest("form").classList.toggle("bs-filter--open", open);
      }
    });
    return make("form", { "class": "bs-filter", "aria-label": "Filter and sort this list" }, [
      saved ? make("label", { "class": "bs-filter__search" }, [
        make("span", { text: "Search your papers" }), make("input", { type: "search", name: "q", autocomplete: "off" })
      ]) : null,
      opener, fields, make("p", { "class": "bs-filter__count", role: "status" })
    ]);
  }

  /* What is chosen, by the name of its field; a field at rest is "". */
  function chosen(filter) {
    var choice = {};
    Array.from(filter.elements).forEach(function (field) {
      if (!field.name) return;
      choice[field.name] = field.type === "checkbox" ? (field.checked ? "1" : "") : field.value.trim();
    });
    if (choice.sort === "listed") choice.sort = "";
    return choice;
  }

  function fits(one, choice, marks) {
    var mark = marks[one.slug] || {};
    return (!choice.topic || one.topics.indexOf(choice.topic) >= 0) &&
      (!choice.year || one.year === choice.year) &&
      (!choice.code || one.code) &&
      (!choice.unread || !mark.read) &&
      (choice.mark === undefined || MARKS[choice.mark][1](mark)) &&
      (!choice.q || choice.q.toLowerCase().split(/\s+/).every(function (word) { return one.text.indexOf(word) >= 0; }));
  }

  function remember(choice) {
    var address = new URL(location.href);
    Object.keys(choice).forEach(function (key) {
      if (choice[key]) address.searchParams.set(key, choice[key]);
      else address.searchParams.delete(key);
    });
    history.replaceState(history.state, "", address);
  }

  function recall(filter) {
    new URL(location.href).searchParams.forEach(function (value, name) {
      var field = filter.elements[name];
      if (!field) return;
      if (field.type === "checkbox") field.checked = value === "1" && !field.disabled;
      else if (!field.options || Array.from(field.options).some(function (option) { return option.value === value; })) {
        field.value = value;
      }
    });
  }

  /* Puts exactly these papers into the list. Nothing is touched when they stand there already, so
     that focus and scrolling stay. */
  function arrange(list, papers) {
    var current = Array.from(list.querySelectorAll(":scope > .bs-paper"));
    if (papers.length === current.length && papers.every(function (p, n) { return p === current[n]; })) return;
    var held = document.activeElement;
    current.forEach(function (paper) { paper.remove(); });
    list.append.apply(list, papers);
    papers.forEach(site.tools.place);
    if (list.contains(held)) held.focus({ preventScroll: true });
  }

  function counted(shown, parts, missing, known, isChosen) {
    if (!isChosen) return parts.total + " papers";
    if (missing) {
      return shown + " of the " + known + " papers that are here; the other pages of this list cannot be fetched. Are you offline?";
    }
    return shown + " of " + known + " papers" + (shown ? "" : ": choose less to see more");
  }

  function equip(list) {
    var own = Array.from(list.querySelectorAll(":scope > .bs-paper"));
    var parts = site.partsOf(list, own);
    if (parts.total < 2 && list.dataset.list !== "saved") return;
    var filter = form(list, own.map(entry));
    var count = filter.querySelector(".bs-filter__count");
    var more = make("button", { type: "button", "class": "bs-button bs-filter__more", onclick: showMore });
    var limit = SHOWN;
    list.prepend(filter);
    recall(filter);

    function isChosen(choice) {
      return Object.keys(choice).some(function (key) { return choice[key]; });
    }

    function draw() {
      var choice = chosen(filter);
      var marks = site.store.marks();
      var entries = (isChosen(choice) ? parts.papers() : own).map(entry);
      var found = entries.filter(function (one) { return fits(one, choice, marks); })
        .sort(ORDERS[choice.sort || "listed"][1]);
      // A page as it was made stays whole; what is found is shown a piece at a time.
      var most = isChosen(choice) || list.dataset.list === "saved" ? limit : own.length;
      arrange(list, found.slice(0, most).map(function (one) { return one.paper; }));
      more.remove();
      if (found.length > most) {
        more.textContent = "Show " + Math.min(SHOWN, found.length - most) + " more";
        list.append(more);
      }
      count.textContent = counted(found.length, parts, parts.missing(), entries.length, isChosen(choice) || found.length < own.length);
      return found;
    }

    function showMore() {
      var before = limit;
      limit += SHOWN;
      draw()[before].paper.querySelector("a[href]").focus();
    }

    function update() {
      var choice = chosen(filter);
      document.querySelectorAll(".bs-pager, .bs-part").forEach(function (element) { element.hidden = isChosen(choice); });
      if (!isChosen(choice) || !parts.missing()) return draw();
      count.textContent = "Reading the other pages of this list …";
      list.setAttribute("aria-busy", "true");
      return parts.fetchAll().then(function () {
        list.removeAttribute("aria-busy");
        parts.papers().forEach(function (paper) { if (site.markNew) site.markNew(paper); });
        draw();
      });
    }

    function change() {
      limit = SHOWN;
      remember(chosen(filter));
      update();
    }

    filter.addEventListener("submit", function (event) { event.preventDefault(); });
    filter.addEventListener("change", change);
    filter.addEventListener("input", function (event) { if (event.target.type === "search") change(); });
    site.store.onChange(function () { if (!list.contains(document.activeElement)) update(); });
    update();
  }

  site.lists = { equip: equip };
  document.querySelectorAll(".bs-list").forEach(function (list) {
    if (LISTS.indexOf(list.dataset.list) >= 0) equip(list);
  });
})();
