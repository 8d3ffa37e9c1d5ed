/* The controls on each paper: star, read, preview in lists; on a paper's own page also a note. */
(function () {
  "use strict";
  var site = window.Broadsheet;
  var store = site.store;
  var make = site.element;

  function title(paper) {
    var heading = paper.querySelector("h1, h2, h3, h4");
    var link = heading && heading.querySelector("a[href]:not(.headerlink)");
    return ((link || heading || {}).textContent || "").replace(/¶$/, "").trim();
  }

  function toggle(paper, field) {
    if (!store.available) return site.say(store.blocked);
    var slug = paper.dataset.paper;
    var on = !store.mark(slug)[field];
    if (!store.set(slug, field, on ? store.today() : "", title(paper))) return undefined;
    var words = { star: ["Star removed", "Starred"], read: ["Marked as unread", "Marked as read"] };
    return site.say(words[field][on ? 1 : 0]);
  }

  function button(kind, label, onclick) {
    return make("button", {
      type: "button", "class": "bs-tool bs-tool--" + kind, "data-tool": kind, title: label, onclick: onclick
    }, [make("span", { "class": "bs-tool__sign", "aria-hidden": "true" }), make("span", { "class": "bs-tool__name", text: label })]);
  }

  function markButton(paper, field, label) {
    var result = button(field, label, function () { toggle(paper, field); });
    if (!store.available) {
      result.setAttribute("aria-disabled", "true");
      result.title = store.blocked;
    } else {
      result.setAttribute("aria-pressed", "false");
    }
    return result;
  }

  function show(paper) {
    var mark = store.mark(paper.dataset.paper);
    paper.classList.toggle("bs-is-starred", Boolean(mark.star));
    paper.classList.toggle("bs-is-read", Boolean(mark.read));
    paper.querySelectorAll(":scope > .bs-tools [aria-pressed]").forEach(function (tool) {
      tool.setAttribute("aria-pressed", String(Boolean(mark[tool.dataset.tool])));
    });
  }

  /* The summary and the abstract of a paper, taken from its page. */
  function preview(paper, tool) {
    var box = paper.querySelector(":scope > .bs-preview");
    if (box) {
      box.hidden = !box.hidden;
      tool.setAttribute("aria-expanded", String(!box.hidden));
      return;
    }
    box = make("div", { "class": "bs-preview", id: "preview-" + paper.dataset.paper });
    paper.append(box);
    tool.setAttribute("aria-expanded", "true");
    tool.setAttribute("aria-controls", box.id);
    fetch(paper.querySelector(":is(h2, h3, h4) a[href]").href)
      .then(function (answer) {
        if (!answer.ok) throw new Error("unread");
        return answer.text();
      })
      .then(function (text) { fill(box, new DOMParser().parseFromString(text, "text/html")); })
      .catch(function () { box.textContent = "The summary cannot be fetched. Are you offline?"; });
  }

  function fill(box, page) {
    var parts = page.querySelectorAll(".bs-work .bs-summary > *, .bs-work .bs-abstract > :not(h2)");
    parts.forEach(function (part) {
      part.querySelectorAll("a[href]").forEach(function (link) { link.removeAttribute("id"); });
      box.append(document.importNode(part, true));
    });
    if (!parts.length) box.append(make("p", { text: "There is no summary of this paper yet." }));
  }

  function listTools(paper, tools) {
    tools.append(markButton(paper, "star", "Star"), markButton(paper, "read", "Read"));
    if (paper.closest(".bs-list[data-list='week']")) return;
    var look = button("preview", "Preview", function () { preview(paper, look); });
    look.setAttribute("aria-expanded", "false");
    tools.append(look);
  }

  function pageTools(paper, tools) {
    tools.append(markButton(paper, "star", "Star"), markButton(paper, "read", "Read"));
    if (!store.available) {
      tools.append(make("p", { "class": "bs-tools__blocked", text: store.blocked }));
      return;
    }
    var slug = paper.dataset.paper;
    var area = make("textarea", { rows: "3", id: "bs-note", maxlength: "20000" });
    area.value = store.mark(slug).note || "";
    area.addEventListener("change", function () {
      if (store.set(slug, "note", area.value.trim(), title(paper))) site.say("Note kept in this browser");
    });
    var note = make("div", { "class": "bs-note", hidden: !area.value }, [
      make("label", { "for": "bs-note", text: "Your note" }), area
    ]);
    var tool = button("note", "Note", function () {
      note.hidden = !note.hidden;
      tool.setAttribute("aria-expanded", String(!note.hidden));
      if (!note.hidden) area.focus();
    });
    tool.setAttribute("aria-expanded", String(!note.hidden));
    tools.append(tool);
    tools.after(note);
  }

  function place(paper) {
    var tools = paper.querySelector(":scope > .bs-tools");
    if (tools && tools.childElementCount) return show(paper);
    if (!tools) {
      tools = make("div", { "class": "bs-tools" });
      if (paper.classList.contains("bs-work")) {
        var after = paper.querySelector(":scope > .bs-actions") || paper.querySelector("h1");
        after.after(tools);
      } else paper.append(tools);
    }
    tools.setAttribute("role", "group");
    tools.setAttribute("aria-label", "Your marks");
    if (paper.classList.contains("bs-work")) pageTools(paper, tools);
    else listTools(paper, tools);
    return show(paper);
  }

  var papers = function () { return document.querySelectorAll("[data-paper]"); };
  site.tools = { place: place, toggle: toggle, title: title };
  papers().forEach(place);
  store.onChange(function () { papers().forEach(show); });
})();
