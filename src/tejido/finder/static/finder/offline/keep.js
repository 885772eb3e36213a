// The page "Keep this on your phone". Nothing is stored until the person taps Keep.

import { agoWords, dayWords, said } from "./say.js";
import { canKeep, keep, manifest, note, removeAll, UnknownFormat } from "./store.js";

const page = document.querySelector("[data-keep]");
const words = JSON.parse(page.dataset.words);
const part = (name) => page.querySelector(`[data-${name}]`);
const DAY_MS = 24 * 60 * 60 * 1000;

function say(text, kind = "") {
  const status = part("status");
  status.className = kind ? `note note--${kind}` : "note";
  status.hidden = !text;
  status.textContent = text;
}

function nameOf(area, names) {
  return area === "core" ? words.statewide : said(words.county, { county: names[area] ?? area });
}

function factsOf({ listings, gzip }) {
  const places = listings === 1 ? words.onePlace : said(words.places, { number: listings });
  return `${places}, ${said(words.size, { size: Math.ceil(gzip / 1000) })}`;
}

/** Returns how old a list is and how long its hours are good, in words. */
function ageWords({ built, expires, last_day }) {
  const made = said(words.made, { ago: agoWords(daysSince(built), words.language) });
  if (Date.parse(expires) <= Date.now()) return `${made} ${words.expired}`;
  const day = dayWords(Math.floor(Date.parse(last_day) / DAY_MS), words.language);
  return `${made} ${said(words.believed, { day })}`;
}

const daysSince = (built) => Math.max(0, Math.floor((Date.now() - Date.parse(built)) / DAY_MS));

function showKept(kept) {
  part("have").hidden = !kept;
  part("choose").hidden = Boolean(kept);
  if (!kept) return;
  const rows = kept.packs.map((pack) => {
    const row = document.createElement("li");
    row.textContent = rowWords(pack, kept);
    return row;
  });
  part("areas").replaceChildren(...rows);
  part("age").textContent = ageWords(kept);
}

function rowWords(pack, { names }) {
  const row = `${nameOf(pack.area, { [pack.area]: pack.county, ...names })}: ${factsOf(pack)}`;
  if (!pack.built) return row;
  const made = said(words.made, { ago: agoWords(daysSince(pack.built), words.language) });
  return `${row}. ${words.notOffered} ${made}`;
}

function choiceOf(pack, names) {
  const choice = part("choice").content.cloneNode(true);
  const [box, label] = [choice.querySelector("input"), choice.querySelector("label")];
  box.value = pack.area;
  box.id = label.htmlFor = `area-${pack.area}`;
  label.textContent = `${nameOf(pack.area, names)} (${factsOf(pack)})`;
  return choice;
}

/** Offers the lists; where none can be had now, says so after what was `told` before. */
async function offer(told = "") {
  try {
    const { packs, names } = await manifest();
    const mine = packs.filter(({ language }) => language === words.language);
    const [first, ...others] = mine;
    others.sort((one, other) => nameOf(one.area, names).localeCompare(nameOf(other.area, names)));
    part("statewide").replaceChildren(choiceOf(first, names));
    part("counties").replaceChildren(...others.map((pack) => choiceOf(pack, names)));
  } catch {
    part("choose").hidden = true;
    say([told, words.noManifest].filter(Boolean).join(" "), told ? "good" : "caution");
  }
}

/** Gets some lists, and says how it went. */
async function get(areas, done) {
  say(words.fetching);
  try {
    const left = await keep(areas, words.language);
    showKept(await note());
    if (left.length) say(words.someLeft, "caution");
    else say(done, "good");
    part("have").querySelector("h2").focus();
  } catch (wrong) {
    say(wrong instanceof UnknownFormat ? words.outgrown : words.failed, "error");
  }
}

async function remove() {
  const isGone = await removeAll();
  showKept(null);
  say(isGone ? words.removed : words.notRemoved, isGone ? "good" : "error");
  await offer(isGone ? words.removed : words.notRemoved);
}

async function start() {
  if (!canKeep()) {
    say(words.notHere, "caution");
    return;
  }
  part("form").addEventListener("submit", (event) => {
    event.preventDefault();
    const areas = new FormData(event.target).getAll("area");
    if (areas.length) get(areas, words.done);
    else say(words.choose, "error");
  });
  part("update").addEventListener("click", async () => {
    const kept = await note();
    await get(kept.packs.map(({ area }) => area), words.newest);
  });
  part("remove").addEventListener("click", remove);
  const kept = await note();
  showKept(kept);
  if (!kept) await offer();
}

start();
