// Only in a preview: shows over the last good page what is wrong with the content.
(() => {
  "use strict";
  const root = new URL("../../", document.currentScript.src);

  const show = (problems) => {
    const box = document.createElement("section");
    box.className = "bs-preview-problems";
    box.setAttribute("role", "alert");
    const heading = document.createElement("h2");
    heading.textContent = "This is the last good page. The content has errors:";
    const list = document.createElement("ul");
    for (const problem of problems) {
      const line = document.createElement("li");
      line.textContent = problem;
      list.append(line);
    }
    box.append(heading, list);
    document.body.prepend(box);
  };

  fetch(new URL("assets/broadsheet/preview.json", root), { cache: "no-store" })
    .then((response) => response.json())
    .then(({ problems }) => problems.length && show(problems))
    .catch(() => {}); // the preview has ended
})();
