// Open, closed or not known, as the server says it (finder/domain/patterns.py, slots.py).

const SLOT_S = 15 * 60;

/** Returns the day of an instant in a zone as `2026-11-20`. */
export function dayIn(zone, atMs) {
  const parts = { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" };
  return new Intl.DateTimeFormat("en-CA", parts).format(atMs);
}

/** Returns how many changes have passed at a second: an odd number means open. */
function passedAt(edges, second) {
  let [low, high] = [0, edges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle] <= second) low = middle + 1;
    else high = middle;
  }
  return low;
}

const isOpenAt = (edges, second) => passedAt(edges, second) % 2 === 1;

/** Returns whether hours can be believed at an instant of the day. */
function isBelieved(listing, day) {
  return Boolean(listing.edges && listing.until && day <= listing.until);
}

/** Returns `open`, `closed`, `soon` (closed, and open within three hours) or `unknown`. */
export function stateAt(listing, list, second, day) {
  if (second < list.begins || second >= list.ends) return "unknown";
  if (listing.closedForNow) return "closed";
  if (!isBelieved(listing, day)) return "unknown";
  if (isOpenAt(listing.edges, second)) return "open";
  const slot = Math.floor(second / SLOT_S);
  for (let next = 1; next <= list.ranking.soonSlots; next += 1) {
    if (isOpenAt(listing.edges, (slot + next) * SLOT_S)) return "soon";
  }
  return "closed";
}

/** Returns what is known at an instant and what comes next, in seconds since 1970 or null. */
export function hoursAt(listing, list, second, day) {
  const state = stateAt(listing, list, second, day);
  if (state === "unknown") return { state };
  if (listing.closedForNow) return { state: "closed" };
  const { edges } = listing;
  const change = edges[passedAt(edges, second)] ?? null;
  const known = change === list.ends ? null : change;
  if (state !== "open") return { state: "closed", opensAt: known };
  const always = edges.length === 2 && edges[0] === list.begins && known === null;
  return { state, closesAt: known, always };
}
