// Tells the tags of each place: `node tags.mjs SCRIPTS FILE`, a JSON file with a pack, tiles and
// needs that were looked for. Writes for each of these the tags of every place, by its id.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [, , scripts, file] = process.argv;
const { readPack } = await import(pathToFileURL(`${scripts}/pack.js`));
const { tagsOf } = await import(pathToFileURL(`${scripts}/tags.js`));
const { pack, tiles, searches } = JSON.parse(readFileSync(file, "utf8"));
const list = readPack(pack);

const told = (wanted) => Object.fromEntries(
  list.listings.map((listing) => [listing.name, tagsOf(listing, { wanted, list, tiles })]),
);
console.log(JSON.stringify(searches.map(told)));
