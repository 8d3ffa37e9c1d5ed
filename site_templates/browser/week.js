/** A week: how much of it is shown, where the reader is, and what has been read. */
import { make } from "./dom.js";
import { slugOf } from "./rows.js";
import { available, marks, onChange } from "./store.js";
import { counted, text } from "./words.js";

const page = document.documentElement;
/** @type {NodeListOf<HTMLButtonElement>} */
const modes = document.querySelectorAll("[data-reading]:is(button)");
/** @type {NodeListOf<HTMLElement>} */
const entries = document.querySelectorAll(".bs-entry");

function showMode() {
  modes.forEach((button) => {
    button.setAttribute("aria-pressed", String(button.dataset.reading === page.dataset.reading));
  });
}

/** @param {HTMLButtonElement} button */
function choose(button) {
  const { top } = button.getBoundingClientRect();
  page.dataset.reading = button.dataset.reading;
  Reflect.get(globalThis, "__md_set")("reading", button.dataset.reading); // early.js reads it
  entries.forEach((entry) => open(entry, false));
  showMode();
  // The text above may be shorter now; what was pressed stays where it was.
  window.scrollBy(0, button.getBoundingClientRect().top - top);
}

/**
 * @param {HTMLElement} entry
 * @param {boolean} isOpen
 */
function open(entry, isOpen) {
  entry.classList.toggle("bs-is-open", isOpen);
  const more = entry.querySelector(".bs-more");
  more?.setAttribute("aria-expanded", String(isOpen));
  more?.replaceChildren(isOpen ? text("Less") : text("More"));
}

entries.forEach((entry) => {
  entry.querySelector(".bs-more")?.addEventListener("click", () => {
    open(entry, !entry.classList.contains("bs-is-open"));
  });
});
modes.forEach((button) => button.addEventListener("click", () => choose(button)));
showMode();

/** @param {HTMLElement} body - of an issue */
function showProgress(body) {
  const place = body.querySelector(".bs-progress");
  if (!place || !available) return;
  const known = marks();
  /** @type {NodeListOf<HTMLElement>} */
  const papers = body.querySelectorAll(".bs-entry");
  const slugs = [...new Set(Array.from(papers, slugOf))];
  const read = slugs.filter((slug) => known[slug]?.read).length;
  const said = counted(slugs.length, "%(read)s of %(number)s paper read",
    "%(read)s of %(number)s papers read", { read });
  place.replaceChildren(make("progress", {
    max: slugs.length, value: read, "aria-hidden": "true",
  }), said);
}

/**
 * Marks the section in the outline that the reader is in.
 * @param {HTMLElement} body
 */
function follow(body) {
  const sections = Array.from(body.querySelectorAll(".bs-section"));
  const links = Array.from(body.querySelectorAll(".bs-outline ol a"));
  /** @type {Set<Element>} */
  const visible = new Set();
  const observer = new IntersectionObserver((changes) => {
    for (const { target, isIntersecting } of changes) {
      if (isIntersecting) visible.add(target);
      else visible.delete(target);
    }
    const current = sections.findIndex((section) => visible.has(section));
    links.forEach((link, n) => {
      if (n === current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
  }, { rootMargin: "-10% 0px -70%" });
  sections.forEach((section) => observer.observe(section));
}

/** @type {NodeListOf<HTMLElement>} */
const bodies = document.querySelectorAll(".bs-week-body");
bodies.forEach(showProgress);
bodies.forEach(follow);
onChange(() => bodies.forEach(showProgress));
