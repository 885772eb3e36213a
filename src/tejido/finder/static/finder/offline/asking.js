// What somebody asks for by what they typed, as the server reads it (finder/web/find.py): first the
// time is parted from the words, then the place.

import { instantAt, wallAt } from "./clock.js";
import { gazetteerOf, metresBetween, placeNamed } from "./places.js";
import { splitPlace } from "./splitting.js";
import { timeIn } from "./times.js";
import { needsIn } from "./understand.js";
import { meaningful, stems, tokensOf } from "./words.js";

const MOST_WORDS = 12;
// As on the server (finder/web/standing.py).
const [SAME_TOWN_M, IN_TOWN_M, NEAR_M] = [1_000, 15_000, 25 * 1609.344];

/**
 * Returns what to search: `words` without time and place, `where`, the name of an `other` place
 * that they say, `at`, whether that `isNow`, and whether what is closed then `onlyOpen` leaves
 * out; or a `problem` with the `text` it is about.
 *
 * typed: `words`, `place`, and `position` {latitude, longitude} or null.
 */
export function readSearch({ words, place, position }, at, list) {
  const names = gazetteerOf(list);
  const { rest, chosen } = timeOf(words, wallAt(list.zone, at), list, names);
  if (chosen?.isOver) return { problem: "timeIsOver" };
  if (chosen?.isUnclear) return { problem: "whichDay" };
  const found = standing({ words: rest, place, position }, names);
  if (found.problem) return found;
  const isNow = !chosen || chosen.at === null;
  return {
    words: sayingSomething(found.rest, list),
    where: found.where,
    other: found.other ?? "",
    at: isNow ? at : instantAt(list.zone, chosen.at),
    isNow,
    onlyOpen: Boolean(chosen?.onlyOpen),
  };
}

/** Returns the time in words; words by which a place is called stay whole (`Sunday Friends`). */
function timeOf(words, now, list, names) {
  const { rest, chosen } = timeIn(words, now, list.times);
  if (!chosen || !isName(splitPlace(words, names).rest, splitPlace(rest, names).rest, list)) {
    return { rest, chosen };
  }
  return { rest: words, chosen: null };
}

const saysMore = (words, list) => tokensOf(words).some((token) => !list.small.has(token));

function isName(words, rest, list) {
  return saysMore(rest, list) && !needsIn(rest, list).length && isCalled(words, list);
}

/** Tells whether a place is called by all of the words, small ones aside. */
function isCalled(words, list) {
  const tokens = meaningful(tokensOf(words), list.small).slice(0, MOST_WORDS);
  return tokens.length > 0
    && list.hasAll(tokens.map((token) => stems(token).map((stem) => `n_${stem}`)));
}

/** Returns where to look from: a typed place, the phone's position, a place among the words. */
function standing({ words, place, position }, names) {
  if (place) return withOther(from(placeNamed(place, names), words), names);
  if (position) {
    return withOther({ where: { ...position, county: "", about: true }, rest: words }, names);
  }
  const split = splitPlace(words, names);
  return split.place ? from(split.place, split.rest) : { where: null, rest: words };
}

/** Adds the name of the place in the words where it is another than the one searched from. */
function withOther(standing, names) {
  const { where, rest } = standing;
  const said = where && rest ? splitPlace(rest, names).place?.found : null;
  return { ...standing, other: said && !isThere(said, where) ? said.name : "" };
}

/** Tells whether a search from there looks in the place anyway. */
function isThere(place, where) {
  const away = metresBetween(where, place);
  if ([place.kind, where.kind].includes("county")) return away <= NEAR_M;
  return away <= (where.kind === place.kind ? SAME_TOWN_M : IN_TOWN_M);
}

function from({ found, places, unknown }, rest) {
  if (unknown !== undefined) return { problem: "unknownPlace", text: unknown };
  if (places) return { problem: "whichPlace", text: places[0].name };
  const county = found.kind === "county" ? found.county : "";
  return { where: { ...found, county, isNamed: true }, rest };
}

/** Returns the words to search, '' where they only stand between words or say when. */
function sayingSomething(words, list) {
  const says = (token) => !list.small.has(token) && !list.wishes.when.includes(token);
  return tokensOf(words).some(says) ? words : "";
}
