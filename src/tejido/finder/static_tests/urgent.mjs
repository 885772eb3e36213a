// Tells which lines a search cannot wait for: `node urgent.mjs SCRIPTS FILE`, a JSON file with a
// pack and searches (words, place, need).

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [, , scripts, file] = process.argv;
const { readPack } = await import(pathToFileURL(`${scripts}/pack.js`));
const { prepared } = await import(pathToFileURL(`${scripts}/search.js`));
const { linesNow } = await import(pathToFileURL(`${scripts}/urgent.js`));
const { pack, searches } = JSON.parse(readFileSync(file, "utf8"));
const list = prepared(readPack(pack));

console.log(JSON.stringify(searches.map((search) => linesNow(search, list))));
