/* The keyboard, the help about it, and the switch of colours. */
(function () {
  "use strict";
  var site = window.Broadsheet;
  var make = site.element;
  var KEYS = [
    ["j", "next paper"], ["k", "previous paper"], ["o", "open the paper"], ["p", "preview its summary"],
    ["s", "star or unstar"], ["m", "mark as read or unread"], ["/", "search"], ["?", "this help"], ["Esc", "close"]
  ];

  function papers() {
    return Array.from(document.querySelectorAll(".bs-paper")).filter(function (paper) {
      return !paper.hidden && paper.offsetParent !== null;
    });
  }

  function current() {
    var focused = document.activeElement && document.activeElement.closest(".bs-paper, .bs-work");
    return focused || document.querySelector(".bs-work");
  }

  function step(by) {
    var all = papers();
    if (!all.length) return;
    var place = all.indexOf(document.activeElement && document.activeElement.closest(".bs-paper"));
    var next = all[Math.min(Math.max(place + by, 0), all.length - 1)];
    next.querySelector(":is(h2, h3, h4) a[href]").focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }

  function press(kind) {
    var paper = current();
    var tool = paper && paper.querySelector(":scope > .bs-tools [data-tool='" + kind + "']");
    if (tool) tool.click();
  }

  function open() {
    var paper = current();
    var link = paper && paper.querySelector(":is(h2, h3, h4) a[href], .bs-actions a[href]");
    if (link) link.click();
  }

  function search() {
    var box = document.querySelector("#bs-content input[type='search'], [role='search'] input");
    if (box) box.focus();
    else location.href = new URL("search/", site.root);
  }

  var dialog;
  function help() {
    if (!dialog) {
      dialog = make("dialog", { "class": "bs-help", "aria-labelledby": "bs-help-title" }, [
        make("h2", { id: "bs-help-title", text: "Keyboard" }),
        make("dl", {}, KEYS.map(function (key) {
          return make("div", {}, [make("dt", {}, [make("kbd", { text: key[0] })]), make("dd", { text: key[1] })]);
        })),
        make("p", { text: site.store.available
          ? "Stars, read marks and notes are kept in this browser and are sent to nobody."
          : site.store.blocked }),
        make("form", { method: "dialog" }, [make("button", { "class": "bs-button", text: "Close" })])
      ]);
      document.body.append(dialog);
    }
    if (!dialog.open) dialog.showModal();
  }

  var ACTIONS = {
    j: function () { step(1); }, k: function () { step(-1); }, o: open,
    s: function () { press("star"); }, m: function () { press("read"); }, p: function () { press("preview"); },
    "/": search, "?": help
  };

  function isWriting(target) {
    return target.closest("input, textarea, select, [contenteditable='true'], dialog");
  }

  document.addEventListener("keydown", function (event) {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || isWriting(event.target)) return;
    var action = ACTIONS[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });

  document.querySelectorAll("[data-help]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", help);
  });

  /* Colours: as the system has them, light, dark. */
  var SCHEMES = ["system", "light", "dark"];
  var NAMES = { system: "Colours: as the system", light: "Colours: light", dark: "Colours: dark" };
  function show(button) {
    button.querySelector("[data-scheme-name]").textContent = NAMES[document.documentElement.dataset.scheme || "system"];
    button.title = NAMES[document.documentElement.dataset.scheme || "system"];
  }
  document.querySelectorAll("[data-scheme-switch]").forEach(function (button) {
    button.hidden = false;
    show(button);
    button.addEventListener("click", function () {
      var root = document.documentElement;
      var next = SCHEMES[(SCHEMES.indexOf(root.dataset.scheme || "system") + 1) % SCHEMES.length];
      if (next === "system") delete root.dataset.scheme; else root.dataset.scheme = next;
      window.__md_set("scheme", next);
      show(button);
      site.say(NAMES[next]);
    });
  });

  /* On a narrow screen the menu is wider than its window; where the reader is comes into view. */
  document.querySelectorAll(".bs-nav ul").forEach(function (menu) {
    var here = menu.querySelector("[aria-current]");
    if (here) menu.scrollLeft = here.offsetLeft + here.offsetWidth / 2 - menu.clientWidth / 2;
  });
})();
