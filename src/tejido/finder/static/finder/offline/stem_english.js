// The English stem of a word, as Snowball 3 finds it: the server's words and the phone's must meet.
// For normalised words: small letters, no accents, no apostrophes. Tested against the server's.

const VOWELS = "aeiouy";
const NOT_SHORT = `${VOWELS}wxY`;
const VALID_LI = "cdeghkmnrt";
const WHOLE = new Map(
  Object.entries({
    skis: "ski", skies: "sky", idly: "idl", gently: "gentl", ugly: "ugli", early: "earli",
    only: "onli", singly: "singl",
  }),
);
for (const same of ["andes", "atlas", "bias", "cosmos", "howe", "news", "sky"]) {
  WHOLE.set(same, same);
}
const BEGINNINGS = /^(arsen|commun|emerg|gener|inter|later|organ|past|univers)/;
const DOUBLES = ["bb", "dd", "ff", "gg", "mm", "nn", "pp", "rr", "tt"];
const STAYS_BEFORE_ING = ["even", "cann", "inn", "earr", "herr", "out"];
const STEP_2 = [
  ["ization", "ize"], ["ational", "ate"], ["fulness", "ful"], ["ousness", "ous"],
  ["iveness", "ive"], ["tional", "tion"], ["biliti", "ble"], ["lessli", "less"],
  ["entli", "ent"], ["ation", "ate"], ["alism", "al"], ["aliti", "al"], ["ousli", "ous"],
  ["iviti", "ive"], ["fulli", "ful"], ["ogist", "og"], ["enci", "ence"], ["anci", "ance"],
  ["abli", "able"], ["izer", "ize"], ["ator", "ate"], ["alli", "al"], ["bli", "ble"],
  ["ogi", "og"], ["li", ""],
];
const STEP_3 = [
  ["ational", "ate"], ["tional", "tion"], ["alize", "al"], ["icate", "ic"], ["iciti", "ic"],
  ["ative", ""], ["ical", "ic"], ["ness", ""], ["ful", ""],
];
const STEP_4 = [
  "ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous",
  "ive", "ize", "ion", "al", "er", "ic",
];

const isVowel = (letter) => letter !== undefined && VOWELS.includes(letter);

/** Returns where the region after the first vowel with a consonant behind it begins, from `at`. */
function regionAfter(word, at) {
  let end = at;
  while (end < word.length && !isVowel(word[end])) end += 1;
  while (end < word.length && isVowel(word[end])) end += 1;
  return end < word.length ? end + 1 : word.length;
}

function regions(word) {
  const begun = BEGINNINGS.exec(word);
  const first = begun ? begun[0].length : regionAfter(word, 0);
  return [first, regionAfter(word, first)];
}

const hasVowel = (text) => [...text].some(isVowel);

function endsShort(word) {
  const [before, vowel, last] = [word.at(-3), word.at(-2), word.at(-1)];
  if (word.endsWith("past")) return true;
  if (!isVowel(vowel) || last === undefined) return false;
  if (word.length === 2) return !isVowel(last);
  return !isVowel(before) && !NOT_SHORT.includes(last);
}

function withConsonantY(word) {
  const letters = [...word];
  letters.forEach((letter, at) => {
    if (letter === "y" && (at === 0 || isVowel(letters[at - 1]))) letters[at] = "Y";
  });
  return letters.join("");
}

function step1a(word) {
  if (word.endsWith("sses")) return word.slice(0, -2);
  if (/ie[ds]$/.test(word)) return word.length >= 5 ? word.slice(0, -2) : word.slice(0, -1);
  if (/[us]s$/.test(word) || !word.endsWith("s")) return word;
  return hasVowel(word.slice(0, -2)) ? word.slice(0, -1) : word;
}

function step1b(word, first) {
  const long = /(eedly|eed)$/.exec(word);
  if (long) {
    const rest = word.slice(0, -long[0].length);
    if (rest.length < first || ["succ", "proc", "exc"].includes(rest)) return word;
    return `${rest}ee`;
  }
  const found = /(ingly|edly|ing|ed)$/.exec(word);
  if (!found) return word;
  const rest = word.slice(0, -found[0].length);
  if (found[0] === "ing") {
    if (rest.length === 2 && rest[1] === "y" && !isVowel(rest[0])) return `${rest[0]}ie`;
    if (STAYS_BEFORE_ING.includes(rest)) return word;
  }
  return hasVowel(rest) ? afterStep1b(rest, first) : word;
}

function afterStep1b(rest, first) {
  if (/(at|bl|iz)$/.test(rest)) return `${rest}e`;
  if (DOUBLES.includes(rest.slice(-2))) {
    return rest.length === 3 && "aeo".includes(rest[0]) ? rest : rest.slice(0, -1);
  }
  return rest.length === first && endsShort(rest) ? `${rest}e` : rest;
}

function step1c(word) {
  const isLate = word.length > 2 && !isVowel(word.at(-2));
  return isLate && /[yY]$/.test(word) ? `${word.slice(0, -1)}i` : word;
}

function step2(word, first) {
  const found = STEP_2.find(([ending]) => word.endsWith(ending));
  if (!found) return word;
  const [ending, instead] = found;
  const rest = word.slice(0, -ending.length);
  if (rest.length < first) return word;
  if (ending === "ogi" && !rest.endsWith("l")) return word;
  if (ending === "li" && !VALID_LI.includes(rest.at(-1) ?? "-")) return word;
  return rest + instead;
}

function step3(word, first, second) {
  const found = STEP_3.find(([ending]) => word.endsWith(ending));
  if (!found) return word;
  const [ending, instead] = found;
  const rest = word.slice(0, -ending.length);
  return rest.length < (ending === "ative" ? second : first) ? word : rest + instead;
}

function step4(word, second) {
  const ending = STEP_4.find((each) => word.endsWith(each));
  if (!ending) return word;
  const rest = word.slice(0, -ending.length);
  if (rest.length < second || (ending === "ion" && !/[st]$/.test(rest))) return word;
  return rest;
}

function step5(word, first, second) {
  const rest = word.slice(0, -1);
  if (word.endsWith("e")) {
    const goes = rest.length >= second || (rest.length >= first && !endsShort(rest));
    return goes ? rest : word;
  }
  return word.endsWith("ll") && rest.length >= second ? rest : word;
}

/** Returns the stem of a normalised word. */
export function stemEnglish(word) {
  const whole = WHOLE.get(word);
  if (whole !== undefined || [...word].length < 3) return whole ?? word;
  const begun = withConsonantY(word);
  const [first, second] = regions(begun);
  let stem = step1c(step1b(step1a(begun), first));
  stem = step3(step2(stem, first), first, second);
  return step5(step4(stem, second), first, second).replaceAll("Y", "y");
}
