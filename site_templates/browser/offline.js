/** Pages that were seen work offline. The search index is kept for readers who use search. */
import { OFFLINE_FILE } from "./contract.js";
import { addressOf, json, root } from "./site.js";

async function keepIndex() {
  try {
    /** @type {string[]} */
    const files = await json(OFFLINE_FILE);
    const worker = await navigator.serviceWorker.ready;
    worker.active?.postMessage({ keep: files.map(addressOf) });
  } catch {
    // It is kept another time.
  }
}

async function start() {
  await navigator.serviceWorker.register(addressOf("service-worker.js"), { scope: root.pathname });
  if (/** @type {any} */ (navigator).connection?.saveData) return;
  for (const box of document.querySelectorAll("[role='search'] input, #broadsheet-search input")) {
    box.addEventListener("change", keepIndex, { once: true });
  }
  if (document.getElementById("broadsheet-search") && location.search) keepIndex();
}

if ("serviceWorker" in navigator && window.isSecureContext) {
  start().catch(() => {}); // without it the site needs a connection, as any other
}
