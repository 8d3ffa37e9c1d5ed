/** Only in a served site: shows the problems in the content above the last good page. */
import { make } from "./dom.js";
import { addressOf } from "./site.js";
import { text } from "./words.js";

async function start() {
  const answer = await fetch(addressOf("assets/broadsheet/problems.json"), { cache: "no-store" });
  /** @type {{problems: string[]}} */
  const { problems } = await answer.json();
  if (!problems.length) return;
  document.body.prepend(make("section", { class: "bs-problems", role: "alert" },
    make("h2", {}, text("This is the last good page. The content has errors:")),
    make("ul", {}, ...problems.map((problem) => make("li", {}, problem)))));
}

start().catch(() => {}); // the server has stopped
