/* Copy buttons: on each block of code, such as a citation, and for a paper's link. */
(function () {
  "use strict";
  var site = window.Broadsheet;
  var make = site.element;

  function copy(text, done) {
    if (!navigator.clipboard) return site.say("Your browser does not let this page copy. Mark the text and copy it.");
    return navigator.clipboard.writeText(text).then(
      function () { site.say(done); },
      function () { site.say("Your browser did not allow copying. Mark the text and copy it."); }
    );
  }

  function label(block) {
    var heading = block.closest(".bs-work") && block.closest("div, pre");
    return heading ? "Copy citation" : "Copy";
  }

  document.querySelectorAll(".md-typeset pre > code").forEach(function (code) {
    code.tabIndex = 0;
    code.setAttribute("role", "region");
    code.setAttribute("aria-label", "Code");
    code.parentElement.append(make("button", {
      type: "button", "class": "bs-copy", text: label(code),
      onclick: function () { copy(code.textContent, "Copied"); }
    }));
  });

  var work = document.querySelector(".bs-work > .bs-tools");
  if (work) {
    var canonical = document.querySelector("link[rel='canonical']");
    work.append(make("button", {
      type: "button", "class": "bs-tool bs-tool--link", "data-tool": "link", title: "Copy link",
      onclick: function () { copy(canonical ? canonical.href : location.href.split("#")[0], "Link copied"); }
    }, [make("span", { "class": "bs-tool__sign", "aria-hidden": "true" }), make("span", { "class": "bs-tool__name", text: "Copy link" })]));
  }
  site.copy = copy;
})();
