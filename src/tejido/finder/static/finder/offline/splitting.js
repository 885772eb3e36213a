// Finding the place inside a sentence such as `methadone 94606` or `comida en San José`, as the
// server does (geography/domain/splitting.py): a ZIP code; a landmark; a name after `in, near, en`;
// a name at the end, at the start, in the middle. The longest name wins.

import { keyOf, landmarkKey, plain } from "./names.js";
import { landmarkNamed, misspelt, named, placeNamed } from "./places.js";

const LONGEST_NAME = 6;
const LONGEST_LANDMARK = 12;
const ZIP = /^\d{5}(-\d{4})?$/;

/** Returns the words without the place that they name, and what it means or null. */
export function splitPlace(words, names) {
  const text = words.slice(0, names.table.longest);
  const tokens = text.split(/\s+/).filter(Boolean);
  return zipIn(tokens, names) ?? landmarkIn(tokens, names) ?? townIn(tokens, names)
    ?? outsideIn(words, names) ?? { rest: text.trim(), place: null };
}

function zipIn(tokens, names) {
  const isZip = (token) => ZIP.test(token.replace(/^[,.;:?!()]+|[,.;:?!()]+$/g, ""));
  const at = tokens.map(isZip).lastIndexOf(true);
  if (at < 0) return null;
  const before = withoutTown(tokens.slice(0, at), names);
  const rest = joined(before, tokens.slice(at + 1), names.table);
  return { rest, place: placeNamed(tokens[at], names) };
}

function townIn(tokens, names) {
  for (const [start, end] of [...linked(tokens, names.table), ...unlinked(tokens)]) {
    const place = named(tokens.slice(start, end).join(" "), names);
    if (place && isMeant(tokens, start, end, names.table) && !isLandmark(place)) {
      return { rest: joined(tokens.slice(0, start), tokens.slice(end), names.table), place };
    }
  }
  return slipIn(tokens, names);
}

function landmarkIn(tokens, names) {
  for (const [start, end] of longestFirst(tokens, names)) {
    const found = landmarkNamed(tokens.slice(start, end).join(" "), names);
    if (found && isMeantAsLandmark(tokens, start, end, names.table)) {
      const [before, after] = [tokens.slice(0, start), tokens.slice(end)];
      const town = townIn([...before, ...after], names);
      const place = agreeing(found, town?.place ?? null, names.table);
      if (place) return { rest: town ? town.rest : joined(before, after, names.table), place };
    }
  }
  return null;
}

function* longestFirst(tokens, { landmarks, bounds, table }) {
  if (!landmarks.size) return;
  const ends = (token) => plain(token, table).split(" ").map((word) => landmarkKey(word, table));
  const mayBound = tokens.map((token) =>
    [ends(token)[0], ends(token).at(-1)].some((word) => bounds.has(word)));
  for (let length = Math.min(LONGEST_LANDMARK, tokens.length); length > 0; length -= 1) {
    for (let start = 0; start + length <= tokens.length; start += 1) {
      if (mayBound[start] && mayBound[start + length - 1]) yield [start, start + length];
    }
  }
}

const isLandmark = ({ found, places }) => (found ?? places[0]).kind === "landmark";

/** Tells whether the run is the landmark: a single word needs a link (`at the library`). */
function isMeantAsLandmark(tokens, start, end, table) {
  const said = (at) => (at < tokens.length ? plain(tokens[at], table) : "");
  if (["county", "condado"].includes(said(end))) return false;
  if (landmarkKey(tokens.slice(start, end).join(" "), table).includes(" ")) return true;
  const before = start > 0 ? said(start - 1) : "";
  return table.links.has(before) || ["the", "la", "el", "al"].includes(before);
}

/** Returns the landmarks that lie in the town or county that the words name too, or null. */
function agreeing(found, town, table) {
  if (town === null) return found;
  if (!town.found) return null;
  const all = found.places ?? [found.found];
  const places = all.filter((place) => liesIn(place, town.found, table));
  if (places.length > 1) return { places };
  return places.length ? { found: places[0] } : null;
}

function liesIn(landmark, place, table) {
  if (place.kind === "county") return landmark.county === place.county;
  return keyOf(landmark.town, table) === keyOf(place.name, table);
}

/** Returns what stands before a ZIP code without the town written there. */
function withoutTown(before, names) {
  for (let start = Math.max(0, before.length - LONGEST_NAME); start < before.length; start += 1) {
    const isTown = named(before.slice(start).join(" "), names);
    if (isTown && isMeant(before, start, before.length, names.table)) return before.slice(0, start);
  }
  return before;
}

