/** Messages, copying, and downloads. */
import { make } from "./dom.js";
import { text } from "./words.js";

const SHOWN_FOR = 4000; // milliseconds
const toast = make("div", { class: "bs-toast", role: "status" });
let timer = 0;

/**
 * Shows a message for a few seconds. Screen readers announce it.
 * @param {string} message
 */
export function say(message) {
  if (!toast.isConnected) document.body.append(toast);
  toast.textContent = message;
  toast.classList.add("bs-toast--shown");
  clearTimeout(timer);
  timer = window.setTimeout(() => toast.classList.remove("bs-toast--shown"), SHOWN_FOR);
}

/**
 * @param {string} content
 * @param {string} done - what to say then
 */
export async function copy(content, done) {
  try {
    await navigator.clipboard.writeText(content);
    say(done);
  } catch {
    say(text("Your browser doesn’t let this page copy. Select the text and copy it."));
  }
}

/**
 * Downloads a text as a file.
 * @param {string} name
 * @param {string} type
 * @param {string} content
 */
export function download(name, type, content) {
  const href = URL.createObjectURL(new Blob([content], { type }));
  make("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 1000);
}
