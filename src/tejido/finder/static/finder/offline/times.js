// The day and hour in what people type, as the server reads them (finder/domain/text_times.py). A
// moment is a number: seconds on the wall's clock, as if 1970 had begun where the places are.

import { dateIn, looksDated, weekdayOf } from "./dates.js";
import { runsOf, wholeRun } from "./runs.js";
import { normalise } from "./words.js";

const [MINUTE, HOUR, DAY] = [60, 60 * 60, 24 * 60 * 60];
const NOON = 12;
const NOTHING = { at: null, onlyOpen: false, isOver: false, isUnclear: false };

/** Returns the words without the day and hour, and these as `chosen` or null. */
export function timeIn(words, now, table) {
  const typed = words.trim().split(/\s+/).filter(Boolean);
  const line = lineOf(typed.map((token) => plain(token, table)));
  const said = saidIn(line, Math.floor(now / DAY), table);
  const isNow = takes(line, table.now);
  const rest = typed.filter((_token, at) => !line.taken[at]).join(" ");
  const chosen = chosenOf(said, now, table);
  return { rest, chosen: !chosen && isNow ? { ...NOTHING, onlyOpen: true } : chosen };
}

function plain(token, { written }) {
  const found = normalise(token).replace(/[^a-z0-9:/-]/g, "").replace(/^[/-]+|[/-]+$/g, "");
  return new RegExp(`^(?:${written})$`).test(found) ? found : found.replace(/[/-]/g, "");
}

function lineOf(tokens) {
  return { tokens, taken: tokens.map(() => false), text: tokens.join(" ") };
}

const blanksIn = (text) => text.split(" ").length - 1;
const leftOf = ({ tokens, taken }) =>
  tokens.map((token, at) => (taken[at] ? "_" : token)).join(" ");

function take(line, match) {
  const first = blanksIn(match.input.slice(0, match.index));
  for (let at = first; at <= first + blanksIn(match[0]); at += 1) line.taken[at] = true;
}

/** Takes every run of words that fits, and tells whether there was one. */
function takes(line, pattern, text = line.text) {
  const found = [...runsOf(`(?:${pattern})(?!\\S)`, text)];
  for (const match of found) take(line, match);
  return found.length > 0;
}

function takesFirst(line, pattern) {
  const match = wholeRun(pattern, line.text);
  if (match) take(line, match);
  return match?.groups ?? null;
}

/** Takes whatever is said of a time; a date is looked for in what nothing else took. */
function saidIn(line, today, table) {
  const soon = soonIn(line, table);
  const clock = takesFirst(line, table.clock);
  const part = partIn(line, table);
  const asked = { today, hasHour: clock !== null || part !== null };
  const found = dateIn(leftOf(line), asked, table.dates);
  if (found) take(line, found.match);
  const isUnclear = found ? found.day === null : looksDated(leftOf(line), table.dates);
  return { soon, clock, part, isUnclear, dated: found?.day ?? null, ...dayIn(line, table) };
}

function soonIn(line, table) {
  const said = takesFirst(line, table.soon);
  if (!said) return null;
  const unit = said.hours ? HOUR : MINUTE;
  return said.half ? unit / 2 : Number(said.number ?? 1) * unit;
}

/** Returns a part of the day as its hour; midnight is 24. */
function partIn(line, { midnight, parts }) {
  if (takes(line, midnight)) return 24;
  return parts.find(([pattern]) => takes(line, `(?:in the )?(?:${pattern})`))?.[1] ?? null;
}

/** Returns how many days from today, or which weekday; both null where no day is said. */
function dayIn(line, { inDays, days, noDay, leads, dates }) {
  const ahead = takesFirst(line, inDays);
  if (ahead) return { ahead: Number(ahead.days), weekday: null };
  const text = ` ${line.text} `.replaceAll(` ${noDay} `, " la _ ").slice(1, -1);
  const named = days.find(([pattern]) => takes(line, pattern, text));
  if (named) return { ahead: named[1], weekday: null };
  const weekday = dates.weekdays.findIndex((names) => takes(line, `${leads}(?:${names})`));
  return { ahead: null, weekday: weekday < 0 ? null : weekday };
}

/** Returns seconds since midnight, null where no hour was said. */
function secondsOf({ clock, part }, table) {
  if (!clock) return part === null ? null : part * HOUR;
  if (clock.full) return Number(clock.full) * HOUR + Number(clock.rest) * MINUTE;
  if (clock.late) return Number(clock.late) * HOUR;
  const hour = Number(clock.hour ?? clock.said ?? clock.bare);
  const half = isAfternoon(hour, clock.half, part, table) ? NOON : 0;
  return ((hour % NOON) + half) * HOUR + Number(clock.minute ?? 0) * MINUTE;
}

/** Tells whether an hour from 1 to 12 is one of the afternoon; `at 3` is, `at 9` is not. */
function isAfternoon(hour, half, part, { firstMorningHour }) {
  if (half) return half.startsWith("p");
  if (part !== null) return part > NOON - 1;
  return hour === NOON || hour < firstMorningHour;
}

function chosenOf(said, now, table) {
  const seconds = secondsOf(said, table);
  const today = Math.floor(now / DAY);
  if (said.isUnclear || !isOneDay(said, today)) return { ...NOTHING, isUnclear: true };
  if (said.dated !== null) return at(said.dated, seconds, now);
  if (said.soon !== null) {
    const second = Math.floor((now + said.soon) / MINUTE) * MINUTE;
    return { ...NOTHING, at: second, onlyOpen: true };
  }
  if (said.ahead === null && said.weekday === null && seconds === null) return null;
  return on(said, seconds, now, table);
}

/** Tells whether a date and the day beside it do not contradict each other. */
function isOneDay({ dated, ahead, weekday }, today) {
  if (dated === null) return true;
  if (weekday !== null) return weekdayOf(dated) === weekday;
  return ahead === null || dated - today === ahead;
}

function at(day, seconds, now) {
  const moment = day * DAY + (seconds ?? NOON * HOUR);
  return { ...NOTHING, at: moment, onlyOpen: seconds !== null, isOver: moment < now };
}

function on({ ahead, weekday, clock }, seconds, now, { firstEveningPart }) {
  if (ahead === 0 && seconds === null) return NOTHING;
  const today = Math.floor(now / DAY);
  const days = weekday === null ? ahead ?? 0 : (weekday - weekdayOf(today) + 7) % 7;
  const found = at(today + days, seconds, now);
  if (found.isOver && weekday !== null) return at(today + days + 7, seconds, now);
  if (found.isOver && ahead === null) return at(today + 1, seconds, now);
  const isPart = clock === null && (found.at % DAY) / HOUR >= firstEveningPart;
  return found.isOver && ahead === 0 && isPart ? { ...NOTHING, onlyOpen: true } : found;
}
