// Parts places from words: `node places.mjs SCRIPTS FILE`, a JSON file with a pack and words. Writes
// for each what is left, and what the place is as [kind, name] of each that may be meant.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [, , scripts, file] = process.argv;
const { readPack } = await import(pathToFileURL(`${scripts}/pack.js`));
const { gazetteerOf, placeNamed } = await import(pathToFileURL(`${scripts}/places.js`));
const { splitPlace } = await import(pathToFileURL(`${scripts}/splitting.js`));
const { pack, words } = JSON.parse(readFileSync(file, "utf8"));
const names = gazetteerOf(readPack(pack));

function told(place) {
  if (!place || place.unknown !== undefined) return place;
  return (place.places ?? [place.found]).map(({ kind, name }) => [kind, name]);
}

function both(text) {
  const { rest, place } = splitPlace(text, names);
  return { rest, place: told(place), whole: told(placeNamed(text, names)) };
}

console.log(JSON.stringify(words.map(both)));
