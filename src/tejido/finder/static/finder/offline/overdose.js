// Whether words may tell of an overdose, as the server reads them (finder/domain/crisis.py).

import { tokensOf } from "./words.js";

/** Tells whether words may tell of somebody who overdoses now. */
export function isOverdose(text, { urgent }) {
  return new RegExp(urgent.overdose).test(telling(text, urgent));
}

/** Tells whether words say what is seen or was taken, so that nothing else is sought. */
export function showsOverdose(text, { urgent }) {
  return new RegExp(urgent.seen).test(telling(text, urgent));
}

function telling(text, { harmless }) {
  return tokensOf(text).join(" ").replace(new RegExp(harmless, "g"), " ");
}
