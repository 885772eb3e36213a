// Reads what somebody typed: `node asking.mjs SCRIPTS FILE`, a JSON file with a pack, an instant in
// milliseconds and searches (words, place, position).

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [, , scripts, file] = process.argv;
const { readPack } = await import(pathToFileURL(`${scripts}/pack.js`));
const { prepared } = await import(pathToFileURL(`${scripts}/search.js`));
const { readSearch } = await import(pathToFileURL(`${scripts}/asking.js`));
const { seen } = await import(pathToFileURL(`${scripts}/words.js`));
const { pack, at, searches } = JSON.parse(readFileSync(file, "utf8"));
const list = prepared(readPack(pack));

function told({ words: said, place, position }) {
  const typed = { words: seen(said), place: seen(place), position };
  const { problem, words, where, other, at: then, isNow, onlyOpen } = readSearch(typed, at, list);
  if (problem) return { problem };
  const from = where && [where.latitude, where.longitude, where.county];
  return { words, from, other, isNow, onlyOpen, at: then };
}

console.log(JSON.stringify(searches.map(told)));
