// The Spanish stem of a word, as Snowball 3 finds it. Words come without accents, so none of the
// endings that have one can occur. Tested against the server's.

const VOWELS = "aeiou";
const PRONOUNS = [
  "selas", "selos", "sela", "selo", "las", "les", "los", "nos", "la", "le", "me", "se", "lo",
];
const BEFORE_PRONOUN = ["iendo", "yendo", "ando", "ar", "er", "ir"];
// Each ending, and what happens: deleted, or deleted with what stands before it, or replaced.
const ENDINGS = [
  ["amientos"], ["imientos"], ["amiento"], ["imiento"], ["anzas"], ["anza"], ["ables"], ["ibles"],
  ["ismos"], ["istas"], ["able"], ["ible"], ["ismo"], ["ista"], ["icas"], ["icos"], ["osas"],
  ["osos"], ["ica"], ["ico"], ["osa"], ["oso"],
  ["aciones", "ic"], ["adoras", "ic"], ["adores", "ic"], ["ancias", "ic"], ["acion", "ic"],
  ["adora", "ic"], ["antes", "ic"], ["ancia", "ic"], ["ador", "ic"], ["ante", "ic"],
  ["uciones", "", "u"], ["ucion", "", "u"], ["encias", "", "ente"], ["encia", "", "ente"],
  ["amente", "ic|ad|os|iv"], ["mente", "able|ible|ante"], ["idades", "abil|ic|iv"],
  ["idad", "abil|ic|iv"], ["ivas", "at"], ["ivos", "at"], ["iva", "at"], ["ivo", "at"],
].sort((one, other) => other[0].length - one[0].length);
const Y_VERBS = [
  "yeron", "yendo", "yamos", "yais", "yan", "yen", "yas", "yes", "ya", "ye", "yo",
];
const U_GOES = ["emos", "en", "es"];
const VERBS = `aba ada ida ara iera ad ed id ase iese aste iste an aban aran ieran asen iesen aron
  ieron ado ido ando iendo ar er ir as abas adas idas aras ieras ases ieses abais arais ierais
  aseis ieseis asteis isteis ados idos amos aremos eremos iremos imos`
  .split(/\s+/)
  .concat(U_GOES)
  .sort((one, other) => other.length - one.length);

const isVowel = (letter) => letter !== undefined && VOWELS.includes(letter);

function nextVowel(word, at) {
  let end = at;
  while (end < word.length && !isVowel(word[end])) end += 1;
  return end;
}

function nextConsonant(word, at) {
  let end = at;
  while (end < word.length && isVowel(word[end])) end += 1;
  return end;
}

const after = (word, at) => (at < word.length ? at + 1 : word.length);

function verbRegion(word) {
  if (word.length < 2) return word.length;
  if (!isVowel(word[1])) return after(word, nextVowel(word, 2));
  if (isVowel(word[0])) return after(word, nextConsonant(word, 2));
  return after(word, 2);
}

function regionAfter(word, at) {
  return after(word, nextConsonant(word, after(word, nextVowel(word, at))));
}

function regions(word) {
  const first = regionAfter(word, 0);
  return { verb: verbRegion(word), first, second: regionAfter(word, first) };
}

function withoutPronoun(word, { verb }) {
  const pronoun = PRONOUNS.find((each) => word.endsWith(each));
  if (!pronoun) return word;
  const rest = word.slice(0, -pronoun.length);
  const ending = BEFORE_PRONOUN.find((each) => rest.endsWith(each));
  if (!ending || rest.length - ending.length < verb) return word;
  return ending === "yendo" && !rest.endsWith("uyendo") ? word : rest;
}

function withoutInner(rest, inner, second) {
  const found = inner && new RegExp(`(${inner})$`).exec(rest);
  if (!found || rest.length - found[0].length < second) return rest;
  const left = rest.slice(0, -found[0].length);
  return inner.includes("os|iv") && found[0] === "iv" ? withoutInner(left, "at", second) : left;
}

/** Returns the word without its standard ending, or null where it has none that may go. */
function withoutEnding(word, { first, second }) {
  const found = ENDINGS.find(([ending]) => word.endsWith(ending));
  if (!found) return null;
  const [ending, inner = "", instead = ""] = found;
  const rest = word.slice(0, -ending.length);
  if (rest.length < (ending === "amente" ? first : second)) return null;
  return instead ? rest + instead : withoutInner(rest, inner, second);
}

function fits(word, verb) {
  return (ending) => word.endsWith(ending) && word.length - ending.length >= verb;
}

function withoutYVerb(word, { verb }) {
  const ending = Y_VERBS.find(fits(word, verb));
  const rest = ending && word.slice(0, -ending.length);
  return rest?.endsWith("u") ? rest : null;
}

function withoutVerb(word, { verb }) {
  const ending = VERBS.find(fits(word, verb));
  if (!ending) return word;
  const rest = word.slice(0, -ending.length);
  return U_GOES.includes(ending) && rest.endsWith("gu") ? rest.slice(0, -1) : rest;
}

function withoutResidue(word, { verb }) {
  const ending = ["os", "a", "e", "o"].find((each) => word.endsWith(each));
  if (!ending || word.length - ending.length < verb) return word;
  const rest = word.slice(0, -ending.length);
  const guGoes = ending === "e" && rest.endsWith("gu") && rest.length - 1 >= verb;
  return guGoes ? rest.slice(0, -1) : rest;
}

/** Returns the stem of a normalised word. */
export function stemSpanish(word) {
  const marks = regions(word);
  const bare = withoutPronoun(word, marks);
  const stem =
    withoutEnding(bare, marks) ?? withoutYVerb(bare, marks) ?? withoutVerb(bare, marks);
  return withoutResidue(stem, marks);
}
