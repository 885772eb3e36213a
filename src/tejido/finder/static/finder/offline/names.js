// How names of places are typed, as the server knows it (geography/domain/names.py, landmarks.py):
// letter case, accents, short forms.

import { normalise } from "./words.js";

/** Returns a text in small letters without accents or marks, words parted by one blank. */
export function plain(text, { longest }) {
  const joined = text.slice(0, longest).replace(/['’`´.]/g, "");
  return (normalise(joined).match(/[\p{L}\p{N}]+/gu) ?? []).join(" ");
}

const wordsOf = (text) => text.split(" ").filter(Boolean);
const written = (words, table) => words.map((word) => table.get(word) ?? word).join(" ");

/** Returns what names are compared by: short forms are written out. */
export function keyOf(text, table) {
  return written(wordsOf(plain(text, table)), table.short);
}

/** Returns what names of landmarks are compared by. */
export function landmarkKey(text, table) {
  const words = wordsOf(written(wordsOf(keyOf(text.replaceAll("&", " and "), table)), table.same));
  while (words.length > 1 && table.articles.has(words[0])) words.shift();
  return words.join(" ");
}

/** Returns a text without a state or country at its end, unless nothing else is left. */
export function withoutState(text, { state }) {
  const words = text.split(/\s+/).filter(Boolean);
  while (words.length > 1 && state.has(words.at(-1))) words.pop();
  return words.join(" ");
}

/** Returns the name in `alameda county` or `condado de alameda`, '' where it says neither. */
export function countyName(text) {
  const before = /^(?:(?:the )?county of|condado de|condado) (.+)$/.exec(text);
  const after = /^(?:the )?(.+?) (?:county|co|condado)$/.exec(text);
  return before?.[1] ?? after?.[1] ?? "";
}
