/* Citations to copy: those of a list from its file; a paper's in every form, also to download,
   made from the paper's own JSON. */
(function () {
  "use strict";
  var site = window.Broadsheet;
  var make = site.element;

  document.querySelectorAll(".bs-takeaway [data-copy]").forEach(function (button) {
    button.addEventListener("click", function () {
      fetch(button.parentElement.querySelector("a").href).then(function (answer) {
        if (!answer.ok) throw new Error(answer.statusText);
        return answer.text();
      }).then(
        function (text) { site.copy(text, "Copied"); },
        function () { site.say("The citations cannot be fetched. Are you offline?"); }
      );
    });
  });

  var section = document.querySelector(".bs-cite");
  var link = section && section.querySelector(".bs-downloads a");
  if (!link) return;

  var forms = [
    ["BibTeX", "bib", "application/x-bibtex", function (all) { return all.bibtex; }],
    ["RIS", "ris", "application/x-research-info-systems", function (all) { return all.ris; }],
    ["CSL-JSON", "csl.json", "application/vnd.citationstyles.csl+json", function (all) {
      return JSON.stringify([all.csl], null, 1) + "\n";
    }]
  ];

  function download(form) {
    return site.json(link.href).then(
      function (paper) { site.save(paper.citations.key + "." + form[1], form[2], form[3](paper.citations)); },
      function () { site.say("The citation cannot be fetched. Are you offline?"); }
    );
  }

  forms.forEach(function (form) {
    // Behind the link, which is there from the start, so that nothing moves.
    link.parentElement.append(" ", make("button", {
      type: "button", "class": "bs-plain", text: form[0], onclick: function () { download(form); }
    }));
  });

  section.querySelectorAll(".bs-style").forEach(function (style) {
    var name = style.textContent;
    var text = style.nextElementSibling.textContent;
    style.append(" ", make("button", {
      type: "button", "class": "bs-plain", "aria-label": "Copy " + name, text: "Copy",
      onclick: function () { site.copy(text, "Copied"); }
    }));
  });
})();
