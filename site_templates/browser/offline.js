/** Makes visited pages work offline, and search for readers who have used it. */
import { OFFLINE_FILE } from "./contract.js";
import { addressOf, json, root } from "./site.js";
import { scriptAddress } from "./trust.js";

async function keepIndex() {
  try {
    /** @type {string[]} */
    const files = await json(OFFLINE_FILE);
    const worker = await navigator.serviceWorker.ready;
    worker.active?.postMessage({ keep: files.map(addressOf) });
  } catch {
    // Try again on the next visit.
  }
}

async function start() {
  const worker = scriptAddress(addressOf("service-worker.js"));
  await navigator.serviceWorker.register(worker, { scope: root.pathname });
  if (/** @type {any} */ (navigator).connection?.saveData) return;
  for (const box of document.querySelectorAll("[role='search'] input, #broadsheet-search input")) {
    box.addEventListener("change", keepIndex, { once: true });
  }
  if (document.getElementById("broadsheet-search") && location.search) keepIndex();
}

if ("serviceWorker" in navigator && window.isSecureContext) {
  start().catch(() => {}); // the site works without it, but not offline
}
