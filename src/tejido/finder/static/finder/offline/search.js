// Searches what was kept, in the order that the server has (finder/domain/ranking.py): every
// listing is weighed, which for some thousands takes a few milliseconds.

import { dayIn, hoursAt, stateAt } from "./hours.js";
import { countedFor, insteadOf, kindsFor } from "./kinds.js";
import { soughtIn } from "./understand.js";

const EARTH_KM = 6371.0088;
const REACHES = [1, 2, 4, 8, 16];
const MOST = 20;
const DAY_MS = 24 * 60 * 60 * 1000;
const WITHOUT_PLACE = new Set(["mail", "phone"]);

function pointAt(latitude, longitude) {
  const [phi, theta] = [latitude, longitude].map((degrees) => (degrees * Math.PI) / 180);
  const flat = EARTH_KM * Math.cos(phi);
  return [flat * Math.cos(theta), flat * Math.sin(theta), EARTH_KM * Math.sin(phi)];
}

const straight2 = (here, there) =>
  (here[0] - there[0]) ** 2 + (here[1] - there[1]) ** 2 + (here[2] - there[2]) ** 2;

/** Returns the distance over ground in metres for the square of a straight distance in km2. */
export function groundM(straightKm2) {
  return 2000 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(straightKm2) / (2 * EARTH_KM)));
}

/** Returns degrees from north. */
export function bearingTo(from, to) {
  const radians = (degrees) => (degrees * Math.PI) / 180;
  const [one, other, apart] = [from[0], to[0], to[1] - from[1]].map(radians);
  const east = Math.sin(apart) * Math.cos(other);
  const north =
    Math.cos(one) * Math.sin(other) - Math.sin(one) * Math.cos(other) * Math.cos(apart);
  return ((Math.atan2(east, north) * 180) / Math.PI + 360) % 360;
}

/** Makes a list ready to be searched: which listings have a mark, and where each lies. */
export function prepared(list) {
  const index = new Map();
  list.listings.forEach((listing, number) => {
    listing.point = listing.anchor && pointAt(...listing.anchor);
    for (const mark of listing.marks) {
      if (index.has(mark)) index.get(mark).push(number);
      else index.set(mark, [number]);
    }
  });
  const ready = { ...list, index };
  ready.hasAll = (groups) => having(groups, ready).some(Boolean);
  return ready;
}

/** Returns for each listing whether it has a mark of each group. */
function having(groups, list) {
  const count = new Uint8Array(list.listings.length);
  groups.forEach((marks, passed) => {
    for (const mark of marks) {
      for (const number of list.index.get(mark) ?? []) {
        if (count[number] === passed) count[number] += 1;
      }
    }
  });
  return count.map((found) => Number(found === groups.length));
}

/** Returns the best kind of answer of each listing, null for none. */
function bestOf(kinds, list) {
  const best = new Array(list.listings.length).fill(null);
  for (const kind of [...kinds].reverse()) {
    having(kind.groups, list).forEach((fits, number) => {
      if (fits) best[number] = kind;
    });
  }
  return best;
}

function daysBetween(earlier, later) {
  return (Date.parse(later) - Date.parse(earlier)) / DAY_MS;
}

/** Returns the county around a point by what is near, as the server does (domain/counties.py). */
export function countyAround({ latitude, longitude }, places) {
  const known = places.filter((place) => place.county);
  const cell = (degrees) => Math.floor(degrees * 10);
  const steps = (place) =>
    Math.max(
      Math.abs(cell(place.latitude) - cell(latitude)),
      Math.abs(cell(place.longitude) - cell(longitude)),
    );
  const named = known.filter((place) => place.kind !== "county");
  const reach = REACHES.find((each) => named.some((place) => steps(place) <= each));
  const near = reach ? named.filter((place) => steps(place) <= reach) : known;
  const here = pointAt(latitude, longitude);
  let best = { county: "", away: Infinity };
  for (const place of near) {
    const away = straight2(here, pointAt(place.latitude, place.longitude));
    if (away < best.away) best = { county: place.county, away };
  }
  return best.county;
}

function timesForHours(state, straight, numbers) {
  return straight === null && state === "unknown" ? 1 : numbers[state];
}

function unknownsOf(listing, { facts, spoken }) {
  const unstated = facts.some((fact) => listing.facts[fact] !== 1);
  return Number(unstated) + Number(Boolean(spoken) && !listing.speaks.includes(spoken));
}

/** Tells whether a listing denies a wish; what nobody has stated denies nothing. */
function denies(listing, { facts, spoken }) {
  if (facts.some((fact) => listing.facts[fact] === 0)) return true;
  return Boolean(spoken) && listing.speaks.length > 0 && !listing.speaks.includes(spoken);
}

function straightTo(listing, here, numbers) {
  if (!listing.point) return null;
  return here ? straight2(here, listing.point) : numbers.somewhereKm ** 2;
}

/** Returns how many times as far a listing counts for what it is itself, whatever was asked. */
function timesForItself({ core, narrow, confirmed }, { list: { ranking }, day, people }) {
  const isStale = !confirmed || daysBetween(confirmed, day) > ranking.listingHoldDays;
  const isForOthers = Boolean(narrow & ~people);
  return (core ? 1 : ranking.context) * (isStale ? ranking.stale : 1)
    * (isForOthers ? ranking.forOthers : 1);
}

