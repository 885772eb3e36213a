// Answers questions as a phone would: `node answers.mjs SCRIPTS FILE`, the scripts' folder and a
// JSON file with a pack, or `packs` that are kept together, and questions. Writes one answer for each.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [, , scripts, file] = process.argv;
const { joined, readPack } = await import(pathToFileURL(`${scripts}/pack.js`));
const { findServices, prepared } = await import(pathToFileURL(`${scripts}/search.js`));
const { pack, packs = [pack], questions } = JSON.parse(readFileSync(file, "utf8"));
const list = prepared(joined(packs.map(readPack)));

const rounded = (number) => (number === null ? null : Math.round(number));

function answered(question) {
  const { hits, total, near, needs, corrected, hasClosed } = findServices(question, list);
  const told = hits.map(({ listing, distanceM, bearing, hours, inside, instead }) => ({
    id: listing.id,
    state: hours.state,
    opens: hours.opensAt ?? null,
    closes: hours.closesAt ?? null,
    metres: rounded(distanceM),
    bearing: rounded(bearing),
    inside,
    instead,
  }));
  return { hits: told, total, near, needs, corrected: Object.fromEntries(corrected), hasClosed };
}

console.log(JSON.stringify(questions.map(answered)));
