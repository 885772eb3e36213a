// Opens the kept pages without signal. The server puts SHELL before this: pages, files, version.
// It answers for nothing else: every other request goes its ordinary way and is not looked at.
"use strict";

const NAME = "kept-pages-";
const CURRENT = NAME + SHELL.version;
const SHELL_ADDRESSES = new Set([...SHELL.pages, ...SHELL.files]);
// Who opens the first page without signal finds the search of what was kept.
const INSTEAD = { "/": "/keep/search/", "/es/": "/es/keep/search/" };

self.addEventListener("install", (event) => {
  event.waitUntil(fill().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(removeOlder().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname, search } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin || search) return;
  if (SHELL_ADDRESSES.has(pathname)) event.respondWith(kept(request));
  else if (request.mode === "navigate" && INSTEAD[pathname]) {
    event.respondWith(
      fetch(request).catch(() => Response.redirect(INSTEAD[pathname])),
    );
  }
});

async function fill() {
  const cache = await caches.open(CURRENT);
  const asked = { cache: "no-store", credentials: "omit", referrerPolicy: "no-referrer" };
  const addresses = [...SHELL_ADDRESSES];
  await cache.addAll(addresses.map((address) => new Request(address, asked)));
}

async function removeOlder() {
  const names = await caches.keys();
  const older = names.filter((name) => name.startsWith(NAME) && name !== CURRENT);
  await Promise.all(older.map((name) => caches.delete(name)));
}

async function kept(request) {
  const cache = await caches.open(CURRENT);
  return (await cache.match(request, { ignoreVary: true })) ?? fetch(request);
}
