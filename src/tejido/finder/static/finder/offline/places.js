// What a typed place means among the places that are kept: a ZIP code, a town, a county, a
// landmark by its name. Simpler than the server's (geography/domain/gazetteer.py): no corners, no
// nicknames; what it does not know it says.

import { normalise } from "./words.js";

const KINDS = ["county", "town", "landmark"];
const FAR_APART_DEGREES = 0.4;

const plain = (text) => (normalise(text.replace(/['’.]/g, "")).match(/[\p{L}\p{N}]+/gu) ?? []).join(" ");

function county(name) {
  const found = /^(?:(?:the )?county of|condado de|condado) (.+)$|^(.+?) (?:county|condado)$/.exec(name);
  return found ? (found[1] ?? found[2]) : null;
}

const namesOf = (place) => [place.name, place.spanish, ...place.also].filter(Boolean).map(plain);

/** Returns the places that a text may mean, the most likely first; none where none is known. */
export function placesNamed(text, places) {
  const zip = /(?<!\d)\d{5}(?!\d)/.exec(text)?.[0];
  if (zip) return places.filter(({ kind, name }) => kind === "zip" && name === zip);
  const typed = plain(text).replace(/ (ca|calif|california)$/, "");
  const asked = county(typed);
  const counties = places.filter(({ kind }) => kind === "county");
  if (asked) return counties.filter(({ name }) => plain(name) === `${asked} county`);
  const named = places.filter(({ kind }) => KINDS.includes(kind));
  const found = named.filter((place) => namesOf(place).includes(typed));
  if (found.length) return rivals(found);
  return counties.filter(({ name }) => plain(name) === `${typed} county`);
}

/** Returns the weightiest, and those far from it that are nearly as weighty. */
function rivals(found) {
  const [first, ...others] = [...found].sort((one, other) => other.weight - one.weight);
  const isRival = (place) =>
    Math.hypot(place.latitude - first.latitude, place.longitude - first.longitude)
      > FAR_APART_DEGREES && place.weight * 5 >= first.weight;
  return [first, ...others.filter(isRival)];
}
