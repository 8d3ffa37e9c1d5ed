/* Pages that were seen, and the search index, work without a connection. With one, the network
   always comes first, so that no page is older than the site. Files whose names carry a hash of
   their content never change and come from the cache. */
"use strict";
const PAGES = "broadsheet-pages-1";
const FILES = "broadsheet-files-1";
const MOST = { [PAGES]: 400, [FILES]: 2000 };
const HASHED = /[.-][0-9a-f]{8,}\.(?:json|js|css|bin|woff2)$/;

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => {
  const forget = (names) => Promise.all(
    names.filter((name) => name.startsWith("broadsheet-") && name !== PAGES && name !== FILES)
      .map((name) => caches.delete(name))
  );
  event.waitUntil(caches.keys().then(forget).then(() => self.clients.claim()));
});

async function keep(name, request, answer) {
  if (!answer.ok || answer.type !== "basic") return;
  const cache = await caches.open(name);
  await cache.put(request, answer);
  const kept = await cache.keys();
  await Promise.all(kept.slice(0, Math.max(0, kept.length - MOST[name])).map((old) => cache.delete(old)));
}

async function cached(request) {
  // An address with a question is the same page as without one.
  return caches.match(request, { ignoreSearch: request.mode === "navigate", ignoreVary: true });
}

async function networkFirst(event, name) {
  try {
    // A browser may hold on to a page for a while; asking it to check costs a few bytes.
    const options = event.request.mode === "navigate" ? { cache: "no-cache" } : {};
    const answer = await fetch(event.request, options);
    event.waitUntil(keep(name, event.request, answer.clone()));
    return answer;
  } catch (offline) {
    const known = await cached(event.request);
    if (known) return known;
    if (event.request.mode === "navigate") return explain();
    throw offline;
  }
}

async function cacheFirst(event) {
  const known = await cached(event.request);
  return known || networkFirst(event, FILES);
}

function explain() {
  const page = "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>" +
    "<title>Offline</title><h1>You are offline</h1><p>This page has not been read in this browser before. " +
    "Pages that you have seen, and search, still work.</p>";
  return new Response(page, { status: 503, headers: { "content-type": "text/html; charset=utf-8" } });
}

/* Files that the page asks to keep: those that are there already are not fetched again. */
async function keepAll(addresses) {
  const cache = await caches.open(FILES);
  for (const address of addresses) {
    if (new URL(address).origin !== self.location.origin || await cache.match(address)) continue;
    const answer = await fetch(address).catch(() => null);
    if (answer && answer.ok) await cache.put(address, answer);
  }
}

self.addEventListener("message", (event) => {
  if (Array.isArray(event.data && event.data.keep)) event.waitUntil(keepAll(event.data.keep));
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (HASHED.test(url.pathname)) event.respondWith(cacheFirst(event));
  else event.respondWith(networkFirst(event, event.request.mode === "navigate" ? PAGES : FILES));
});
