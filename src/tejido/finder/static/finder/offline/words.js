// Words as the server compares them (finder/domain/words.py): no accents, no case, by their stems.

import { stemEnglish } from "./stem_english.js";
import { stemSpanish } from "./stem_spanish.js";

const SHORTEST_SPANISH = 5;
const known = new Map();

const JOINER = "\u200d";

/** Returns the text that a person could have seen: without marks that only part or turn words. */
export function seen(text) {
  const shown = text.replace(/\p{Cf}/gu, (mark) => (mark === JOINER ? mark : ""));
  return shown.replace(/[\p{Cc}\p{Cs}\p{Co}\s]+/gu, " ").trim();
}

/** Returns the text in small letters without accents: `Jeringás` is `jeringas`. */
export function normalise(text) {
  return text.toUpperCase().toLowerCase().normalize("NFKD").replace(/\p{Mn}/gu, "");
}

/** Returns the normalised words of a text in order; an apostrophe joins, other marks part. */
export function tokensOf(text) {
  return normalise(text.replace(/['’]/g, "")).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Returns the words without small ones, or all of them where nothing else is left. */
export function meaningful(tokens, small) {
  const found = tokens.filter((token) => !small.has(token));
  return found.length ? found : tokens;
}

/** Returns the English and the Spanish stem of a normalised word, once where they agree. */
export function stems(token) {
  if (!known.has(token)) known.set(token, bothStems(token));
  return known.get(token);
}

function bothStems(token) {
  if (/^\p{N}+$/u.test(token)) return [token];
  const english = stemEnglish(token);
  let spanish = stemSpanish(token);
  if (spanish.length < SHORTEST_SPANISH) {
    spanish = token.length >= SHORTEST_SPANISH ? token.replace(/s$/, "") : token;
  }
  return english === spanish ? [english] : [english, spanish];
}
