/** The header: the color switch, and the menu, of which narrow screens show a part. */
import { make } from "./dom.js";
import { isSaved } from "./marks.js";
import { say } from "./reader.js";
import { marks, onChange } from "./store.js";
import { counted, language, text } from "./words.js";

/** @type {[name: string, words: string][]} */
const SCHEMES = [
  ["system", text("Colors: same as system")],
  ["light", text("Colors: light")],
  ["dark", text("Colors: dark")],
];
const html = document.documentElement;

const scheme = () => SCHEMES.findIndex(([name]) => name === (html.dataset.scheme ?? "system"));

/** @param {HTMLElement} button */
function showScheme(button) {
  const [, words] = SCHEMES[scheme()];
  button.title = words;
  button.replaceChildren(
    make("span", { class: "bs-scheme__icon", "aria-hidden": "true" }),
    make("span", { class: "bs-unseen" }, words),
  );
}

/** @param {HTMLElement} button */
function switchColors(button) {
  const [name, words] = SCHEMES[(scheme() + 1) % SCHEMES.length];
  if (name === "system") delete html.dataset.scheme;
  else html.dataset.scheme = name;
  Reflect.get(globalThis, "__md_set")("scheme", name); // early.js reads it on the next page
  showScheme(button);
  say(words);
}

/**
 * Scrolls the menu so that the current page is in view.
 * @param {HTMLElement} menu
 */
function bringIntoView(menu) {
  const here = menu.querySelector("[aria-current]");
  if (!(here instanceof HTMLElement)) return;
  menu.scrollLeft = here.offsetLeft + here.offsetWidth / 2 - menu.clientWidth / 2;
}

/** Says beside the link to saved papers how many there are, and nothing if there are none. */
function showSaved() {
  const count = Object.values(marks()).filter(isSaved).length;
  const words = counted(count, "%(number)s paper", "%(number)s papers");
  saved?.querySelectorAll("span").forEach((shown) => shown.remove());
  if (!count) return;
  saved?.append(make("span", { class: "bs-unseen" }, ` (${words})`), make("span", {
    class: "bs-nav__count", "aria-hidden": "true",
  }, count.toLocaleString(language)));
}

/** @type {NodeListOf<HTMLElement>} */
const switches = document.querySelectorAll("[data-scheme-switch]");
for (const button of switches) {
  button.hidden = false;
  showScheme(button);
  button.addEventListener("click", () => switchColors(button));
}
const more = document.querySelector(".bs-nav__more");
more?.addEventListener("click", () => {
  const isOpen = more.closest(".bs-nav")?.classList.toggle("bs-is-open") ?? false;
  more.setAttribute("aria-expanded", String(isOpen));
});
/** @type {NodeListOf<HTMLElement>} */
const menus = document.querySelectorAll(".bs-nav ul");
menus.forEach(bringIntoView);
const saved = document.querySelector(".bs-nav__saved");
showSaved();
onChange(showSaved);
