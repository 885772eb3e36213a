// Finding runs of words by the patterns that a list brings. Some phones cannot look behind, so a
// pattern is tried only where a word begins.

const known = new Map();

function patternOf(source) {
  if (!known.has(source)) known.set(source, new RegExp(source, "g"));
  return known.get(source);
}

/** Yields each run that begins with a word and fits; the pattern itself says where it may end. */
export function* runsOf(source, text) {
  const pattern = patternOf(source);
  let from = 0;
  for (;;) {
    pattern.lastIndex = from;
    const found = pattern.exec(text);
    if (!found) return;
    const isAtWord = found.index === 0 || text[found.index - 1] === " ";
    from = isAtWord ? found.index + Math.max(1, found[0].length) : found.index + 1;
    if (isAtWord) yield found;
  }
}

/** Returns the first run of whole words, as the pattern finds runs one after another, or null. */
export function wholeRun(source, text) {
  for (const found of text.matchAll(patternOf(source))) {
    const end = found.index + found[0].length;
    const isWhole = [text[found.index - 1], text[end]].every((each) => (each ?? " ") === " ");
    if (isWhole) return found;
  }
  return null;
}
