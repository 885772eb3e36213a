// Removes what is kept, as a phone would: `node remove.mjs SCRIPTS FILE`, a JSON file with what the
// browser holds: caches, workers, databases (name and what comes of deleting it), local, session,
// and which of the first two stay. Writes what the phone says and what is left.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [, , scripts, file] = process.argv;
const held = JSON.parse(readFileSync(file, "utf8"));

function storage(rows) {
  const kept = new Map(Object.entries(rows));
  return {
    kept,
    clear: () => kept.clear(),
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => kept.set(key, value),
  };
}

const drop = (rows, name) => held.stays.includes(name) || rows.splice(rows.indexOf(name), 1);
const made = {
  window: globalThis,
  caches: { keys: async () => [...held.caches], delete: async (name) => drop(held.caches, name) },
  navigator: {
    serviceWorker: {
      getRegistrations: async () =>
        held.workers.map((name) => ({ unregister: async () => drop(held.workers, name) })),
    },
  },
  indexedDB: {
    databases: async () => Object.keys(held.databases).map((name) => ({ name })),
    deleteDatabase(name) {
      const asked = {};
      setTimeout(() => asked[held.databases[name]]());
      return asked;
    },
  },
  localStorage: storage(held.local),
  sessionStorage: storage(held.session),
};
for (const [name, value] of Object.entries(made)) {
  Object.defineProperty(globalThis, name, { value, configurable: true });
}
const { removeAll } = await import(pathToFileURL(`${scripts}/store.js`));

const isGone = await removeAll();
const left = [made.localStorage, made.sessionStorage].map(({ kept }) => Object.fromEntries(kept));
console.log(JSON.stringify({ isGone, local: left[0], session: left[1] }));
