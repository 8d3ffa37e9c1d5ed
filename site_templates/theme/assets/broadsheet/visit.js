/* "New since your last visit": a visit begins after six hours without one. What counts is the
   edition of the site that was seen then, not the clock, so that nothing is missed. */
(function () {
  "use strict";
  var site = window.Broadsheet;
  var store = site.store;
  var PAUSE = 6 * 60 * 60 * 1000;

  function visited() {
    var visit = store.value("visit") || { seen: "", before: "", at: 0 };
    var now = Date.now();
    if (now - visit.at > PAUSE && visit.seen) {
      visit.before = visit.seen;
      visit.last = visit.at;
    }
    visit.at = now;
    store.setValue("visit", visit);
    return visit;
  }

  /* The newest edition that this browser has met, asked for once in a page view. */
  function notice(visit, edition) {
    if (edition.edition > visit.seen) visit.seen = edition.edition;
    store.setValue("visit", visit);
  }

  function isNew(element, visit) {
    return Boolean(visit.before) && (element.dataset.added || "") > visit.before;
  }

  function badge(element) {
    var heading = element.querySelector("h2, h3, h4");
    if (!isNew(element, visit) || !heading || heading.querySelector(".bs-badge")) return;
    heading.append(" ", site.element("span", { "class": "bs-badge", text: "new" }));
  }

  function tell(visit, edition) {
    var place = document.querySelector(".bs-new");
    if (!place || !visit.before) return;
    var count = Object.keys(edition.added).reduce(function (sum, day) {
      return day > visit.before ? sum + edition.added[day] : sum;
    }, 0);
    var last = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long" }).format(visit.last);
    place.textContent = count
      ? count + (count === 1 ? " new paper" : " new papers") + " since your last visit on " + last
      : "Nothing new since your last visit on " + last;
    place.hidden = false;
  }

  if (!store.available) return;
  var visit = visited();
  site.markNew = badge;
  document.querySelectorAll("[data-added]").forEach(badge);
  site.json("reading/edition.json").then(function (edition) {
    notice(visit, edition);
    tell(visit, edition);
  }).catch(function () { /* Offline: what is new is told next time. */ });
})();
