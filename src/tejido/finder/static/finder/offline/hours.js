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

/** Returns after how many quarter hours one begins at which it is open; now it is closed. */
function slotsUntilOpen(edges, second) {
  for (let at = passedAt(edges, second); at < edges.length; at += 2) {
    const begins = Math.ceil(edges[at] / SLOT_S) * SLOT_S;
    if (begins < (edges[at + 1] ?? Infinity)) return begins / SLOT_S - Math.floor(second / SLOT_S);
  }
  return Infinity;
}

/** Returns `open`, `soon` (opens within three hours), `inADay`, `closed` or `unknown`. */
export function stateAt(listing, list, second, day) {
  if (second < listing.begins || second >= listing.ends) return "unknown";
  if (listing.closedForNow) return "closed";
  if (!isBelieved(listing, day)) return "unknown";
  if (isOpenAt(listing.edges, second)) return "open";
  const slots = slotsUntilOpen(listing.edges, second);
  if (slots <= list.ranking.soonSlots) return "soon";
  return slots <= list.ranking.daySlots ? "inADay" : "closed";
}

/** Returns what is known at an instant and what comes next, in seconds since 1970 or null. */
export function hoursAt(listing, list, second, day) {
  const state = stateAt(listing, list, second, day);
  if (state === "unknown") return { state };
  if (listing.closedForNow) return { state: "closed" };
  const { edges } = listing;
  const change = edges[passedAt(edges, second)] ?? null;
  const known = change === listing.ends ? null : change;
  if (state !== "open") return { state: "closed", opensAt: known };
  const always = edges.length === 2 && edges[0] === listing.begins && known === null;
  return { state, closesAt: known, always };
}
