/** Adds copy buttons to blocks of code, such as citations, and one for the paper's link. */
import { make } from "./dom.js";
import { copy } from "./reader.js";
import { toolButton } from "./tools.js";
import { text } from "./words.js";

/** @param {HTMLElement} code */
function addCopy(code) {
  const label = code.closest(".bs-work") ? text("Copy citation") : text("Copy");
  code.tabIndex = 0;
  code.setAttribute("role", "region");
  code.setAttribute("aria-label", text("Code"));
  const onclick = () => copy(code.textContent ?? "", text("Copied"));
  code.after(make("button", { type: "button", class: "bs-copy", onclick }, label));
}

function copyLink() {
  /** @type {HTMLLinkElement | null} */
  const canonical = document.querySelector("link[rel='canonical']");
  copy(canonical?.href ?? location.href.split("#")[0], text("Link copied"));
}

/** @type {NodeListOf<HTMLElement>} */
const blocks = document.querySelectorAll(".md-typeset pre > code");
blocks.forEach(addCopy);
const tools = document.querySelector(".bs-work > .bs-tools");
tools?.append(toolButton("link", text("Copy link"), copyLink));
