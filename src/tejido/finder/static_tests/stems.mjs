// Writes the English and the Spanish stem of each word: `node stems.mjs SCRIPTS FILE`.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [, , scripts, file] = process.argv;
const { stemEnglish } = await import(pathToFileURL(`${scripts}/stem_english.js`));
const { stemSpanish } = await import(pathToFileURL(`${scripts}/stem_spanish.js`));
const words = JSON.parse(readFileSync(file, "utf8"));

console.log(JSON.stringify(words.map((word) => [stemEnglish(word), stemSpanish(word)])));
