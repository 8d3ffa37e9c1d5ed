/* Filters and orders a list of papers in place. What is chosen stands in the address. */
(function () {
  "use strict";
  var site = window.Broadsheet;
  var make = site.element;
  var LISTS = ["topic", "collection", "archive", "saved"];

  var ORDERS = {
    listed: ["As listed", function (a, b) { return a.place - b.place; }],
    newest: ["Newest first", function (a, b) { return b.date.localeCompare(a.date) || a.place - b.place; }],
    oldest: ["Oldest first", function (a, b) { return a.date.localeCompare(b.date) || a.place - b.place; }],
    title: ["By title", function (a, b) { return a.title.localeCompare(b.title) || a.place - b.place; }]
  };

  function entry(paper, place) {
    var data = paper.dataset;
    return {
      paper: paper, place: place, slug: data.paper, date: data.date || "", year: data.year || "",
      topics: (data.topics || "").split(" ").filter(Boolean), code: data.code === "yes",
      title: site.tools.title(paper)
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

  function select(name, label, options) {
    return make("label", { "class": "bs-filter__field" }, [
      make("span", { text: label }),
      make("select", { name: name }, options.map(function (option) {
        return make("option", { value: option[0], text: option[1] });
      }))
    ]);
  }

  function check(name, label) {
    var box = make("input", { type: "checkbox", name: name, value: "1" });
    if (name === "unread" && !site.store.available) {
      box.disabled = true;
      return make("label", { "class": "bs-filter__check", title: site.tools.blocked }, [box, label]);
    }
    return make("label", { "class": "bs-filter__check" }, [box, label]);
  }

  function form(entries) {
    var years = Array.from(new Set(entries.map(function (one) { return one.year; }).filter(Boolean)));
    years.sort().reverse();
    var fields = make("div", { "class": "bs-filter__fields", id: "bs-filter-fields" }, [
      select("topic", "Topic", [["", "All topics"]].concat(topicNames(entries))),
      select("year", "Year", [["", "All years"]].concat(years.map(function (y) { return [y, y]; }))),
      check("code", "With code"), check("unread", "Unread"),
      select("sort", "Order", Object.keys(ORDERS).map(function (key) { return [key, ORDERS[key][0]]; }))
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
      opener, fields, make("p", { "class": "bs-filter__count", role: "status" })
    ]);
  }

  function chosen(filter) {
    var fields = filter.elements;
    return {
      topic: fields.topic.value, year: fields.year.value, code: fields.code.checked,
      unread: fields.unread.checked, sort: fields.sort.value
    };
  }

  function fits(one, choice, marks) {
    return (!choice.topic || one.topics.indexOf(choice.topic) >= 0) &&
      (!choice.year || one.year === choice.year) &&
      (!choice.code || one.code) &&
      (!choice.unread || !(marks[one.slug] || {}).read);
  }

  function apply(list, entries, filter) {
    var choice = chosen(filter);
    var marks = site.store.marks();
    var order = (ORDERS[choice.sort] || ORDERS.listed)[1];
    var shown = 0;
    entries.slice().sort(order).forEach(function (one) {
      one.paper.hidden = !fits(one, choice, marks);
      if (!one.paper.hidden) shown += 1;
    });
    arrange(list, entries.slice().sort(order));
    var all = shown === entries.length;
    filter.querySelector(".bs-filter__count").textContent = all
      ? entries.length + " papers"
      : shown + " of " + entries.length + " papers" + (shown ? "" : ": choose less to see more");
  }

  /* Moves papers only when their order is another one, so that focus and scrolling stay. */
  function arrange(list, sorted) {
    var current = Array.from(list.querySelectorAll(":scope > .bs-paper"));
    if (sorted.every(function (one, place) { return one.paper === current[place]; })) return;
    list.append.apply(list, sorted.map(function (one) { return one.paper; }));
  }

  function remember(filter) {
    var choice = chosen(filter);
    var address = new URL(location.href);
    Object.keys(choice).forEach(function (key) {
      var value = choice[key] === true ? "1" : choice[key];
      if (!value || (key === "sort" && value === "listed")) address.searchParams.delete(key);
      else address.searchParams.set(key, value);
    });
    history.replaceState(history.state, "", address);
  }

  function recall(filter) {
    var wanted = new URL(location.href).searchParams;
    ["topic", "year", "sort"].forEach(function (name) {
      var field = filter.elements[name];
      var known = Array.from(field.options).some(function (option) { return option.value === wanted.get(name); });
      if (known) field.value = wanted.get(name);
    });
    ["code", "unread"].forEach(function (name) {
      var field = filter.elements[name];
      field.checked = wanted.get(name) === "1" && !field.disabled;
    });
  }

  function equip(list) {
    var entries = Array.from(list.querySelectorAll(":scope > .bs-paper")).map(entry);
    if (entries.length < 2) return;
    var filter = form(entries);
    var place = list.querySelector(":scope > .bs-filter-place");
    if (place) place.replaceWith(filter); else list.prepend(filter);
    recall(filter);
    var update = function () { apply(list, entries, filter); };
    filter.addEventListener("submit", function (event) { event.preventDefault(); });
    filter.addEventListener("change", function () { update(); remember(filter); });
    site.store.onChange(function () { if (!list.contains(document.activeElement)) update(); });
    update();
  }

  site.lists = { equip: equip };
  document.querySelectorAll(".bs-list").forEach(function (list) {
    if (LISTS.indexOf(list.dataset.list) >= 0 && list.dataset.list !== "saved") equip(list);
  });
})();
