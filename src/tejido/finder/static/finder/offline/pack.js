// Reads a pack (docs/packs.md): one JSON list with one item a line.

/** The form of a pack that these pages can read (finder/domain/packs.py). */
export const FORMAT = 9;
const LEVELS = [
  ["needs", "o_"],
  ["called", "m_"],
  ["told", "c_"],
];

/** Returns the first half of a text's SHA-256: the name that its pack must have. */
export async function hashOf(text) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  const bytes = [...new Uint8Array(digest)].slice(0, 16);
  return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Returns the pack that a delta makes of an older one: lines to copy and lines that are new. */
export function patched(before, delta) {
  const lines = before.split("\n");
  const steps = JSON.parse(delta);
  return steps
    .flatMap((step) => (typeof step === "string" ? step : lines.slice(step[0], step[0] + step[1])))
    .join("\n");
}

const TAKES = {
  pack: (pack, head) => Object.assign(pack, head),
  need: (pack, id, label, broader, instead) => pack.needs.push({ id, label, broader, instead }),
  form: (pack, language, phrase, needs) => pack.forms[language].set(phrase, needs),
  written: (pack, words) => (pack.written = words.split(" ")),
  known: (pack, ...both) => (pack.known = both.map((words) => new Set(words.split(" ")))),
  small: (pack, words) => (pack.small = new Set(words.split(" "))),
  people: (pack, table) => (pack.people = peopleOf(table)),
  urgent: (pack, table) => (pack.urgent = table),
  names: (pack, table) => (pack.names = namesOf(table)),
  times: (pack, table) => (pack.times = table),
  ranking: (pack, numbers) => (pack.ranking = numbers),
  wishes: (pack, table) => (pack.wishes = table),
  line: (pack, call) => pack.calls.push(call),
  place: (pack, ...row) => pack.places.push(placeOf(row)),
  text: (pack, code, text) => pack.texts.set(code, text),
  pattern: (pack, code, zone, steps) => pack.patterns.set(code, { zone, edges: edgesOf(steps) }),
  listing: (pack, row) => pack.listings.push(listingOf(row, pack)),
  end: () => {},
};

/** Returns a pack, or null where it is of a format that this page does not know. */
export function readPack(text) {
  const items = JSON.parse(text);
  if (items[0]?.[1]?.format !== FORMAT) return null;
  const pack = {
    needs: [], forms: { en: new Map(), es: new Map() }, calls: [], places: [], texts: new Map(),
    patterns: new Map(), listings: [],
  };
  for (const [kind, ...rest] of items) TAKES[kind]?.(pack, ...rest);
  return pack;
}

function placeOf([kind, name, spanish, county, latitude, longitude, about, weight, town, ...also]) {
  const at = { latitude, longitude, about: about === 1, weight };
  return { kind, name, spanish, county, ...at, town: town ?? "", also };
}

/** Returns the table by word: all words for the same people, and the bit of its group. */
function peopleOf({ alike, forWhom, narrow, ...others }) {
  const words = alike.flatMap((group) => group.map((word) => [word, group]));
  const bits = narrow.flatMap(([bit, group]) => group.map((word) => [word, bit]));
  return { ...others, alike: new Map(words), forWhom: new Set(forWhom), bitOf: new Map(bits) };
}

/** Returns the table with what is looked up in it as sets and maps. */
function namesOf(table) {
  const made = { ...table };
  for (const name of ["state", "strong", "long", "links", "ordinary", "articles"]) {
    made[name] = new Set(table[name]);
  }
  for (const name of ["short", "nicknames", "same"]) {
    made[name] = new Map(Object.entries(table[name]));
  }
  return made;
}

function edgesOf(steps) {
  let at = 0;
  return steps.map((step) => (at += step));
}

function listingOf(row, pack) {
  const hours = pack.patterns.get(row.hours);
  return {
    ...row,
    by: pack.texts.get(row.by) ?? "",
    city: pack.texts.get(row.city) ?? "",
    closedForNow: row.hours === "closed",
    edges: hours?.edges ?? null,
    zone: hours?.zone ?? pack.zone,
    begins: pack.begins,
    ends: pack.ends,
    anchor: row.at ?? row.near ?? null,
    needs: (row.needs ?? []).map((number) => pack.needs[number].id),
    marks: marksOf(row, pack),
    facts: row.facts ?? {},
    speaks: (row.speaks ?? "").split(" ").filter(Boolean),
  };
}

/** Returns the marks of a listing as the server's index has them (finder/domain/indexing.py). */
function marksOf(row, pack) {
  const marks = [];
  const said = [];
  for (const [level, prefix] of LEVELS) {
    said.push(...(row[level] ?? []).map((number) => pack.needs[number].id));
    marks.push(...said.map((need) => prefix + need));
  }
  const words = row.words ? row.words.split(" ") : [];
  const also = row.also ? row.also.split(" ") : [];
  marks.push(...words.map((word) => `n_${word}`));
  return marks.concat([...words, ...also].map((word) => `t_${word}`));
}

/** Returns several packs as one list to search: the newest says how, each place stands once. */
export function joined(packs) {
  const newest = [...packs].sort((one, other) => other.built - one.built);
  const once = (rows, key) => [...new Map(rows.reverse().map((row) => [key(row), row])).values()];
  return {
    ...newest[0],
    built: Math.min(...packs.map((pack) => pack.built)),
    ends: Math.min(...packs.map((pack) => pack.ends)),
    invented: packs.some((pack) => pack.invented),
    areas: packs.map((pack) => pack.area),
    places: once(newest.flatMap((pack) => pack.places), ({ kind, name, county, latitude }) =>
      [kind, name, county, latitude].join()).reverse(),
    listings: once(newest.flatMap((pack) => pack.listings), (listing) => listing.id).reverse(),
  };
}
