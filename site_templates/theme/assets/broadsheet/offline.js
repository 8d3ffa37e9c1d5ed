/* Pages that were seen work without a connection. Who uses search gets its index kept, too. */
(function () {
  "use strict";
  var site = window.Broadsheet;
  if (!("serviceWorker" in navigator) || !window.isSecureContext) return;
  var saving = navigator.connection && navigator.connection.saveData;

  function keepIndex() {
    site.json("reading/offline.json").then(function (files) {
      return navigator.serviceWorker.ready.then(function (worker) {
        worker.active.postMessage({ keep: files.map(function (file) { return new URL(file, site.root).href; }) });
      });
    }).catch(function () { /* It is kept another time. */ });
  }

  navigator.serviceWorker.register(new URL("service-worker.js", site.root), { scope: site.root.pathname })
    .then(function () {
      if (saving) return;
      document.querySelectorAll("[role='search'] input, #broadsheet-search input").forEach(function (box) {
        box.addEventListener("change", keepIndex, { once: true });
      });
      if (document.getElementById("broadsheet-search") && location.search) keepIndex();
    })
    .catch(function () { /* Without it the site needs a connection, as any other. */ });
})();
