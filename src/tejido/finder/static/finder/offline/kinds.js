// In how many ways a listing can answer, each counting as so many times as far, as on the server
// (finder/domain/kinds.py). A kind is a list of groups of marks: one of each group has to be there.
// What has nothing of what was asked for is marked: it may only help instead.

import { stems } from "./words.js";

/** Returns the kinds for what was understood, the best first. */
export function kindsFor({ needs, words }, list) {
  const numbers = list.ranking;
  if (!needs.length && !words.length) return [{ groups: [], times: 1 }];
  if (!needs.length) return kindsOfWords(words, list);
  const closest = closestTo(needs, list);
  const found = [...whole(needs, words, list, closest), ...part(needs, numbers)];
  const others = insteadOf(needs, list).filter((need) => !closest.includes(need));
  const called = closest.filter((need) => isNarrow(need, list));
  for (const [level, instead, times] of [
    ["o_", closest, numbers.instead],
    ["m_", called, numbers.instead * numbers.byName],
    ["o_", others, numbers.insteadBroadly],
  ]) {
    const groups = [instead.map((need) => level + need)];
    const kind = { groups, times, level, isInstead: true };
    if (instead.length) found.push(...withWordsOrNot(kind, words, list));
  }
  return found.sort((one, other) => one.times - other.times);
}

/** Returns what may help instead, better where it has any of the words beside the needs. */
function withWordsOrNot(kind, words, list) {
  if (!words.length) return [kind];
  const [, without] = timesBeside(words, list);
  const beside = united(anyGroups(words, list));
  return [
    { ...kind, groups: [...kind.groups, beside] },
    { ...kind, times: kind.times * without },
  ];
}

/** Returns the groups that make a listing count as having what was asked for. */
export function countedFor({ needs, words }, list) {
  if (needs.length) return groups(needs, "c_", "t_");
  const all = anyGroups(words, list);
  return !words.length || list.hasAll(all) ? all : [united(all)];
}

function kindsOfWords(words, list) {
  const anywhere = anyGroups(words, list);
  if (list.hasAll(anywhere)) return whole(words, [], list, []);
  return [
    { groups: [united(groups(words, "m_", "n_"))], times: 1 },
    { groups: [united(anywhere)], times: list.ranking.inPassing },
  ];
}

function groups(units, need, word) {
  return units.map((unit) =>
    unit.needs.length
      ? unit.needs.map((each) => need + each)
      : unit.tokens.flatMap((token) => stems(token).map((stem) => word + stem)),
  );
}

/** Returns the marks of what is mentioned anywhere, people in any words. */
function anyGroups(units, list) {
  const alike = (token) => list.people.alike.get(token) ?? [token];
  const said = (unit) => (unit.needs.length ? unit.tokens : unit.tokens.flatMap(alike));
  return groups(units.map((unit) => ({ ...unit, tokens: said(unit) })), "c_", "t_");
}

/** Returns how many times as far a place with some of the words counts, and one with none. */
function timesBeside(words, { people, ranking }) {
  const isForWhom = ({ needs, tokens }) =>
    needs.length > 0 || tokens.some((token) => people.alike.has(token));
  return words.some(isForWhom)
    ? [ranking.somePeople, ranking.anybody]
    : [ranking.someWords, ranking.withoutWords];
}

const united = (all) => [...new Set(all.flat())];

function whole(units, words, list, closest) {
  const marks = new Map(anyGroups(words, list).map((group) => [group.join(), group]));
  const beside = [...marks.values()];
  const [withSome, without] = timesBeside(words, list);
  return levels(units, list, closest).flatMap(([all, times]) => {
    const found = [{ groups: [...all, ...beside], times }];
    if (beside.length > 1) {
      found.push({ groups: [...all, united(beside)], times: times * withSome });
    }
    if (beside.length) found.push({ groups: all, times: times * without });
    return found;
  });
}

function levels(units, list, closest) {
  const numbers = list.ranking;
  const passing = [anyGroups(units, list), numbers.inPassing];
  if (!units.some((unit) => unit.needs.length)) return [[groups(units, "m_", "n_"), 1], passing];
  const named = [groups(units, "m_", "n_"), numbers.byName];
  const isOne = units.length === 1 && closest.length > 0;
  const offered = closest.map((need) => `o_${need}`);
  const byKin = [[...groups(units, "c_", "t_"), offered], numbers.inPassingByKin];
  return [[groups(units, "o_", "n_"), 1], named, ...(isOne ? [byKin] : []), passing];
}

function part(needs, numbers) {
  if (needs.length < 2) return [];
  return [{ groups: [united(groups(needs, "o_", "n_"))], times: numbers.forAPart }];
}

/** Returns the needs that may help instead of those asked for. */
export function insteadOf(units, list) {
  const asked = units.flatMap((unit) => unit.needs);
  const rows = new Map(list.needs.map((need) => [need.id, need]));
  const found = asked.flatMap((need) => {
    const row = rows.get(need);
    return row ? [...row.instead, need, ...row.broader] : [];
  });
  return [...new Set(found)].filter((need) => rows.has(need) && !asked.includes(need));
}

/** Tells whether no need is narrower: a name is enough to tell only such a one. */
function isNarrow(need, list) {
  return !list.needs.some((other) => other.id !== need && other.broader.includes(need));
}

/** Returns the closest of what may help instead of each need. */
function closestTo(units, list) {
  const asked = units.flatMap((unit) => unit.needs);
  const one = (need) => insteadOf([{ needs: [need] }], list).find((each) => !asked.includes(each));
  return [...new Set(asked.map(one))].filter(Boolean);
}
