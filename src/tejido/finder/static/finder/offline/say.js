// Times, ages and distances in words, as the server says them (ui/domain/wording.py).

import { wallAt } from "./clock.js";

const METRES_PER_MILE = 1609.344;
const DAYS_PER_MONTH = 30.44;
const DAY_S = 24 * 60 * 60;
const NIGHT_ENDS = 6;
const WORDS = {
  en: {
    day: ["midnight", "noon"], half: ["am", "pm"],
    ago: [["today", "yesterday"], (count, unit) => `${count} ${unit} ago`],
    units: [["day", "days"], ["month", "months"], ["year", "years"]],
    months: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    mile: ["mile", "miles", "less than 0.1 miles"],
    ways: ["north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest"],
  },
  es: {
    day: ["medianoche", "mediodía"], half: ["a. m.", "p. m."],
    ago: [["hoy", "ayer"], (count, unit) => `hace ${count} ${unit}`],
    units: [["día", "días"], ["mes", "meses"], ["año", "años"]],
    months: ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"],
    mile: ["milla", "millas", "menos de 0.1 millas"],
    ways: ["al norte", "al noreste", "al este", "al sureste", "al sur", "al suroeste", "al oeste",
      "al noroeste"],
  },
};

/** Puts values into a sentence with names in braces. */
export function said(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (_whole, name) => values[name]);
}

/** Returns day, counted since 1970, hour and minute of a second since 1970 in a zone. */
function wall(zone, second) {
  const at = wallAt(zone, second * 1000);
  const [minute, hour] = [60, 60 * 60].map((unit) => Math.floor(at / unit));
  return { day: Math.floor(at / DAY_S), hour: hour % 24, minute: minute % 60 };
}

function clock({ hour, minute }, language) {
  const words = WORDS[language];
  if (minute === 0 && hour % 12 === 0) return words.day[Number(hour === 12)];
  const half = words.half[Number(hour >= 12)];
  return `${hour % 12 || 12}:${String(minute).padStart(2, "0")} ${half}`.replaceAll(" ", "\u00a0");
}

/** Returns a clock as it stands in a sentence: Spanish puts its article before it. */
function clockInSentence(moment, language) {
  const words = clock(moment, language);
  if (language === "en") return words;
  if (words === "mediodía") return `el ${words}`;
  return words === "medianoche" || moment.hour % 12 === 1 ? `la ${words}` : `las ${words}`;
}

/** Returns a day, counted since 1970, in words: `Friday, November 20`. */
export function dayWords(day, language) {
  const form = { weekday: "long", month: "long", day: "numeric", timeZone: "UTC" };
  const words = new Intl.DateTimeFormat(language === "es" ? "es-US" : "en-US", form);
  return words.format(day * DAY_S * 1000).replace(",", language === "es" ? "" : ",");
}

/** Returns a day written as `2026-11-20` in words: `Nov 20, 2026`, `20 nov 2026`. */
export function dateWords(day, language) {
  const [year, month, date] = day.split("-").map(Number);
  const name = WORDS[language].months[month - 1];
  return language === "es" ? `${date} ${name} ${year}` : `${name} ${date}, ${year}`;
}

function weekday(day, language) {
  return new Intl.DateTimeFormat(language, { weekday: "long", timeZone: "UTC" })
    .format(day * DAY_S * 1000);
}

/** Returns an instant at its own clock: `8:00 pm, Friday, November 20`. */
export function momentWords(at, zone, language) {
  const moment = wall(zone, at / 1000);
  return `${clock(moment, language)}, ${dayWords(moment.day, language)}`;
}

/**
 * Returns when something changes, seen from a moment, by one of three sentences. Seen from a day
 * that was chosen, "tomorrow" would mean another day than the reader's.
 */
export function changeWords(second, now, zone, sentences, language) {
  const [then, today] = [wall(zone, second), wall(zone, now).day];
  const ahead = then.day - today;
  const isTonight = sentences.tonight && ahead === 1 && then.hour < NIGHT_ENDS;
  const near = isTonight ? 0 : Math.min(Math.max(ahead, 0), 2);
  const which = sentences.isNow || near === 0 ? near : 2;
  const isNear = sentences.isNow && ahead < 7;
  const named = isNear ? weekday(then.day, language) : dayWords(then.day, language);
  const values = { day: named, clock: clockInSentence(then, language) };
  return said(sentences.of[which], values).replace(" a el ", " al ");
}

/** Returns an age in days as words: today, yesterday, 12 days ago, 3 months ago. */
export function agoWords(days, language) {
  const { ago, units } = WORDS[language];
  if (days < 2) return ago[0][Math.max(0, days)];
  const months = Math.max(1, Math.floor(days / DAYS_PER_MONTH));
  const [count, unit] = days <= 30 ? [days, units[0]]
    : months < 24 ? [months, units[1]] : [Math.floor(months / 12), units[2]];
  return ago[1](count, unit[Number(count !== 1)]);
}

/** Returns whole days between two days written as `2026-11-20`. */
export function daysBetween(earlier, later) {
  return Math.round((Date.parse(later) - Date.parse(earlier)) / 1000 / DAY_S);
}

/** Returns metres as miles in words. */
export function distanceWords(metres, language) {
  const [one, many, under] = WORDS[language].mile;
  const miles = Math.round((metres / METRES_PER_MILE) * 10) / 10;
  if (miles < 0.1) return under;
  if (miles === 1) return `1 ${one}`;
  const shown = miles >= 10 ? Math.round(miles).toLocaleString("en-US") : String(miles);
  return `${shown} ${many}`;
}

/** Returns one of eight directions. */
export function directionWords(bearing, language) {
  return WORDS[language].ways[Math.round(bearing / 45) % 8];
}

/** Returns a number of the United States as people write it; any other as it is stored. */
export function phoneWords(number) {
  const found = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number);
  return found ? `(${found[1]}) ${found[2]}-${found[3]}` : number;
}
