/* A long list stands on several pages. Who filters or orders it means all of it, so the papers of
   the other pages are fetched then, from the pages themselves, and taken into the list. */
(function () {
  "use strict";
  var site = window.Broadsheet;
  var AT_ONCE = 4;

  /* The pages of a list: part 1 has the list's own address, the others stand below it. */
  function address(list, number) {
    var base = new URL(list.dataset.part === "1" ? "./" : "../", location.href.split(/[?#]/)[0]);
    return number === 1 ? base : new URL("page-" + number + "/", base);
  }

  function papersOf(text, url) {
    var page = new DOMParser().parseFromString(text, "text/html");
    return Array.from(page.querySelectorAll(".bs-list > .bs-paper"), function (paper) {
      // Its links were written for another address.
      paper.querySelectorAll("[href]").forEach(function (link) {
        link.setAttribute("href", new URL(link.getAttribute("href"), url).href);
      });
      return document.adoptNode(paper);
    });
  }

  function read(url) {
    return fetch(url).then(function (answer) {
      if (!answer.ok) throw new Error(url + " cannot be read (" + answer.status + ")");
      return answer.text();
    }).then(function (text) { return papersOf(text, url); });
  }

  /* The parts of a list: `count` of them, `total` papers in all. `fetchAll()` promises how many
     parts are still missing; `papers()` gives those that are known, in the order of the list. */
  site.partsOf = function (list, own) {
    var count = Number(list.dataset.parts || 1);
    var known = new Map([[Number(list.dataset.part || 1), own]]);
    var fetching = null;

    function missing() {
      return Array.from({ length: count }, function (_, place) { return place + 1; })
        .filter(function (number) { return !known.has(number); });
    }

    function fetchSome(numbers) {
      var next = numbers.shift();
      if (!next) return Promise.resolve();
      return read(address(list, next))
        .then(function (papers) { known.set(next, papers); }, function () { /* Asked for again next time. */ })
        .then(function () { return fetchSome(numbers); });
    }

    return {
      count: count,
      total: Number(list.dataset.total || own.length),
      missing: function () { return missing().length; },
      fetchAll: function () {
        if (!fetching) {
          var wanted = missing();
          fetching = Promise.all(Array.from({ length: AT_ONCE }, function () { return fetchSome(wanted); }))
            .then(function () {
              fetching = null;
              return missing().length;
            });
        }
        return fetching;
      },
      papers: function () {
        var seen = new Set();
        return Array.from(known.keys()).sort(function (a, b) { return a - b; })
          .flatMap(function (number) { return known.get(number); })
          // A paper that has moved from page to page since this one was made stands here once.
          .filter(function (paper) {
            if (seen.has(paper.dataset.paper) && own.indexOf(paper) < 0) return false;
            return seen.add(paper.dataset.paper);
          });
      }
    };
  };
})();
