// A calendar date in what people type, as the server reads it (finder/domain/text_dates.py). A day
// is a number, counted since 1970.

import { runsOf } from "./runs.js";

const DAY_MS = 24 * 60 * 60 * 1000;
const MONTHS = 12;

/** Returns the weekday of a day, Monday being 0. */
export const weekdayOf = (day) => (((day + 3) % 7) + 7) % 7;

const calendar = (day) => new Date(day * DAY_MS);
const first = (runs) => runs.next().value ?? null;

/** Returns the day, null where the calendar has none. */
function dayOf(year, month, date) {
  const day = Date.UTC(year, month - 1, date) / DAY_MS;
  const found = calendar(day);
  return found.getUTCMonth() === month - 1 && found.getUTCDate() === date ? day : null;
}

/**
 * Returns the date in a text as {match, day}, null where there is none; `day` is null where the
 * calendar has no such day.
 */
export function dateIn(text, { today, hasHour }, table) {
  const iso = first(runsOf(table.iso, text));
  if (iso) return { match: iso, day: dayOf(...iso.slice(1).map(Number)) };
  const named = first(runsOf(table.named, text));
  if (named) return { match: named, day: namedDay(named.groups, today, table) };
  for (const match of runsOf(table.slashed, text)) {
    if (!table.noDates.includes(match[0])) return { match, day: ofNumbers(match, today, table) };
  }
  const alone = first(runsOf(table.ofTheMonth, text));
  if (!alone || !(hasHour || isNoHour(alone.groups, table))) return null;
  return { match: alone, day: nextOfTheMonth(Number(alone.groups.day), today) };
}

/** Tells whether words speak of a day that `dateIn` did not understand. */
export function looksDated(text, table) {
  return [...runsOf(table.dated, text)].some(([words]) => !table.noDates.includes(words));
}

function isNoHour({ lead, ending, day }, { lastHour }) {
  return !["the", "el", "el dia"].includes(lead) && (Boolean(ending) || Number(day) > lastHour);
}

function namedDay({ month, second, day, first: begins, year }, today, table) {
  const name = month ?? second;
  const number = (day ?? begins) === "primero" ? 1 : Number(day ?? begins);
  const at = table.months.findIndex((names) => names.split("|").includes(name));
  return next(at + 1, number, year, today, table);
}

function ofNumbers([, one, other, year], today, table) {
  const [month, date] = [one, other].map(Number);
  const ordered = month <= MONTHS ? [month, date] : [date, month];
  return next(...ordered, year, today, table);
}

/** Returns the day in its year, else the next one; one that is just over stays over. */
function next(month, date, year, today, { justOver }) {
  if (year) return dayOf((Number(year) % 100) + 2000, month, date);
  const now = calendar(today).getUTCFullYear();
  const thisYear = dayOf(now, month, date);
  if (thisYear !== null && thisYear < today - justOver) return dayOf(now + 1, month, date);
  const lastYear = dayOf(now - 1, month, date);
  return lastYear !== null && lastYear >= today - justOver ? lastYear : thisYear;
}

function nextOfTheMonth(date, today) {
  const now = calendar(today);
  const months = [0, 1, 2].map((ahead) => now.getUTCMonth() + ahead);
  const days = months.map((month) =>
    dayOf(now.getUTCFullYear() + Math.floor(month / MONTHS), (month % MONTHS) + 1, date));
  return days.find((day) => day !== null && day >= today) ?? null;
}
