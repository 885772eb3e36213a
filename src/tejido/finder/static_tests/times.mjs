// Reads the day and hour in words: `node times.mjs SCRIPTS FILE`, a JSON file with the table of a
// pack and cases (words, now as seconds on the wall's clock).

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [, , scripts, file] = process.argv;
const { timeIn } = await import(pathToFileURL(`${scripts}/times.js`));
const { table, cases } = JSON.parse(readFileSync(file, "utf8"));

console.log(JSON.stringify(cases.map(({ words, now }) => timeIn(words, now, table))));
