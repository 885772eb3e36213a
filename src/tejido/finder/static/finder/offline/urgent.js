// Which lines a search cannot wait for, as the server knows it (finder/domain/crisis.py).

import { needsIn } from "./understand.js";
import { tokensOf } from "./words.js";

/**
 * Returns the ids of the lines to show before anything else, 911 before 988.
 *
 * What stands in the field for the place is read too: whoever is in a hurry types anywhere.
 */
export function linesNow({ words, place, need }, list) {
  const texts = [words, place].filter(Boolean);
  const { overdose, needs } = list.urgent;
  const tells = new RegExp(overdose);
  const asked = [need, ...texts.flatMap((text) => needsIn(text, list))];
  return [
    ...(texts.some((text) => tells.test(tokensOf(text).join(" "))) ? ["911"] : []),
    ...(asked.some((each) => needs.includes(each)) ? ["988"] : []),
  ];
}
