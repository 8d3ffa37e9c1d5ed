/** Keyboard shortcuts for papers, and the dialog that lists all shortcuts. */
import { make } from "./dom.js";
import { onKey } from "./shortcuts.js";
import { available, blocked } from "./store.js";
import { text } from "./words.js";

const PAPERS = ".bs-paper:not([hidden])";
const TOOLS = ".bs-tools [data-tool='star']";
/** Keys with what they do, and what a page must have for them to work. */
const KEYS = [
  ["j", text("Next paper"), PAPERS],
  ["k", text("Previous paper"), PAPERS],
  ["o", text("Open the paper"), `${PAPERS}, .bs-work`],
  ["p", text("Preview its summary"), `${PAPERS} [data-tool='preview']`],
  ["s", text("Star or unstar"), TOOLS],
  ["m", text("Mark as read or unread"), TOOLS],
  ["/", text("Search"), "body"],
  ["?", text("Show this help"), "body"],
  ["Esc", text("Close"), "body"],
];

const KEPT = text("Stars, read marks, and notes stay in this browser. They aren’t sent to anyone.");

/** The paper that has the focus. */
const focused = () => document.activeElement?.closest(".bs-paper, .bs-work") ?? null;

/** The paper that keys act on: the one with the focus, or else the paper of the page. */
const current = () => focused() ?? document.querySelector(".bs-work");

/**
 * Moves the focus to the title of the paper that is `by` papers further down the page.
 * @param {number} by
 */
function step(by) {
  /** @type {NodeListOf<HTMLElement>} */
  const all = document.querySelectorAll(".bs-paper");
  const shown = Array.from(all).filter((paper) => !paper.hidden && paper.offsetParent !== null);
  const place = shown.findIndex((paper) => paper === focused());
  const next = shown[Math.min(Math.max(place + by, 0), shown.length - 1)];
  /** @type {HTMLElement | null | undefined} */
  const link = next?.querySelector(":is(h2, h3, h4) a[href]");
  link?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "nearest" });
}

/** @param {string} selector - of what is clicked in the current paper */
function click(selector) {
  /** @type {HTMLElement | null | undefined} */
  const found = current()?.querySelector(selector);
  found?.click();
}

/** @param {string} tool */
const press = (tool) => click(`:scope > .bs-tools [data-tool='${tool}']`);

const keys = make("dl", {});
const help = make("dialog", { class: "bs-help", "aria-labelledby": "bs-help-title" },
  make("h2", { id: "bs-help-title" }, text("Keyboard shortcuts")),
  keys,
  make("p", {}, available ? KEPT : blocked),
  make("form", { method: "dialog" }, make("button", { class: "bs-button" }, text("Close"))));

function showHelp() {
  const working = KEYS.filter(([, , needed]) => document.querySelector(needed));
  keys.replaceChildren(...working.map(([key, meaning]) =>
    make("div", {}, make("dt", {}, make("kbd", {}, key)), make("dd", {}, meaning))));
  if (!help.isConnected) document.body.append(help);
  if (!help.open) help.showModal();
}

onKey("j", () => step(1));
onKey("k", () => step(-1));
onKey("o", () => click(":is(h2, h3, h4) a[href], .bs-actions a[href]"));
onKey("s", () => press("star"));
onKey("m", () => press("read"));
onKey("p", () => press("preview"));
onKey("?", showHelp);

document.querySelector(".bs-footer__inner > p:last-child")?.append(
  " ",
  make("button", { type: "button", class: "bs-plain", onclick: showHelp },
    text("Keyboard shortcuts")));
