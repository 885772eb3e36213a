// Which lines a search cannot wait for, as the server knows it (finder/domain/crisis.py).

import { isOverdose } from "./overdose.js";
import { needsIn } from "./understand.js";

/**
 * Returns the ids of the lines to show before anything else, the most urgent first.
 *
 * What stands in the field for the place is read too: whoever is in a hurry types anywhere.
 */
export function linesNow({ words, place, need }, list) {
  const texts = [words, place].filter(Boolean);
  const asked = [need, ...texts.flatMap((text) => needsIn(text, list))];
  const called = list.urgent.lines
    .filter(([, needs]) => needs.some((each) => asked.includes(each)));
  return [
    ...(texts.some((text) => isOverdose(text, list)) ? ["911"] : []),
    ...called.map(([line]) => line),
  ];
}
