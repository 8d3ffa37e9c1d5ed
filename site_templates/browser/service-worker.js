/**
 * Makes visited pages and the search index work offline. Online, the network always comes first, so
 * readers see current pages. Files with a hash in their names never change, so they come from the
 * cache.
 */
"use strict";

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const PAGES = "broadsheet-pages-1";
const FILES = "broadsheet-files-1";
/** How many files each cache keeps. @type {Record<string, number>} */
const MOST = { [PAGES]: 400, [FILES]: 2000 };
const HASHED = /[.-][0-9a-f]{8,}\.(?:json|js|css|bin|woff2)$/;
/** The page that tells readers that they are offline. */
const OFFLINE = new URL("503.html", worker.registration.scope).href;

async function install() {
  await (await caches.open(FILES)).add(OFFLINE);
  await worker.skipWaiting();
}

async function activate() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith("broadsheet-") && !(name in MOST));
  await Promise.all(old.map((name) => caches.delete(name)));
  await worker.clients.claim();
}

/**
 * @param {string} name
 * @param {Request} request
 * @param {Response} answer - a part of a file keeps its header, but caches only take status 200
 */
async function keep(name, request, answer) {
  if (!answer.ok || answer.type !== "basic") return;
  const cache = await caches.open(name);
  const { headers, status } = answer;
  await cache.put(request, status === 206 ? new Response(answer.body, { headers }) : answer);
  const kept = (await cache.keys()).filter(({ url }) => url !== OFFLINE);
  const surplus = kept.slice(0, Math.max(0, kept.length - MOST[name]));
  await Promise.all(surplus.map((oldest) => cache.delete(oldest)));
}

/** @param {Request} request */
const isPage = (request) => request.mode === "navigate";

/** @param {Request} request - an address with a query is the same page as without one */
const cached = async (request) =>
  await caches.match(request, { ignoreSearch: isPage(request), ignoreVary: true })
    ?? (request.headers.has("Range") ? wholeFile(request) : undefined);

/** @param {Request} request - for a part of a file */
const wholeFile = ({ url }) => caches.match(url.split("?")[0], { ignoreVary: true });

/**
 * @param {FetchEvent} event
 * @param {string} name
 */
async function networkFirst(event, name) {
  const { request } = event;
  try {
    // Ask the server whether a page has changed, whatever the browser's own cache says.
    const answer = await fetch(request, isPage(request) ? { cache: "no-cache" } : {});
    event.waitUntil(keep(name, request, answer.clone()));
    return answer;
  } catch (error) {
    const known = await cached(request) ?? (isPage(request) && await offlinePage());
    if (known) return known;
    throw error;
  }
}

async function offlinePage() {
  const page = await caches.match(OFFLINE);
  return page && new Response(page.body, { status: 503, headers: page.headers });
}

/** @param {FetchEvent} event */
const cacheFirst = async (event) => await cached(event.request) ?? networkFirst(event, FILES);

/**
 * Caches the files that a page asks for, except those that are cached already.
 * @param {string[]} addresses
 */
async function keepAll(addresses) {
  const cache = await caches.open(FILES);
  for (const address of addresses) {
    if (new URL(address).origin !== worker.location.origin || await cache.match(address)) continue;
    const answer = await fetch(address).catch(() => null);
    if (answer?.ok) await cache.put(address, answer);
  }
}

worker.addEventListener("install", (event) => event.waitUntil(install()));

worker.addEventListener("activate", (event) => event.waitUntil(activate()));

worker.addEventListener("message", (event) => {
  if (Array.isArray(event.data?.keep)) event.waitUntil(keepAll(event.data.keep));
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== worker.location.origin) return;
  if (HASHED.test(url.pathname)) event.respondWith(cacheFirst(event));
  else event.respondWith(networkFirst(event, isPage(request) ? PAGES : FILES));
});
