// Keeps packs and then gets the newest, as a phone would: `node update.mjs SCRIPTS FILE`, a JSON
// file with manifests in the order in which the server offers them, and the texts at its addresses
// (null: not there). Writes for each manifest what was asked for, what is kept, what is offered no
// more, and what went wrong.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [, , scripts, file] = process.argv;
const { manifests, texts, areas } = JSON.parse(readFileSync(file, "utf8"));
const ORIGIN = "https://phone.test";
let manifest = null;
let asked = [];

class Kept {
  #rows = new Map();
  async put(where, answer) {
    this.#rows.set(new URL(where, ORIGIN).href, await answer.text());
  }
  async match(where) {
    const text = this.#rows.get(new URL(where, ORIGIN).href);
    return text === undefined ? undefined : new Response(text);
  }
  async keys() {
    return [...this.#rows.keys()].map((url) => ({ url }));
  }
  async delete({ url }) {
    return this.#rows.delete(url);
  }
}

const cache = new Kept();
const worker = {
  register: async () => {},
  ready: Promise.resolve(),
  getRegistrations: async () => [{ update: async () => asked.push("/sw.js") }],
};
const made = {
  window: globalThis,
  caches: { has: async () => true, open: async () => cache, keys: async () => ["kept-lists"] },
  navigator: { serviceWorker: worker },
  fetch: async (where) => {
    asked.push(where);
    const text = where.endsWith("manifest.json") ? JSON.stringify(manifest) : texts[where];
    return new Response(text ?? "", { status: text === undefined || text === null ? 404 : 200 });
  },
};
for (const [name, value] of Object.entries(made)) {
  Object.defineProperty(globalThis, name, { value, configurable: true });
}
const { keep, keptList, note } = await import(pathToFileURL(`${scripts}/store.js`));

const told = [];
for (manifest of manifests) {
  asked = [];
  let wrong = "";
  let left = [];
  try {
    left = await keep(areas, "en");
  } catch (error) {
    wrong = error.message || error.constructor.name;
  }
  const kept = await note();
  const list = await keptList();
  told.push({
    asked,
    wrong,
    left,
    hashes: kept?.packs.map(({ hash }) => hash) ?? [],
    names: list?.listings.map(({ name }) => name) ?? [],
    entries: (await cache.keys()).length,
  });
}
console.log(JSON.stringify(told));