function weighed(listing, { times: grade }, asked) {
  const numbers = asked.list.ranking;
  const straight = straightTo(listing, asked.here, numbers);
  const state = stateAt(listing, asked.list, asked.second, asked.day);
  const times = grade * timesForHours(state, straight, numbers) * timesForItself(listing, asked)
    * numbers.forEachUnknown ** unknownsOf(listing, asked.wishes);
  const near = straight ?? numbers.withoutPlaceKm ** 2;
  return { cost: feltKm2(near, numbers) * times ** 2, straight, state };
}

/** Returns the square of how far a distance feels, as the server does (domain/ranking.py). */
function feltKm2(straight, { softKm, moreBeyondKm2 }) {
  return moreBeyondKm2.reduce(
    (felt, [farKm2, more]) => felt + more * Math.max(0, straight - farKm2),
    straight + softKm ** 2,
  );
}

function reaches(listing, asked) {
  if (listing.point || !asked.here) return true;
  return !listing.reach || listing.reach.includes(asked.county);
}

function inOrder(one, other) {
  return (
    Number(other.inside) - Number(one.inside) || one.cost - other.cost
    || (other.confirmed > one.confirmed ? 1 : other.confirmed < one.confirmed ? -1 : 0)
    || one.number - other.number
  );
}

function askedOf(question, list, { wishes, people }) {
  const { where, at } = question;
  const both = { facts: [...(question.facts ?? []), ...wishes.facts] };
  return {
    list,
    here: where ? pointAt(where.latitude, where.longitude) : null,
    county: where ? where.county || countyAround(where, list.places) : "",
    inside: where?.county ?? "",
    second: at / 1000,
    day: dayIn(list.zone, at),
    people,
    wishes: { ...both, spoken: question.spoken || wishes.spoken },
  };
}

const CLOSED = new Set(["closed", "soon", "inADay"]);

/** Tells whether one has what was asked for, is open, and lies near or in the county. */
function isOpenNear({ state, isInstead, inside, straight }, asked) {
  if (state !== "open" || isInstead) return false;
  if (asked.inside || !asked.here) return inside || !asked.inside;
  return straight !== null && straight <= asked.list.ranking.nearKm ** 2;
}

/** Returns what fits, with what is closed where all may be or nothing near is open. */
function candidates(question, best, asked, list) {
  const found = [];
  list.listings.forEach((listing, number) => {
    const kind = best[number];
    if (!kind || !reaches(listing, asked) || denies(listing, asked.wishes)) return;
    const weight = weighed(listing, kind, asked);
    const inside = asked.inside !== "" && listing.county === asked.inside;
    const { isInstead, level } = kind;
    const confirmed = listing.confirmed ?? "";
    found.push({ listing, number, inside, isInstead, level, confirmed, ...weight });
  });
  found.sort(inOrder);
  const notClosed = found.filter(({ state }) => !CLOSED.has(state));
  const first = notClosed.slice(0, question.limit ?? MOST);
  const hasClosed = question.onlyOpen && !first.some((each) => isOpenNear(each, asked));
  return { found: question.onlyOpen && !hasClosed ? notClosed : found, hasClosed };
}

/** Returns the listings that have what was asked for; of open ones those known to be open. */
function countedOf(counted, question, asked) {
  const { list } = asked;
  return list.listings.filter((listing, number) => {
    if (!counted[number] || denies(listing, asked.wishes)) return false;
    return !question.onlyOpen || stateAt(listing, list, asked.second, asked.day) === "open";
  });
}

/** Tells whether a listing lies within 25 miles of the place, or in the county asked for. */
function isNear({ point, county }, { here, inside, list: { ranking } }) {
  if (inside) return county === inside;
  return here !== null && Boolean(point) && straight2(here, point) <= ranking.nearKm ** 2;
}

function hitOf(found, asked, question, list) {
  const { listing, straight, inside } = found;
  const isFar = asked.here !== null && listing.at !== undefined;
  const from = isFar && [question.where.latitude, question.where.longitude];
  return {
    listing,
    inside,
    distanceM: isFar ? groundM(straight) : null,
    bearing: isFar ? bearingTo(from, listing.at) : null,
    hours: hoursAt(listing, list, asked.second, asked.day),
    comes: WITHOUT_PLACE.has(listing.mode),
  };
}

/** Tells whether one has a need that may help, in what it offers or, if need be, in its name. */
function standsInBy({ listing, level }, need) {
  return level === "m_" ? listing.marks.includes(level + need) : listing.needs.includes(need);
}

/**
 * Returns the best places for a question, with what was understood.
 *
 * `total` and `near` (0 without a place) count what has all that was asked for, as the server does.
 *
 * question: `words`, `need`, `where` {latitude, longitude, county}, `at` in milliseconds,
 * `onlyOpen`, `facts`, `spoken`, `limit`.
 */
export function findServices(question, list) {
  const sought = soughtIn(question, list);
  const asked = askedOf(question, list, sought);
  const best = bestOf(kindsFor(sought, list), list);
  const { found, hasClosed } = candidates(question, best, asked, list);
  const others = insteadOf(sought.needs, list);
  const shown = found.slice(0, question.limit ?? MOST);
  const counted = countedOf(having(countedFor(sought, list), list), question, asked);
  if (sought.atOnce) {
    shown.sort((one, other) => Number(isOpenNear(other, asked)) - Number(isOpenNear(one, asked)));
  }
  return {
    hits: shown.map((each) => ({
      ...hitOf(each, asked, question, list),
      instead: each.isInstead ? others.filter((need) => standsInBy(each, need)) : [],
    })),
    total: counted.length,
    near: counted.filter((listing) => isNear(listing, asked)).length,
    needs: [...new Set([...sought.needs, ...sought.words].flatMap((unit) => unit.needs))],
    corrected: sought.corrected,
    hasClosed: Boolean(hasClosed),
  };
}