function* runs(tokens, start) {
  for (let end = Math.min(tokens.length, start + LONGEST_NAME); end > start; end -= 1) {
    yield [start, end];
  }
}

function* linked(tokens, table) {
  for (let start = 1; start < tokens.length; start += 1) {
    if (followsStrongLink(tokens, start, table)) yield* runs(tokens, start);
  }
}

/** Yields runs at the end, then at the start, then in the middle; longer before shorter. */
function* unlinked(tokens) {
  const count = tokens.length;
  for (let start = Math.max(0, count - LONGEST_NAME); start < count; start += 1) {
    yield [start, count];
  }
  for (let start = 0; start < count; start += 1) yield* runs(tokens, start);
}

function followsStrongLink(tokens, start, table) {
  const before = tokens.slice(Math.max(0, start - 2), start).map((token) => plain(token, table));
  if (before.at(-1) === "the") before.pop();
  return before.length > 0 && (table.strong.has(before.at(-1)) || table.long.has(before.join(" ")));
}

/** Tells whether the run is the place and not the word: `clean needles` names no place. */
function isMeant(tokens, start, end, table) {
  const words = plain(tokens.slice(start, end).join(" "), table).split(" ");
  const isLinked = start > 0 && followsStrongLink(tokens, start, table);
  if (isLinked) return !isArticle(tokens, start, end, table);
  if (words.length > 1) return !table.links.has(words[0]);
  const [name] = words;
  if (table.state.has(name) || table.ordinary.has(name) || table.links.has(name)) return false;
  const isNickname = table.nicknames.has(name);
  return !isNickname || end === tokens.length || isInCapitals(tokens, start);
}

/** Tells whether `la` is no Los Angeles: `vivo en la calle`. */
function isArticle(tokens, start, end, table) {
  const said = tokens.slice(start - 1, end).map((token) => plain(token, table)).join(" ");
  return said === "en la" && end < tokens.length && !isInCapitals(tokens, start);
}

const isUpper = (text) => text === text.toUpperCase() && text !== text.toLowerCase();

function isInCapitals(tokens, start) {
  const others = tokens.filter((_token, at) => at !== start);
  return isUpper(tokens[start]) && !others.every(isUpper);
}

function slipIn(tokens, names) {
  for (const [start, end] of linked(tokens, names.table)) {
    const place = misspelt(tokens.slice(start, end).join(" "), names);
    const [before, after] = [tokens.slice(0, start), tokens.slice(end)];
    if (place) return { rest: joined(before, after, names.table), place };
  }
  return null;
}

/** Returns what is left, without the link and the commas that led to the place. */
function joined(before, after, table) {
  const rest = withoutLink(before.filter((token) => plain(token, table)), table);
  let first = 0;
  while (first < after.length && table.state.has(plain(after[first], table))) first += 1;
  return [...rest, ...after.slice(first)].join(" ").replace(/^[ ,;]+|[ ,;]+$/g, "");
}

/** Returns the words without one link at their end; `drop in` and `hepatitis a` stay whole. */
function withoutLink(before, table) {
  const words = before.map((token) => plain(token, table));
  const last = words.slice(-2).join(" ");
  if (words.at(-1) === "the") return withoutLink(before.slice(0, -1), table);
  if (table.long.has(last)) return before.slice(0, -2);
  const isLink = table.links.has(words.at(-1)) && !["drop in", "walk in"].includes(last);
  return isLink ? before.slice(0, -1) : before;
}

/** Returns the words before a city or state elsewhere at their end (finder/domain/outside.py). */
function outsideIn(words, { table }) {
  const tokens = words.slice(0, table.longest).split(/\s+/).filter(Boolean);
  const { mostWords, ...known } = table.outside;
  const starts = tokens.map((_token, at) => at).slice(-mostWords);
  const isCity = (at) => isCityOutside(plain(tokens.slice(at).join(" "), table).split(" "), known);
  const named = (at) => isOutside(plain(tokens.slice(at).join(" "), table).split(" "), known);
  const city = starts.find(isCity);
  const at = city ?? [...starts].reverse().find(named);
  if (at === undefined) return null;
  return { rest: tokens.slice(0, at).join(" "), place: { unknown: tokens.slice(at).join(" ") } };
}

function isCityOutside(words, { cities, states, named }) {
  const last = words.at(-1);
  const isParted = words.length > 1 && (states.includes(last) || named.includes(last));
  const isWhole = cities.includes(words.join(" "));
  return isWhole || (isParted && cities.includes(words.slice(0, -1).join(" ")));
}

function isOutside(words, known) {
  const [last, two] = [words.at(-1), words.slice(-2).join(" ")];
  return isCityOutside(words, known) || known.named.includes(two) || known.named.includes(last);
}
