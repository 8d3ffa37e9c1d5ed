/** The buttons of each paper: star, read, and preview; on its own page also a note. */
import { LISTS } from "./contract.js";
import { dayOf } from "./dates.js";
import { make } from "./dom.js";
import { LONGEST_NOTE } from "./marks.js";
import { say } from "./reader.js";
import { slugOf } from "./rows.js";
import { page } from "./site.js";
import { available, blocked, markOf, onChange, setMark } from "./store.js";
import { text } from "./words.js";

/** @typedef {"star" | "read"} Toggle */

const SAID = {
  star: { on: text("Starred"), off: text("Star removed") },
  read: { on: text("Marked as read"), off: text("Marked as unread") },
};

/**
 * The title of a paper, in a list or on its own page.
 * @param {HTMLElement} paper
 */
export function titleOf(paper) {
  const heading = paper.querySelector("h1, h2, h3, h4");
  const named = heading?.querySelector("a[href]:not(.headerlink)") ?? heading;
  return (named?.textContent ?? "").replace(/¶$/, "").trim();
}

/**
 * Adds the buttons to a paper, and shows its marks.
 * @param {HTMLElement} paper
 */
export function equip(paper) {
  const tools = toolsOf(paper);
  if (!tools.childElementCount) {
    tools.setAttribute("role", "group");
    tools.setAttribute("aria-label", text("Your marks"));
    tools.append(markButton(paper, "star", text("Star")), markButton(paper, "read", text("Read")));
    if (!paper.classList.contains("bs-work")) addPreview(paper, tools);
    else if (available) addNote(paper, tools);
    else tools.append(make("p", { class: "bs-tools__blocked" }, blocked));
  }
  show(paper);
}

/**
 * @param {HTMLElement} paper
 * @returns {HTMLElement}
 */
function toolsOf(paper) {
  const found = paper.querySelector(":scope > .bs-tools");
  if (found instanceof HTMLElement) return found;
  const made = make("div", { class: "bs-tools" });
  paper.append(made);
  return made;
}

/** @param {HTMLElement} paper */
function show(paper) {
  const mark = markOf(slugOf(paper));
  paper.classList.toggle("bs-is-starred", Boolean(mark.star));
  paper.classList.toggle("bs-is-read", Boolean(mark.read));
  for (const tool of paper.querySelectorAll(":scope > .bs-tools [aria-pressed]")) {
    const field = /** @type {Toggle} */ (tool.getAttribute("data-tool"));
    tool.setAttribute("aria-pressed", String(Boolean(mark[field])));
  }
}

/**
 * @param {string} kind
 * @param {string} label
 * @param {() => unknown} onclick
 */
export function toolButton(kind, label, onclick) {
  const kinds = { class: `bs-tool bs-tool--${kind}`, "data-tool": kind };
  return make("button", { type: "button", ...kinds, title: label, onclick },
    make("span", { class: "bs-tool__sign", "aria-hidden": "true" }),
    make("span", { class: "bs-tool__name" }, label));
}

/**
 * @param {HTMLElement} paper
 * @param {Toggle} field
 * @param {string} label
 */
function markButton(paper, field, label) {
  const button = toolButton(field, label, () => toggle(paper, field));
  if (available) {
    button.setAttribute("aria-pressed", "false");
  } else {
    button.setAttribute("aria-disabled", "true");
    button.title = blocked;
  }
  return button;
}

/**
 * @param {HTMLElement} paper
 * @param {Toggle} field
 */
function toggle(paper, field) {
  if (!available) return say(blocked);
  const isOn = !markOf(slugOf(paper))[field];
  if (!setMark(slugOf(paper), field, isOn ? dayOf() : "", titleOf(paper))) return undefined;
  return say(isOn ? SAID[field].on : SAID[field].off);
}

/**
 * A button that shows and hides a box, which is made when it is first needed.
 * @param {string} kind
 * @param {string} label
 * @param {() => HTMLElement} box
 */
function disclosure(kind, label, box) {
  const button = toolButton(kind, label, () => {
    const opened = box();
    opened.hidden = !opened.hidden;
    button.setAttribute("aria-expanded", String(!opened.hidden));
    button.setAttribute("aria-controls", opened.id);
    if (!opened.hidden) opened.querySelector("textarea")?.focus();
  });
  button.setAttribute("aria-expanded", "false");
  return button;
}

/**
 * @param {HTMLElement} paper
 * @param {HTMLElement} tools
 */
function addPreview(paper, tools) {
  if (paper.closest(`[data-list="${LISTS.week}"]`)) return; // weeks print the summaries
  /** @type {HTMLElement | undefined} */
  let box;
  tools.append(disclosure("preview", text("Preview"), () => box ??= preview(paper)));
}

/**
 * Shows the summary and the abstract of a paper, fetched from its page.
 * @param {HTMLElement} paper
 */
function preview(paper) {
  const box = make("div", { class: "bs-preview", id: `preview-${slugOf(paper)}`, hidden: true });
  const link = /** @type {HTMLAnchorElement} */ (paper.querySelector(":is(h2, h3, h4) a[href]"));
  paper.append(box);
  page(link.href).then((found) => fill(box, found)).catch(() => {
    box.textContent = text("The summary can’t be loaded. Are you offline?");
  });
  return box;
}

/**
 * @param {HTMLElement} box
 * @param {Document} found
 */
function fill(box, found) {
  const work = found.querySelector(".bs-work");
  const parts = work?.querySelectorAll(".bs-summary > *, .bs-abstract > :not(h2)") ?? [];
  for (const part of parts) {
    part.querySelectorAll("a[href]").forEach((link) => link.removeAttribute("id"));
    box.append(document.importNode(part, true));
  }
  if (!parts.length) box.append(make("p", {}, text("There’s no summary of this paper yet.")));
}

/**
 * @param {HTMLElement} paper
 * @param {HTMLElement} tools
 */
function addNote(paper, tools) {
  const area = make("textarea", { rows: 3, id: "bs-note", maxlength: LONGEST_NOTE });
  area.value = markOf(slugOf(paper)).note ?? "";
  area.addEventListener("change", () => {
    const isKept = setMark(slugOf(paper), "note", area.value.trim(), titleOf(paper));
    if (isKept) say(text("Note saved in this browser"));
  });
  const label = make("label", { for: "bs-note" }, text("Your note"));
  const named = { class: "bs-note", id: "bs-note-box" };
  const box = make("div", { ...named, hidden: !area.value }, label, area);
  const button = disclosure("note", text("Note"), () => box);
  button.setAttribute("aria-expanded", String(!box.hidden));
  tools.append(button);
  tools.after(box);
}

/** @type {NodeListOf<HTMLElement>} */
const shownPapers = document.querySelectorAll(".bs-paper");
shownPapers.forEach(slugOf);
/** @returns {NodeListOf<HTMLElement>} */
const papers = () => document.querySelectorAll("[data-paper]");
papers().forEach(equip);
onChange(() => papers().forEach(show));
