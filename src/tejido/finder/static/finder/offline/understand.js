// What the words of a search mean, as the server understands them
// (finder/queries/understanding.py, finder/domain/lexicon.py).

import { isOverdose, showsOverdose } from "./overdose.js";
import { meaningful, stems, tokensOf } from "./words.js";
import { wishesIn } from "./wishes.js";

const MOST_WORDS = 12;
const SHORTEST_CORRECTED = 4;
const ANY_SLIP_FROM = 6;
const TWO_SLIPS_FROM = 8;

/** Returns what a question looks for: needs, other words, corrections, wishes. */
export function soughtIn(question, list) {
  const said = saidIn(question, list);
  if (!isAntidoteSought(question, said, list)) return { ...said, atOnce: false };
  const wishes = { words: [], facts: [], spoken: "" };
  const needs = [{ tokens: [], needs: [list.urgent.antidote] }];
  return { needs, words: [], corrected: new Map(), wishes, people: 0, atOnce: true };
}

function isAntidoteSought({ words = "" }, said, list) {
  const { antidote } = list.urgent;
  if (!isOverdose(words, list) || !hasAntidote(list)) return false;
  const asked = needsOf(said).filter((need) => need !== antidote);
  return showsOverdose(words, list) || !asked.length;
}

const hasAntidote = (list) => list.needs.some(({ id }) => id === list.urgent.antidote);
const needsOf = ({ needs, words }) => [...needs, ...words].flatMap((unit) => unit.needs);

function saidIn(question, list) {
  const wishes = wishesOf(question.words ?? "", list);
  const tokens = tokensIn(wishes, list);
  const corrected = correctionsOf(tokens, list);
  const understood = unitsOf(tokens.map((token) => corrected.get(token) ?? token), list);
  const units = distinct([...chosen(question.need, list), ...understood]);
  const { needs, forWhom } = parted(units.filter((unit) => unit.needs.length), list);
  let words = units.filter((unit) => !unit.needs.length);
  if (needs.length) words = words.filter((unit) => isSaid(unit.tokens[0], list));
  const beside = [...forWhom, ...words];
  const meant = [...needs, ...beside].flatMap((unit) => unit.needs);
  const people = askedBy(question, meant, wishes, list);
  return { needs, words: beside, corrected, wishes, people };
}

/** Returns the needs that words mean, for whom included, corrected where they are mistyped. */
export function needsIn(text, list) {
  const said = needsOf(saidIn({ words: text }, list));
  const isMeant = !said.length && isOverdose(text, list) && hasAntidote(list);
  return isMeant ? [list.urgent.antidote] : said;
}

/** Returns a bit for each group of people that may be meant (finder/domain/people.py). */
function askedBy(question, needs, wishes, { people }) {
  const facts = [...(question.facts ?? []), ...wishes.facts];
  let bits = facts.includes(people.allAges) ? people.young : 0;
  for (const word of tokensOf(question.words ?? "")) bits |= people.bitOf.get(word) ?? 0;
  for (const need of needs) bits |= people.welcomedBy[need] ?? 0;
  return bits & people.young ? bits | people.young : bits;
}

/** Returns what is asked for, and for whom; where only people are named, they are asked for. */
function parted(units, list) {
  const isPeople = (unit) => unit.needs.every((need) => list.people.forWhom.has(need));
  const needs = units.filter((unit) => !isPeople(unit));
  return needs.length ? { needs, forWhom: units.filter(isPeople) } : { needs: units, forWhom: [] };
}

/** Tells whether any listing has the word, or names the same people in another. */
function isSaid(token, list) {
  return (list.people.alike.get(token) ?? [token]).some((each) => isWritten(each, list));
}

function wishesOf(text, list) {
  const nothing = { facts: [], spoken: "" };
  if (!text) return { words: [], ...nothing };
  const wishes = wishesIn(text, list.wishes);
  if (hasNeed(wishes, list)) return wishes;
  const whole = { words: tokensOf(text), ...nothing };
  return hasNeed(whole, list) ? whole : wishes;
}

const hasNeed = (wishes, list) =>
  unitsOf(tokensIn(wishes, list), list).some((unit) => unit.needs.length);

const tokensIn = (wishes, list) => meaningful(wishes.words, list.small).slice(0, MOST_WORDS);

function chosen(need, list) {
  if (!need) return [];
  const isKnown = list.needs.some(({ id }) => id === need);
  return [{ tokens: [], needs: [isKnown ? need : "no-such-need"] }];
}

function distinct(units) {
  const key = (unit) => (unit.needs.length ? unit.needs : unit.tokens).join("\n");
  return [...new Map(units.map((unit) => [key(unit), unit])).values()];
}

