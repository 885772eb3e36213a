// Writes the pack that each delta makes of an older one, and its name: `node deltas.mjs SCRIPTS FILE`,
// a JSON file with [pack, delta] pairs.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [, , scripts, file] = process.argv;
const { hashOf, patched } = await import(pathToFileURL(`${scripts}/pack.js`));
const pairs = JSON.parse(readFileSync(file, "utf8"));

const made = pairs.map(([pack, delta]) => patched(pack, delta));
console.log(JSON.stringify(await Promise.all(made.map(async (text) => [text, await hashOf(text)]))));
