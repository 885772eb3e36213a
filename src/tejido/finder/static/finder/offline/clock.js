// The wall's clock in a zone, as a number: seconds as if 1970 had begun there.

const PARTS = {
  year: "numeric", month: "numeric", day: "numeric",
  hour: "numeric", minute: "numeric", second: "numeric", hourCycle: "h23",
};
const zones = new Map();

function formOf(zone) {
  if (!zones.has(zone)) {
    zones.set(zone, new Intl.DateTimeFormat("en-US", { ...PARTS, timeZone: zone }));
  }
  return zones.get(zone);
}

/** Returns what the wall's clock shows at an instant in milliseconds. */
export function wallAt(zone, at) {
  const parts = new Map(formOf(zone).formatToParts(at).map(({ type, value }) => [type, value]));
  const [year, month, day, hour, minute, second] = Object.keys(PARTS).map((type) =>
    Number(parts.get(type)));
  return Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
}

/** Returns the instant in milliseconds at which the wall's clock shows this. */
export function instantAt(zone, wall) {
  const guess = wall * 1000;
  const offsetAt = (at) => wallAt(zone, at) * 1000 - at;
  return guess - offsetAt(guess - offsetAt(guess));
}
