// What a typed place means among the places that are kept, as the server knows it
// (geography/domain/gazetteer.py): a ZIP code, a town, a county, a landmark by its name; no
// corners. A meaning is one place `found`, several as `places`, or `unknown` with the text.

import { countyName, keyOf, landmarkKey, plain, withoutState } from "./names.js";

const SAME_PLACE_M = 40_000;
const HEAVIER = 5;
const LONGEST_NAME = 6;
const [SHORTEST_SLIP, SURE_SLIP] = [6, 0.9];
const EARTH_M = 6_371_008.8;
const ZIPS = /(^|[^\w-])(\d{5})(?:-\d{4})?(?![\w-])/g;
const gazetteers = new WeakMap();

/** Returns the names of the places of a list, ready to be looked up. */
export function gazetteerOf(list) {
  if (!gazetteers.has(list)) gazetteers.set(list, indexed(list));
  return gazetteers.get(list);
}

function indexed({ places, names: table }) {
  const names = { table, zips: new Map(), counties: new Map(), towns: new Map(),
    landmarks: new Map(), bounds: new Set([...table.state, ...table.articles]), shown: new Map() };
  for (const place of places) keep(place, names);
  return names;
}

function keep(place, names) {
  if (place.kind === "zip") {
    names.zips.set(place.name, place);
    return;
  }
  const key = keyOf(place.name, names.table);
  names.shown.set(key, place.name);
  if (place.kind === "county") names.counties.set(key.replace(/ county$/, ""), place);
  else if (place.kind === "landmark") keepLandmark(place, names);
  else add(names.towns, key, place);
}

function keepLandmark(place, { table, landmarks, bounds }) {
  const town = keyOf(place.town, table);
  for (const word of [...place.also, place.town].flatMap((name) => plain(name, table).split(" "))) {
    bounds.add(landmarkKey(word, table));
  }
  for (const name of place.also.map((each) => landmarkKey(each, table))) {
    for (const joint of ["", " in", " en", " de"]) add(landmarks, `${name}${joint} ${town}`, place);
    add(landmarks, name, place);
  }
}

function add(map, key, place) {
  const rows = map.get(key) ?? [];
  if (!rows.includes(place)) map.set(key, [...rows, place]);
}

/** Returns what a text means when all of it is a place. */
export function placeNamed(text, names) {
  const typed = joinedZip(text.trim().slice(0, names.table.longest));
  const zips = [...typed.matchAll(ZIPS)].map((match) => match[2]);
  if (zips.length || /^\d+$/.test(typed)) return zipNamed(zips.at(-1) ?? typed, names);
  return named(typed, names) ?? townOfAddress(typed, names) ?? { unknown: typed };
}

/** Returns the town at the end of a street address (`1428 E 18th St Oakland`), or null. */
export function townOfAddress(text, names) {
  const tokens = text.replaceAll(",", " ").split(/\s+/).filter(Boolean);
  if (!/^\d+$/.test(tokens[0] ?? "")) return null;
  for (let start = Math.max(2, tokens.length - LONGEST_NAME); start < tokens.length; start += 1) {
    const place = named(tokens.slice(start).join(" "), names);
    if (place?.found?.kind === "town") return place;
  }
  return null;
}

function joinedZip(text) {
  const digits = text.replace(/\s+/g, "");
  return /^\d+\s\d+$/.test(text) && digits.length === 5 ? digits : text;
}

function zipNamed(digits, { zips }) {
  return zips.has(digits) ? { found: zips.get(digits) } : { unknown: digits };
}

/** Returns the place with exactly this name, nickname or short form, or null. */
export function named(text, names) {
  const { table, counties, towns } = names;
  const nickname = (name) => table.nicknames.get(name) ?? name;
  const name = nickname(withoutState(plain(text, table), table));
  const county = counties.get(keyOf(nickname(countyName(name)), table));
  if (county) return { found: county };
  const found = towns.get(keyOf(name, table)) ?? towns.get(keyOf(bare(name, table), table));
  if (found) return oneOf(found);
  const bareCounty = counties.get(keyOf(name, table));
  return bareCounty ? { found: bareCounty } : landmarkNamed(text, names);
}

/** Returns the landmark of exactly this name, several of one name, or null. */
export function landmarkNamed(text, { table, landmarks }) {
  const typed = withoutState(text.toLowerCase().replaceAll(",", " "), table);
  const places = landmarks.get(landmarkKey(typed, table));
  if (!places) return null;
  const order = (one, other) => (one.name < other.name ? -1 : Number(one.name > other.name))
    || one.county.localeCompare(other.county) || one.latitude - other.latitude;
  return places.length === 1 ? { found: places[0] } : { places: [...places].sort(order) };
}

function bare(name, { leads }) {
  const without = (left, lead) => (left.startsWith(lead) ? left.slice(lead.length) : left);
  return leads.reduce(without, name);
}

/** Returns the heaviest, unless another far away is no lighter than a fifth of it. */
function oneOf(towns) {
  const [first, ...others] = [...towns].sort(
    (one, other) => other.weight - one.weight || one.county.localeCompare(other.county),
  );
  const isRival = (other) =>
    metresBetween(first, other) > SAME_PLACE_M && other.weight * HEAVIER >= first.weight;
  const rivals = others.filter(isRival);
  return rivals.length ? { places: [first, ...rivals] } : { found: first };
}

/** Returns how far two points are from each other. */
export function metresBetween(one, other) {
  const radians = (degrees) => (degrees * Math.PI) / 180;
  const north = radians(other.latitude - one.latitude);
  const east = radians(other.longitude - one.longitude);
  const cosines = Math.cos(radians(one.latitude)) * Math.cos(radians(other.latitude));
  const share = Math.sin(north / 2) ** 2 + cosines * Math.sin(east / 2) ** 2;
  return 2 * EARTH_M * Math.asin(Math.min(1, Math.sqrt(share)));
}

/** Returns the text as unknown where it is one slip away from a longer name, or null. */
export function misspelt(text, { table, shown }) {
  const name = keyOf(withoutState(plain(text, table), table), table);
  if (name.length < SHORTEST_SLIP) return null;
  const isClose = (known) => known[0] === name[0] && likeness(name, known) >= SURE_SLIP;
  return [...shown.keys()].some(isClose) ? { unknown: text } : null;
}

/** Returns how much two names have in common in order, from 0 to 1. */
function likeness(one, other) {
  const both = one.length + other.length;
  if (2 * Math.min(one.length, other.length) < SURE_SLIP * both) return 0;
  let last = new Array(other.length + 1).fill(0);
  for (const letter of one) {
    const row = [0];
    for (let at = 1; at <= other.length; at += 1) {
      row.push(letter === other[at - 1] ? last[at - 1] + 1 : Math.max(last[at], row[at - 1]));
    }
    last = row;
  }
  return (2 * last[other.length]) / both;
}
