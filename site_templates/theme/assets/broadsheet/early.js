/* Before the first paint: the reader's colour scheme, and that scripts run. The functions with
   __md_ are those that Material's own script expects on pages that are written by hand. */
(function () {
  "use strict";
  var root = new URL(document.currentScript.dataset.root || ".", location);
  if (!root.pathname.endsWith("/")) root.pathname += "/";
  var element = document.documentElement;
  element.classList.add("js");

  window.__md_scope = root;
  window.__md_hash = function (text) {
    return Array.from(text).reduce(function (sum, c) { return ((sum << 5) - sum + c.charCodeAt(0)) | 0; }, 0);
  };
  window.__md_get = function (key, storage, scope) {
    try {
      return JSON.parse((storage || localStorage).getItem((scope || root).pathname + "." + key));
    } catch (blocked) {
      return null;
    }
  };
  window.__md_set = function (key, value, storage, scope) {
    try {
      (storage || localStorage).setItem((scope || root).pathname + "." + key, JSON.stringify(value));
    } catch (blocked) {
      /* Nothing is kept, and the page works without it. */
    }
  };

  var scheme = window.__md_get("scheme");
  if (scheme === "light" || scheme === "dark") element.dataset.scheme = scheme;
  window.Broadsheet = { root: root };
})();
