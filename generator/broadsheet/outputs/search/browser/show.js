/* How papers look in search: titles are strangers' text, so nothing here is ever HTML. */
(function (search) {
  "use strict";

  const RUN = /[\p{L}\p{N}\p{M}'’.*^&\u2010\u2013-]+/gu;
  const WORD = /[\p{L}\p{N}\p{M}'’]+(?:\.[0-9][\p{L}\p{N}]*)*/gu;
  const SNIPPET_WORDS = 34;
  const BEFORE_PHRASE = 12;

  /* make("p", {class: "x"}, "text", node, …) */
  function make(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (value !== false && value !== null) made.setAttribute(key, value === true ? "" : value);
    }
    made.append(...children.filter((child) => child !== "" && child !== null));
    return made;
  }

  function isWanted(word, wanted) {
    const folded = search.fold(word);
    return search.termsOf(word).some((term) => wanted.terms.has(term)) ||
      wanted.prefixes.some((prefix) => folded.startsWith(prefix));
  }

  /* [from, to] of the words of `text` that are wanted; a compound counts as a whole when its
     joined form was asked for. */
  function places(text, wanted) {
    const found = [];
    for (const run of text.matchAll(RUN)) {
      const words = Array.from(run[0].matchAll(WORD));
      const parts = words.filter((word) => isWanted(word[0], wanted));
      if (parts.length < words.length && words.length > 1 && isWanted(run[0], wanted)) {
        const last = words[words.length - 1];
        const start = run.index + words[0].index;
        if (!parts.length) found.push([start, run.index + last.index + last[0].length]);
      }
      for (const part of parts) {
        found.push([run.index + part.index, run.index + part.index + part[0].length]);
      }
    }
    return found;
  }

  /* `text` with what is wanted in <mark>. */
  function marked(text, wanted) {
    const made = document.createDocumentFragment();
    let end = 0;
    for (const [from, to] of places(text, wanted)) {
      made.append(text.slice(end, from), make("mark", {}, text.slice(from, to)));
      end = to;
    }
    made.append(text.slice(end));
    return made;
  }

  /* The words around the first place where `text` has the phrase; "" when it has not. */
  function around(text, words) {
    const all = text.split(/\s+/);
    const span = words.split(" ").length + 2;
    for (let n = 1; n <= all.length; n++) {
      const near = all.slice(Math.max(0, n - span), n).join(" ");
      if (!search.hasPhrase(near, words)) continue;
      const start = Math.max(0, n - span - BEFORE_PHRASE);
      const shown = all.slice(start, start + SNIPPET_WORDS).join(" ");
      return (start ? "… " : "") + shown + (start + SNIPPET_WORDS < all.length ? " …" : "");
    }
    return "";
  }

  /* What a result shows, by names. */
  function readResult(result) {
    const [title, address, published, authors, others, topics, weeks, code, lead] = result;
    const url = address.startsWith("/") ? address.slice(1) : `papers/${address}/`;
    return { title, url, published, authors, others, topics, weeks, code, lead };
  }

  /* "18 March 2024", "March 2024" or "2024", as precise as it is known. */
  function shownDate(published) {
    const [year, month, day] = published.split("-");
    const parts = { year: "numeric", month: month && "long", day: day && "numeric", timeZone: "UTC" };
    return new Date(Date.UTC(year, (month || 1) - 1, day || 1)).toLocaleDateString("en-GB", parts);
  }

  function authorsOf({ authors, others }) {
    return authors.join(", ") + (others ? ` and ${others} more` : "");
  }

  const counted = (number, one, many) =>
    `${number.toLocaleString("en")} ${number === 1 ? one : many}`;

  /* What was found, in a sentence for the eye and the ear. */
  function summary(answered, count) {
    const papers = counted(count, "paper", "papers");
    if (!count) return "No paper found.";
    if (answered.mode === "spelled") {
      const words = answered.instead.slice(0, 4).map((word) => `“${word}…”`).join(", ");
      return `No paper has exactly these words. ${papers} with ${words}, spelled one letter apart.`;
    }
    if (answered.mode === "some") {
      return `No paper has all of these words. ${papers} with some of them.`;
    }
    return answered.unchecked ? `At least ${papers}.` : `${papers}.`;
  }

  Object.assign(search, { make, marked, around, readResult, shownDate, authorsOf, counted, summary });
})((globalThis.broadsheetSearch = globalThis.broadsheetSearch || {}));
