/* What the reader keeps: stars, read marks, notes and visits, in this browser alone. Everything
   is keyed by paper, so that a page that moves takes nothing with it. */
(function () {
  "use strict";
  var site = window.Broadsheet;
  var KEY = "broadsheet:" + site.root.pathname;
  var PROBE = KEY + ":probe";
  var EMPTY = { format: "broadsheet-reading", version: 1, papers: {} };

  function storage() {
    try {
      window.localStorage.setItem(PROBE, "1");
      window.localStorage.removeItem(PROBE);
      return window.localStorage;
    } catch (blocked) {
      return null;
    }
  }

  var kept = storage();

  function isObject(value) {
    return value !== null && typeof value === "object" && !Array.isArray(value);
  }

  /* A mark as we write it: days as text, nothing else; whatever else a file holds is left out. */
  function clean(mark) {
    var result = {};
    ["star", "read", "note", "title"].forEach(function (field) {
      if (typeof mark[field] === "string" && mark[field]) result[field] = mark[field].slice(0, 20000);
    });
    return result;
  }

  function parsed(text) {
    var value = JSON.parse(text);
    if (!isObject(value) || value.format !== EMPTY.format || !isObject(value.papers)) {
      throw new Error("This is not a file that was exported from here.");
    }
    if (value.version > EMPTY.version) throw new Error("This file is from a newer version of this site.");
    var papers = {};
    Object.keys(value.papers).forEach(function (slug) {
      if (/^[a-z0-9-]{1,80}$/.test(slug) && isObject(value.papers[slug])) {
        var mark = clean(value.papers[slug]);
        if (Object.keys(mark).some(function (field) { return field !== "title"; })) papers[slug] = mark;
      }
    });
    return { format: EMPTY.format, version: EMPTY.version, papers: papers };
  }

  function load() {
    try {
      return parsed(kept.getItem(KEY));
    } catch (nothing) {
      return JSON.parse(JSON.stringify(EMPTY));
    }
  }

  var listeners = [];

  function changed() {
    listeners.forEach(function (listener) { listener(); });
  }

  /* Reads, changes and writes in one go, so that two open pages do not undo each other. */
  function change(edit) {
    if (!kept) return false;
    var state = load();
    edit(state.papers);
    Object.keys(state.papers).forEach(function (slug) {
      var mark = state.papers[slug];
      if (!mark.star && !mark.read && !mark.note) delete state.papers[slug];
    });
    try {
      kept.setItem(KEY, JSON.stringify(state));
    } catch (full) {
      site.say("Your browser has no room left for this.");
      return false;
    }
    changed();
    return true;
  }

  function today() {
    var now = new Date();
    return new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
  }

  site.store = {
    available: kept !== null,
    blocked: "Your browser does not let this site keep anything, so this does nothing.",
    today: today,
    marks: function () { return kept ? load().papers : {}; },
    mark: function (slug) { return this.marks()[slug] || {}; },
    set: function (slug, field, value, title) {
      return change(function (papers) {
        var mark = papers[slug] || {};
        if (value) mark[field] = value; else delete mark[field];
        if (title) mark.title = title;
        papers[slug] = mark;
      });
    },
    exported: function () { return JSON.stringify(load(), null, 2) + "\n"; },
    /* Adds what a file holds; where both know something, the file's star and read day win and
       notes are joined. */
    merge: function (text) {
      var found = parsed(text).papers;
      change(function (papers) {
        Object.keys(found).forEach(function (slug) {
          var old = papers[slug] || {};
          var both = old.note && found[slug].note && old.note.indexOf(found[slug].note) < 0;
          var note = both ? old.note + "\n\n" + found[slug].note : old.note || found[slug].note;
          papers[slug] = Object.assign({}, old, found[slug]);
          if (note) papers[slug].note = note;
        });
      });
      return Object.keys(found).length;
    },
    rename: function (from, to) {
      change(function (papers) {
        papers[to] = Object.assign({}, papers[from], papers[to]);
        delete papers[from];
      });
    },
    clear: function () {
      if (kept) kept.removeItem(KEY);
      changed();
    },
    onChange: function (listener) { listeners.push(listener); },
    /* A value of ours beside the marks, such as the last visit; null when there is none. */
    value: function (name) {
      try { return JSON.parse(kept.getItem(KEY + ":" + name)); } catch (nothing) { return null; }
    },
    setValue: function (name, value) {
      try { kept.setItem(KEY + ":" + name, JSON.stringify(value)); } catch (blocked) { return false; }
      return true;
    }
  };

  window.addEventListener("storage", function (event) {
    if (event.key === KEY) changed();
  });

  /* CRC-32, as the generator counts it. */
  site.shardOf = function (slug, count) {
    var crc = -1;
    new TextEncoder().encode(slug).forEach(function (byte) {
      crc ^= byte;
      for (var bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1));
    });
    return ((crc ^ -1) >>> 0) % count;
  };

  site.json = function (path) {
    return fetch(new URL(path, site.root)).then(function (answer) {
      if (!answer.ok) throw new Error(path + " cannot be read (" + answer.status + ")");
      return answer.json();
    });
  };

  /* Elements are made by hand, never from text: titles come from strangers. */
  site.element = function (name, attributes, children) {
    var element = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) {
      if (key === "text") element.textContent = attributes[key];
      else if (key.slice(0, 2) === "on") element.addEventListener(key.slice(2), attributes[key]);
      else if (attributes[key] !== false && attributes[key] !== null) {
        element.setAttribute(key, attributes[key] === true ? "" : attributes[key]);
      }
    });
    (children || []).forEach(function (child) { if (child) element.append(child); });
    return element;
  };

  /* Gives the reader a text as a file. */
  site.save = function (name, type, text) {
    var link = site.element("a", { href: URL.createObjectURL(new Blob([text], { type: type })), download: name });
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 1000);
  };

  var toast;
  /* Tells the reader, and those who listen instead of look, what has happened. */
  site.say = function (text) {
    if (!toast) {
      toast = site.element("div", { "class": "bs-toast", role: "status" });
      document.body.append(toast);
    }
    toast.textContent = text;
    toast.classList.add("bs-toast--shown");
    clearTimeout(site.say.timer);
    site.say.timer = setTimeout(function () { toast.classList.remove("bs-toast--shown"); }, 4000);
  };
})();
