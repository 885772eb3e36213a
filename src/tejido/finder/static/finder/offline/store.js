// What is kept on this phone: the texts of packs and a note of which, in one cache. Nothing else
// is stored anywhere, and nothing before the person asks.

import { FORMAT, hashOf, joined, patched, readPack } from "./pack.js";

const CACHE = "kept-lists";
const NOTE = "/packs/kept.json";
const MANIFEST = "/packs/manifest.json";
// Set by Leave (ui/leave.js).
const LEFT = "left";
// Not even a copy in the browser's own cache, which "Remove" could not reach.
const ASKED = { cache: "no-store", credentials: "omit", referrerPolicy: "no-referrer" };
const address = (hash) => `/packs/${hash}.json`;

/** Tells whether this browser can keep anything at all. */
export function canKeep() {
  return "serviceWorker" in navigator && "caches" in window && Boolean(crypto.subtle);
}

async function got(where) {
  const answer = await fetch(where, ASKED);
  if (!answer.ok) throw new Error(`${where}: ${answer.status}`);
  return answer.text();
}

/** Returns what there is to keep, as the server says now. */
export async function manifest() {
  return JSON.parse(await got(MANIFEST));
}

async function read(where) {
  // Asking whether there is one would make one.
  if (!("caches" in window) || !(await caches.has(CACHE))) return null;
  const answer = await (await caches.open(CACHE)).match(where);
  return answer ? answer.text() : null;
}

/** Returns the note of what is kept, or null: language, age, last day, and each pack; one that is
 * offered no more has its own age and its county's name. */
export async function note() {
  const text = await read(NOTE);
  return text === null ? null : JSON.parse(text);
}

/** Returns everything that is kept as one list to search, or null. */
export async function keptList() {
  const kept = await note();
  if (!kept) return null;
  const texts = await Promise.all(kept.packs.map(({ hash }) => read(address(hash))));
  const packs = texts.filter((text) => text !== null).map(readPack);
  return packs.length && packs.every(Boolean) ? joined(packs) : null;
}

/** The lists have a form that these pages cannot read: newer pages are needed first. */
export class UnknownFormat extends Error {}

/**
 * Keeps the packs of some areas, and the pages to search them. All or nothing changes.
 *
 * What is kept of an area that is offered no more stays as it is; returns these areas.
 */
export async function keep(areas, language) {
  const offered = await manifest();
  if (offered.format !== FORMAT) throw await outgrown();
  const before = await note();
  const chosen = offered.packs.filter(
    (pack) => pack.language === language && areas.includes(pack.area),
  );
  const texts = await Promise.all(chosen.map((pack) => fetched(pack, before)));
  if (!texts.every(readPack)) throw new UnknownFormat();
  await register();
  const left = areas.filter((area) => !chosen.some((pack) => pack.area === area));
  await written(chosen, texts, { ...offered, language }, await staying(left, before));
  return left;
}

/** Asks for the newer pages, and returns what to say until they are here. */
async function outgrown() {
  const workers = await navigator.serviceWorker.getRegistrations();
  await Promise.all(workers.map((worker) => worker.update().catch(() => {})));
  return new UnknownFormat();
}

/** Returns what is kept of areas that are not offered, and can still be read. */
async function staying(areas, before) {
  const rows = (before?.packs ?? []).filter(({ area }) => areas.includes(area));
  const texts = await Promise.all(rows.map(({ hash }) => read(address(hash))));
  return rows
    .filter((_row, at) => texts[at] !== null && readPack(texts[at]))
    .map((row) => ({ ...row, built: row.built ?? before.built, county: before.names[row.area] }));
}

/** Returns the text of a pack: what is kept, or that with what changed, or all of it. */
async function fetched(pack, before) {
  const older = before?.packs.find(({ area }) => area === pack.area)?.hash;
  const mine = older ? await read(address(older)) : null;
  if (mine !== null && older === pack.hash) return mine;
  const delta = mine !== null && pack.deltas.find(({ from }) => from === older);
  const changed = delta && (await withChanges(mine, delta, pack));
  return changed || whole(pack);
}

/** Returns an older pack with what changed, or null where that does not make the newer one. */
async function withChanges(mine, delta, { hash }) {
  try {
    const text = patched(mine, await got(address(delta.hash)));
    return (await hashOf(text)) === hash ? text : null;
  } catch {
    return null;
  }
}

async function whole({ hash }) {
  const text = await got(address(hash));
  if ((await hashOf(text)) !== hash) throw new Error(`${hash} arrived damaged`);
  return text;
}

async function written(packs, texts, { language, built, expires, last_day, names }, staying) {
  const cache = await caches.open(CACHE);
  await Promise.all(packs.map(({ hash }, at) => cache.put(address(hash), new Response(texts[at]))));
  const got = packs.map(({ area, hash, listings, gzip }) => ({ area, hash, listings, gzip }));
  const rows = [...got, ...staying];
  const text = JSON.stringify({ language, built, expires, last_day, names, packs: rows });
  await cache.put(NOTE, new Response(text));
  const used = new Set([NOTE, ...rows.map(({ hash }) => address(hash))]);
  const unused = (await cache.keys()).filter(({ url }) => !used.has(new URL(url).pathname));
  await Promise.all(unused.map((request) => cache.delete(request)));
}

async function register() {
  await navigator.serviceWorker.register("/sw.js");
  await navigator.serviceWorker.ready;
}

/** Removes what a page can remove, of this whole site; returns whether nothing of it is left. */
export async function removeAll() {
  const workers = await navigator.serviceWorker.getRegistrations();
  await Promise.all(workers.map((worker) => worker.unregister()));
  await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
  const gone = await Promise.all((await databases()).map(({ name }) => isRemoved(name)));
  localStorage.clear();
  forgetSession();
  const left = [await navigator.serviceWorker.getRegistrations(), await caches.keys()];
  return gone.every(Boolean) && left.every(({ length }) => length === 0);
}

const databases = async () => (await indexedDB.databases?.()) ?? [];

/** Empties what this tab has stored but the time of leaving: by it a list of before stays away. */
function forgetSession() {
  const left = sessionStorage.getItem(LEFT);
  sessionStorage.clear();
  if (left !== null) sessionStorage.setItem(LEFT, left);
}

/** Deletes a database; one that another tab holds open is not removed yet. */
function isRemoved(name) {
  return new Promise((done) => {
    const asked = indexedDB.deleteDatabase(name);
    asked.onsuccess = () => done(true);
    asked.onerror = asked.onblocked = () => done(false);
  });
}