/** Returns what words speak of in order, the longest phrases first. */
export function unitsOf(tokens, list) {
  const pairs = tokens.map(stems);
  const units = [];
  let at = 0;
  while (at < tokens.length) {
    const found = phraseAt(pairs, at, list);
    const end = found ? found.end : at + 1;
    units.push({ tokens: tokens.slice(at, end), needs: found ? found.needs : [] });
    at = end;
  }
  return units;
}

function phraseAt(pairs, at, list) {
  const english = longest(list.forms.en, pairs.map((pair) => pair[0]), at);
  const spanish = longest(list.forms.es, pairs.map((pair) => pair.at(-1)), at);
  const best = english && (!spanish || english.end >= spanish.end) ? english : spanish;
  return best && { end: best.end, needs: best.numbers.map((number) => list.needs[number].id) };
}

function longest(forms, side, at) {
  for (let end = side.length; end > at; end -= 1) {
    const numbers = forms.get(side.slice(at, end).join(" "));
    if (numbers) return { end, numbers };
  }
  return null;
}

/** Tells whether any listing has the word. */
function isWritten(token, list) {
  return stems(token).some((stem) => list.index.has(`t_${stem}`));
}

function correctionsOf(tokens, list) {
  const corrected = unheardOf(tokens, list);
  const spelt = new Map(tokens.flatMap((token) => speltIn(token, list)));
  if (!spelt.size) return corrected;
  const both = new Map([...corrected, ...spelt]);
  const countWith = (words) =>
    unitsOf(tokens.map((token) => words.get(token) ?? token), list).length;
  return countWith(both) < countWith(corrected) ? both : corrected;
}

/** Returns how a misspelling that we know is written, as a pair, or nothing. */
function speltIn(token, list) {
  if (!isKnown(token, list) || stems(token).some((stem) => writtenStems(list).has(stem))) return [];
  const word = nearest(token, list);
  return word ? [[token, word]] : [];
}

function writtenStems(list) {
  list.writtenStems ??= new Set(list.written.flatMap(stems));
  return list.writtenStems;
}

/** Returns what nobody writes and what it was mistyped for, where that leads to a need. */
function unheardOf(tokens, list) {
  const meant = new Map();
  for (const token of tokens) {
    const word = meantBy(token, list);
    if (word) meant.set(token, word);
  }
  if (!meant.size) return meant;
  const units = unitsOf(tokens.map((token) => meant.get(token) ?? token), list);
  const leading = new Set(units.flatMap((unit) => (unit.needs.length ? unit.tokens : [])));
  return new Map([...meant].filter(([, word]) => leading.has(word)));
}

function meantBy(token, list) {
  return isKnown(token, list) || isWritten(token, list) ? null : nearest(token, list);
}

function nearest(token, list) {
  if (token.length < SHORTEST_CORRECTED || !/^\p{L}+$/u.test(token)) return null;
  const near = list.written
    .filter((word) => word[0] === token[0] && Math.abs(word.length - token.length) <= 2)
    .map((word) => ({ word, slips: slipsBetween(token, word) }))
    .filter(({ word, slips }) => isSlip(token, word, slips))
    .sort((one, other) => one.slips - other.slips);
  return near[0]?.word ?? null;
}

function isKnown(token, list) {
  const found = stems(token);
  return list.known[0].has(found[0]) || list.known[1].has(found.at(-1));
}

function isSlip(token, word, slips) {
  if (slips > 2) return false;
  if (token.length < ANY_SLIP_FROM) return slips === 1 && sorted(token) === sorted(word);
  return slips === 1 || Math.min(token.length, word.length) >= TWO_SLIPS_FROM;
}

const sorted = (word) => [...word].sort().join("");

/** Returns how many letters are too many, too few, wrong, or swapped with the next. */
export function slipsBetween(one, other) {
  let [before, last] = [[], Array.from({ length: other.length + 1 }, (_, at) => at)];
  for (let row = 1; row <= one.length; row += 1) {
    const next = [row];
    for (let at = 1; at <= other.length; at += 1) {
      const wrong = one[row - 1] === other[at - 1] ? 0 : 1;
      let slips = Math.min(last[at] + 1, next[at - 1] + 1, last[at - 1] + wrong);
      const isSwap = row > 1 && at > 1 && one[row - 1] === other[at - 2]
        && one[row - 2] === other[at - 1];
      if (isSwap) slips = Math.min(slips, before[at - 2] + 1);
      next.push(slips);
    }
    [before, last] = [last, next];
  }
  return last[other.length];
}
